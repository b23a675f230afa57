import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { moveOut, settleIn } from '../../core/application/clean-up.ts';
import { minutes, seconds } from '../../core/domain/units.ts';
import { answerCloudFormation, type CloudFormationResult } from '../adapters/cloudformation-answer.ts';
import { cloudwatchAlarmShelf } from '../adapters/cloudwatch-alarm-shelf.ts';
import { dynamoCaseBook } from '../adapters/dynamo-case-book.ts';
import { dynamoOutbox } from '../adapters/dynamo-outbox.ts';
import { cleanUpEnvironment } from '../environments/clean-up.ts';
import { parseEnvironment } from '../environments/parse-environment.ts';
import { observability } from '../wiring/observability.ts';
import { placeOf } from '../wiring/place-of.ts';
import { inLambda, type Runtime } from '../wiring/runtime.ts';
import { steadyPace } from '../wiring/steady-pace.ts';

/** The first act of a deployment and the last of a deletion, as a CloudFormation custom resource. */
export const cleanUp = (runtime: Runtime) => {
  const settings = parseEnvironment('clean-up', cleanUpEnvironment, runtime.environment);
  const { logger, publish } = observability('clean-up');
  const place = placeOf(runtime, settings.ACCOUNT_ID);
  const table = { client: runtime.connect(DynamoDBClient), name: settings.TABLE_NAME };
  const report = (error: Error) =>
    logger.error('an item of the table cannot be read', { detail: error.message });
  const options = { channels: settings.CHANNELS, now: runtime.now, report };
  const known = {
    clock: runtime,
    alarms: cloudwatchAlarmShelf(runtime.connect(CloudWatchClient), settings.DEPLOYMENT_ID),
    cases: dynamoCaseBook(table, options),
    outbox: dynamoOutbox(table, options),
  };
  const handle = async (event: CloudFormationCustomResourceEvent): Promise<void> => {
    const ports = { ...known, pace: steadyPace(runtime, seconds(5), minutes(2)) };
    if (event.RequestType !== 'Delete') return await settleIn(ports);
    const left = await moveOut(settings.DEPLOYMENT_ID, place, settings.CHANNELS, ports);
    logger.info('moved out', { left });
    publish({ AlarmsDeleted: left.deletedAlarms });
  };
  const resultOf = async (event: CloudFormationCustomResourceEvent): Promise<CloudFormationResult> => {
    try {
      await handle(event);
      return { status: 'SUCCESS' };
    } catch (error) {
      logger.error('clean-up failed', error as Error);
      return {
        status: 'FAILED',
        reason: `${error instanceof Error ? error.message : error}; see the function's log`,
      };
    }
  };
  // An answer that does not get through is given again by Lambda's retry: it says nothing about the work.
  return async (event: CloudFormationCustomResourceEvent): Promise<void> =>
    answerCloudFormation(event, await resultOf(event), runtime.fetch);
};

export const handler = inLambda(cleanUp);
