import { type CreditBucket, isHeldBack } from '../credits/credit-bucket.ts';
import { minutesAtWall } from '../credits/demand-profile.ts';
import { balanceNoise } from '../credits/forecast.ts';
import type { Reading, Sample, Series } from '../reading.ts';
import { after, type Duration, type Instant, inMinutes, minutes } from '../units.ts';

/**
 * A time in which the bucket was empty and more was asked for than it earns. A Minimum does not say when within its period:
 * a wall begins with its first sample, the earliest it can have been, so that no lead is told longer than it was.
 */
export interface Wall {
  readonly from: Instant;
  readonly until: Instant;
}

/** Two walls closer than this are one: people do not tell them apart, and 5-minute samples cannot. */
const oneWall: Duration = minutes(10);

/**
 * The walls of a balance. Where demand is not known, an empty bucket counts as a wall: it only gets there and stays there
 * while somebody asks for more than the baseline.
 */
export function wallsIn(balance: Series, demand: Reading<Series>, bucket: CreditBucket): readonly Wall[] {
  const held = demand.kind === 'read' ? heldBack(demand.value, bucket) : () => true;
  const walls: { from: Instant; until: Instant }[] = [];
  for (const sample of balance) {
    if (sample.value > balanceNoise || !held(sample)) continue;
    const until = after(sample.at, sample.period);
    const last = walls.at(-1);
    if (last !== undefined && sample.at <= after(last.until, oneWall)) last.until = until;
    else walls.push({ from: sample.at, until });
  }
  return walls;
}

/** Minutes in which an empty bucket held somebody back; without the demand, all in which it was empty. */
export const stalledIn = (balance: Series, demand: Reading<Series>, bucket: CreditBucket): number =>
  demand.kind === 'read'
    ? minutesAtWall(demand.value, balance, bucket)
    : balance.reduce(
        (stalled, { value, period }) => (value <= balanceNoise ? stalled + inMinutes(period) : stalled),
        0,
      );

/** Whoever is not held back has met no wall. */
function heldBack(demand: Series, bucket: CreditBucket): (sample: Sample) => boolean {
  const much = demand.filter(({ value }) => isHeldBack(value, bucket));
  let index = 0;
  return ({ at, period }) => {
    while (index < much.length && endOf(much[index]) <= at) index += 1;
    const next = much[index];
    return next !== undefined && next.at < after(at, period);
  };
}

const endOf = (sample: Sample | undefined): Instant =>
  sample === undefined ? (Number.POSITIVE_INFINITY as Instant) : after(sample.at, sample.period);
