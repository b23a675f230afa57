import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { NotImitatedError } from '../service-error.ts';
import { invalid } from './invalid.ts';

export type { AttributeValue };

/** Stored and handed out only as copies; `N` is in DynamoDB's canonical text. */
export type Item = Readonly<Record<string, AttributeValue>>;

export type AttributeType = 'S' | 'N' | 'B' | 'SS' | 'NS' | 'BS' | 'M' | 'L' | 'NULL' | 'BOOL';

export const typeOf = (value: AttributeValue): AttributeType => Object.keys(value)[0] as AttributeType;

/** A checked deep copy. @throws ValidationException for what DynamoDB refuses as a value. */
export function acceptValue(value: AttributeValue): AttributeValue {
  const types = Object.keys(value).filter((type) => value[type as AttributeType] !== undefined);
  const [type] = types;
  if (type === undefined || types.length > 1) {
    throw invalid(
      type === undefined
        ? 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes'
        : 'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  const accept = ACCEPT[type];
  if (accept === undefined) throw new NotImitatedError(`attribute values of type ${type} are not imitated`);
  return accept(value);
}

/** A plain loop, because every read and write copies: a list of pairs takes three times as long. */
export function acceptItem(item: Record<string, AttributeValue>): Item {
  const accepted: Record<string, AttributeValue> = {};
  for (const name of Object.keys(item)) accepted[name] = acceptValue(item[name] as AttributeValue);
  return accepted;
}

/** A deep copy of an item that was accepted before, and so needs no check: every read makes one. */
export function copyOf(item: Item): Item {
  const copy: Record<string, AttributeValue> = {};
  for (const name of Object.keys(item)) copy[name] = copyOfValue(item[name] as AttributeValue);
  return copy;
}

function copyOfValue(value: AttributeValue): AttributeValue {
  if (value.S !== undefined) return { S: value.S };
  if (value.N !== undefined) return { N: value.N };
  return structuredClone(value);
}

const ACCEPT: Readonly<Record<string, (value: AttributeValue) => AttributeValue>> = {
  S: ({ S }) => ({ S: S as string }),
  N: ({ N }) => ({ N: canonicalNumber(N as string) }),
  B: ({ B }) => ({ B: Uint8Array.from(B as Uint8Array) }),
  BOOL: ({ BOOL }) => ({ BOOL: BOOL as boolean }),
  NULL: ({ NULL }) => {
    if (NULL !== true)
      throw invalid(
        'One or more parameter values were invalid: Null attribute value types must have the value of true',
      );
    return { NULL };
  },
  SS: ({ SS }) => ({ SS: distinct(SS as string[], 'string') }),
  NS: ({ NS }) => ({ NS: distinct((NS as string[]).map(canonicalNumber), 'number') }),
  M: ({ M }) => ({ M: { ...acceptItem(M as Record<string, AttributeValue>) } }),
  L: ({ L }) => ({ L: (L as AttributeValue[]).map(acceptValue) }),
};

function distinct(members: readonly string[], kind: string): string[] {
  if (members.length === 0) {
    throw invalid(`One or more parameter values were invalid: An ${kind} set  may not be empty`);
  }
  if (new Set(members).size !== members.length) {
    throw invalid(
      `One or more parameter values were invalid: Input collection [${members.join(', ')}] contains duplicates.`,
    );
  }
  return [...members];
}

/**
 * DynamoDB keeps 38 significant digits; the twin computes in doubles and refuses what they cannot hold exactly
 * rather than answering with a rounded number.
 */
export function canonicalNumber(text: string): string {
  if (CANONICAL.test(text)) return text;
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) {
    throw invalid('The parameter cannot be converted to a numeric value');
  }
  const digits = text.replace(/e.*$/i, '').replace(/^[-+]?[0.]*|\D/gi, '');
  const canonical = String(number);
  if (digits.replace(/0+$/, '').length > 15 || canonical.includes('e')) {
    throw new NotImitatedError(`numbers beyond 15 significant digits or 1e21 are not imitated: ${text}`);
  }
  return canonical;
}

/** What nearly all numbers are: whole, positive and within the 15 digits. */
const CANONICAL = /^[1-9]\d{0,14}$/;

/** Negative, zero or positive for two values of one ordered type (S, N, B); undefined when they have no order. */
export function compareValues(a: AttributeValue, b: AttributeValue): number | undefined {
  if (a.S !== undefined && b.S !== undefined) return compareText(a.S, b.S);
  if (a.N !== undefined && b.N !== undefined) return Number(a.N) - Number(b.N);
  if (a.B !== undefined && b.B !== undefined) return Buffer.compare(a.B, b.B);
  return undefined;
}

/** DynamoDB orders strings by their UTF-8 bytes, which JavaScript's `<` (UTF-16) does only below U+D800. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return ASCII.test(a) && ASCII.test(b) ? (a < b ? -1 : 1) : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant.
const ASCII = /^[\x00-\x7f]*$/;

export function equalValues(a: AttributeValue, b: AttributeValue): boolean {
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  return EQUAL[type]?.(a, b) ?? compareValues(a, b) === 0;
}

const EQUAL: Readonly<Record<string, (a: AttributeValue, b: AttributeValue) => boolean>> = {
  M: (a, b) => equalItems(a.M ?? {}, b.M ?? {}),
  L: (a, b) => equalLists(a.L ?? [], b.L ?? []),
  SS: (a, b) => sameMembers(a.SS ?? [], b.SS ?? []),
  NS: (a, b) => sameMembers(a.NS ?? [], b.NS ?? []),
  BOOL: (a, b) => a.BOOL === b.BOOL,
  NULL: () => true,
};

const equalLists = (a: readonly AttributeValue[], b: readonly AttributeValue[]): boolean =>
  a.length === b.length && a.every((value, index) => equalValues(value, b[index] as AttributeValue));

const sameMembers = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((member) => b.includes(member));

export function equalItems(a: Item, b: Item): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => {
      const other = b[name];
      return other !== undefined && equalValues(a[name] as AttributeValue, other);
    })
  );
}

/** Bytes as DynamoDB bills and limits them. Source: DynamoDB developer guide, "DynamoDB item sizes and formats". */
export const itemSize = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value), 0);

function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  if (value.B !== undefined) return value.B.length;
  if (value.SS !== undefined) return value.SS.reduce((sum, member) => sum + Buffer.byteLength(member), 0);
  if (value.NS !== undefined) return value.NS.reduce((sum, member) => sum + numberSize(member), 0);
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemSize(value.M);
  if (value.L !== undefined) return 3 + value.L.reduce((sum, member) => sum + 1 + valueSize(member), 0);
  return 1;
}

const numberSize = (text: string): number =>
  Math.ceil(text.replace(/\D/g, '').length / 2) + 1 + (text.startsWith('-') ? 1 : 0);
