import type { Series } from '../reading.ts';
import type { Quantiles } from './assessment.ts';

/** Nearest rank, so every value was really seen; `undefined` where there is no sample. */
export function quantilesOf(series: Series): Quantiles | undefined {
  const sorted = Float64Array.from(series, ({ value }) => value).sort();
  const max = sorted.at(-1);
  if (max === undefined) return undefined;
  const rank = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? max;
  return { p50: rank(0.5), p95: rank(0.95), p995: rank(0.995), max };
}
