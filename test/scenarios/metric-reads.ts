import type { ResponderAccount } from './responder-account.ts';

/** Metrics that anybody asked CloudWatch for between these times; each is billed. */
export const metricReads = ({ account }: ResponderAccount, from: number, until: number): number =>
  account.endpoint.calls
    .filter(({ operation, at }) => operation === 'GetMetricData' && at >= from && at < until)
    .map(({ input }) => metricsIn(input))
    .reduce((sum, metrics) => sum + metrics, 0);

/** GetMetricData: $0.01 per 1,000 metrics requested (CloudWatch pricing). */
export const dollarsFor = (metrics: number): number => (metrics * 0.01) / 1_000;

/** Expressions are free; every other query asks for one metric. */
function metricsIn(input: object): number {
  const { MetricDataQueries = [] } = input as { MetricDataQueries?: readonly { MetricStat?: object }[] };
  return MetricDataQueries.filter(({ MetricStat }) => MetricStat !== undefined).length;
}
