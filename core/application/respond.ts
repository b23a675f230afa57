import { absentCase } from '../domain/cases/absent-case.ts';
import type { OpenCase } from '../domain/cases/case.ts';
import { type NewCase, stepCase } from '../domain/cases/step-case.ts';
import { decide } from '../domain/deciding/decide.ts';
import type { Decision } from '../domain/deciding/decision.ts';
import { withPlan } from '../domain/deciding/quota-load.ts';
import type { Situation } from '../domain/deciding/situation.ts';
import { type LookAt, laterWord } from '../domain/look-at.ts';
import { factsOf, factsOfGone } from '../domain/notices/case-notice.ts';
import { type Place, subjectOf } from '../domain/notices/subject.ts';
import type { Policy } from '../domain/policy.ts';
import type { PriceList } from '../domain/prices.ts';
import { read } from '../domain/reading.ts';
import { stateTagKey } from '../domain/tag-keys.ts';
import { after, between, type Duration, dayOf, type Instant } from '../domain/units.ts';
import type { Volume, VolumeId } from '../domain/volume.ts';
import { type CarryOutPorts, carryOut, type Intent } from './carry-out.ts';
import { inOrderOfUrgency } from './in-order-of-urgency.ts';
import { type Attention, type Observed, type ObservedVolume, type ObservePorts, observe } from './observe.ts';
import { failed, type Outcome } from './outcome.ts';
import { rememberMutes } from './remember-mutes.ts';
import { textOf } from './text-of.ts';
import { countingThrottles, mostThrottles } from './throttle-count.ts';
import { type FactsOf, writeStep } from './write-step.ts';

export interface RespondPorts extends ObservePorts, CarryOutPorts {}

export interface RespondSettings {
  readonly policy: Policy;
  readonly prices: PriceList;
  readonly place: Place;
  /** No act is begun later than this after the start: the run must end before its function's time limit does. */
  readonly beginsActsFor: Duration;
}

export interface Responses {
  readonly outcomes: readonly Outcome[];
  /** What went wrong with no volume. */
  readonly errors: readonly string[];
}

/**
 * Looks at every volume that somebody wanted looked at, once: observe all, decide each, act on one after the other in
 * the order of their walls, write and tell the rest. Every volume gets its own outcome.
 *
 * A case that could not be opened because its place is taken is `failed`, so that the queue brings it back: if another
 * worker was faster, the next look finds an open case; if the item there cannot be read, the message ends in the
 * dead-letter queue, whose alarm calls a person. `failed` are acts for which no time was left as well.
 */
export async function respond(
  wakeUps: readonly LookAt[],
  settings: RespondSettings,
  ports: RespondPorts,
): Promise<Responses> {
  const endsActsAt = after(ports.clock.now(), settings.beginsActsFor);
  const attention = attentionOf(wakeUps);
  const { observed, mutes, metricsRequested } = await observe(attention, settings, ports);
  const absent = observed.filter((one) => one.kind !== 'situation');
  const seen = observed.filter((one) => one.kind === 'situation');
  const decided = seen.map((one) => ({ ...one, decision: decide(one.situation, rulesOf(one, settings)) }));
  const acting = inOrderOfUrgency(decided.filter(({ decision }) => decision.kind === 'act'));
  const telling = decided.filter(({ decision }) => decision.kind !== 'act');
  const [acted, told, gone] = await Promise.all([
    actInTurn(acting, endsActsAt, settings, ports),
    Promise.all(telling.map((one) => guardedFor(one, () => take(one, one.decision, settings, ports)))),
    Promise.all(absent.map((one) => guarded(one.volumeId, () => leaveAbsent(one, settings, ports)))),
  ]);
  // Last, so that neither costs a rescue a round of calls.
  const [forgotten, errors] = await Promise.all([
    rememberMutes(attention, mutes, ports.cases),
    countReads(metricsRequested, ports),
  ]);
  return { outcomes: [...acted, ...told, ...gone, ...forgotten], errors };
}

/** What it cannot count undoes nothing that was done. */
async function countReads(
  metricsRequested: number,
  { almanac, clock }: RespondPorts,
): Promise<readonly string[]> {
  if (metricsRequested === 0) return [];
  try {
    await almanac.countMetricReads(dayOf(clock.now()), metricsRequested);
    return [];
  } catch (error) {
    return [`${metricsRequested} metric reads not counted: ${textOf(error)}`];
  }
}

