import { type AttributeValue, type Item, typeOf } from './attribute-value.ts';
import { invalid } from './invalid.ts';

export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

export interface KeySchema {
  readonly partition: KeyAttribute;
  readonly sort?: KeyAttribute;
}

export interface IndexDefinition {
  readonly name: string;
  readonly keys: KeySchema;
  readonly projection: 'ALL' | 'KEYS_ONLY';
}

export type StreamView = 'NEW_AND_OLD_IMAGES' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'KEYS_ONLY';

export interface TableDefinition {
  readonly name: string;
  readonly keys: KeySchema;
  readonly indexes: readonly IndexDefinition[];
  readonly stream?: StreamView;
  /** The attribute that holds the second of expiry. */
  readonly timeToLiveAttribute?: string;
}

export const keyAttributes = ({ partition, sort }: KeySchema): readonly KeyAttribute[] =>
  sort === undefined ? [partition] : [partition, sort];

export const projectKeys = (item: Item, keys: KeySchema): Item =>
  Object.fromEntries(keyAttributes(keys).map(({ name }) => [name, item[name] as AttributeValue]));

/** An exact text of the key, so that keys can be map keys. */
export const keyText = (item: Item, keys: KeySchema): string =>
  JSON.stringify(keyAttributes(keys).map(({ name }) => item[name]));

/** Limits. Source: DynamoDB developer guide, "Quotas in Amazon DynamoDB", partition and sort keys. */
const MAXIMUM_BYTES = { partition: 2048, sort: 1024 };

/** @throws ValidationException unless `key` is exactly the key. */
export function assertIsKey(key: Item, keys: KeySchema): void {
  const wanted = keyAttributes(keys);
  const fits =
    Object.keys(key).length === wanted.length &&
    wanted.every(({ name, type }) => key[name]?.[type] !== undefined);
  if (!fits) throw invalid('The provided key element does not match the schema');
  assertKeyContents(key, keys);
}

/** @throws ValidationException where `item` lacks the key, or holds index keys of a wrong type. */
export function assertFitsTable(item: Item, definition: TableDefinition): void {
  for (const { name, type } of keyAttributes(definition.keys)) {
    const value = item[name];
    if (value === undefined) {
      throw invalid(`One or more parameter values were invalid: Missing the key ${name} in the item`);
    }
    if (value[type] === undefined) {
      throw invalid(
        `One or more parameter values were invalid: Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`,
      );
    }
  }
  assertKeyContents(item, definition.keys);
  for (const index of definition.indexes) assertFitsIndex(item, index);
}

function assertFitsIndex(item: Item, index: IndexDefinition): void {
  for (const { name, type } of keyAttributes(index.keys)) {
    const value = item[name];
    if (value !== undefined && value[type] === undefined) {
      throw invalid(
        `One or more parameter values were invalid: Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} IndexName: ${index.name}`,
      );
    }
    if (value?.S === '') {
      throw invalid(
        `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: ${index.name}, IndexKey: ${name}`,
      );
    }
  }
}

function assertKeyContents(item: Item, keys: KeySchema): void {
  for (const [role, attribute] of Object.entries(keys) as ['partition' | 'sort', KeyAttribute][]) {
    const text = item[attribute.name]?.S;
    if (text === '') {
      throw invalid(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${attribute.name}`,
      );
    }
    if (text !== undefined && Buffer.byteLength(text) > MAXIMUM_BYTES[role]) {
      const kind = role === 'partition' ? 'hashkey' : 'rangekey';
      throw invalid(
        `One or more parameter values were invalid: Size of ${kind} has exceeded the maximum size limit of${MAXIMUM_BYTES[role]} bytes`,
      );
    }
  }
}
