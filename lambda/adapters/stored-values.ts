import * as v from 'valibot';
import type { Plan, Usual, Verdict } from '../../core/domain/deciding/decision.ts';
import type { MuteEnd } from '../../core/domain/look-at.ts';
import { type Reading, read, unread } from '../../core/domain/reading.ts';
import { reasonCodes } from '../../core/domain/reason-texts.ts';
import type { Reason } from '../../core/domain/reasons.ts';
import {
  type Duration,
  dollars,
  gibibytes,
  type Instant,
  instant,
  iops,
  mebibytesPerSecond,
  percent,
} from '../../core/domain/units.ts';
import { type Configuration, isVolumeId, type Volume, type VolumeId } from '../../core/domain/volume.ts';

type Stored<Value> = v.GenericSchema<unknown, Value>;

/** JSON knows no `undefined`: the field is absent, or null where somebody repaired an item by hand. */
export const maybe = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.pipe(
    v.nullish(schema, null),
    v.transform((value): v.InferOutput<Schema> | undefined => value ?? undefined),
  );

export const number = v.pipe(v.number(), v.finite());
const quantity = v.pipe(number, v.minValue(0));
export const at: Stored<Instant> = v.pipe(number, v.transform(instant));
export const muteEnd: Stored<MuteEnd> = v.object({ at, end: v.picklist(['told', 'assumed']) });
export const duration: Stored<Duration> = v.pipe(
  number,
  v.transform((value) => value as Duration),
);
export const money = v.pipe(number, v.transform(dollars));
export const share = v.pipe(number, v.transform(percent));
export const size = v.pipe(quantity, v.transform(gibibytes));
export const rate = v.pipe(quantity, v.transform(iops));
export const throughput = v.pipe(quantity, v.transform(mebibytesPerSecond));
export const volumeId = v.custom<VolumeId>((input) => typeof input === 'string' && isVolumeId(input));

const burstable = v.object({ type: v.picklist(['gp2', 'st1', 'sc1']) });
const gp3 = v.object({ type: v.literal('gp3'), iops: rate, throughput });
const io = v.object({ type: v.picklist(['io1', 'io2']), iops: rate });

export const configuration: Stored<Configuration> = v.variant('type', [burstable, gp3, io]);
export const anyConfiguration: Stored<Volume['configuration']> = v.variant('type', [
  burstable,
  gp3,
  io,
  v.object({ type: v.literal('standard') }),
  v.object({ type: v.literal('unjudgeable'), got: v.string() }),
]);

/** Codes are checked; what a code carries was written by us and is only shown. */
export const reason = <Kind extends Reason>() =>
  v.custom<Kind>(
    (input) =>
      typeof input === 'object' &&
      input !== null &&
      'code' in input &&
      reasonCodes.some((code) => code === input.code),
    'expected a reason with a known code',
  );

export const plan: Stored<Plan> = v.object({
  purpose: v.picklist(['fix', 'bridge', 'keep', 'return']),
  from: configuration,
  to: configuration,
  price: v.object({
    now: money,
    after: money,
    difference: money,
    alternatives: v.array(v.object({ configuration, monthly: money })),
    listOf: v.object({ checked: v.string(), region: v.string() }),
  }),
  slowerThanBurst: maybe(v.object({ burst: number, target: number })),
});

export const usual: Stored<Usual> = v.object({ latency: number, queue: number });

export const verdict: Stored<Verdict> = v.variant('kind', [
  v.object({ kind: v.literal('too-early') }),
  v.object({ kind: v.picklist(['averted', 'relieved']), usual: v.exactOptional(usual) }),
  v.object({
    kind: v.literal('not-relieved'),
    latency: number,
    queue: number,
    usualLatency: number,
    usualQueue: number,
  }),
  v.object({ kind: v.literal('unknown'), why: v.string() }),
]);

export const ending = v.picklist([
  'averted',
  'relieved',
  'not-relieved',
  'unproved',
  'failed',
  'put-back',
  'recovered',
  'silent',
  'gone',
  'detached',
  'cannot-run-out',
  'yielded',
]);

export const reading = <Fact>(fact: Stored<Fact>): Stored<Reading<Fact>> =>
  v.union([
    v.pipe(
      v.object({ kind: v.literal('read'), value: fact, at }),
      v.transform((stored) => read(stored.value, stored.at)),
    ),
    v.pipe(
      v.object({ kind: v.literal('unread'), why: v.string() }),
      v.transform((stored) => unread(stored.why)),
    ),
  ]);
