import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { sweep as sweepOver } from '../../core/application/sweep.ts';
import { cloudwatchAlarmShelf } from '../adapters/cloudwatch-alarm-shelf.ts';
import { dynamoCaseBook } from '../adapters/dynamo-case-book.ts';
import { sqsWorkQueue } from '../adapters/sqs-work-queue.ts';
import { parseEnvironment } from '../environments/parse-environment.ts';
import { sweepEnvironment } from '../environments/sweep.ts';
import { observability } from '../wiring/observability.ts';
import { inLambda, type Runtime } from '../wiring/runtime.ts';

/** Once a minute; it only enqueues. */
export const sweep = (runtime: Runtime) => {
  const settings = parseEnvironment('sweep', sweepEnvironment, runtime.environment);
  const { logger, publish } = observability('sweep');
  const table = { client: runtime.connect(DynamoDBClient), name: settings.TABLE_NAME };
  const report = (error: Error) =>
    logger.error('an item of the table cannot be read', { detail: error.message });
  const ports = {
    clock: runtime,
    cases: dynamoCaseBook(table, { channels: [], now: runtime.now, report }),
    alarms: cloudwatchAlarmShelf(runtime.connect(CloudWatchClient), settings.DEPLOYMENT_ID),
    queue: sqsWorkQueue(runtime.connect(SQSClient), settings.QUEUE_URL),
  };
  return async () => {
    const outcome = await sweepOver(ports);
    logger.info('swept', { outcome });
    publish({ SweepCompleted: 1, WakeUpsQueued: outcome.due + outcome.inAlarmWithoutCase });
    return outcome;
  };
};

export const handler = inLambda(sweep);