/** One look per volume, however many events asked for it. */
function attentionOf(wakeUps: readonly LookAt[]): readonly Attention[] {
  const merged = new Map<VolumeId, Attention>();
  for (const { volumeId, because, mute } of wakeUps) {
    const known = merged.get(volumeId);
    merged.set(volumeId, {
      volumeId,
      opensCases: onlyFollows.has(because) ? (known?.opensCases ?? 'only-follows') : 'may-open',
      mute: laterWord(known?.mute ?? mute, mute),
    });
  }
  return [...merged.values()];
}

const onlyFollows: ReadonlySet<LookAt['because']> = new Set(['volume-event', 'not-in-alarm', 'census']);

const rulesOf = ({ policy }: ObservedVolume, { prices }: RespondSettings) => ({ policy, prices });

type Decided = ObservedVolume & { readonly decision: Decision };

/**
 * Claims share one ledger, so that acting is one after the other; each decides again on the ledger the last one left, and
 * on what is left of the Region's quotas. What another worker begins meanwhile is not seen there: AWS refuses then.
 *
 * Once AWS has throttled a few, no other is begun: a refused claim gives its place in the blast radius back, and the whole
 * run would go on asking, out of what the account has for its people. The others are told, and looked at again soon.
 */
async function actInTurn(
  acting: readonly Decided[],
  endsAt: Instant,
  settings: RespondSettings,
  ports: RespondPorts,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const begun: Decided[] = [];
  const counting = countingThrottles(ports.modifier);
  const counted = { ...ports, modifier: counting.modifier };
  for (const [turn, one] of acting.entries()) {
    const { id } = one.situation.volume;
    const isLate = ports.clock.now() > endsAt;
    const outcome = isLate
      ? failed(id, lateError)
      : await guardedFor(one, () =>
          act(afterActs(begun, counting.throttles() >= mostThrottles, one), turn > 0, settings, counted),
        );
    outcomes.push(outcome);
    if (mayBeUnderWay(outcome)) begun.push(one);
  }
  return outcomes;
}

/** What the table or AWS did not confirm may have begun all the same. */
const mayBeUnderWay = (outcome: Outcome): boolean =>
  outcome.kind === 'failed' ||
  (outcome.kind === 'stepped' && ['intended', 'upgrading', 'returning'].includes(outcome.state));

/** With the room in the Region that the acts begun in this run have left, and AWS's word that they were too many. */
function afterActs(begun: readonly Decided[], awsThrottles: boolean, one: ObservedVolume): ObservedVolume {
  if (awsThrottles) return { ...one, situation: { ...one.situation, awsThrottles } };
  const { quota } = one.situation;
  if (quota.kind === 'unread') return one;
  const value = begun.reduce(
    (left, { decision, situation: { volume } }) =>
      decision.kind === 'act' ? withPlan(left, decision.plan, volume.size) : left,
    quota.value,
  );
  return { ...one, situation: { ...one.situation, quota: { ...quota, value } } };
}

const lateError = new Error('no time was left in this run to begin to act; the queue brings the volume back');

const mostTries = 3;

async function act(
  one: ObservedVolume,
  isLedgerOld: boolean,
  settings: RespondSettings,
  ports: RespondPorts,
): Promise<Outcome> {
  for (let current = isLedgerOld ? await onNewLedger(one, ports) : one, tries = 1; ; tries += 1) {
    const outcome = await take(
      current,
      decide(current.situation, rulesOf(current, settings)),
      settings,
      ports,
    );
    if (outcome.kind !== 'overtaken' || outcome.by !== 'ledger' || tries === mostTries) return outcome;
    current = await onNewLedger(one, ports);
  }
}

const onNewLedger = async (one: ObservedVolume, { cases }: RespondPorts): Promise<ObservedVolume> => ({
  ...one,
  situation: { ...one.situation, ledger: read(await cases.ledger(), one.situation.now) },
});

