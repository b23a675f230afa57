import { gunzipSync, gzipSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { Item } from './dynamo-table.ts';

/** What we found in our own table and cannot read; it names the item, so that somebody can look at it. */
export class MalformedItemError extends Error {
  override readonly name = 'MalformedItemError';
}

/** Longer JSON is compressed: a list of some thousand volumes would not fit DynamoDB's 400 KB per item. */
const longestPlain = 100_000;

/** JSON, readable in the console; `undefined` fields are left out and come back as `undefined`. */
export function bodyOf(value: object): AttributeValue {
  const text = JSON.stringify(value);
  return text.length <= longestPlain ? { S: text } : { B: gzipSync(text) };
}

/** @throws MalformedItemError with key, path, what was got and what was expected. */
export function readBody<Value>(schema: v.GenericSchema<unknown, Value>, item: Item): Value {
  const result = v.safeParse(schema, parsed(item));
  if (result.success) return result.output;
  const faults = result.issues.map((issue) => `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`);
  throw malformed(item, faults.join('; '));
}

function parsed(item: Item): unknown {
  const body = item['body'];
  const text = body?.S ?? (body?.B === undefined ? undefined : gunzipSync(body.B).toString('utf8'));
  if (text === undefined) throw malformed(item, 'body: expected JSON, got none');
  try {
    return JSON.parse(text);
  } catch {
    throw malformed(item, 'body: expected JSON, got other text');
  }
}

const malformed = (item: Item, faults: string): MalformedItemError =>
  new MalformedItemError(
    `item ${item['pk']?.S}/${item['sk']?.S} is malformed (${faults}); repair or delete it by hand`,
  );

/** A number of an item's own attributes. @throws MalformedItemError */
export function numberOf(item: Item, attribute: string): number {
  const text = item[attribute]?.N;
  const number = text === undefined ? Number.NaN : Number(text);
  if (Number.isFinite(number)) return number;
  throw malformed(item, `${attribute}: expected a number, got ${JSON.stringify(item[attribute])}`);
}

/** Every item that can be read; of the others, `report` is told. Anything but a malformed item is thrown on. */
export function readable<Value>(
  items: readonly Item[],
  readItem: (item: Item) => Value,
  report: (error: MalformedItemError) => void,
): readonly Value[] {
  return items.flatMap((item) => {
    try {
      return [readItem(item)];
    } catch (error) {
      if (!(error instanceof MalformedItemError)) throw error;
      report(error);
      return [];
    }
  });
}
