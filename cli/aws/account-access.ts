import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { STSClient } from '@aws-sdk/client-sts';
import type { Instant } from '../../core/domain/units.ts';
import { accessFailureOf } from '../../lambda/adapters/access-failure.ts';
import { cloudwatchHistoryReader } from '../../lambda/adapters/cloudwatch-history-reader.ts';
import { ec2VolumeCatalog } from '../../lambda/adapters/ec2-volume-catalog.ts';
import { enabledRegions } from '../../lambda/adapters/regions.ts';
import type { AccountAccess, Identity } from '../commands/assess-access.ts';
import type { Credentials } from './assumed-role.ts';
import { clientConfig, homeRegion } from './client-config.ts';
import { leavingThrottling } from './leaving-throttling.ts';
import { readOnly } from './read-only.ts';
import { whoseAccount } from './whose-account.ts';

type Client = EC2Client | CloudWatchClient | STSClient;

export interface ClientSettings {
  readonly now: () => Instant;
  /** Instead of what profile and environment say; for tests. */
  readonly credentials?: Credentials;
  /** Every client goes through here; a simulated account connects it to itself. */
  readonly connect?: <C extends Client>(client: C, region: string) => C;
}

/** AWS as this person may read it. Nothing is asked for until somebody reads. */
export function accountAccess(identity: Identity, settings: ClientSettings): AccountAccess {
  const connect = settings.connect ?? ((client) => client);
  const inRegion = (region: string) => clientConfig(identity, region, settings.credentials);
  // A walk over the volumes that fails begins anew, so that here the SDK's retry of one page is the politer one.
  const ec2In = (region: string) => connect(readOnly(new EC2Client(inRegion(region))), region);
  const cloudWatchIn = (region: string) => {
    const config = { ...inRegion(region), retryStrategy: leavingThrottling() };
    return connect(readOnly(new CloudWatchClient(config)), region);
  };
  const whose = whoseAccount(identity.roleArn, (region) =>
    connect(readOnly(new STSClient(inRegion(region))), region),
  );
  return {
    homeRegion: () => homeRegion(identity),
    regions: (from) => enabledRegions(ec2In(from)),
    region: async (region) => {
      const ec2 = ec2In(region);
      return {
        account: await whose(region),
        volumes: ec2VolumeCatalog(ec2, settings.now),
        reader: cloudwatchHistoryReader(cloudWatchIn(region)),
      };
    },
    explain: accessFailureOf,
  };
}
