import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { HistoryReader } from '../../core/application/assess/history-ports.ts';
import { type PlannedCall, partKey, type WantedPart } from '../../core/application/assess/reading-plan.ts';
import { type Reading, read, type Series, unread } from '../../core/domain/reading.ts';
import { accessFailureOf } from './access-failure.ts';
import { type MetricAnswers, readOneCall } from './metric-data.ts';
import { combined, mebibytesPerSecond, perSecond, total } from './series-arithmetic.ts';
import { partQueries } from './volume-metrics.ts';

/** CloudWatch as it remembers volumes: each planned call is one GetMetricData, and its further pages if there are any. */
export const cloudwatchHistoryReader = (cloudWatch: CloudWatchClient): HistoryReader => ({
  read: async (call) => {
    try {
      const { answers, pages } = await readOneCall(cloudWatch, queriesOf(call), call.until);
      const parts = call.parts.map((wanted) => [partKey(wanted), partOf(wanted, call, answers)] as const);
      return { kind: 'read', parts: new Map(parts), calls: pages };
    } catch (error) {
      return { kind: 'failed', failure: accessFailureOf(error, 'cloudwatch:GetMetricData') };
    }
  },
});

const queriesOf = (call: PlannedCall) => call.parts.flatMap((wanted) => queriesOfPart(wanted, call));

const queriesOfPart = ({ volumeId, part }: WantedPart, { from: since, period }: PlannedCall) =>
  partQueries(volumeId, part, { since, period });

function partOf(wanted: WantedPart, call: PlannedCall, answers: MetricAnswers): Reading<Series> {
  const [first = missing, second] = queriesOfPart(wanted, call).map(({ key }) => answers.get(key) ?? missing);
  if (wanted.part === 'balance') return rounded(first);
  const together = combined(first, second ?? missing, total);
  return rounded(mapped(together, wanted.part === 'iops' ? perSecond : mebibytesPerSecond));
}

const missing = unread('CloudWatch gave no answer for it');

const mapped = (reading: Reading<Series>, change: (series: Series) => Series): Reading<Series> =>
  reading.kind === 'unread' ? reading : read(change(reading.value), reading.at);

/** To what is kept: a file of a volume's fortnight would be three times as long with what a division leaves behind. */
const rounded = (reading: Reading<Series>): Reading<Series> =>
  mapped(reading, (series) =>
    series.map((sample) => ({ ...sample, value: Math.round(sample.value * 1_000) / 1_000 })),
  );
