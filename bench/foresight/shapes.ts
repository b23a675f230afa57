import { type Duration, days, inMinutes } from '../../core/domain/units.ts';
import { between, type Random, randomStream } from '../../twin/random.ts';

/** What one volume is asked for, minute by minute, in the unit of its bucket. */
export type Demand = readonly number[];

interface Rates {
  readonly baseline: number;
  readonly burst: number;
}

type Shape = (random: Random, rates: Rates, minutes: number) => Demand;

const each = (minutes: number, at: (minute: number) => number): Demand =>
  Array.from({ length: minutes }, (_none, minute) => Math.max(0, at(minute)));

/** More than the baseline, by 15 % to all of what the burst gives on top. */
const excess = (random: Random, { baseline, burst }: Rates): number =>
  baseline + (burst - baseline) * between(random, 0.15, 1);

/** Standard normal (Box and Muller). */
const noise = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const dayOf = 1_440;
/** Nobody deploys a responder on a volume without a past: the first three days are history and are not judged. */
export const history: Duration = days(3);

/** `most` for `length` minutes from `first` on, in every `period`. */
const pulses = (
  minutes: number,
  period: number,
  first: number,
  length: number,
  most: number,
  least: number,
): Demand =>
  each(minutes, (minute) => ((((minute - first) % period) + period) % period < length ? most : least));

/** Loads as volumes see them; each draws its own sizes, so that no two traces of a shape are alike. */
const shapes = {
  'constant excess': (random, rates, minutes) => {
    const start = inMinutes(history) + between(random, 60, 600);
    const most = excess(random, rates);
    return each(minutes, (minute) => (minute < start ? 0.3 * rates.baseline : most));
  },
  'nightly batch': (random, rates, minutes) =>
    pulses(
      minutes,
      dayOf,
      between(random, 0, dayOf),
      between(random, 20, 260),
      excess(random, rates),
      between(random, 0, 0.8) * rates.baseline,
    ),
  'short duty cycle': (random, rates, minutes) => {
    const period = between(random, 2, 60);
    return pulses(
      minutes,
      period,
      0,
      period * between(random, 0.1, 0.9),
      excess(random, rates),
      random() * rates.baseline,
    );
  },
  'long duty cycle': (random, rates, minutes) => {
    const period = between(random, 60, 300);
    return pulses(
      minutes,
      period,
      0,
      period * between(random, 0.1, 0.7),
      excess(random, rates),
      random() * rates.baseline,
    );
  },
  'correlated noise': (random, { baseline }, minutes) => {
    const middle = Math.log(baseline * between(random, 0.5, 2));
    const memory = between(random, 0.8, 0.99);
    const spread = between(random, 0.3, 1) * Math.sqrt(1 - memory * memory);
    let state = 0;
    return each(minutes, () => {
      state = memory * state + spread * noise(random);
      return Math.exp(middle + state);
    });
  },
  'random bursts': (random, rates, minutes) => {
    const gap = between(random, 10, 130);
    const length = between(random, 2, 32);
    const [most, least] = [excess(random, rates), between(random, 0, 0.9) * rates.baseline];
    let [until, next] = [-1, -Math.log(1 - random()) * gap];
    return each(minutes, (minute) => {
      if (minute >= next && minute >= until) {
        // Heavy-tailed: most are short, some last hours.
        until = minute + 0.5 * length * (1 - random()) ** -0.6;
        next = until - Math.log(1 - random()) * gap;
      }
      return minute < until ? most : least;
    });
  },
  'day and night': (random, { baseline }, minutes) => {
    const middle = baseline * between(random, 0.6, 1.4);
    const [swing, unrest] = [middle * between(random, 0.5, 1), middle * between(random, 0.1, 0.3)];
    return each(
      minutes,
      (minute) => middle + swing * Math.sin((2 * Math.PI * minute) / dayOf) + unrest * noise(random),
    );
  },
  ramp: (random, rates, minutes) => {
    const [length, top, low] = [between(random, 120, 720), excess(random, rates), 0.2 * rates.baseline];
    return each(minutes, (minute) => {
      const into = minute % (2 * length);
      return into < length ? low + ((top - low) * into) / length : low;
    });
  },
  creeping: (random, rates, minutes) => {
    const [low, top] = [0.5 * rates.baseline, excess(random, rates)];
    return each(minutes, (minute) => (low + ((top - low) * minute) / minutes) * (1 + 0.1 * noise(random)));
  },
  compaction: (random, rates, minutes) => {
    const base = rates.baseline * between(random, 0.4, 0.9);
    const [period, length, most] = [between(random, 15, 60), between(random, 2, 12), excess(random, rates)];
    return each(minutes, (minute) => (minute % period < length ? most : base * (1 + 0.2 * noise(random))));
  },
  noisy: (random, { baseline, burst }, minutes) => {
    const middle = baseline + (burst - baseline) * between(random, 0, 0.3);
    return each(minutes, () => middle * (1 + 0.5 * noise(random)));
  },
  spikes: (random, { baseline, burst }, minutes) => {
    const [share, least] = [between(random, 0.05, 0.35), random() * baseline];
    return each(minutes, () => (random() < share ? burst * between(random, 0.5, 1) : least));
  },
} as const satisfies Readonly<Record<string, Shape>>;

export type ShapeName = keyof typeof shapes;

export const shapeNames = Object.keys(shapes) as readonly ShapeName[];

/** The same seed and number give the same trace on every machine. */
export const drawn = (name: ShapeName, number: number, seed: number, rates: Rates, minutes: number): Demand =>
  shapes[name](randomStream(seed, `${name} ${number}`), rates, minutes);
