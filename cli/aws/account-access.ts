import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { Instant } from '../../core/domain/units.ts';
import { accessFailureOf } from '../../lambda/adapters/access-failure.ts';
import { cloudwatchHistoryReader } from '../../lambda/adapters/cloudwatch-history-reader.ts';
import { ec2VolumeCatalog } from '../../lambda/adapters/ec2-volume-catalog.ts';
import type { AccountAccess, Identity } from '../commands/assess-access.ts';
import { assumedRole, type Credentials } from './assumed-role.ts';

type Client = EC2Client | CloudWatchClient;

export interface ClientSettings {
  readonly now: () => Instant;
  /** Instead of what profile and environment say; for tests. */
  readonly credentials?: Credentials;
  /** Every client goes through here; a simulated account connects it to itself. */
  readonly connect?: <C extends Client>(client: C, region: string) => C;
}

/** AWS as this person may read it. Nothing is asked for until somebody reads. */
export function accountAccess({ profile, roleArn }: Identity, settings: ClientSettings): AccountAccess {
  const connect = settings.connect ?? ((client) => client);
  const named = profile === undefined ? {} : { profile };
  const inRegion = (region: string) => {
    const { credentials: own } = settings;
    const credentials =
      roleArn === undefined ? own : assumedRole(roleArn, region, own ?? usualCredentials(named, region));
    return { ...named, region, ...(credentials === undefined ? {} : { credentials }) };
  };
  const ec2In = (region: string) => connect(new EC2Client(inRegion(region)), region);
  return {
    homeRegion: () => regionOf(new EC2Client(named)),
    regions: async (from) => {
      const { Regions = [] } = await ec2In(from).send(new DescribeRegionsCommand({}));
      return Regions.flatMap(({ RegionName }) => RegionName ?? []).toSorted();
    },
    region: async (region) => {
      const ec2 = ec2In(region);
      return {
        account: accountIn(roleArn) ?? (await ec2.config.credentials()).accountId ?? 'unknown account',
        volumes: ec2VolumeCatalog(ec2, settings.now),
        reader: cloudwatchHistoryReader(connect(new CloudWatchClient(inRegion(region)), region)),
      };
    },
    explain: accessFailureOf,
  };
}

/** As any client of the SDK finds them: environment, profile, sign-in, instance. */
const usualCredentials =
  (named: { readonly profile?: string }, region: string): Credentials =>
  () =>
    new EC2Client({ ...named, region }).config.credentials();

/** The SDK throws where nobody names one. */
async function regionOf(client: EC2Client): Promise<string | undefined> {
  try {
    return await client.config.region();
  } catch {
    return undefined;
  }
}

const accountIn = (arn: string | undefined): string | undefined => arn?.split(':')[4];
