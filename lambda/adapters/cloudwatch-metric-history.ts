import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { MetricHistory, MetricWish, RecentMetrics } from '../../core/application/ports.ts';
import { type Reading, read, type Series, unread } from '../../core/domain/reading.ts';
import type { Instant } from '../../core/domain/units.ts';
import { instanceLimitOf } from './instance-limit.ts';
import { type MetricAnswers, readMetrics } from './metric-data.ts';
import { combined, latency, mebibytesPerSecond, perSecond, total } from './series-arithmetic.ts';
import {
  attachmentKey,
  balanceQuery,
  historyQueries,
  instancesOf,
  recentQueries,
  volumeKey,
} from './volume-metrics.ts';

export function cloudwatchMetricHistory(cloudWatch: CloudWatchClient, now: () => Instant): MetricHistory {
  return {
    balances: async (ids, since) => {
      const queries = ids.map((id) => balanceQuery(id, since));
      const answers = await readMetrics(cloudWatch, queries, now());
      const byVolume = ids.map((id) => [id, answerTo(answers, volumeKey(id, 'balance'))] as const);
      return { byVolume: new Map(byVolume), metricsRequested: queries.length };
    },
    recent: async (wishes) => {
      const at = now();
      const queries = recentQueries(wishes, at);
      const answers = await readMetrics(cloudWatch, queries, at);
      const byVolume = wishes.map((wish) => [wish.volume.id, recentOf(wish, answers, at)] as const);
      return { byVolume: new Map(byVolume), metricsRequested: queries.length };
    },
    history: async (volume, since, until) => {
      const queries = historyQueries(volume.id, since);
      const answers = await readMetrics(cloudWatch, queries, until);
      const sum = (name: 'operations' | 'bytes') =>
        totalOf(name, (key) => answerTo(answers, volumeKey(volume.id, key)));
      return {
        metricsRequested: queries.length,
        balance: demanded(answerTo(answers, volumeKey(volume.id, 'balance')), volume.id),
        iops: perSecond(demanded(sum('operations'), volume.id)),
        throughput: mebibytesPerSecond(demanded(sum('bytes'), volume.id)),
      };
    },
  };
}

function recentOf({ volume, demandIn }: MetricWish, answers: MetricAnswers, now: Instant): RecentMetrics {
  const answer = (name: string) => answerTo(answers, volumeKey(volume.id, name));
  const operations = totalOf('operations', answer);
  const bytes = () => mapped(totalOf('bytes', answer), mebibytesPerSecond);
  return {
    demand: demandIn === 'IOPS' ? mapped(operations, perSecond) : bytes(),
    latency: combined(totalOf('time', answer), operations, latency),
    queue: answer('queue'),
    stalled: stalledOf(
      instancesOf(volume).map((id) => answerTo(answers, attachmentKey(volume.id, id))),
      now,
    ),
    instanceLimit: instanceLimitOf(instancesOf(volume), answers, now),
  };
}

/** The newest minute of each attachment decides: a stall that ended is over. */
function stalledOf(attachments: readonly Reading<Series>[], now: Instant): RecentMetrics['stalled'] {
  const newest: number[] = [];
  for (const attachment of attachments) {
    if (attachment.kind === 'unread') return attachment;
    newest.push(...attachment.value.slice(-1).map(({ value }) => value));
  }
  if (newest.length === 0) return read('not-published', now);
  return read(newest.some((value) => value >= 1) ? 'stalled' : 'flowing', now);
}

const totalOf = (name: string, answer: (name: string) => Reading<Series>): Reading<Series> =>
  combined(answer(`read-${name}`), answer(`write-${name}`), total);

const answerTo = (answers: MetricAnswers, key: string): Reading<Series> =>
  answers.get(key) ?? unread(`${key} was not asked for`);

const mapped = (reading: Reading<Series>, change: (series: Series) => Series): Reading<Series> =>
  reading.kind === 'unread' ? reading : read(change(reading.value), reading.at);

function demanded(reading: Reading<Series>, volumeId: string): Series {
  if (reading.kind === 'read') return reading.value;
  throw new Error(`the history of ${volumeId} could not be read: ${reading.why}; tomorrow's run asks again`);
}
