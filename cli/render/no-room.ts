import type { Column } from './fitted-table.ts';

/** Which columns a terminal is too narrow for, and what has them: one sentence, or none where nothing was left out. */
export function noRoomFor<Row>(
  leftOut: readonly Column<Row>[],
  elsewhere: readonly string[],
): readonly string[] {
  if (leftOut.length === 0) return [];
  const titles = listed(leftOut.map(({ title }) => title));
  const places = listed(['a wider terminal', ...elsewhere]);
  return [`No room for ${titles}; ${places} have ${leftOut.length === 1 ? 'it' : 'them'}.`];
}

/** `a`, `a and b`, `a, b and c`. */
const listed = (words: readonly string[]): string =>
  [words.slice(0, -1).join(', '), words.at(-1)].filter((part) => part !== '').join(' and ');
