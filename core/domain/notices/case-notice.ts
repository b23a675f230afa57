import type { Case } from '../cases/case.ts';
import { blastRadiusLimit, claimsWithin } from '../cases/ledger.ts';
import { lookTakes } from '../cases/told.ts';
import { creditBucketOf } from '../credits/credit-bucket.ts';
import { forecast } from '../credits/forecast.ts';
import { verdictDueAt } from '../deciding/decide-follow.ts';
import type { Situation } from '../deciding/situation.ts';
import type { VolumePolicy } from '../policy.ts';
import { type Reading, read, type Series, unread } from '../reading.ts';
import { after, type Instant } from '../units.ts';
import type { Volume } from '../volume.ts';
import type { CapUse, CaseNotice, Credits, Felt, Said, StepFacts } from './notice.ts';

/** The notice of a step that has something to say; `incident` is the conversation it belongs to. */
export const caseNoticeOf = (said: Said, incident: string, facts: StepFacts): CaseNotice => ({
  kind: 'case',
  incident,
  said,
  ...facts,
});

export function factsOf(next: Case, situation: Situation, policy: VolumePolicy): StepFacts {
  const { now, slots, volume } = situation;
  return {
    ...ofCase(next, now),
    credits: creditsOf(situation, sourceOf(next, volume)),
    felt: feltOf(situation),
    otherCauses: { instanceLimit: situation.instanceLimit, health: situation.health },
    slotsUsed: read(Math.max(slots.ours.length, next.requests.length) + slots.others.length, now),
    caps: capUseOf(situation, policy),
    consent: consentOf(volume, policy),
    mode: policy.mode === 'act' ? 'act' : 'notify',
    nextNewsAt: nextNewsOf(next),
  };
}

const ofCase = (
  { id, version, openedAt: since, subject, mutedUntil }: Case,
  at: Instant,
): Pick<StepFacts, 'id' | 'caseId' | 'at' | 'since' | 'subject' | 'mutedUntil'> => ({
  id: `${id}#${version}`,
  caseId: id,
  at,
  since,
  subject,
  mutedUntil,
});

/** After a warning the next word is the call for help, unless things turn; after an act it is the verdict. */
function nextNewsOf(next: Case): Instant | undefined {
  if (next.state === 'announced') return next.told.promisedAt;
  if (next.state !== 'upgrading' || next.verdict.kind !== 'too-early') return undefined;
  return after(verdictDueAt(next), lookTakes);
}

/** The volume as it was while it burned credits: what the bucket's figures are about. */
function sourceOf(held: Case, volume: Volume): Pick<Volume, 'configuration' | 'size'> {
  if ('bridge' in held && held.bridge !== undefined)
    return { configuration: held.bridge.plan.from, size: volume.size };
  return 'plan' in held ? { configuration: held.plan.from, size: volume.size } : volume;
}

function creditsOf(
  { balance, demand, now }: Situation,
  source: Pick<Volume, 'configuration' | 'size'>,
): Credits {
  const bucket = creditBucketOf(source);
  const unit = bucket?.unit ?? 'IOPS';
  return {
    forecast:
      bucket === undefined
        ? { kind: 'unknown', why: 'no-data', detail: 'the volume has no burst bucket' }
        : forecast({ balance, bucket, now }),
    demand: lastOf(demand),
    baseline: bucket?.baseline ?? 0,
    burst: bucket?.burst ?? 0,
    unit,
  };
}

function lastOf(series: Reading<Series>): Reading<number> {
  if (series.kind === 'unread') return series;
  const newest = series.value.at(-1);
  return newest === undefined ? unread('CloudWatch has no datapoint') : read(newest.value, newest.at);
}

function feltOf({ symptom }: Situation): Reading<Felt> {
  if (symptom.kind === 'unread') return symptom;
  const latency = symptom.value.latency.at(-1);
  const queue = symptom.value.queue.at(-1);
  if (latency === undefined || queue === undefined) return unread('CloudWatch has no datapoint');
  return read({ latency: latency.value, queue: queue.value }, Math.min(latency.at, queue.at) as Instant);
}

function capUseOf({ ledger, watchedVolumes, now }: Situation, policy: VolumePolicy): Reading<CapUse> {
  if (ledger.kind === 'unread') return ledger;
  if (watchedVolumes.kind === 'unread') return watchedVolumes;
  return read(
    {
      committed: ledger.value.committed,
      maxMonthlyIncrease: policy.caps.maxMonthlyIncrease,
      changedThisHour: claimsWithin(ledger.value, now).length,
      changesAllowed: blastRadiusLimit(policy.caps, watchedVolumes.value),
    },
    now,
  );
}

function consentOf(volume: Volume, { act }: VolumePolicy): CaseNotice['consent'] {
  const value = volume.tags[act.tagKey];
  return value !== undefined && act.values.includes(value) ? { tagKey: act.tagKey, value } : undefined;
}

/** Of a volume that no longer exists: nothing about it can be read any more. */
export function factsOfGone(next: Case, now: Instant, mode: CaseNotice['mode']): StepFacts {
  const nothing = unread('the volume no longer exists');
  return {
    ...ofCase(next, now),
    credits: {
      forecast: { kind: 'unknown', why: 'unread', detail: nothing.why },
      demand: nothing,
      baseline: 0,
      burst: 0,
      unit: 'IOPS',
    },
    felt: nothing,
    otherCauses: { instanceLimit: nothing, health: nothing },
    slotsUsed: nothing,
    caps: nothing,
    consent: undefined,
    mode,
    nextNewsAt: undefined,
  };
}
