import { between, type Random } from '../random.ts';
import { ServiceError } from '../service-error.ts';
import type { Simulation } from '../simulation.ts';
import { acceptItem, copyOf, type Item, itemSize } from './attribute-value.ts';
import { invalid } from './invalid.ts';
import { SortedIndex } from './sorted-index.ts';
import { type Change, TableStream } from './stream.ts';
import { assertFitsTable, type IndexDefinition, keyText, type TableDefinition } from './table-definition.ts';

/** Source: DynamoDB developer guide, "Quotas in Amazon DynamoDB", item size. */
const MAXIMUM_ITEM_BYTES = 400 * 1024;
/** Expiry is ignored for items that expired longer ago. Source: DynamoDB developer guide, "Time to Live". */
const OLDEST_EXPIRY_MS = 5 * 365 * 86_400_000;

export interface TableSettings {
  /** How late expired items go, at most; AWS says "within a few days", formerly 48 h. Default 48 h. */
  expiryLag: number;
  /** How long secondary indexes trail behind the table. Default 0. */
  indexLag: number;
}

export interface TableOptions {
  readonly definition: TableDefinition;
  readonly arn: string;
  readonly region: string;
  readonly simulation: Simulation;
  readonly random: Random;
}

/** Strongly consistent; only secondary indexes may lag. */
export class Table {
  readonly definition: TableDefinition;
  readonly arn: string;
  readonly stream: TableStream | undefined;
  /** As a stack hands its own on to what it makes. */
  tags: Readonly<Record<string, string>> = {};
  readonly settings: TableSettings = { expiryLag: 48 * 3_600_000, indexLag: 0 };
  readonly #simulation: Simulation;
  readonly #random: Random;
  readonly #items = new Map<string, Item>();
  readonly #primary: SortedIndex;
  /** Grows with every loss, so that no index change of before arrives after it. */
  #generation = 0;
  readonly #secondary: ReadonlyMap<string, { definition: IndexDefinition; index: SortedIndex }>;

  constructor({ definition, arn, region, simulation, random }: TableOptions) {
    this.definition = definition;
    this.arn = arn;
    this.#simulation = simulation;
    this.#random = random;
    const { keys, stream } = definition;
    this.#primary = new SortedIndex(keys, keys);
    this.#secondary = new Map(
      definition.indexes.map((index) => [
        index.name,
        { definition: index, index: new SortedIndex(index.keys, keys) },
      ]),
    );
    const streamArn = `${arn}/stream/${new Date(simulation.now).toISOString().replace('Z', '')}`;
    this.stream =
      stream === undefined ? undefined : new TableStream({ arn: streamArn, region, keys, view: stream });
  }

  get(key: Item): Item | undefined {
    return this.#items.get(keyText(key, this.definition.keys));
  }

  /** @throws ValidationException for an item that the table cannot hold. */
  assertAccepts(item: Item): void {
    assertFitsTable(item, this.definition);
    if (itemSize(item) > MAXIMUM_ITEM_BYTES) throw invalid('Item size has exceeded the maximum allowed size');
  }

  put(item: Item): void {
    this.#change({ before: this.get(item), after: item, by: 'caller', at: this.#simulation.now });
    this.#scheduleExpiry(item);
  }

  delete(key: Item): void {
    this.#change({ before: this.get(key), after: undefined, by: 'caller', at: this.#simulation.now });
  }

  /** The index to query, or the table itself for no name. */
  index(name: string | undefined): { definition: IndexDefinition | undefined; index: SortedIndex } {
    if (name === undefined) return { definition: undefined, index: this.#primary };
    const secondary = this.#secondary.get(name);
    if (secondary === undefined) throw invalid(`The table does not have the specified index: ${name}`);
    return secondary;
  }

  /** A deep copy of all items, in no promised order. */
  snapshot(): readonly Item[] {
    return [...this.#items.values()].map(copyOf);
  }

  /** Test-side: the table as if it had been created anew, empty and without stream records. */
  lose(): void {
    this.#generation += 1;
    this.#items.clear();
    this.#primary.clear();
    for (const { index } of this.#secondary.values()) index.clear();
  }

  /** Test-side: the table as if it had been restored from a backup; leaves no stream records. */
  restore(snapshot: readonly Item[]): void {
    this.lose();
    for (const item of snapshot.map(acceptItem)) {
      this.assertAccepts(item);
      this.#items.set(keyText(item, this.definition.keys), item);
      this.#primary.replace(undefined, item);
      for (const { index } of this.#secondary.values()) index.replace(undefined, item);
      this.#scheduleExpiry(item);
    }
  }

  #change(change: Change): void {
    const { before, after } = change;
    const name = keyText((after ?? before) as Item, this.definition.keys);
    if (after !== undefined) this.#items.set(name, after);
    else this.#items.delete(name);
    this.#primary.replace(before, after);
    for (const { index } of this.#secondary.values()) this.#afterIndexLag(() => index.replace(before, after));
    this.stream?.write(change);
  }

  #afterIndexLag(apply: () => void): void {
    const generation = this.#generation;
    if (this.settings.indexLag === 0) apply();
    else {
      this.#simulation.after(this.settings.indexLag, () => {
        if (generation === this.#generation) apply();
      });
    }
  }

  #scheduleExpiry(item: Item): void {
    const expiry = this.#expiry(item);
    if (expiry === undefined || expiry < this.#simulation.now - OLDEST_EXPIRY_MS) return;
    const lag = between(this.#random, 0, this.settings.expiryLag);
    this.#simulation.at(expiry + lag, () => {
      const current = this.get(item);
      if (current === undefined || this.#expiry(current) !== expiry) return;
      this.#change({ before: current, after: undefined, by: 'time-to-live', at: this.#simulation.now });
    });
  }

  /** Values that are no number never expire. */
  #expiry(item: Item): number | undefined {
    const attribute = this.definition.timeToLiveAttribute;
    const seconds = attribute === undefined ? undefined : item[attribute]?.N;
    return seconds === undefined ? undefined : Number(seconds) * 1000;
  }
}

export const noSuchTable = (): ServiceError =>
  new ServiceError('ResourceNotFoundException', 'Requested resource not found');
