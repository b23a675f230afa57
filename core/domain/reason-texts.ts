import { groundTexts, type Text } from './ground-texts.ts';
import { clockSeenFrom } from './notices/time-text.ts';
import type { FactName, Reason, ReasonCode, ReasonOf } from './reasons.ts';
import type { Instant } from './units.ts';
import { describeConfiguration } from './volume.ts';

/** Where permission is not what is missing. */
const remedies: { readonly [Fact in FactName]?: string } = {
  balance: 'look at its BurstBalance in CloudWatch by hand',
  'demand profile': 'wait for the daily profile, set fixedIops, or modify the volume by hand',
  modifications: 'look whether EC2 is modifying the volume; if not, move it by hand',
  census: 'wait for the next census, at most 15 minutes',
};

const texts: { readonly [Code in ReasonCode]: Text<ReasonOf<Code>> } = {
  'notify-mode': {
    sentence: () => 'this deployment only notifies',
    nextStep: () => 'modify the volume by hand, or deploy with mode act and tag the volume',
  },
  'no-consent': {
    sentence: (r) =>
      `the volume does not carry ${r.tagKey}=${r.values.join('|')} (got ${r.got ?? 'no such tag'})`,
    nextStep: (r) => `tag it ${r.tagKey}=${r.values[0]} to let us act, or modify it by hand`,
  },
  'opted-out': {
    sentence: () => 'mode is off for it, by its tag or in the whole deployment',
    nextStep: () =>
      'remove its tag ebs-burst:mode=off, or deploy with another mode, to have it watched again',
  },
  'invalid-tag': {
    sentence: (r) => `tag ${r.key} has the value "${r.got}", expected ${r.expected}`,
    nextStep: (r) => `correct tag ${r.key}`,
  },
  muted: {
    sentence: (r, told) =>
      r.until === undefined
        ? 'its alarm is muted, its event did not say until when'
        : `its alarm is muted until ${clockSeenFrom(r.until, told)}`,
    nextStep: () => 'nothing until the mute ends; end the mute to let us act',
  },
  'no-genesis': {
    sentence: () => 'our table lacks its genesis item, so earlier cases may be lost',
    nextStep: () =>
      'restore the table, or see "The table was lost" in the runbook; until then we only observe',
  },
  'unknown-case-tag': {
    sentence: (r) => `its tag names case ${r.tag}, which our table does not hold in that state`,
    nextStep: () => 'compare the volume with the audit trail, then remove the ebs-burst:state tags',
  },
  detached: {
    sentence: () => 'the volume is not attached',
    nextStep: () => 'nothing; a detached volume burns no credits',
  },
  'not-burstable': {
    sentence: (r) => `${r.type} has no burst bucket`,
    nextStep: () => 'look for another cause: instance limits, volume faults, the application',
  },
  'baseline-covers-burst': {
    sentence: () => 'its baseline is not below its burst, so it cannot run out',
    nextStep: () => 'look for another cause of slowness',
  },
  magnetic: {
    sentence: () => 'standard (magnetic) volumes are not modified by us',
    nextStep: () => 'migrate it to gp3 by snapshot',
  },
  unjudgeable: {
    sentence: (r) => `EC2 described it in a way we do not know (${r.got})`,
    nextStep: () => 'update ebs-burst-responder, or modify the volume by hand',
  },
  'multi-attach': {
    sentence: () => 'it is attached to several instances',
    nextStep: () => 'modify it by hand when no member is at risk',
  },
  managed: {
    sentence: (r) => `it is managed by ${r.operator}`,
    nextStep: (r) =>
      `change it through ${r.operator}; for EKS Auto Mode that is the node class or storage class`,
  },
  'kubernetes-owned': {
    sentence: (r) =>
      `the EBS CSI driver owns it (tag ${r.tag}) and a VolumeAttributesClass may undo our change`,
    nextStep: () => 'set a VolumeAttributesClass or StorageClass with gp3 on its claim',
  },
  'modification-in-flight': {
    sentence: (r) => `a modification of it is ${r.state}`,
    nextStep: () =>
      'take load off it if it cannot wait until its modification completes; AWS allows one at a time',
  },
  'slots-used': {
    sentence: (r, told) =>
      `${r.used} of the 4 modifications AWS allows in 24 hours are used${slotText(r.nextSlotAt, told)}, and one stays for a person`,
    nextStep: () => 'use the remaining modification by hand if this cannot wait',
  },
  'our-slots-used': {
    sentence: (r) => `we changed it ${r.used} times within 24 hours`,
    nextStep: () => 'find what drives the demand; modify it by hand if this cannot wait',
  },
  'foreign-change': {
    sentence: (r, told) => `somebody else changed it at ${clockSeenFrom(r.at, told)}`,
    nextStep: () => 'ask whoever changed it; we stand back for 24 hours',
  },
  'stack-updating': {
    sentence: (r) => `CloudFormation stack ${r.stack} is in ${r.status}`,
    nextStep: (r) =>
      `wait for ${r.stack} to settle, or modify the volume by hand knowing that the update may roll back`,
  },
  'instance-bottleneck': {
    sentence: (r) =>
      `instance ${r.instanceId} is at its own EBS limit (${r.sign}), more volume IOPS would not help`,
    nextStep: (r) => `move ${r.instanceId} to a larger instance type or shed load`,
  },
  'volume-impaired': {
    sentence: (r) => `AWS reports the volume as ${r.status}`,
    nextStep: () => 'open the AWS Health dashboard and fail over; a type change cannot help',
  },
  'volume-stalled': {
    sentence: () => 'I/O on the volume is stalled (VolumeStalledIOCheck)',
    nextStep: () => 'fail over or detach; a type change cannot help',
  },
  'volume-initialising': {
    sentence: () => 'it is still being filled from its snapshot, so a modification may take more than a day',
    nextStep: () => 'wait for it to be initialised; we look again every 15 minutes',
  },
  'quota-exhausted': {
    sentence: (r) =>
      `the Region's quota "${r.quota}" would be exceeded: ${r.used} used, ${r.needed} needed, ${r.limit} allowed`,
    nextStep: (r) => `request an increase of "${r.quota}" in Service Quotas`,
  },
  'over-budget': {
    sentence: (r) =>
      `+$${r.increase.toFixed(2)} a month on top of $${r.committed.toFixed(2)} is over the cap of $${r.cap.toFixed(2)}`,
    nextStep: () => 'raise maxMonthlyIncrease, put a bridged volume back, or modify this one by hand',
  },
  'over-blast-radius': {
    sentence: (r) =>
      `${r.used === 1 ? '1 volume was' : `${r.used} volumes were`} changed within the hour, ${r.limit} ${r.limit === 1 ? 'is' : 'are'} allowed${r.why === undefined ? '' : `: ${r.why}`}`,
    nextStep: () =>
      'check whether something bigger is wrong; raise blastRadius or modify the worst ones by hand',
  },
  'stale-evidence': {
    sentence: (r) => `the newest reading is ${Math.round(r.ageMinutes)} minutes old`,
    nextStep: () => 'look at the volume by hand; CloudWatch is late or the instance is stopping',
  },
  'unread-fact': {
    sentence: (r) => `${r.fact} is unknown (${r.why})`,
    nextStep: (r) => remedies[r.fact] ?? `make ${r.fact} readable for our role, or modify the volume by hand`,
  },
  'no-fitting-target': {
    sentence: (r) => `no ${r.wish} configuration fits: ${r.why}`,
    nextStep: () => 'choose another ebs-burst:target or grow the volume by hand',
  },
  'already-there': {
    sentence: (r) => `it is already ${describeConfiguration(r.configuration)}`,
    nextStep: () => 'nothing; a modification without a change would burn one of four slots',
  },
  'switched-off': {
    sentence: (r) => `the kill switch says "${r.got}"`,
    nextStep: () => 'set parameter /ebs-burst/switch to run when we may act again',
  },
  'state-untagged': {
    sentence: (r) => `its state could not be written to its tags (${r.why}), so AWS was not asked`,
    nextStep: () =>
      'let our role write the tags ebs-burst:state* (at most 50 per volume), or modify it by hand',
  },
  'aws-modification-in-flight': {
    sentence: () => 'AWS refused: another modification has not completed',
    nextStep: () => 'wait for it to complete; we ask again every 15 minutes',
  },
  'aws-slots-used': {
    sentence: (r, told) =>
      `AWS refused: the modifications of this 24 hours are used${slotText(r.nextSlotAt, told)}`,
    nextStep: () => 'shed load or fail over until a slot is free',
  },
  'aws-storage-modification-quota': {
    sentence: () => "AWS refused: the Region's storage modification quota is reached",
    nextStep: () => 'request more "storage modifications" in Service Quotas',
  },
  'aws-iops-quota': {
    sentence: () => "AWS refused: the Region's provisioned IOPS quota is reached",
    nextStep: () => 'request more provisioned IOPS in Service Quotas, or use gp3',
  },
  'aws-volume-iops-limit': {
    sentence: () => 'AWS refused: more IOPS than one volume may have',
    nextStep: () => 'report this: our limits are out of date',
  },
  'aws-parameters-rejected': {
    sentence: () => 'AWS rejected the parameters',
    nextStep: () => 'report this with the request id: our limits are out of date',
  },
  'aws-wrong-volume-state': {
    sentence: () => 'AWS refused: the volume is neither available nor in use',
    nextStep: () => 'look at the volume; it may be being deleted',
  },
  'aws-volume-gone': { sentence: () => 'the volume no longer exists', nextStep: () => 'nothing' },
  'aws-throttled': {
    sentence: () => 'AWS throttles our requests to modify volumes',
    nextStep: () =>
      'look in CloudTrail who else calls EC2 that often in this account and Region; we ask again every minute',
  },
  'aws-no-capacity': {
    sentence: () => 'AWS has no capacity for that type in the zone',
    nextStep: () => 'wait, or choose another type by tag ebs-burst:target',
  },
  'aws-type-not-in-zone': {
    sentence: () => 'the zone does not offer that volume type',
    nextStep: () => 'choose another type by tag ebs-burst:target',
  },
  'aws-not-permitted': {
    sentence: () => 'our role may not modify this volume',
    nextStep: () => 'check the consent tag, the role and service control policies for ec2:ModifyVolume',
  },
  'aws-unclassified': {
    sentence: (r) => `AWS refused with ${r.awsCode}`,
    nextStep: () => 'read the error in the log by its request id and report it',
  },
  ...groundTexts,
};

const textOf = <R extends Reason>(reason: R): Text<R> => texts[reason.code] as Text<R>;

export const reasonCodes = Object.keys(texts) as readonly ReasonCode[];
export const sentence = (reason: Reason, told?: Instant): string => textOf(reason).sentence(reason, told);
export const nextStep = (reason: Reason): string => textOf(reason).nextStep(reason);

/** AWS names the next free slot only sometimes; without its word we say nothing rather than guess. */
const slotText = (nextSlotAt: Instant | undefined, told: Instant | undefined): string =>
  nextSlotAt === undefined ? '' : `, the next is free at ${clockSeenFrom(nextSlotAt, told)}`;
