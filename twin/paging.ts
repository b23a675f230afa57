/** One page of a list; `NextToken` is absent on the last one, as in AWS. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly NextToken?: string;
}

/**
 * Tokens are the position to continue from, so that pages stay in step with a list that only grows at its end.
 * @throws what `refuse` makes of a token that no call of this service has returned.
 */
export function page<T>(
  all: readonly T[],
  size: number,
  token: string | undefined,
  refuse: () => Error,
): Page<T> {
  const start = token === undefined ? 0 : position(token, refuse);
  const end = start + size;
  const items = all.slice(start, end);
  return end < all.length ? { items, NextToken: `page-${end}` } : { items };
}

function position(token: string, refuse: () => Error): number {
  const start = /^page-(\d+)$/.exec(token)?.[1];
  if (start === undefined) throw refuse();
  return Number(start);
}
