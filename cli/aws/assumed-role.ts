import { STSClient } from '@aws-sdk/client-sts';
import { type RoleCredentials, roleCredentials } from '../../lambda/adapters/role-credentials.ts';

export type Credentials = () => Promise<RoleCredentials & { readonly accountId?: string }>;

/** The role's credentials, taken on with one's own. */
export function assumedRole(roleArn: string, region: string, own: Credentials): Credentials {
  const sts = new STSClient({ region, credentials: own });
  return () => roleCredentials(sts, roleArn);
}
