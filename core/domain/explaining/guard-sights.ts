import { blastRadiusLimit, claimsWithin } from '../cases/ledger.ts';
import { putOffOf } from '../cases/put-off.ts';
import { creditBucketOf } from '../credits/credit-bucket.ts';
import { staleAfter } from '../credits/forecast.ts';
import type { Guard, GuardInput } from '../deciding/guards/guard.ts';
import { mostOurs, stateInFlight, stateListed } from '../deciding/guards/modifications.ts';
import { kubernetesOwned } from '../deciding/guards/volume.ts';
import { endsOf, loadOn, type QuotaLoad } from '../deciding/quota-load.ts';
import type { Modification, Quota, QuotaUse } from '../deciding/situation.ts';
import { isMutedAt } from '../look-at.ts';
import { money, signedMoney } from '../notices/money-text.ts';
import { clockSeenFrom, durationText } from '../notices/time-text.ts';
import { sentence } from '../reason-texts.ts';
import { modeTagKey, stateTagKey } from '../tag-keys.ts';
import { after, between, type Instant } from '../units.ts';
import { describeConfiguration, isBurstable, type Volume } from '../volume.ts';
import { modificationSlots } from '../volume-limits.ts';

type Sight = (input: GuardInput) => string;

/** What a guard looked at, with its numbers. */
export const sightOf = (guard: Guard, input: GuardInput): string => sights[guard.name]?.(input) ?? guard.fact;

const tagText = ({ tags }: Volume, key: string): string =>
  tags[key] === undefined ? `no tag ${key}` : `${key}=${tags[key]}`;

const typeOf: Sight = ({ situation: { volume } }) => describeConfiguration(volume.configuration);
const count = (value: number): string => Number(value.toFixed(1)).toLocaleString('en-US');

