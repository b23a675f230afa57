/** Milliseconds since the epoch in simulated time. The twin never reads the machine's clock. */
export type TwinTime = number;

interface Entry {
  readonly at: TwinTime;
  readonly order: number;
  readonly action: () => void | Promise<void>;
}

/**
 * Virtual time: actions run in the order of their time and, at the same time, of their scheduling.
 * An action may schedule further ones; one scheduled in the past runs at once, never backwards.
 */
export class Simulation {
  #now: TwinTime;
  #order = 0;
  readonly #heap: Entry[] = [];

  constructor(startAt: TwinTime) {
    this.#now = startAt;
  }

  get now(): TwinTime {
    return this.#now;
  }

  at(time: TwinTime, action: () => void | Promise<void>): void {
    push(this.#heap, { at: Math.max(time, this.#now), order: this.#order++, action });
  }

  after(milliseconds: number, action: () => void | Promise<void>): void {
    this.at(this.#now + milliseconds, action);
  }

  /** Runs `action` at `first` and then every `milliseconds` for as long as the simulation lives. */
  every(
    milliseconds: number,
    action: () => void | Promise<void>,
    first: TwinTime = this.#now + milliseconds,
  ): void {
    this.at(first, async () => {
      this.every(milliseconds, action, first + milliseconds);
      await action();
    });
  }

  /** Runs everything due up to and including `time`; afterwards `now` is `time`. */
  async runUntil(time: TwinTime): Promise<void> {
    for (let next = this.#heap[0]; next !== undefined && next.at <= time; next = this.#heap[0]) {
      pop(this.#heap);
      this.#now = next.at;
      await next.action();
    }
    this.#now = Math.max(this.#now, time);
  }

  async runFor(milliseconds: number): Promise<void> {
    await this.runUntil(this.#now + milliseconds);
  }
}

const isBefore = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

function push(heap: Entry[], entry: Entry): void {
  let child = heap.push(entry) - 1;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    const above = heap[parent] as Entry;
    if (!isBefore(entry, above)) break;
    heap[child] = above;
    child = parent;
  }
  heap[child] = entry;
}

function pop(heap: Entry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let parent = 0;
  for (;;) {
    let child = 2 * parent + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isBefore(heap[child + 1] as Entry, heap[child] as Entry)) child += 1;
    if (!isBefore(heap[child] as Entry, last)) break;
    heap[parent] = heap[child] as Entry;
    parent = child;
  }
  heap[parent] = last;
}
