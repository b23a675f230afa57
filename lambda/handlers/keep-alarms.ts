import { keepAlarms as takeCensus } from '../../core/application/keep-alarms.ts';
import { watchInstance } from '../../core/application/watch-instance.ts';
import { priceListOf } from '../../core/domain/prices.ts';
import { keepAlarmsEnvironment } from '../environments/keep-alarms.ts';
import { parseEnvironment } from '../environments/parse-environment.ts';
import { domainEvent } from '../events/event-kinds.ts';
import { keepAlarmsPorts } from '../wiring/keep-alarms-ports.ts';
import { placeOf } from '../wiring/place-of.ts';
import { reportCensus } from '../wiring/report-census.ts';
import { inLambda, type Runtime } from '../wiring/runtime.ts';

/**
 * An instance that starts gets its alarms at once, or from the census that is writing now; anything else that wakes us is
 * the time for a census, which waits for its turn.
 */
export const keepAlarms = (runtime: Runtime) => {
  const environment = parseEnvironment('keep-alarms', keepAlarmsEnvironment, runtime.environment);
  const report = reportCensus();
  const place = placeOf(runtime, environment.ACCOUNT_ID);
  const prices = priceListOf(place.region, []);
  const settings = { policy: environment.POLICY, prices, place, deploymentId: environment.DEPLOYMENT_ID };
  return async (event: unknown) => {
    const portsThat = (whileHeld: 'waits' | 'gives-up') =>
      keepAlarmsPorts(runtime, environment, report.malformed, whileHeld);
    const woken = domainEvent(event, place);
    if (woken.kind === 'instance-started')
      return report.instance(await watchInstance(woken.instanceId, settings, portsThat('gives-up')));
    return report.census(await takeCensus(settings, portsThat('waits')));
  };
};

export const handler = inLambda(keepAlarms);
