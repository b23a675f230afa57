import { gp2BaselineIops } from '../../twin/ebs/volume-types.ts';
import type { WorldFigures } from './figures.ts';
import { FITTED_SIZE_GIB, REPORTED, REPRODUCER } from './reproducer-parameters.ts';

/** By how much our reproducer differs from the article's, and why. */
export function articleNote(
  sizeGiB: number,
  { typical, atWall, startsBeforeWall = 0 }: WorldFigures,
): readonly string[] {
  const { foregroundOperations, writebackIops } = REPRODUCER;
  const lines = [
    `The article reports about ${REPORTED.startSeconds} s a start, ${count(REPORTED.startsBeforeWall)} starts, then ${REPORTED.wallStartSeconds} s. It names neither the size of its volume nor its rates: ours are fitted to those three numbers at ${FITTED_SIZE_GIB} GiB.`,
  ];
  if (atWall === undefined) return lines;
  const baseline = gp2BaselineIops(sizeGiB);
  const arithmetic = `${count(foregroundOperations)} I/Os ÷ (${baseline} baseline − ${writebackIops.toFixed(1)} writeback) IOPS`;
  const compared = comparedWithTheirs(atWall - REPORTED.wallStartSeconds, sizeGiB, baseline);
  return [
    ...lines,
    `Here: ${typical.toFixed(1)} s, ${count(startsBeforeWall)} starts, then ${atWall.toFixed(2)} s (${arithmetic}): ${compared}.`,
  ];
}

function comparedWithTheirs(difference: number, sizeGiB: number, baseline: number): string {
  const theirs = `its ${REPORTED.wallStartSeconds} s`;
  const seconds = Math.abs(difference).toFixed(2);
  if (seconds === '0.00') return `the same as ${theirs}, to within 0.01 s`;
  const fitted = gp2BaselineIops(FITTED_SIZE_GIB);
  const why =
    baseline === fitted
      ? 'the fit is rounded, and credits saved between two bursts of I/O shift a start by fractions of a second'
      : `${sizeGiB} GiB has ${baseline} IOPS of baseline where the fit has ${fitted}`;
  return `${seconds} s ${difference < 0 ? 'less' : 'more'} than ${theirs}, because ${why}`;
}

const count = (value: number): string => value.toLocaleString('en-US');
