import type { Reading, Series } from '../reading.ts';
import { hours, latest } from '../units.ts';
import type { Volume } from '../volume.ts';
import type { Recording } from './recording.ts';

type Window = Pick<Recording, 'from' | 'until'>;

const hour = hours(1);
const hourOf = (at: number): number => Math.floor(at / hour) * hour;

/**
 * The hours in which a volume may have done what its surveyed balance does not tell: neither they nor the hours around
 * them have a sample, since it was created. Its present attachment is no earlier bound: another instance may have had it.
 *
 * The outer hours of a gap do not count, because in them an instance was stopped or started: a few minutes of I/O and none
 * of a balance that is sampled every five, each night of whatever is switched off at night. So two clock hours without a
 * sample pass, a gap of just under four. From 90 % to empty and back takes a bucket 1.8 at least, at full burst and then at
 * rest, so that it may have stood at the wall for two. A gap that still goes on has no such outer hour at its end.
 */
export function unseenHours(
  { createdAt }: Pick<Volume, 'createdAt'>,
  balance: Series,
  { from, until }: Window,
): ReadonlySet<number> {
  const seen = new Set<number>(balance.map(({ at }) => hourOf(at)));
  const first = Math.ceil(latest(from, createdAt) / hour) * hour;
  const isMissing = (at: number): boolean => at >= first && !seen.has(at);
  const unseen = new Set<number>();
  for (let at = first + hour; at + hour <= until; at += hour) {
    if (isMissing(at - hour) && isMissing(at) && isMissing(at + hour)) unseen.add(at);
  }
  return unseen;
}

/**
 * Why the balance does not tell how low it was: it is missing for hours in which the volume worked. By the minute it is
 * missing too: an hour's lowest balance is made of its minutes. A volume that did nothing lost no credits.
 */
export function whyUnseen(
  volume: Pick<Volume, 'createdAt'>,
  balance: Series,
  iops: Reading<Series>,
  window: Window,
): string | undefined {
  const unseen = unseenHours(volume, balance, window);
  if (balance.length === 0 || unseen.size === 0) return undefined;
  if (iops.kind === 'unread')
    return `its balance is missing for hours, and whether it worked in them is not known (${iops.why})`;
  const worked = new Set(iops.value.flatMap(({ at, value }) => (value > 0 ? hourOf(at) : [])));
  const isInGap = (at: number): boolean => unseen.has(at) && worked.has(at);
  // With the outer hours of a gap, once its inner ones are known to be no stop and start.
  const missing = [...worked].filter((at) => isInGap(at - hour) || isInGap(at) || isInGap(at + hour));
  if (missing.length === 0) return undefined;
  const lowest = balance.reduce((least, { value }) => Math.min(least, value), 100);
  return `its balance is missing for ${missing.length} h in which it worked (CloudWatch lost it, or it was of a type without one then); the lowest that is known of it is ${Number(lowest.toFixed(1))} %`;
}
