import * as v from 'valibot';
import type { Forecast } from '../../core/domain/credits/forecast.ts';
import type { InstanceLimit, VolumeHealth } from '../../core/domain/deciding/situation.ts';
import type { Notice, Said } from '../../core/domain/notices/notice.ts';
import type { AwsRefusal, Reason, ReasonOf, Refusal } from '../../core/domain/reasons.ts';
import { subject } from './stored-subject.ts';
import {
  at,
  configuration,
  duration,
  ending,
  maybe,
  money,
  muteEnd,
  number,
  plan,
  reading,
  reason,
  share,
  usual,
  verdict,
  volumeId,
} from './stored-values.ts';

const seen = { balance: share, asOf: at, age: duration, earliestWall: at };
const range = v.object({ earliest: at, likely: at, latest: maybe(at) });

const forecast: v.GenericSchema<unknown, Forecast> = v.variant('kind', [
  v.object({
    kind: v.literal('unknown'),
    why: v.picklist(['no-data', 'stale', 'unread']),
    detail: v.string(),
  }),
  v.object({ ...seen, kind: v.literal('at-wall'), since: v.exactOptional(at) }),
  v.object({ ...seen, kind: v.picklist(['steady', 'first-sight']) }),
  v.object({ ...seen, kind: v.literal('draining'), percentPerMinute: number, wall: range }),
  v.object({ ...seen, kind: v.literal('recovering'), percentPerMinute: number, full: range }),
]);

const credits = v.object({
  forecast,
  demand: reading(number),
  baseline: number,
  burst: number,
  unit: v.picklist(['IOPS', 'MiB/s']),
});

const health: v.GenericSchema<unknown, VolumeHealth> = v.variant('kind', [
  v.object({ kind: v.picklist(['ok', 'initialising', 'stalled']) }),
  v.object({ kind: v.literal('impaired'), status: v.string() }),
]);

const instanceLimit: v.GenericSchema<unknown, InstanceLimit> = v.variant('kind', [
  v.object({ kind: v.literal('clear') }),
  v.object({ kind: v.literal('reached'), instanceId: v.string(), sign: v.string() }),
]);

const caps = v.object({
  committed: money,
  maxMonthlyIncrease: money,
  changedThisHour: number,
  changesAllowed: number,
});

const asked = v.object({
  plan,
  state: v.picklist(['refused', 'unanswered', 'given-up']),
  requestId: maybe(v.string()),
});

const accepted = { plan, acceptedAt: at, requestId: maybe(v.string()) };

const said: v.GenericSchema<unknown, Said> = v.variant('kind', [
  v.object({
    kind: v.picklist(['warned', 'needed']),
    reason: reason<Reason>(),
    refusals: v.array(reason<Refusal | AwsRefusal>()),
    wouldDo: maybe(plan),
    asked: v.exactOptional(asked),
  }),
  v.object({ ...accepted, kind: v.literal('acted'), reason: reason<Reason>() }),
  v.object({
    kind: v.literal('eased'),
    reason: reason<ReasonOf<'not-heading-for-wall' | 'recovering' | 'falls-turn-around'>>(),
  }),
  v.object({ kind: v.literal('judged'), plan, verdict }),
  v.object({ kind: v.literal('completed'), plan, took: duration }),
  v.object({ ...accepted, kind: v.literal('returning') }),
  v.object({
    kind: v.literal('ended'),
    ending,
    reason: reason<Reason>(),
    plan: maybe(plan),
    movedAt: v.exactOptional(at),
    usual: v.exactOptional(usual),
    asked: v.exactOptional(asked),
  }),
]);

/** What a notice and a silent step have in common. */
export const stepFacts = {
  id: v.string(),
  caseId: v.string(),
  at,
  since: at,
  subject,
  credits,
  felt: reading(v.object({ latency: number, queue: number })),
  otherCauses: v.object({ instanceLimit: reading(instanceLimit), health: reading(health) }),
  slotsUsed: reading(number),
  caps: reading(caps),
  consent: maybe(v.object({ tagKey: v.string(), value: v.string() })),
  mutedUntil: maybe(muteEnd),
  mode: v.picklist(['notify', 'act']),
  nextNewsAt: maybe(at),
};

const caseNotice = v.object({ ...stepFacts, kind: v.literal('case'), incident: v.string(), said });

const house = { id: v.string(), at, account: v.string(), region: v.string() };

const why = v.picklist([
  'over-max-alarms',
  'opted-out',
  'alarm-write-failed',
  'alarm-not-yet-written',
  'foreign-alarm',
  'unjudgeable',
]);
export const unwatched = v.object({
  total: number,
  byReason: v.array(v.object({ why, count: number })),
  first: v.array(v.object({ volumeId, why })),
});
export const invalidTags = v.object({
  total: number,
  first: v.array(v.object({ volumeId, key: v.string(), got: v.string() })),
});

export const storedNotice: v.GenericSchema<unknown, Notice> = v.variant('kind', [
  caseNotice,
  v.object({
    ...house,
    kind: v.literal('coverage'),
    watched: number,
    unwatched,
    cannotRunOut: number,
    monthlyCost: money,
  }),
  v.object({
    ...house,
    kind: v.literal('heartbeat'),
    mode: v.picklist(['off', 'notify', 'act']),
    watched: number,
    unwatched: number,
    openCases: number,
    stillUpgraded: number,
    committed: money,
    maxMonthlyIncrease: money,
    metricReads: number,
    invalidTags,
    census: reading(duration),
  }),
  v.object({
    ...house,
    kind: v.literal('farewell'),
    deletedAlarms: number,
    stillUpgraded: v.array(v.object({ volumeId, was: configuration, is: configuration })),
  }),
  v.object({ ...house, kind: v.literal('test') }),
]);
