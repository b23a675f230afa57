import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { callerOf } from './caller.ts';

export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** As long as the role's default; the SDK asks again before the credentials run out. */
const hour = 3_600;

/** The role does not trust this caller, or the caller may not ask; the message says what would allow it. */
export class RoleDeniedError extends Error {
  override readonly name = 'RoleDeniedError';
}

/**
 * Takes a role on with the credentials of the client.
 * @throws RoleDeniedError, else what the SDK throws
 */
export async function roleCredentials(sts: STSClient, roleArn: string): Promise<RoleCredentials> {
  const { Credentials: given } = await sts
    .send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'ebs-burst', DurationSeconds: hour }))
    .catch(async (error: unknown) => {
      if (error instanceof Error && error.name === 'AccessDenied')
        throw new RoleDeniedError(await whatWouldAllow(sts, roleArn, error));
      throw error;
    });
  if (given?.AccessKeyId === undefined || given.SecretAccessKey === undefined)
    throw new Error(`sts:AssumeRole gave no credentials for ${roleArn}`);
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    ...(given.SessionToken === undefined ? {} : { sessionToken: given.SessionToken }),
    ...(given.Expiration === undefined ? {} : { expiration: given.Expiration }),
  };
}

/** A session of a role is a principal like a user is (IAM user guide, "AWS JSON policy elements: Principal"). */
async function whatWouldAllow(sts: STSClient, roleArn: string, error: Error): Promise<string> {
  const caller = await callerOf(sts).catch(() => undefined);
  const arn = caller?.arn ?? 'ARN-OF-THE-CALLER';
  const statement = { Effect: 'Allow', Principal: { AWS: arn }, Action: 'sts:AssumeRole' };
  return `${caller?.arn ?? 'the caller'} may not take on ${roleArn} (${error.message}); the role's trust policy needs ${JSON.stringify(statement)}, and the caller's own policy sts:AssumeRole on ${roleArn}`;
}
