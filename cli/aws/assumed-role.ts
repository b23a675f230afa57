import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

interface Identity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
  readonly accountId?: string;
}
export type Credentials = () => Promise<Identity>;

/** As long as the role's default; the SDK asks again before the credentials run out. */
const hour = 3_600;

/** The role's credentials, taken on with one's own. */
export function assumedRole(roleArn: string, region: string, own: Credentials): Credentials {
  const sts = new STSClient({ region, credentials: own });
  return async () => {
    const { Credentials: given } = await sts.send(
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'ebs-burst-assess', DurationSeconds: hour }),
    );
    if (given?.AccessKeyId === undefined || given.SecretAccessKey === undefined)
      throw new Error(`sts:AssumeRole gave no credentials for ${roleArn}`);
    return {
      accessKeyId: given.AccessKeyId,
      secretAccessKey: given.SecretAccessKey,
      ...(given.SessionToken === undefined ? {} : { sessionToken: given.SessionToken }),
      ...(given.Expiration === undefined ? {} : { expiration: given.Expiration }),
    };
  };
}
