import type { Ending } from '../../core/domain/deciding/decision.ts';
import type { AwsRefusal, Refusal } from '../../core/domain/reasons.ts';

export type RefusalCode = (Refusal | AwsRefusal)['code'];

/** A timeline holds codes only, so these do without the figures that a notice tells. */
const shortWords: { readonly [Code in RefusalCode]: string } = {
  'notify-mode': 'mode notify only tells',
  'no-consent': 'no tag consents',
  'opted-out': 'its mode is off',
  'invalid-tag': 'a tag of it has a value that we do not know',
  muted: 'its alarm is muted',
  'no-genesis': 'our table lacks its genesis item',
  'unknown-case-tag': 'its tags name a case that our table does not hold',
  detached: 'it is not attached',
  'not-burstable': 'its type has no burst bucket',
  'baseline-covers-burst': 'its baseline is not below its burst',
  magnetic: 'magnetic volumes are not modified by us',
  unjudgeable: 'EC2 described it in a way we do not know',
  'multi-attach': 'it is attached to several instances',
  managed: 'another operator manages it',
  'kubernetes-owned': 'the EBS CSI driver owns it',
  'modification-in-flight': 'another modification of it was running',
  'slots-used': "AWS's modifications of 24 hours are used, but for one that stays for a person",
  'our-slots-used': 'we had changed it as often as we may within 24 hours',
  'foreign-change': 'somebody else had changed it within 24 hours',
  'stack-updating': 'its CloudFormation stack was being updated',
  'instance-bottleneck': 'its instance was at its own EBS limit',
  'volume-impaired': 'AWS reports it as impaired',
  'volume-stalled': 'its I/O is stalled',
  'volume-initialising': 'it was still being filled from its snapshot',
  'quota-exhausted': 'a quota of the Region would be exceeded',
  'over-budget': 'maxMonthlyIncrease was used up',
  'over-blast-radius': 'others had used up blastRadius within the hour',
  'stale-evidence': 'its newest reading was too old',
  'unread-fact': 'something about it is unknown',
  'no-fitting-target': 'no configuration fits',
  'already-there': 'it is already what it would be moved to',
  'switched-off': 'the kill switch was not on run',
  'state-untagged': 'its state could not be written to its tags',
  'aws-modification-in-flight': 'AWS refused, as another modification had not completed',
  'aws-slots-used': 'AWS refused, as the modifications of 24 hours were used',
  'aws-storage-modification-quota': "AWS refused at the Region's storage modification quota",
  'aws-iops-quota': "AWS refused at the Region's provisioned IOPS quota",
  'aws-volume-iops-limit': 'AWS refused more IOPS than one volume may have',
  'aws-parameters-rejected': 'AWS rejected the parameters',
  'aws-wrong-volume-state': 'AWS refused, as it was neither available nor in use',
  'aws-volume-gone': 'it no longer existed',
  'aws-throttled': 'AWS throttles our requests to modify volumes',
  'aws-no-capacity': 'AWS had no capacity for that type in the zone',
  'aws-type-not-in-zone': 'the zone does not offer that type',
  'aws-not-permitted': 'our role may not modify it',
  'aws-unclassified': 'AWS refused for a reason we do not know',
};

export const refusalWords = (codes: readonly RefusalCode[]): string =>
  codes.map((code) => shortWords[code]).join('; ');

const endingWords: { readonly [Each in Ending]: string } = {
  averted: 'it never throttled',
  relieved: 'latency and queue were back to usual',
  'not-relieved': 'latency and queue were not back to usual',
  unproved: 'whether it helped is not in this record',
  failed: 'the move failed',
  'put-back': 'it is as it was before',
  recovered: 'its credits came back, nothing was changed',
  silent: 'it had published no balance for a day',
  gone: 'the volume no longer exists',
  detached: 'it was detached',
  'cannot-run-out': 'it cannot run out any more',
  yielded: 'somebody else changed it',
};

const isEnding = (ending: string): ending is Ending => Object.hasOwn(endingWords, ending);

/** How a case ended, after `case ended: `. */
export const endedWords = (ending: string): string => (isEnding(ending) ? endingWords[ending] : ending);
