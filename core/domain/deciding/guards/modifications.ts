import { putOffOf } from '../../cases/put-off.ts';
import type { AwsRefusal } from '../../reasons.ts';
import { isSame } from '../../volume.ts';
import { modificationSlots } from '../../volume-limits.ts';
import type { Modification, Situation } from '../situation.ts';
import type { Guard } from './guard.ts';

const describeModifications = 'EC2 DescribeVolumesModifications';

/** What the volume's own latest modification is in; `undefined` when that is over, or there was none. */
export const stateInFlight = (latest: Modification | 'never'): string | undefined => {
  const state = latest === 'never' ? 'completed' : latest.state;
  if (state === 'completed' || state === 'failed') return undefined;
  return typeof state === 'string' ? state : state.unknown;
};

/** The same by the list of what is under way in the Region, which is read after the volume itself was looked at. */
export const stateListed = ({ volume, quota }: Situation): string | undefined =>
  quota.kind === 'read'
    ? quota.value.underWay.find(({ volumeId }) => volumeId === volume.id)?.state
    : undefined;

export const modificationInFlight: Guard = {
  name: 'modification in flight',
  codes: ['modification-in-flight', 'unread-fact'],
  scope: 'every',
  fact: 'state of the latest modification, and whether the Region lists one of the volume as under way',
  source: `${describeModifications}, of the volume and then of the Region (modifying, optimizing)`,
  unknown:
    'refuse; "never modified" is an answer; without the list the guard on the regional modification quota refuses',
  veto: ({ situation }) => {
    const { modification } = situation;
    if (modification.kind === 'unread')
      return { code: 'unread-fact', fact: 'modifications', why: modification.why };
    const state = stateInFlight(modification.value) ?? stateListed(situation);
    return state === undefined ? undefined : { code: 'modification-in-flight', state };
  },
};

/** Most modifications by us within the window; the rest are for people. */
export const mostOurs = 2;

export const ourSlots: Guard = {
  name: 'our modifications of 24 hours',
  codes: ['our-slots-used'],
  scope: 'every',
  fact: 'modifications we asked for within 24 hours',
  source: 'our table (requests are recorded before they are made)',
  unknown: 'a table that may have lost cases is refused by its own guard',
  veto: ({ situation: { slots } }) =>
    slots.ours.length >= mostOurs ? { code: 'our-slots-used', used: slots.ours.length } : undefined,
};

export const slotForAPerson: Guard = {
  name: 'a slot for a person',
  codes: ['slots-used'],
  scope: 'every',
  fact: 'modifications of 24 hours: ours, and the latest by others that AWS still shows',
  source: `our table; ${describeModifications}`,
  unknown: 'older ones by others cannot be seen; AWS refuses then and is believed',
  veto: ({ situation: { slots } }) => {
    const used = slots.ours.length + slots.others.length;
    return used >= modificationSlots.perWindow - 1
      ? { code: 'slots-used', used, nextSlotAt: undefined }
      : undefined;
  },
};

export const foreignChange: Guard = {
  name: 'changed by somebody else',
  codes: ['foreign-change'],
  scope: 'every',
  fact: 'a modification within 24 hours that we did not ask for',
  source: `${describeModifications}; our table`,
  unknown: 'the guard on modifications in flight refuses first',
  veto: ({ situation: { slots } }) => {
    const latest = slots.others.at(-1);
    return latest === undefined ? undefined : { code: 'foreign-change', at: latest };
  },
};

const putOffCodes = [
  'aws-modification-in-flight',
  'aws-slots-used',
  'aws-storage-modification-quota',
  'aws-iops-quota',
  'aws-volume-iops-limit',
  'aws-parameters-rejected',
  'aws-wrong-volume-state',
  'aws-throttled',
  'aws-no-capacity',
  'aws-type-not-in-zone',
  'aws-not-permitted',
  'aws-unclassified',
] as const satisfies readonly AwsRefusal['code'][];

/**
 * The volume is looked at in between, so that the team is called in time; AWS is asked when its own time has come. It
 * throttles the account, not a volume: what it said of some counts for all others of the run.
 */
export const askedToWait: Guard = {
  name: 'AWS asked us to wait',
  codes: putOffCodes,
  scope: 'every',
  fact: 'what AWS answered last, and until when that counts',
  source:
    "ModifyVolume's answer, kept in the case in our table; throttling also of an act before in the same run",
  unknown: 'an answer without a time counts for 15 minutes, throttling for one',
  veto: ({ situation: { openCase, now, awsThrottles = false } }) =>
    putOffOf(openCase, now)?.refusal ?? (awsThrottles ? { code: 'aws-throttled' } : undefined),
};

export const alreadyThere: Guard = {
  name: 'already there',
  codes: ['already-there'],
  scope: 'every',
  fact: 'present configuration',
  source: 'EC2 DescribeVolumes',
  unknown: 'an unjudgeable volume is refused by its own guard',
  veto: ({ situation: { volume }, plan }) => {
    const present = volume.configuration;
    if (present.type === 'unjudgeable' || present.type === 'standard') return undefined;
    return isSame(present, plan.to) ? { code: 'already-there', configuration: plan.to } : undefined;
  },
};
