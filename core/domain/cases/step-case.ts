import type { Decision } from '../deciding/decision.ts';
import type { MuteEnd } from '../look-at.ts';
import type { Subject } from '../notices/subject.ts';
import { after, type Instant, minutes } from '../units.ts';
import type { VolumeId } from '../volume.ts';
import { announce, watch } from './announce-case.ts';
import type { Common, ModifyRequest, OpenCase } from './case.ts';
import type { CaseStep } from './case-step.ts';
import { accepted, heldOn, intend, progressed, released, returnFailed } from './case-transitions.ts';
import { concluded } from './conclude-case.ts';
import { unresolved } from './unresolved-case.ts';
import { walled } from './wall-on-way-back.ts';

/** A request without an outcome is looked at again after this; longer than the responder's time limit. */
const intentDue = minutes(3);
const followInterval = minutes(1);

/** What a new case is called. */
export interface NewCase {
  readonly id: string;
  readonly volumeId: VolumeId;
}

/** What the situation adds to every step. */
export interface StepContext {
  readonly now: Instant;
  readonly subject: Subject;
  readonly mutedUntil: MuteEnd | undefined;
  /** What we asked AWS for lately, in cases closed since. */
  readonly requests: readonly ModifyRequest[];
}

/** A case before its first step; its version 0 is never written. */
type New = Common & { readonly state: 'new' };
type From = OpenCase | New;
type FromState<State extends From['state']> = Extract<From, { state: State }>;

/**
 * Takes the decision to the case, a new one where there is none. `undefined` when there is nothing to write.
 * @throws Error when the decision cannot follow on the state; decide() never gives one that cannot.
 */
export function stepCase(
  open: OpenCase | undefined,
  decision: Decision,
  context: StepContext,
  fresh: NewCase,
): CaseStep | undefined {
  if (decision.kind === 'leave') return undefined;
  const { subject, mutedUntil, now } = context;
  const from: From = open === undefined ? opened(fresh, context) : { ...open, subject, mutedUntil };
  const step =
    decision.kind === 'conclude' && from.state !== 'new'
      ? concluded(from, decision, now)
      : stepFrom(from, decision, now);
  if (step !== undefined) return step;
  throw new Error(`decision ${decision.kind} cannot follow on state ${from.state}; report this as a defect`);
}

const opened = (fresh: NewCase, { now, subject, mutedUntil, requests }: StepContext): New => ({
  ...fresh,
  incident: undefined,
  state: 'new',
  openedAt: now,
  version: 0,
  dueAt: now,
  mutedUntil,
  subject,
  absentSince: undefined,
  told: undefined,
  requests,
  typesNotInZone: [],
});

type Step<Held> = (from: Held, decision: Decision, now: Instant) => CaseStep | undefined;

const undecided: Step<FromState<'new' | 'watching' | 'announced'>> = (from, decision, now) => {
  if (decision.kind === 'watch') return watch(from, decision, now);
  if (decision.kind === 'warn' || decision.kind === 'page') return announce(from, decision, now);
  return decision.kind === 'act' ? intend(from, decision, now, after(now, intentDue)) : undefined;
};

const steps: { readonly [State in From['state']]: Step<FromState<State>> } = {
  new: undecided,
  watching: undecided,
  announced: undecided,
  intended: (from, decision, now) => {
    if (decision.kind === 'adopt')
      return accepted(from, decision.startedAt, undefined, now, after(now, followInterval));
    if (decision.kind === 'release') return released(from, decision.dueAt, now);
    if (decision.kind === 'warn' || decision.kind === 'page') return unresolved(from, decision, now);
    return decision.kind === 'await' ? progressed(from, decision, now) : undefined;
  },
  upgrading: (from, decision, now) => {
    if (decision.kind === 'await') return progressed(from, decision, now);
    return decision.kind === 'hold' ? heldOn(from, decision, now) : undefined;
  },
  bridged: (from, decision, now) => {
    if (decision.kind === 'hold') return heldOn(from, decision, now);
    return decision.kind === 'act' ? intend(from, decision, now, after(now, intentDue)) : undefined;
  },
  returning: (from, decision, now) => {
    if (decision.kind === 'await') return progressed(from, decision, now);
    if (decision.kind === 'warn' || decision.kind === 'page') return walled(from, decision, now);
    return decision.kind === 'release' ? returnFailed(from, decision, now) : undefined;
  },
};

const stepFrom = (from: From, decision: Decision, now: Instant): CaseStep | undefined =>
  (steps[from.state] as Step<From>)(from, decision, now);
