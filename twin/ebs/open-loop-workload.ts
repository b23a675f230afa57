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

interface DemandSource {
  demandAt(at: TwinTime): Demand;
  /** Until when, exclusive, the last demand stays. */
  readonly until: TwinTime;
}

export const constantDemand = (demand: Demand, waiting: Waiting = {}): Workload =>
  new OpenLoop({ demandAt: () => demand, until: Number.POSITIVE_INFINITY }, waiting);

/** Each step holds until the next one's `from`; before the first there is no demand. */
export const steppedDemand = (steps: readonly DemandFrom[], waiting: Waiting = {}): Workload =>
  new OpenLoop(new Steps(steps), waiting);

class Steps implements DemandSource {
  readonly #inOrder: readonly DemandFrom[];
  #next = 0;
  #current = NO_DEMAND;

  constructor(steps: readonly DemandFrom[]) {
    this.#inOrder = steps.toSorted((a, b) => a.from - b.from);
  }

  get until(): TwinTime {
    return this.#inOrder[this.#next]?.from ?? Number.POSITIVE_INFINITY;
  }

  demandAt(at: TwinTime): Demand {
    for (let step = this.#inOrder[this.#next]; step !== undefined && step.from <= at; ) {
      this.#current = step;
      step = this.#inOrder[++this.#next];
    }
    return this.#current;
  }
}

/** One demand per second from `start` on; silent before and after. */
export function tracedDemand(start: TwinTime, seconds: readonly Demand[], waiting: Waiting = {}): Workload {
  return steppedDemand(
    [...seconds, NO_DEMAND].map((demand, second) => ({ ...demand, from: start + second * 1_000 })),
    waiting,
  );
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Serves what it can and lets the rest wait, first come first served, in a queue with an end. */
class OpenLoop implements Workload {
  readonly #demand: DemandSource;
  readonly #atMost: number;
  #waiting = 0;
  #repeatsUntil = Number.NEGATIVE_INFINITY;
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

  constructor(demand: DemandSource, { atMost = DEFAULT_WAITING }: Waiting) {
    this.#demand = demand;
    this.#atMost = atMost;
  }

  repeatsUntil(): TwinTime {
    return this.#repeatsUntil;
  }

  serve({ at, capacity }: OfferedSecond): Served {
    const { iops, ioBytes, readShare = 0.5 } = this.#demand.demandAt(at);
    const before = this.#waiting;
    const wanted = before + iops;
    const possible = Math.min(capacity.iops, (capacity.mebibytesPerSecond * BYTES_PER_MEBIBYTE) / ioBytes);
    const done = Math.min(wanted, possible);
    this.#waiting = Math.min(this.#atMost, wanted - done);
    this.#repeatsUntil = this.#waiting === before ? this.#demand.until : at;
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
