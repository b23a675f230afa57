/** What a bucket is made of, in its own units (I/O operations, MiB) and units per second. */
export interface BucketSize {
  readonly baseline: number;
  readonly burst: number;
  /** What a full bucket holds; 0 where nothing bursts. */
  readonly capacity: number;
}

/**
 * A credit bucket lived through second by second: each second earns the baseline and pays for what was used
 * (AWS EBS user guide, general-purpose, "I/O credits and burst performance"; hdd-vols).
 */
export class CreditBucket {
  readonly size: BucketSize;
  #balance: number;

  constructor(size: BucketSize, balance = size.capacity) {
    this.size = size;
    this.#balance = Math.min(balance, size.capacity);
  }

  get balance(): number {
    return this.#balance;
  }

  /** Per cent of a full bucket; 100 where there is none to spend. */
  get percent(): number {
    return this.size.capacity === 0 ? 100 : (100 * this.#balance) / this.size.capacity;
  }

  /** What this second can give: the baseline and, while credits last, up to the burst. */
  available(): number {
    const { baseline, burst } = this.size;
    return burst > baseline ? Math.min(burst, baseline + this.#balance) : baseline;
  }

  /** Ends one second in which `used` units were taken. */
  settle(used: number): void {
    const after = this.#balance + this.size.baseline - used;
    this.#balance = after < 0 ? 0 : after > this.size.capacity ? this.size.capacity : after;
  }

  /**
   * Ends a second in which `used` units were taken and, up to `seconds` of them, those after it in which the same is
   * taken and `available` is still what it was because more than a burst is left. Returns how many.
   */
  settleAlike(used: number, seconds: number): number {
    const most = this.#isPlenty ? seconds : 1;
    let ended = 0;
    do {
      this.settle(used);
      ended += 1;
    } while (ended < most && this.#isPlenty);
    return ended;
  }

  /** Back to an earlier balance. */
  rewind(balance: number): void {
    this.#balance = balance;
  }

  get #isPlenty(): boolean {
    return this.size.baseline + this.#balance >= this.size.burst;
  }

  /** Ends `seconds` in which nothing was used: exact in one step, because earning is linear up to the brim. */
  rest(seconds: number): void {
    this.#balance = Math.min(this.size.capacity, this.#balance + this.size.baseline * seconds);
  }
}
