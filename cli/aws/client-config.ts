import { EC2Client } from '@aws-sdk/client-ec2';
import type { Identity } from '../commands/assess-access.ts';
import { assumedRole, type Credentials } from './assumed-role.ts';

/** What every client of one person in one Region is made with. */
export interface ClientConfig {
  readonly region: string;
  readonly profile?: string;
  readonly credentials?: Credentials;
}

/** `own` instead of what profile and environment say; for tests. */
export function clientConfig(
  { profile, roleArn }: Identity,
  region: string,
  own?: Credentials,
): ClientConfig {
  const named = profile === undefined ? {} : { profile };
  const credentials =
    roleArn === undefined ? own : assumedRole(roleArn, region, own ?? usualCredentials(named, region));
  return { ...named, region, ...(credentials === undefined ? {} : { credentials }) };
}

/** As any client of the SDK finds them: environment, profile, sign-in, instance. */
const usualCredentials =
  (named: { readonly profile?: string }, region: string): Credentials =>
  () =>
    new EC2Client({ ...named, region }).config.credentials();

/** Of the profile or the environment; `undefined` where neither names one, on which the SDK throws. */
export async function homeRegion({ profile }: Identity): Promise<string | undefined> {
  try {
    return await new EC2Client(profile === undefined ? {} : { profile }).config.region();
  } catch {
    return undefined;
  }
}
