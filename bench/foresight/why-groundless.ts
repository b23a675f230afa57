import { fallsIn } from '../../core/domain/credits/falls.ts';
import { balanceNoise } from '../../core/domain/credits/forecast.ts';
import { fallsAsDeep, fallsPerWall } from '../../core/domain/credits/precedent.ts';
import type { Word } from '../../core/domain/history/words.ts';
import type { Series } from '../../core/domain/reading.ts';
import { after, between, type Duration } from '../../core/domain/units.ts';

/** Why a word was said that nothing came of: the first of these that holds. */
export const whys = ['unprecedented', 'both ways', 'near miss', 'over', 'other'] as const;
export type Why = (typeof whys)[number];

/** Per cent. */
const nearMiss = 5;

/**
 * @param lived the exact balance, minute by minute
 * @param seen the balance of the days before, as it was published when the word was said
 * @param promisedFrom falls that last at least this long are announced the lead time ahead
 */
export function whyGroundless(word: Word, lived: Series, seen: Series, promisedFrom: Duration): Why {
  const falls = fallsIn(seen);
  const [previous, newest] = seen.slice(-2);
  const { asDeep, toWall } = fallsAsDeep(falls, falls.present + (newest?.value ?? 0));
  if (asDeep < 2) return 'unprecedented';
  const announced = after(word.at, (between(word.at, word.trueBy) / 2) as Duration);
  const isPromised = falls.since !== undefined && between(falls.since, announced) >= promisedFrom;
  if (toWall * fallsPerWall[isPromised ? 'promised' : 'without'] > asDeep) return 'both ways';
  const told = lived.findLast(({ at, period }) => after(at, period) <= word.at)?.value ?? 0;
  const lowest = lived
    .filter(({ at }) => at >= word.at && at <= word.trueBy)
    .reduce((least, { value }) => Math.min(least, value), told);
  if (lowest < nearMiss) return 'near miss';
  const stillFell = previous !== undefined && newest !== undefined && newest.value < previous.value;
  return stillFell && lowest >= told - balanceNoise ? 'over' : 'other';
}
