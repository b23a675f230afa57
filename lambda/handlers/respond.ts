import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { respond as respondTo } from '../../core/application/respond.ts';
import { priceListOf } from '../../core/domain/prices.ts';
import { seconds } from '../../core/domain/units.ts';
import { parseEnvironment } from '../environments/parse-environment.ts';
import { respondEnvironment } from '../environments/respond.ts';
import { wakeUpsIn } from '../events/wake-ups-in.ts';
import { placeOf } from '../wiring/place-of.ts';
import { reportResponses } from '../wiring/report-responses.ts';
import { respondPorts } from '../wiring/respond-ports.ts';
import { inLambda, type Runtime } from '../wiring/runtime.ts';

/** Of the function's 60 s; what is left is for the act begun last, its retries included, and for the meter. */
const beginsActsFor = seconds(35);

/** The only function that may modify a volume; everything it is asked to look at comes through the one work queue. */
export const respond = (runtime: Runtime) => {
  const environment = parseEnvironment('respond', respondEnvironment, runtime.environment);
  const report = reportResponses();
  const ports = respondPorts(runtime, environment, report.malformed);
  const place = placeOf(runtime, environment.ACCOUNT_ID);
  const prices = priceListOf(place.region, []);
  const settings = { policy: environment.POLICY, prices, place, beginsActsFor };
  return async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const { messages, wakeUps, ignored, assumed } = wakeUpsIn(event, place);
    const { outcomes, errors } = await respondTo(wakeUps, settings, ports);
    report.assumed(assumed);
    report.outcomes(outcomes, ignored);
    report.leftUndone(errors);
    const toRetry = new Set(outcomes.filter(({ kind }) => kind === 'failed').map(({ volumeId }) => volumeId));
    const failures = messages.filter(({ volumeId }) => toRetry.has(volumeId));
    return { batchItemFailures: failures.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
};

export const handler = inLambda(respond);
