import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import { deliverNotice as deliver } from '../../core/application/deliver-notice.ts';
import manifest from '../../package.json' with { type: 'json' };
import { dynamoOutbox } from '../adapters/dynamo-outbox.ts';
import { noticeChannels } from '../adapters/notice-channels.ts';
import { deliverNoticeEnvironment } from '../environments/deliver-notice.ts';
import { parseEnvironment } from '../environments/parse-environment.ts';
import { noticeWakeUp } from '../events/notice-wake-up.ts';
import { reportDeliveries } from '../wiring/report-deliveries.ts';
import { inLambda, type Runtime } from '../wiring/runtime.ts';

/** Every row has its own outcome and stays due until it is told, so no record is ever given back to the stream. */
export const deliverNotice = (runtime: Runtime) => {
  const settings = parseEnvironment('deliver-notice', deliverNoticeEnvironment, runtime.environment);
  const report = reportDeliveries();
  const table = { client: runtime.connect(DynamoDBClient), name: settings.TABLE_NAME };
  const outbox = dynamoOutbox(table, { channels: settings.CHANNELS, report: report.malformed });
  const stamp = { version: manifest.version, runbook: settings.RUNBOOK_URL };
  const [sns, ssm] = [runtime.connect(SNSClient), runtime.connect(SSMClient)];
  const tools = { ...runtime, sns, ssm, stamp };
  const channels = noticeChannels(settings.CHANNELS, settings, tools);
  const deps = { outbox, channels, clock: runtime, newId: runtime.newId };
  return async (event: unknown) => {
    const wakeUp = noticeWakeUp(event);
    if (wakeUp.kind === 'rows-written') return report.outcome(await deliver(deps, wakeUp.conversations));
    const deliveries = report.outcome(await deliver(deps, await outbox.due(runtime.now())));
    report.pending(await outbox.stuck(runtime.now()));
    return deliveries;
  };
};
export const handler = inLambda(deliverNotice);
