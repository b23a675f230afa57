/** Names in the order of their code units; sorted when somebody asks for the first time after a change. */
export class SortedNames {
  readonly #names = new Set<string>();
  #sorted: readonly string[] | undefined;

  get all(): readonly string[] {
    this.#sorted ??= [...this.#names].sort((a, b) => (a < b ? -1 : 1));
    return this.#sorted;
  }

  add(name: string): void {
    this.#names.add(name);
    this.#sorted = undefined;
  }

  delete(name: string): void {
    if (this.#names.delete(name)) this.#sorted = undefined;
  }

  /** Those that start with `prefix` and come after `last`. */
  *startingWith(prefix: string, last: string): Generator<string> {
    const { all } = this;
    for (let place = this.#placeOf(last < prefix ? prefix : last); place < all.length; place += 1) {
      const name = all[place] as string;
      if (!name.startsWith(prefix)) return;
      if (name !== last) yield name;
    }
  }

  /** Of the first name that does not come before `name`. */
  #placeOf(name: string): number {
    const { all } = this;
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((all[middle] as string) < name) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
