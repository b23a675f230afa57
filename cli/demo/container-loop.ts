import type { OfferedSecond, Served, Workload } from '../../twin/ebs/workload.ts';
import type { TwinTime } from '../../twin/simulation.ts';
import type { ReproducerParameters } from './reproducer-parameters.ts';

/** One container started and removed: what the person at the terminal waits for. */
export interface ContainerStart {
  readonly startedAt: TwinTime;
  readonly seconds: number;
}

const BYTES_PER_MEBIBYTE = 1_048_576;
/** Time of one I/O that did not wait; our choice within AWS's "single-digit millisecond" (ebs-volume-types). */
const SERVICE_SECONDS = 0.001;
/** Shorter than any moment of interest: what rounding leaves of a second or of an I/O. */
const NOTHING = 1e-9;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * `docker run --rm fedora date` in a tight loop: the next start begins when the last container is gone. A start spends
 * its other time and then waits for its I/Os, which get what writeback leaves of the disk; so how long it takes follows
 * from the disk alone. The volume is asked once a second; within it, starts begin and end at fractions of a second.
 */
export class ContainerLoop implements Workload {
  readonly starts: ContainerStart[] = [];
  readonly #parameters: ReproducerParameters;
  readonly #runsFrom: TwinTime;
  #stopsAt = Number.POSITIVE_INFINITY;
  #beganAt: TwinTime | undefined;
  #otherLeft = 0;
  #operationsLeft = 0;
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

  constructor(parameters: ReproducerParameters, runsFrom: TwinTime) {
    this.#parameters = parameters;
    this.#runsFrom = runsFrom;
  }

  /** No container is started at or after `at`; the one under way ends. */
  stopAt(at: TwinTime): void {
    this.#stopsAt = at;
  }

  serve({ at, capacity }: OfferedSecond): Served {
    const { ioBytes, writebackIops, idleIops } = this.#parameters;
    const possible = Math.min(capacity.iops, (capacity.mebibytesPerSecond * BYTES_PER_MEBIBYTE) / ioBytes);
    const runs = this.#beganAt !== undefined || this.#isOn(at);
    const background = Math.min(possible, runs ? writebackIops : idleIops);
    const { done, waitedSeconds } = this.#work(at, possible - background);
    return this.#account(background, done, waitedSeconds);
  }

  #isOn(at: TwinTime): boolean {
    return at >= this.#runsFrom && at < this.#stopsAt;
  }

  /** Lives through the second that starts at `at` with `rate` I/Os a second for the containers. */
  #work(at: TwinTime, rate: number): { readonly done: number; readonly waitedSeconds: number } {
    let left = 1;
    let done = 0;
    let waitedSeconds = 0;
    while (left > NOTHING && this.#isUnderWay(at + (1 - left) * 1_000)) {
      const other = Math.min(left, this.#otherLeft);
      this.#otherLeft -= other;
      left -= other;
      const served = Math.min(this.#operationsLeft, left * rate);
      const waited = rate > 0 ? served / rate : left;
      this.#operationsLeft -= served;
      done += served;
      waitedSeconds += waited;
      left -= waited;
      this.#endIfDone(at + (1 - left) * 1_000);
    }
    return { done, waitedSeconds };
  }

  /** Whether a container is being started at `moment`; begins the next one when it is time. */
  #isUnderWay(moment: TwinTime): boolean {
    if (this.#beganAt !== undefined) return true;
    if (!this.#isOn(moment)) return false;
    this.#beganAt = moment;
    this.#otherLeft = this.#parameters.otherSeconds;
    this.#operationsLeft = this.#parameters.foregroundOperations;
    return true;
  }

  #endIfDone(moment: TwinTime): void {
    if (this.#beganAt === undefined || this.#otherLeft > NOTHING || this.#operationsLeft > NOTHING) return;
    this.starts.push({ startedAt: this.#beganAt, seconds: (moment - this.#beganAt) / 1_000 });
    this.#beganAt = undefined;
  }

  #account(background: number, foreground: number, waitedSeconds: number): Served {
    const { ioBytes, readShare, threads } = this.#parameters;
    const operations = background + foreground;
    const waiting = this.#otherLeft > NOTHING ? 0 : Math.min(threads, this.#operationsLeft);
    // Little's law over the second: the mean number of I/Os inside is the time all of them spent here.
    const inside = threads * waitedSeconds + operations * SERVICE_SECONDS;
    const reads = foreground * readShare;
    const share = operations === 0 ? 0 : reads / operations;
    const served = this.#served;
    served.readOperations = reads;
    served.writeOperations = operations - reads;
    served.readBytes = served.readOperations * ioBytes;
    served.writeBytes = served.writeOperations * ioBytes;
    served.readSeconds = inside * share;
    served.writeSeconds = inside - served.readSeconds;
    served.queueLength = inside;
    served.demandedOperations = operations + waiting;
    served.demandedBytes = served.demandedOperations * ioBytes;
    return served;
  }
}