async function take(
  one: ObservedVolume,
  decision: Decision,
  settings: RespondSettings,
  ports: RespondPorts,
): Promise<Outcome> {
  const { situation, policy } = one;
  const { volume, openCase, now, mutedUntil, slots } = situation;
  const context = { now, mutedUntil, requests: slots.ours, subject: subjectOf(volume, settings.place) };
  const step = stepCase(openCase, decision, context, newCase(volume.id, ports));
  if (step === undefined) return { kind: 'nothing', volumeId: volume.id, reason: decision.reason.code };
  const seenIn =
    (seen: Situation): FactsOf =>
    (next) =>
      factsOf(next, seen, policy);
  const origin = { from: openCase?.state, reason: decision.reason, asked: undefined };
  if (isIntent(step)) {
    const done = await carryOut(step, situation, policy, seenIn, ports);
    if (done.kind === 'overtaken') return { kind: 'overtaken', volumeId: volume.id, by: done.by };
    return stepped(done.kind === 'answered' ? done.step : step, decision, situation);
  }
  if (step.next.state === 'closed' && mayHoldTag(openCase, volume))
    await ports.modifier.clearState(volume.id);
  const written = await writeStep(step, { now, origin, factsOf: seenIn(situation) }, ports);
  return written.kind === 'written'
    ? stepped(step, decision, situation)
    : { kind: 'overtaken', volumeId: volume.id, by: written.by };
}

const newCase = (volumeId: VolumeId, { ids }: RespondPorts): NewCase => ({ id: ids.caseId(), volumeId });

const isIntent = (step: NonNullable<ReturnType<typeof stepCase>>): step is Intent =>
  step.next.state === 'intended' && step.ledger.kind === 'claim';

/**
 * Cleared before the case closes: a tag that outlived its case would forbid every later act. Also a case that is back to
 * watching may have left its tag; the tag of any other case is not ours to clear.
 */
const mayHoldTag = (openCase: OpenCase | undefined, { tags }: Volume): boolean =>
  openCase !== undefined &&
  (!['watching', 'announced'].includes(openCase.state) ||
    tags[stateTagKey]?.startsWith(`${openCase.id}#`) === true);

const stepped = (
  { next, said }: NonNullable<ReturnType<typeof stepCase>>,
  decision: Pick<Decision, 'kind' | 'reason'>,
  situation: Situation | undefined,
): Outcome => ({
  kind: 'stepped',
  volumeId: next.volumeId,
  caseId: next.id,
  state: next.state,
  decision: decision.kind,
  reason: decision.reason.code,
  said: said?.kind,
  evidenceAge: situation && ageOfEvidence(situation),
});

function ageOfEvidence({ balance, now }: Situation): Duration | undefined {
  const newest = balance.kind === 'read' ? balance.value.at(-1) : undefined;
  return newest && between(after(newest.at, newest.period), now);
}

async function leaveAbsent(
  one: Exclude<Observed, { kind: 'situation' }>,
  settings: RespondSettings,
  ports: RespondPorts,
): Promise<Outcome> {
  const { volumeId } = one;
  if (one.kind === 'nothing-to-follow') return { kind: 'nothing', volumeId, reason: 'no-open-case' };
  if (one.openCase === undefined) return { kind: 'nothing', volumeId, reason: 'volume-gone' };
  const now = ports.clock.now();
  const step = absentCase(one.openCase, now);
  const mode = settings.policy.mode === 'act' ? 'act' : 'notify';
  const reason = { code: 'volume-gone' } as const;
  const origin = { from: one.openCase.state, reason, asked: undefined };
  const seen: FactsOf = (next) => factsOfGone(next, now, mode);
  const written = await writeStep(step, { now, origin, factsOf: seen }, ports);
  const kind = step.next.state === 'closed' ? 'conclude' : 'await';
  return written.kind === 'written'
    ? stepped(step, { kind, reason }, undefined)
    : { kind: 'overtaken', volumeId, by: written.by };
}

async function guardedFor({ situation }: ObservedVolume, work: () => Promise<Outcome>): Promise<Outcome> {
  const { volume, openCase } = situation;
  const outcome = await guarded(volume.id, work);
  return outcome.kind === 'overtaken' && openCase === undefined ? failed(volume.id, takenError) : outcome;
}

const takenError = new Error(
  'its new case could not be written: another worker was faster, or the item of its case cannot be read; the queue brings the volume back',
);

/** One volume's trouble is its own: the others go on, and the queue brings this one back. */
async function guarded(volumeId: VolumeId, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    return failed(volumeId, error);
  }
}
