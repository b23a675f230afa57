/** The keys of a role, as the SDK wants them. */
interface RoleKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Stands in the bundles for the SDK's own search for credentials (`@aws-sdk/credential-provider-node`), under its name:
 * profiles, sign-on, web identity and instance metadata bring four more clients into every function, and none of them is
 * in Lambda, which puts the role's keys into reserved environment variables (Lambda developer guide, "Defined runtime
 * environment variables").
 * @throws Error where they are missing: this code does not run in Lambda then
 */
export const defaultProvider = () => async (): Promise<RoleKeys> => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId = '',
    AWS_SECRET_ACCESS_KEY: secretAccessKey = '',
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (accessKeyId === '' || secretAccessKey === '') throw new Error(missing);
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
};

const missing =
  'no credentials: expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, where Lambda puts the keys of the function’s role; a bundled handler looks nowhere else, so set both to run it outside Lambda';
