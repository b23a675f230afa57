/** Numbers in [0, 1); the same seed and name give the same sequence on every machine. */
export type Random = () => number;

/** One independent stream per name, so that adding a user of randomness does not shift the others. */
export function randomStream(seed: number, name: string): Random {
  let state = seed >>> 0;
  for (const character of name)
    state = Math.imul(state ^ (character.codePointAt(0) as number), 0x01000193) >>> 0;
  // mulberry32 (Tommy Ettinger, public domain): small, fast and even enough for choosing delays and faults.
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const between = (random: Random, low: number, high: number): number => low + random() * (high - low);
