import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { KeepAlarmsPorts } from '../../core/application/keep-alarms.ts';
import type { ChannelName } from '../../core/application/ports.ts';
import { minutes, seconds } from '../../core/domain/units.ts';
import { alarmWritesPerSecond } from '../../core/domain/volume-limits.ts';
import { cloudwatchAlarmShelf } from '../adapters/cloudwatch-alarm-shelf.ts';
import { dynamoAlmanac } from '../adapters/dynamo-almanac.ts';
import { dynamoCaseBook } from '../adapters/dynamo-case-book.ts';
import { alarmWritingLease } from '../adapters/dynamo-lease.ts';
import { dynamoOutbox } from '../adapters/dynamo-outbox.ts';
import { ec2VolumeCatalog } from '../adapters/ec2-volume-catalog.ts';
import { sqsWorkQueue } from '../adapters/sqs-work-queue.ts';
import type { Runtime } from './runtime.ts';
import { type Shared, steadyPace } from './steady-pace.ts';

interface Settings {
  readonly TABLE_NAME: string;
  readonly QUEUE_URL: string;
  readonly DEPLOYMENT_ID: string;
  readonly CHANNELS: readonly ChannelName[];
}

/** CloudWatch's quota is shared by everybody in the account and Region: one of its writes a second is left to others. */
const betweenWrites = seconds(1 / (alarmWritesPerSecond - 1));
/** Ends the writing before Lambda's fifteen minutes do. */
const writingTime = minutes(13);

/** Made anew for each run: its time begins with its first write. */
export function keepAlarmsPorts(
  runtime: Runtime,
  settings: Settings,
  malformed: (error: Error) => void,
  whileHeld: Shared['whileHeld'],
): KeepAlarmsPorts {
  const table = { client: runtime.connect(DynamoDBClient), name: settings.TABLE_NAME };
  const lease = alarmWritingLease(table, runtime.newId());
  const reported = { channels: settings.CHANNELS, now: runtime.now, report: malformed };
  return {
    clock: runtime,
    volumes: ec2VolumeCatalog(runtime.connect(EC2Client), runtime.now),
    alarms: cloudwatchAlarmShelf(runtime.connect(CloudWatchClient), settings.DEPLOYMENT_ID),
    almanac: dynamoAlmanac(table),
    cases: dynamoCaseBook(table, reported),
    outbox: dynamoOutbox(table, reported),
    queue: sqsWorkQueue(runtime.connect(SQSClient), settings.QUEUE_URL),
    pace: steadyPace(runtime, betweenWrites, writingTime, { lease, whileHeld }),
  };
}
