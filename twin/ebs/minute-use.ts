import type { Served } from './workload.ts';

const BYTES_PER_MEBIBYTE = 1_048_576;

export const FIELDS_OF_USE = 10;

/** What a volume did in the current minute, summed second by second; emptied when its metrics are written. */
export class MinuteUse {
  readOperations = 0;
  writeOperations = 0;
  readBytes = 0;
  writeBytes = 0;
  readSeconds = 0;
  writeSeconds = 0;
  queueLengthSeconds = 0;
  idleSeconds = 0;
  iopsExceededSeconds = 0;
  throughputExceededSeconds = 0;

  /**
   * @param iops and `mebibytesPerSecond`: what the volume itself could have given in that second.
   * @param seconds in which just that happened; summed one by one, so that it comes out the same however they are given.
   */
  add(served: Served, iops: number, mebibytesPerSecond: number, seconds = 1): void {
    this.readOperations = addedUp(this.readOperations, served.readOperations, seconds);
    this.writeOperations = addedUp(this.writeOperations, served.writeOperations, seconds);
    this.readBytes = addedUp(this.readBytes, served.readBytes, seconds);
    this.writeBytes = addedUp(this.writeBytes, served.writeBytes, seconds);
    this.readSeconds = addedUp(this.readSeconds, served.readSeconds, seconds);
    this.writeSeconds = addedUp(this.writeSeconds, served.writeSeconds, seconds);
    this.queueLengthSeconds = addedUp(this.queueLengthSeconds, served.queueLength, seconds);
    if (served.demandedOperations === 0) this.idleSeconds += seconds;
    if (served.demandedOperations > iops) this.iopsExceededSeconds += seconds;
    if (served.demandedBytes > mebibytesPerSecond * BYTES_PER_MEBIBYTE)
      this.throughputExceededSeconds += seconds;
  }

  empty(): void {
    this.readOperations = 0;
    this.writeOperations = 0;
    this.readBytes = 0;
    this.writeBytes = 0;
    this.readSeconds = 0;
    this.writeSeconds = 0;
    this.queueLengthSeconds = 0;
    this.idleSeconds = 0;
    this.iopsExceededSeconds = 0;
    this.throughputExceededSeconds = 0;
  }

  /** Its sums as a row of `FIELDS_OF_USE` numbers; `readFrom` takes them back. */
  writeTo(row: number[], start: number): void {
    row[start] = this.readOperations;
    row[start + 1] = this.writeOperations;
    row[start + 2] = this.readBytes;
    row[start + 3] = this.writeBytes;
    row[start + 4] = this.readSeconds;
    row[start + 5] = this.writeSeconds;
    row[start + 6] = this.queueLengthSeconds;
    row[start + 7] = this.idleSeconds;
    row[start + 8] = this.iopsExceededSeconds;
    row[start + 9] = this.throughputExceededSeconds;
  }

  readFrom(row: readonly number[], start: number): void {
    const at = (field: number): number => row[start + field] as number;
    this.readOperations = at(0);
    this.writeOperations = at(1);
    this.readBytes = at(2);
    this.writeBytes = at(3);
    this.readSeconds = at(4);
    this.writeSeconds = at(5);
    this.queueLengthSeconds = at(6);
    this.idleSeconds = at(7);
    this.iopsExceededSeconds = at(8);
    this.throughputExceededSeconds = at(9);
  }
}

function addedUp(sum: number, value: number, times: number): number {
  let total = sum;
  for (let time = 0; time < times; time += 1) total += value;
  return total;
}
