import type { TwinTime } from '../simulation.ts';
import type { OfferedSecond, Served, Workload } from './workload.ts';

/** I/O that is wanted whether or not the volume keeps up. */
export interface Demand {
  readonly iops: number;
  /** Bytes of each I/O as AWS counts it: at most 256 KiB on SSD and 1 MiB on HDD; larger ones are to be given split. */
  readonly ioBytes: number;
  /** 0 to 1; half of the I/Os are reads when left out. */
  readonly readShare?: number;
}

export interface DemandFrom extends Demand {
  readonly from: TwinTime;
}

export interface Waiting {
  /** How many I/Os may wait; what comes beyond them is lost, as with an application that gives up. Default 1,000. */
  readonly atMost?: number;
}

/** Time of one I/O that did not wait; our choice within AWS's "single-digit millisecond" (ebs-volume-types). */
const SERVICE_SECONDS = 0.001;
const BYTES_PER_MEBIBYTE = 1_048_576;
const DEFAULT_WAITING = 1_000;

export const NO_DEMAND: Demand = { iops: 0, ioBytes: 16_384 };

export const constantDemand = (demand: Demand, waiting: Waiting = {}): Workload =>
  new OpenLoop(() => demand, waiting);

/** Each step holds until the next one's `from`; before the first there is no demand. */
export function steppedDemand(steps: readonly DemandFrom[], waiting: Waiting = {}): Workload {
  const inOrder = [...steps].sort((a, b) => a.from - b.from);
  let next = 0;
  let current: Demand = NO_DEMAND;
  return new OpenLoop((at) => {
    for (let step = inOrder[next]; step !== undefined && step.from <= at; step = inOrder[++next])
      current = step;
    return current;
  }, waiting);
}

/** One demand per second from `start` on; silent before and after. */
export function tracedDemand(start: TwinTime, seconds: readonly Demand[], waiting: Waiting = {}): Workload {
  return new OpenLoop((at) => seconds[Math.floor((at - start) / 1_000)] ?? NO_DEMAND, waiting);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Serves what it can and lets the rest wait, first come first served, in a queue with an end. */
class OpenLoop implements Workload {
  readonly #demandAt: (at: TwinTime) => Demand;
  readonly #atMost: number;
  #waiting = 0;
  readonly #served: Mutable<Served> = {
    readOperations: 0,
    writeOperations: 0,
    readBytes: 0,
    writeBytes: 0,
    readSeconds: 0,
    writeSeconds: 0,
    queueLength: 0,
    demandedOperations: 0,
    demandedBytes: 0,
  };

  constructor(demandAt: (at: TwinTime) => Demand, { atMost = DEFAULT_WAITING }: Waiting) {
    this.#demandAt = demandAt;
    this.#atMost = atMost;
  }

  serve({ at, capacity }: OfferedSecond): Served {
    const { iops, ioBytes, readShare = 0.5 } = this.#demandAt(at);
    const before = this.#waiting;
    const wanted = before + iops;
    const possible = Math.min(capacity.iops, (capacity.mebibytesPerSecond * BYTES_PER_MEBIBYTE) / ioBytes);
    const done = Math.min(wanted, possible);
    this.#waiting = Math.min(this.#atMost, wanted - done);
    // Little's law over the second: the time I/Os spent here is the mean number of them times one second.
    const inside = (before + this.#waiting) / 2 + done * SERVICE_SECONDS;
    const served = this.#served;
    served.readOperations = done * readShare;
    served.writeOperations = done - served.readOperations;
    served.readBytes = served.readOperations * ioBytes;
    served.writeBytes = served.writeOperations * ioBytes;
    served.readSeconds = inside * readShare;
    served.writeSeconds = inside - served.readSeconds;
    served.queueLength = inside;
    served.demandedOperations = wanted;
    served.demandedBytes = wanted * ioBytes;
    return served;
  }
}
