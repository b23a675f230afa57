import { type AttributeValue, compareValues, type Item } from './attribute-value.ts';
import { type KeySchema, keyText } from './table-definition.ts';

/** Items of a table or secondary index by partition, each partition in the order of its sort key. */
export class SortedIndex {
  readonly #keys: KeySchema;
  readonly #tableKeys: KeySchema;
  readonly #partitions = new Map<string, Item[]>();

  constructor(keys: KeySchema, tableKeys: KeySchema) {
    this.#keys = keys;
    this.#tableKeys = tableKeys;
  }

  /** Items without the index's key attributes are not in it: a sparse index. */
  replace(before: Item | undefined, after: Item | undefined): void {
    if (before !== undefined && this.#covers(before)) this.#remove(before);
    if (after !== undefined && this.#covers(after)) this.#insert(after);
  }

  clear(): void {
    this.#partitions.clear();
  }

  partition(value: AttributeValue): readonly Item[] {
    return this.#partitions.get(JSON.stringify(value)) ?? [];
  }

  /** Sort key first; where that is equal (possible in an index) the table's key decides, so that pages are stable. */
  compare(a: Item, b: Item): number {
    const sort = this.#keys.sort?.name;
    const order =
      sort === undefined ? 0 : compareValues(a[sort] as AttributeValue, b[sort] as AttributeValue);
    if (order !== 0 && order !== undefined) return order;
    const [left, right] = [keyText(a, this.#tableKeys), keyText(b, this.#tableKeys)];
    return left === right ? 0 : left < right ? -1 : 1;
  }

  #covers(item: Item): boolean {
    const { partition, sort } = this.#keys;
    return item[partition.name] !== undefined && (sort === undefined || item[sort.name] !== undefined);
  }

  #insert(item: Item): void {
    const name = JSON.stringify(item[this.#keys.partition.name]);
    const items = this.#partitions.get(name) ?? [];
    this.#partitions.set(name, items);
    items.splice(this.#position(items, item), 0, item);
  }

  #remove(item: Item): void {
    const name = JSON.stringify(item[this.#keys.partition.name]);
    const items = this.#partitions.get(name) ?? [];
    const position = this.#position(items, item);
    const found = items[position];
    if (found !== undefined && this.compare(found, item) === 0) items.splice(position, 1);
    if (items.length === 0) this.#partitions.delete(name);
  }

  /** The first position whose item is not before `item`. */
  #position(items: readonly Item[], item: Item): number {
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.compare(items[middle] as Item, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
