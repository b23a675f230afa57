import type { InstanceLimit } from '../../core/domain/deciding/situation.ts';
import { type Reading, read, type Series, unread } from '../../core/domain/reading.ts';
import { before, type Instant, minutes } from '../../core/domain/units.ts';
import type { MetricAnswers } from './metric-data.ts';
import { instanceBalances, instanceChecks, instanceKey } from './volume-metrics.ts';

/** A check that fired this lately counts; publication alone may take 5 minutes. */
const lately = minutes(10);
/** Percent of the instance's own burst buckets at which it is about to be, or is, what holds I/O back. */
const almostEmpty = 10;

/** Over all attachments: one instance at its limit is enough, and one that is unknown leaves the answer unknown. */
export function instanceLimitOf(
  instanceIds: readonly string[],
  answers: MetricAnswers,
  now: Instant,
): Reading<InstanceLimit> {
  if (instanceIds.length === 0) return unread('no instance that EC2 names has it attached');
  const each = instanceIds.map((instanceId) => limitOf(instanceId, answers, now));
  const reached = each.find((one) => one.kind === 'read' && one.value.kind === 'reached');
  return reached ?? each.find(({ kind }) => kind === 'unread') ?? read({ kind: 'clear' }, now);
}

function limitOf(instanceId: string, answers: MetricAnswers, now: Instant): Reading<InstanceLimit> {
  const sign = signOf(instanceId, answers, before(now, lately));
  if (sign !== undefined) return read({ kind: 'reached', instanceId, sign }, now);
  for (const metric of [...instanceBalances, ...instanceChecks]) {
    const answer = answers.get(instanceKey(instanceId, metric));
    if (answer === undefined || answer.kind === 'unread')
      return answer ?? unread(`${metric} was not asked for`);
  }
  const silent = instanceChecks.find((metric) => samplesOf(instanceId, metric, answers).length === 0);
  if (silent === undefined) return read({ kind: 'clear' }, now);
  return unread(`${silent} of ${instanceId} is not published (not a Nitro instance?)`);
}

function signOf(instanceId: string, answers: MetricAnswers, since: Instant): string | undefined {
  const fired = instanceChecks.find((metric) =>
    samplesOf(instanceId, metric, answers).some(({ at, value }) => at >= since && value >= 1),
  );
  if (fired !== undefined) return fired;
  for (const metric of instanceBalances) {
    const newest = samplesOf(instanceId, metric, answers).at(-1);
    if (newest !== undefined && newest.value <= almostEmpty)
      return `${metric} at ${Math.round(newest.value)}`;
  }
  return undefined;
}

function samplesOf(instanceId: string, metric: string, answers: MetricAnswers): Series {
  const answer = answers.get(instanceKey(instanceId, metric));
  return answer?.kind === 'read' ? answer.value : [];
}
