import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { ChannelName } from '../../core/application/ports.ts';
import type { RespondPorts } from '../../core/application/respond.ts';
import { cloudwatchMetricHistory } from '../adapters/cloudwatch-metric-history.ts';
import { dynamoAlmanac } from '../adapters/dynamo-almanac.ts';
import { dynamoCaseBook } from '../adapters/dynamo-case-book.ts';
import { ec2VolumeCatalog } from '../adapters/ec2-volume-catalog.ts';
import { ec2VolumeModifier, modifierClientConfig } from '../adapters/ec2-volume-modifier.ts';
import { awsSurroundings } from '../adapters/surroundings.ts';
import { caseIds } from './case-ids.ts';
import type { Runtime } from './runtime.ts';

interface Settings {
  readonly TABLE_NAME: string;
  readonly SWITCH_PARAMETER: string;
  readonly CHANNELS: readonly ChannelName[];
}

/** Everything `respond` sees the world through; one client per service, and a second one that never retries. */
export function respondPorts(
  runtime: Runtime,
  settings: Settings,
  malformed: (error: Error) => void,
): RespondPorts {
  const { connect, now, newId } = runtime;
  const ec2 = connect(EC2Client);
  const table = { client: connect(DynamoDBClient), name: settings.TABLE_NAME };
  const almanac = dynamoAlmanac(table);
  const clients = {
    modifying: connect(EC2Client, modifierClientConfig),
    tagging: ec2,
    ssm: connect(SSMClient),
  };
  const around = {
    cloudFormation: connect(CloudFormationClient),
    ec2,
    serviceQuotas: connect(ServiceQuotasClient),
  };
  return {
    clock: runtime,
    ids: caseIds(newId),
    volumes: ec2VolumeCatalog(ec2, now),
    metrics: cloudwatchMetricHistory(connect(CloudWatchClient), now),
    surroundings: awsSurroundings(around, almanac, now),
    cases: dynamoCaseBook(table, { channels: settings.CHANNELS, now, report: malformed }),
    almanac,
    modifier: ec2VolumeModifier(clients, settings.SWITCH_PARAMETER, now),
  };
}
