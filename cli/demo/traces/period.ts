import type { TraceStep } from './trace.ts';

/** The spacing that occurs most often between times in order (milliseconds); undefined for fewer than two times. */
export function usualSpacing(times: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (let index = 1; index < times.length; index += 1) {
    const spacing = (times[index] as number) - (times[index - 1] as number);
    counts.set(spacing, (counts.get(spacing) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0];
}

/** Sums over one period, e.g. CloudWatch's; `at` is the period's beginning in milliseconds. */
export interface PeriodSums {
  readonly at: number;
  readonly readOperations: number;
  readonly writeOperations: number;
  readonly readBytes: number;
  readonly writeBytes: number;
}

/** Spreads each period's sums evenly over it; where a period is missing there is no load. */
export function spread(sums: readonly PeriodSums[], period: number): { steps: TraceStep[]; gaps: number } {
  const begin = sums[0]?.at ?? 0;
  const seconds = period / 1_000;
  const steps: TraceStep[] = [];
  let gaps = 0;
  for (const [index, { at, readOperations, writeOperations, readBytes, writeBytes }] of sums.entries()) {
    const second = (at - begin) / 1_000;
    steps.push({
      second,
      readOperations: readOperations / seconds,
      writeOperations: writeOperations / seconds,
      readBytes: readBytes / seconds,
      writeBytes: writeBytes / seconds,
    });
    const next = sums[index + 1]?.at;
    if (next === undefined || next <= at + period) continue;
    gaps += 1;
    steps.push({
      second: second + seconds,
      readOperations: 0,
      writeOperations: 0,
      readBytes: 0,
      writeBytes: 0,
    });
  }
  return { steps, gaps };
}
