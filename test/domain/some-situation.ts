import { emptyLedger } from '../../core/domain/cases/ledger.ts';
import type { Plan } from '../../core/domain/deciding/decision.ts';
import { regionalQuotas } from '../../core/domain/deciding/quota-load.ts';
import type { Rules } from '../../core/domain/deciding/rules.ts';
import type { QuotaUse, RegionalQuotas, Situation } from '../../core/domain/deciding/situation.ts';
import type { VolumePolicy } from '../../core/domain/policy.ts';
import { usEast1Prices } from '../../core/domain/prices.ts';
import { read, type Series, unread } from '../../core/domain/reading.ts';
import {
  after,
  before,
  type Duration,
  days,
  dollars,
  type Instant,
  iops,
  mebibytesPerSecond,
  minutes,
} from '../../core/domain/units.ts';
import { volumePolicyOf } from '../../core/domain/volume-policy.ts';
import { noon, somePolicy, someVolume } from './some-volume.ts';

/** One-minute samples, the last of which ends at `end`. */
export const minutely = (values: readonly number[], end: Instant = noon): Series =>
  values.map((value, index) => ({
    at: before(end, minutes(values.length - index)),
    period: minutes(1),
    value,
  }));

/** `count` samples of the same value. */
export const level = (value: number, count = 30): readonly number[] => Array<number>(count).fill(value);

/** Twenty minutes that end at `to`, falling by as many percentage points a minute. */
export const fallingTo = (to: number, perMinute: number): readonly number[] =>
  Array.from({ length: 20 }, (_, index) => Math.min(100, to + (19 - index) * perMinute));

export const consent = { 'ebs-burst:mode': 'act' };

/** Latency and queue of a calm volume for three hours. */
export const calm = (end: Instant = noon, count = 180) => ({
  latency: minutely(level(1, count), end),
  queue: minutely(level(0.5, count), end),
});

const roomy = (type: string, what: string): QuotaUse => ({
  storageGibibytes: { name: `Storage ${what} ${type} volumes`, used: 1_000, limit: 50_000 },
  iops: type.startsWith('io')
    ? { name: `IOPS ${what} ${type} volumes`, used: 1_000, limit: 100_000 }
    : undefined,
});
const held = (type: string) => roomy(type, 'for');
const changing = (type: string) => roomy(type, 'modifications for');
/** Every quota is hardly used. */
export const roomyQuotas: RegionalQuotas = regionalQuotas(held, changing, []);

/**
 * At noon, a consenting 100 GiB gp2 volume at full burst (3 points a minute) with 30 % left: ten minutes from its wall, and
 * nothing stands against acting.
 */
export const someSituation = (rest: Partial<Situation> = {}): Situation => ({
  now: noon,
  volume: someVolume({ tags: consent }),
  balance: read(minutely(fallingTo(30, 3)), noon),
  demand: read(minutely(level(3_000)), noon),
  pastBalance: unread('not asked'),
  symptom: read(calm(), noon),
  modification: read('never', noon),
  health: read({ kind: 'ok' }, noon),
  instanceLimit: read({ kind: 'clear' }, noon),
  stack: read({ kind: 'no-stack' }, noon),
  quota: read(roomyQuotas, noon),
  profile: read(
    {
      computedAt: noon,
      covers: days(14),
      iops: iops(2_000),
      throughput: mebibytesPerSecond(60),
      minutesAtWall: 0,
    },
    noon,
  ),
  ledger: read(emptyLedger, noon),
  watchedVolumes: read(100, noon),
  memory: { kind: 'whole' },
  slots: { ours: [], others: [] },
  openCase: undefined,
  mutedUntil: undefined,
  typesNotInZone: [],
  ...rest,
});

/** The stack's defaults in mode `act`, narrowed by the tags of the situation's volume. */
export const policyFor = ({ volume }: Situation, rest: Parameters<typeof somePolicy>[0] = {}): VolumePolicy =>
  volumePolicyOf(somePolicy(rest), volume.tags);

export const rulesFor = (situation: Situation, rest: Parameters<typeof somePolicy>[0] = {}): Rules => ({
  policy: policyFor(situation, rest),
  prices: usEast1Prices,
});

export const ago = (duration: Duration): Instant => before(noon, duration);
export const ahead = (duration: Duration): Instant => after(noon, duration);

const price = (difference: number): Plan['price'] => ({
  now: dollars(10),
  after: dollars(10 + difference),
  difference: dollars(difference),
  alternatives: [],
  listOf: { checked: '2026-10-07', region: 'us-east-1' },
});

/** What decide() plans for the volume of `someSituation`; say only what matters to the test. */
export const fix = (rest: Partial<Plan> = {}): Plan => ({
  purpose: 'fix',
  from: { type: 'gp2' },
  to: { type: 'gp3', iops: iops(3_000), throughput: mebibytesPerSecond(128) },
  price: price(-1.88),
  slowerThanBurst: undefined,
  ...rest,
});

export const bridge = (rest: Partial<Plan> = {}): Plan =>
  fix({ purpose: 'bridge', to: { type: 'io1', iops: iops(1_000) }, price: price(67.5), ...rest });

export const keep = (rest: Partial<Plan> = {}): Plan =>
  fix({ purpose: 'keep', to: { type: 'io2', iops: iops(700) }, price: price(48), ...rest });

export const wayBack = (rest: Partial<Plan> = {}): Plan =>
  fix({ purpose: 'return', from: bridge().to, to: { type: 'gp2' }, price: price(-67.5), ...rest });
