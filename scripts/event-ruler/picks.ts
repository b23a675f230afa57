import type { Random } from '../../twin/random.ts';

/** @throws Error when there is nothing to pick from */
export function pick<T>(random: Random, from: readonly T[]): T {
  const picked = from[Math.floor(random() * from.length)];
  if (picked === undefined) throw new Error('expected something to pick from, got an empty list');
  return picked;
}

/** May pick one twice. */
export const pickSome = <T>(random: Random, from: readonly T[], count: number): readonly T[] =>
  Array.from({ length: count }, () => pick(random, from));