/** By the guard's name. */
const sights: Readonly<Record<string, Sight>> = {
  'opted out': ({ situation: { volume }, policy }) => `mode ${policy.mode}; ${tagText(volume, modeTagKey)}`,
  'invalid tag': ({ policy: { invalidTags } }) =>
    invalidTags.length === 0
      ? 'no tag ebs-burst:* that we cannot read'
      : invalidTags.map(({ key, got }) => `${key}=${got}`).join(', '),
  'notify mode': ({ policy }) => `mode ${policy.mode}, of the deployment and the tags together`,
  'no consent': ({ situation: { volume }, policy: { act } }) =>
    `${tagText(volume, act.tagKey)}; wanted ${act.tagKey}=${act.values.join('|')}`,
  'no genesis item': ({ situation: { memory } }) =>
    memory.kind === 'whole' ? 'the table has its genesis item' : 'the table has none',
  'unknown case tag': ({ situation: { volume, openCase } }) =>
    `${tagText(volume, stateTagKey)}; our table holds ${openCase === undefined ? 'no case' : `${openCase.id}#${openCase.version}`}`,
  muted: ({ situation: { mutedUntil, now } }) =>
    mutedUntil !== undefined && isMutedAt(mutedUntil, now)
      ? `muted until ${clockSeenFrom(mutedUntil.at, now)}`
      : 'its alarm is not muted',
  'unjudgeable volume': typeOf,
  'standard volume': typeOf,
  'not burstable': typeOf,
  'baseline covers burst': ({ situation: { volume } }) => {
    const bucket = creditBucketOf(volume);
    return bucket === undefined
      ? `${describeConfiguration(volume.configuration)} of ${volume.size} GiB has no bucket that runs out`
      : `baseline ${count(bucket.baseline)}, burst ${count(bucket.burst)} ${bucket.unit}`;
  },
  detached: ({ situation: { volume } }) =>
    volume.attachment.kind === 'detached'
      ? 'attached to nothing'
      : `attached to ${volume.attachment.instanceIds.join(', ')}`,
  'multi-attach': ({ situation: { volume } }) =>
    `attachments: ${volume.attachment.kind === 'attached' ? volume.attachment.instanceIds.length : 0}; multi-attach ${volume.multiAttach ? 'on' : 'off'}`,
  'managed by another operator': ({ situation: { volume } }) => volume.operator ?? 'no operator',
  VolumeAttributesClass: (input) => {
    const refusal = kubernetesOwned.veto(input);
    return refusal?.code === 'kubernetes-owned' ? `tag ${refusal.tag}` : 'no tag of the EBS CSI driver';
  },
  'already there': ({ situation: { volume }, plan }) =>
    `is ${describeConfiguration(volume.configuration)}, wanted ${describeConfiguration(plan.to)}`,
  'AWS asked us to wait': ({ situation: { openCase, now } }) => {
    const putOff = putOffOf(openCase, now);
    return putOff === undefined
      ? 'no answer of AWS that still counts'
      : `${sentence(putOff.refusal, now)}; counts until ${clockSeenFrom(putOff.until, now)}`;
  },
  'fresh evidence': ({ situation: { balance, now } }) => {
    const newest = balance.kind === 'read' ? balance.value.at(-1) : undefined;
    if (newest === undefined) return 'no reading';
    const age = between(after(newest.at, newest.period), now);
    return `${newest.value.toFixed(1)} %, ${durationText(age)} old; at most ${durationText(staleAfter)}`;
  },
  'modification in flight': ({ situation }) => {
    const { modification, now } = situation;
    if (modification.kind === 'unread') return modification.why;
    const own = modificationText(modification.value, now);
    const listed = stateInFlight(modification.value) === undefined ? stateListed(situation) : undefined;
    return listed === undefined ? own : `when looked at, ${own}; since then the Region lists it as ${listed}`;
  },
  'a slot for a person': ({ situation: { slots } }) =>
    `${slots.ours.length + slots.others.length} of ${modificationSlots.perWindow} used in 24 hours, one stays for a person`,
  'changed by somebody else': ({ situation: { slots, now } }) => {
    const latest = slots.others.at(-1);
    return latest === undefined
      ? 'no change by others in 24 hours'
      : `changed at ${clockSeenFrom(latest, now)}`;
  },
  'our modifications of 24 hours': ({ situation: { slots } }) =>
    `${slots.ours.length} of ${mostOurs} by us in 24 hours`,
  'volume health': ({ situation: { health } }) =>
    health.kind === 'unread'
      ? health.why
      : health.value.kind === 'impaired'
        ? health.value.status
        : health.value.kind,
  'instance bottleneck': ({ situation: { instanceLimit } }) =>
    instanceLimit.kind === 'unread'
      ? instanceLimit.why
      : instanceLimit.value.kind === 'clear'
        ? 'no limit of the instance was reached in 10 minutes'
        : `${instanceLimit.value.instanceId}: ${instanceLimit.value.sign}`,
  'CloudFormation update': ({ situation: { stack } }) => {
    if (stack.kind === 'unread') return stack.why;
    if (stack.value.kind === 'no-stack') return 'belongs to no stack';
    return stack.value.kind === 'settled'
      ? `stack ${stack.value.stack} is settled`
      : `stack ${stack.value.stack} is in ${stack.value.status}`;
  },
  'regional quota': ({ situation: { quota, volume }, plan }) => {
    if (quota.kind === 'unread') return quota.why;
    const { type } = plan.to;
    if (isBurstable(type)) return `no quota of provisioned IOPS for ${type}`;
    return useText(quota.value.provisioned[type], loadOn(type, [endsOf(plan, volume.size).after]));
  },
  'regional modification quota': ({ situation: { quota, volume }, plan }) => {
    if (quota.kind === 'unread') return quota.why;
    const { before, after: target } = endsOf(plan, volume.size);
    const { modifications } = quota.value;
    return [...new Set([plan.from.type, plan.to.type])]
      .map((type) => `${type} ${useText(modifications[type], loadOn(type, [before, target]))}`)
      .join('; ');
  },
  'spend and blast radius': ({
    situation: { ledger, watchedVolumes, now },
    policy: { caps },
    plan: { price },
  }) => {
    if (ledger.kind === 'unread') return ledger.why;
    if (watchedVolumes.kind === 'unread') return watchedVolumes.why;
    const { value: watched } = watchedVolumes;
    const spend = `${money(ledger.value.committed)} a month committed, this one ${signedMoney(price.difference)}, at most ${money(caps.maxMonthlyIncrease)}`;
    const changes = `changes within the hour: ${claimsWithin(ledger.value, now).length}, at most ${blastRadiusLimit(caps, watched)} (${watched} watched)`;
    return `${spend}; ${changes}`;
  },
};

function modificationText(newest: Modification | 'never', now: Instant): string {
  if (newest === 'never') return 'never modified';
  const { state, startedAt, progress } = newest;
  const name = typeof state === 'string' ? state : state.unknown;
  return `${name} (${progress} %), begun at ${clockSeenFrom(startedAt, now)}`;
}

const useText = ({ storageGibibytes, iops }: QuotaUse, load: QuotaLoad): string =>
  [
    shareText(storageGibibytes, load.storageGibibytes, 'GiB'),
    ...(iops === undefined ? [] : [shareText(iops, load.iops, 'IOPS')]),
  ].join(', ');

/** A record of the past knows no quota, and takes it for endless. */
const shareText = ({ used, limit }: Quota, load: number, unit: string): string =>
  Number.isFinite(limit)
    ? `${count(used)} ${unit} +${count(load)} of ${count(limit)}`
    : `+${count(load)} ${unit}, taken to have room`;
