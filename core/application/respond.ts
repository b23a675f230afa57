import type { OpenCase } from '../domain/cases/case.ts';
import { type NewCase, stepCase } from '../domain/cases/step-case.ts';
import { decide } from '../domain/deciding/decide.ts';
import type { Decision } from '../domain/deciding/decision.ts';
import type { Situation } from '../domain/deciding/situation.ts';
import { caseNoticeOf, goneNoticeOf } from '../domain/notices/case-notice.ts';
import { type Place, subjectOf } from '../domain/notices/subject.ts';
import type { Policy } from '../domain/policy.ts';
import type { PriceList } from '../domain/prices.ts';
import { read } from '../domain/reading.ts';
import { stateTagKey } from '../domain/tag-keys.ts';
import { after, between, type Duration, dayOf, type Instant, latest } from '../domain/units.ts';
import type { Volume, VolumeId } from '../domain/volume.ts';
import { type CarryOutPorts, carryOut, type Intent } from './carry-out.ts';
import { inOrderOfUrgency } from './in-order-of-urgency.ts';
import { type Attention, type Observed, type ObservePorts, observe } from './observe.ts';
import { failed, type Outcome } from './outcome.ts';
import type { LookAt } from './ports.ts';
import { type Tell, writeStep } from './write-step.ts';

export interface RespondPorts extends ObservePorts, CarryOutPorts {}

export interface RespondSettings {
  readonly policy: Policy;
  readonly prices: PriceList;
  readonly place: Place;
}

type Seen = Extract<Observed, { kind: 'situation' }>;

/**
 * Looks at every volume that somebody wanted looked at, once: observe all, decide each, act on one after the other in
 * the order of their walls, write and tell the rest. Every volume gets its own outcome.
 */
export async function respond(
  wakeUps: readonly LookAt[],
  settings: RespondSettings,
  ports: RespondPorts,
): Promise<readonly Outcome[]> {
  const { observed, metricsRequested } = await observe(attentionOf(wakeUps), settings, ports);
  const absent = observed.filter((one) => one.kind !== 'situation');
  const seen = observed.filter((one) => one.kind === 'situation');
  const decided = seen.map((one) => ({ ...one, decision: decide(one.situation, rulesOf(one, settings)) }));
  const acting = inOrderOfUrgency(decided.filter(({ decision }) => decision.kind === 'act'));
  const telling = decided.filter(({ decision }) => decision.kind !== 'act');
  const [acted, told, gone] = await Promise.all([
    actInTurn(acting, settings, ports),
    Promise.all(
      telling.map((one) => guarded(one.situation.volume.id, () => take(one, one.decision, settings, ports))),
    ),
    Promise.all(absent.map((one) => guarded(one.volumeId, () => leaveAbsent(one, settings, ports)))),
  ]);
  await countReads(metricsRequested, ports);
  return [...acted, ...told, ...gone];
}

/** Last, so that the meter costs no rescue a round of calls. */
async function countReads(metricsRequested: number, { almanac, clock }: RespondPorts): Promise<void> {
  if (metricsRequested === 0) return;
  await almanac.countMetricReads(dayOf(clock.now()), metricsRequested);
}

/** One look per volume, however many events asked for it. */
function attentionOf(wakeUps: readonly LookAt[]): readonly Attention[] {
  const merged = new Map<VolumeId, Attention>();
  for (const { volumeId, because, mutedUntil } of wakeUps) {
    const known = merged.get(volumeId);
    merged.set(volumeId, {
      volumeId,
      opensCases: because === 'volume-event' ? (known?.opensCases ?? 'only-follows') : 'may-open',
      mutedUntil: laterOf(known?.mutedUntil, mutedUntil),
    });
  }
  return [...merged.values()];
}

const laterOf = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined || b === undefined ? (a ?? b) : latest(a, b);

const rulesOf = ({ policy }: Seen, { prices }: RespondSettings) => ({ policy, prices });

/** Claims share one ledger, so that acting is one after the other; each decides again on the ledger the last one left. */
async function actInTurn(
  acting: readonly Seen[],
  settings: RespondSettings,
  ports: RespondPorts,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [turn, one] of acting.entries()) {
    outcomes.push(await guarded(one.situation.volume.id, () => act(one, turn > 0, settings, ports)));
  }
  return outcomes;
}

const mostTries = 3;

async function act(
  one: Seen,
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

const onNewLedger = async (one: Seen, { cases }: RespondPorts): Promise<Seen> => ({
  ...one,
  situation: { ...one.situation, ledger: read(await cases.ledger(), one.situation.now) },
});

async function take(
  one: Seen,
  decision: Decision,
  settings: RespondSettings,
  ports: RespondPorts,
): Promise<Outcome> {
  const { situation, policy } = one;
  const { volume, openCase, now, mutedUntil, slots } = situation;
  const context = { now, mutedUntil, requests: slots.ours, subject: subjectOf(volume, settings.place) };
  const step = stepCase(openCase, decision, context, newCase(volume.id, ports));
  if (step === undefined) return { kind: 'nothing', volumeId: volume.id, reason: decision.reason.code };
  const tellOf =
    (seen: Situation): Tell =>
    (heard, incident) =>
      caseNoticeOf(heard, incident, seen, policy);
  if (isIntent(step)) {
    const done = await carryOut(step, situation, policy, tellOf, ports);
    if (done.kind === 'overtaken') return { kind: 'overtaken', volumeId: volume.id, by: done.by };
    return stepped(done.kind === 'answered' ? done.step : step, decision, situation);
  }
  if (step.next.state === 'closed' && mayHoldTag(openCase, volume))
    await ports.modifier.clearState(volume.id);
  const written = await writeStep(step, now, tellOf(situation), ports);
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
  decision: Decision,
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
  const decision: Decision = { kind: 'conclude', ending: 'gone', reason: { code: 'volume-gone' } };
  const { subject, mutedUntil, requests } = one.openCase;
  const step = stepCase(
    one.openCase,
    decision,
    { now, subject, mutedUntil, requests },
    newCase(volumeId, ports),
  );
  if (step === undefined) return { kind: 'nothing', volumeId, reason: 'volume-gone' };
  const mode = settings.policy.mode === 'act' ? 'act' : 'notify';
  const written = await writeStep(
    step,
    now,
    (heard, incident) => goneNoticeOf(heard, incident, now, mode),
    ports,
  );
  return written.kind === 'written'
    ? stepped(step, decision, undefined)
    : { kind: 'overtaken', volumeId, by: written.by };
}

/** One volume's trouble is its own: the others go on, and the queue brings this one back. */
async function guarded(volumeId: VolumeId, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    return failed(volumeId, error);
  }
}
