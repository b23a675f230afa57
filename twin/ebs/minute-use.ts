import type { Served } from './workload.ts';

const BYTES_PER_MEBIBYTE = 1_048_576;

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

  /** @param iops and `mebibytesPerSecond`: what the volume itself could have given in that second. */
  add(served: Served, iops: number, mebibytesPerSecond: number): void {
    this.readOperations += served.readOperations;
    this.writeOperations += served.writeOperations;
    this.readBytes += served.readBytes;
    this.writeBytes += served.writeBytes;
    this.readSeconds += served.readSeconds;
    this.writeSeconds += served.writeSeconds;
    this.queueLengthSeconds += served.queueLength;
    if (served.demandedOperations === 0) this.idleSeconds += 1;
    if (served.demandedOperations > iops) this.iopsExceededSeconds += 1;
    if (served.demandedBytes > mebibytesPerSecond * BYTES_PER_MEBIBYTE) this.throughputExceededSeconds += 1;
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
}
