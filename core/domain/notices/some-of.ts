/** More than this are looked up with the CLI, not read in a message. */
export const mostNamed = 10;

/** `a, b, c and 1,024 more`; `names` may be the first of `total` already. */
export function someOf(names: readonly string[], total: number): string {
  const shown = names.slice(0, mostNamed);
  const more = total - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more.toLocaleString('en-US')} more`;
}
