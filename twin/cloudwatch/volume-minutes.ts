import { FIELDS_OF_USE, MinuteUse } from '../ebs/minute-use.ts';
import type { SimulatedInstance } from '../ebs/simulated-instance.ts';
import type { TwinTime } from '../simulation.ts';
import type { Window } from './samples.ts';
import { type Lived, Spans } from './spans.ts';
import type { Withheld } from './withheld.ts';

const MINUTE = 60_000;

/** What, besides its use, decides which metrics a volume publishes in a minute. */
export interface Circumstances {
  /** Nothing comes from a volume that is not attached to a running instance. */
  readonly instance: SimulatedInstance | undefined;
  readonly isStalled: boolean;
  readonly isMagnetic: boolean;
  readonly withheld: Withheld;
}

/** What one volume did in each minute of its life; a minute like the one before takes no room. */
export class VolumeMinutes {
  readonly #spans: Spans;
  /** One row per minute that differs: plain doubles, because there may be a great many. */
  readonly #uses: number[] = [];
  readonly #circumstances: Circumstances[] = [];

  constructor(lived: Readonly<Lived>) {
    this.#spans = new Spans(MINUTE, lived);
  }

  get first(): TwinTime | undefined {
    return this.#spans.first;
  }

  note(minute: TwinTime, use: MinuteUse, circumstances: Circumstances): void {
    const last = this.#circumstances.at(-1);
    const isAlike = last !== undefined && isSame(last, circumstances);
    use.writeTo(scratch, 0);
    if (isAlike && this.#endsWith(scratch)) return;
    const place = this.#spans.begin(minute);
    this.#circumstances[place] = isAlike ? last : circumstances;
    use.writeTo(this.#uses, place * FIELDS_OF_USE);
  }

  /** Hands over, in order of time, each different minute of the window and how often it was repeated. */
  each(window: Window, take: (use: MinuteUse, circumstances: Circumstances, minutes: number) => void): void {
    const use = new MinuteUse();
    this.#spans.each(window, (place, minutes) => {
      use.readFrom(this.#uses, place * FIELDS_OF_USE);
      take(use, this.#circumstances[place] as Circumstances, minutes);
    });
  }

  #endsWith(row: readonly number[]): boolean {
    const start = this.#uses.length - FIELDS_OF_USE;
    for (let field = 0; field < FIELDS_OF_USE; field += 1) {
      if (this.#uses[start + field] !== row[field]) return false;
    }
    return true;
  }
}

const scratch: number[] = new Array<number>(FIELDS_OF_USE).fill(0.5);

const isSame = (one: Circumstances, other: Circumstances): boolean =>
  one.instance === other.instance &&
  one.isStalled === other.isStalled &&
  one.isMagnetic === other.isMagnetic &&
  one.withheld === other.withheld;
