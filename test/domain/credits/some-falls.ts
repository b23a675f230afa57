/** Two points a minute. */
export const down = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.round((from - to) / 2) }, (_none, index) => from - 2 * (index + 1));

/** A point a minute. */
export const up = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.round(to - from) }, (_none, index) => from + index + 1);

/** From 100 % down by `depth` and all the way up again. */
export const dip = (depth: number): readonly number[] => [
  100,
  ...down(100, 100 - depth),
  ...up(100 - depth, 100),
];
