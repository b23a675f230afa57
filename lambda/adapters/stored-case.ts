import * as v from 'valibot';
import type { Closed, ModifyRequest, OpenCase } from '../../core/domain/cases/case.ts';
import type { MuteWord } from '../../core/domain/look-at.ts';
import type { AwsRefusal, Ground, Refusal } from '../../core/domain/reasons.ts';
import { subject } from './stored-subject.ts';
import {
  at,
  configuration,
  ending,
  maybe,
  muteEnd,
  plan,
  reason,
  verdict,
  volumeId,
} from './stored-values.ts';

const told = v.object({
  what: v.picklist(['warned', 'needed']),
  at,
  codes: v.array(v.string()),
  easedAt: maybe(at),
  promisedAt: v.exactOptional(at),
  saw: v.exactOptional(v.literal('nothing')),
});

/** A fault of one is told with its item. */
export const storedRequest: v.GenericSchema<unknown, ModifyRequest> = v.object({ at, to: configuration });

export const storedMute: v.GenericSchema<unknown, MuteWord> = v.variant('kind', [
  v.object({ kind: v.literal('muted'), saidAt: at, until: at, end: v.picklist(['told', 'assumed']) }),
  v.object({ kind: v.literal('not-muted'), saidAt: at }),
]);

const common = {
  id: v.string(),
  volumeId,
  incident: maybe(v.string()),
  subject,
  openedAt: at,
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  dueAt: at,
  mutedUntil: maybe(muteEnd),
  absentSince: maybe(at),
  told: maybe(told),
  requests: v.array(storedRequest),
  typesNotInZone: v.array(v.picklist(['gp3', 'io1', 'io2'])),
};

const bridge = v.object({ plan, since: at, verdict });

export const storedOpenCase: v.GenericSchema<unknown, OpenCase> = v.variant('state', [
  v.object({ ...common, state: v.literal('watching') }),
  v.object({
    ...common,
    state: v.literal('announced'),
    told,
    refusals: v.array(reason<Refusal | AwsRefusal>()),
    lastSeen: maybe(v.object({ at, wall: maybe(at) })),
    putOff: maybe(v.object({ until: at, refusal: reason<AwsRefusal>() })),
    throttledSince: v.exactOptional(at),
  }),
  v.object({
    ...common,
    state: v.literal('intended'),
    plan,
    reason: reason<Ground>(),
    intendedAt: at,
    predictedWall: maybe(at),
    bridge: maybe(bridge),
    throttledSince: v.exactOptional(at),
  }),
  v.object({
    ...common,
    state: v.literal('upgrading'),
    plan,
    acceptedAt: at,
    requestId: maybe(v.string()),
    predictedWall: maybe(at),
    verdict,
    completedAt: maybe(at),
  }),
  v.object({ ...common, state: v.literal('bridged'), bridge }),
  v.object({
    ...common,
    state: v.literal('returning'),
    plan,
    bridge,
    acceptedAt: at,
    requestId: maybe(v.string()),
    completedAt: maybe(at),
  }),
]);

export const storedClosedCase: v.GenericSchema<unknown, Closed> = v.object({
  ...common,
  state: v.literal('closed'),
  ending,
  closedAt: at,
  stays: maybe(plan),
  notFoundSince: v.exactOptional(at),
});
