import { type StepOrigin, silentStepOf } from '../domain/auditing/silent-step.ts';
import { answerCase, type ModifyAnswer, refusedCall } from '../domain/cases/answer-case.ts';
import type { Intended } from '../domain/cases/case.ts';
import type { CaseStep } from '../domain/cases/case-step.ts';
import { capExceeded, type Ledger, withClaim } from '../domain/cases/ledger.ts';
import type { Situation } from '../domain/deciding/situation.ts';
import type { VolumePolicy } from '../domain/policy.ts';
import { read } from '../domain/reading.ts';
import type { CommitAnswer, VolumeModifier } from './ports.ts';
import { textOf } from './text-of.ts';
import { type FactsOf, type StepPorts, writeStep } from './write-step.ts';

export interface CarryOutPorts extends StepPorts {
  readonly modifier: VolumeModifier;
}

export type CarriedOut =
  | { readonly kind: 'answered'; readonly step: CaseStep }
  /** AWS's answer was lost; the intent stays and the sweep finds out by describing. */
  | { readonly kind: 'open'; readonly why: string }
  | { readonly kind: 'overtaken'; readonly by: 'case' | 'ledger' | 'both' };

/** A claim to modify, as stepCase() made it from a decision to act. */
export type Intent = CaseStep & { readonly next: Intended };

/**
 * Asks AWS for the one modification of this intent. First, together: the claim (case, spend and blast radius in one
 * transaction), the kill switch and the volume's state tag; then the call; then what came of it.
 */
export async function carryOut(
  intent: Intent,
  situation: Situation,
  policy: VolumePolicy,
  seenIn: (situation: Situation) => FactsOf,
  ports: CarryOutPorts,
): Promise<CarriedOut> {
  const { next } = intent;
  const ledger = claimedIn(intent, situation, policy);
  if (ledger === undefined) return { kind: 'overtaken', by: 'ledger' };
  const { claim, permit, isMarked } = await claimAndMark(intent, ledger, seenIn(situation), ports);
  if (claim.kind === 'overtaken') {
    await settleTag(next, ports);
    return claim;
  }
  const answer: ModifyAnswer =
    permit.kind === 'run' ? await ports.modifier.modify(permit, next.volumeId, next.plan.to) : permit;
  const step = answerCase(next, answer, policy.leadTime, situation.now);
  if (step === undefined) return { kind: 'open', why: answer.kind === 'unknown' ? answer.why : answer.kind };
  if (isMarked && (step.next.state === 'announced' || step.next.state === 'closed'))
    await ports.modifier.clearState(next.volumeId);
  const left = step.ledger.kind === 'release' ? situation.ledger : read(ledger, situation.now);
  const basis = {
    now: situation.now,
    origin: originOf(next, answer),
    factsOf: seenIn({ ...situation, ledger: left }),
  };
  const written = await writeStep(step, basis, ports);
  return written.kind === 'written' ? { kind: 'answered', step } : written;
}

/** What came of the intent: AWS's refusal or ours, else what it was for. */
const originOf = (held: Intended, answer: ModifyAnswer): StepOrigin => ({
  from: held.state,
  reason: 'refusal' in answer ? answer.refusal : held.reason,
  asked: answer.kind === 'refused' ? refusedCall(held, answer) : undefined,
});

interface Begun {
  readonly claim: CommitAnswer;
  readonly permit:
    | Awaited<ReturnType<VolumeModifier['readSwitch']>>
    | Extract<ModifyAnswer, { kind: 'stop' }>;
  readonly isMarked: boolean;
}

/**
 * All three have ended before a failure of one counts, so that no tag is written after it was cleared. Without its tag a
 * volume is not modified: a restored table would not know of it.
 */
async function claimAndMark(
  intent: Intent,
  ledger: Ledger,
  factsOf: FactsOf,
  ports: CarryOutPorts,
): Promise<Begun> {
  const { next } = intent;
  const origin = { from: undefined, reason: next.reason, asked: undefined };
  const claiming = ports.cases.commit({
    case: next,
    expectedVersion: next.version - 1,
    notices: [],
    silent: silentStepOf(intent, origin, factsOf(next)),
    ledger,
  });
  const begun = [claiming, ports.modifier.readSwitch(), markIntent(intent, ports)] as const;
  const [claim, , mark] = await Promise.allSettled(begun);
  // Its tag would name a case that the table may lack, which forbids every later act.
  if (claim.status === 'rejected' && next.version === 1) await ports.modifier.clearState(next.volumeId);
  const [answer, permit] = await Promise.all([begun[0], begun[1]]);
  if (mark.status === 'fulfilled') return { claim: answer, permit, isMarked: true };
  return { claim: answer, permit: permit.kind === 'stop' ? permit : untagged(mark.reason), isMarked: false };
}

const untagged = (error: unknown): Extract<ModifyAnswer, { kind: 'stop' }> => ({
  kind: 'stop',
  refusal: { code: 'state-untagged', why: textOf(error) },
});

/** The ledger with this claim, if the caps allow it on the very version that the transaction is conditioned on. */
function claimedIn(intent: Intent, situation: Situation, policy: VolumePolicy): Ledger | undefined {
  const { ledger, watchedVolumes, now } = situation;
  if (ledger.kind === 'unread' || watchedVolumes.kind === 'unread') return undefined;
  const increase = intent.next.plan.price.difference;
  const refusal = capExceeded(ledger.value, policy.caps, watchedVolumes.value, increase, now);
  return refusal === undefined ? withClaim(ledger.value, increase, now) : undefined;
}

/**
 * The tag carries the last version that is surely in the table, so that a claim that fails leaves no tag that names
 * more than the table knows; a case that begins with its claim has only that.
 */
const markIntent = ({ next }: Intent, { modifier }: CarryOutPorts): Promise<void> =>
  modifier.markState(next.volumeId, {
    caseId: next.id,
    version: Math.max(1, next.version - 1),
    was: next.bridge?.plan.from ?? next.plan.from,
    at: next.intendedAt,
  });

/** After a failed claim the tag must name the case that holds the volume, or nothing. */
async function settleTag({ volumeId, id }: Intended, { modifier, cases }: CarryOutPorts): Promise<void> {
  const holder = (await cases.openCases([volumeId])).get(volumeId);
  if (holder?.id === id) return;
  if (holder?.state !== 'intended' && holder?.state !== 'upgrading')
    return await modifier.clearState(volumeId);
  await modifier.markState(volumeId, {
    caseId: holder.id,
    version: holder.version,
    was: holder.plan.from,
    at: holder.openedAt,
  });
}
