import type { Filter } from '@aws-sdk/client-ec2';
import { NotImitatedError, ServiceError } from '../service-error.ts';

/** A filter's meaning: the values of one item that its patterns are compared with. */
type FilterTable<T> = Readonly<Record<string, (item: T) => readonly string[]>>;

export interface FilterRules<T> {
  readonly imitated: FilterTable<T>;
  /** `tag:KEY` filters, where the resource has tags. */
  readonly tag?: (item: T, key: string) => readonly string[];
  /** Filters that the API reference lists and the twin does not imitate; any other name AWS refuses. */
  readonly documented: readonly string[];
}

/** AWS's limit for one call (EC2 user guide, "Filtering resources"). */
const MAXIMUM_VALUES = 200;

/**
 * Filters are joined by "and", the values of one filter by "or"; `*` and `?` are wildcards, case counts.
 * @throws ServiceError for a name that AWS does not have and for more than 200 values.
 */
export function filtered<T>(
  items: readonly T[],
  filters: readonly Filter[] | undefined,
  rules: FilterRules<T>,
): readonly T[] {
  const tests = (filters ?? []).map((filter) => testOf(filter, rules));
  const values = (filters ?? []).reduce((count, { Values = [] }) => count + Values.length, 0);
  if (values > MAXIMUM_VALUES) {
    throw new ServiceError(
      'FilterLimitExceeded',
      `The maximum number of filter values specified on a single call is ${MAXIMUM_VALUES}`,
    );
  }
  return tests.length === 0 ? items : items.filter((item) => tests.every((test) => test(item)));
}

function testOf<T>({ Name = '', Values }: Filter, rules: FilterRules<T>): (item: T) => boolean {
  const read = readerOf(Name, rules);
  if (Values === undefined || Values.length === 0) {
    throw new ServiceError('InvalidParameterValue', `The filter '${Name}' requires at least one value`);
  }
  const exact = new Set(Values.filter((value) => !/[*?]/.test(value)));
  const patterns = Values.filter((value) => /[*?]/.test(value)).map(wildcard);
  return (item) =>
    read(item).some((value) => exact.has(value) || patterns.some((pattern) => pattern.test(value)));
}

function readerOf<T>(
  name: string,
  { imitated, tag, documented }: FilterRules<T>,
): (item: T) => readonly string[] {
  const read = imitated[name];
  if (read !== undefined) return read;
  if (tag !== undefined && name.startsWith('tag:')) return (item) => tag(item, name.slice('tag:'.length));
  if (documented.includes(name)) {
    throw new NotImitatedError(
      `filter ${name} is not imitated; imitated: ${Object.keys(imitated).join(', ')}`,
    );
  }
  throw new ServiceError('InvalidParameterValue', `The filter '${name}' is invalid`);
}

const wildcard = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  );
