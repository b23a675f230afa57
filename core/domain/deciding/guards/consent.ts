import { isMutedAt } from '../../look-at.ts';
import type { Guard } from './guard.ts';

const describeVolumes = 'EC2 DescribeVolumes (tags)';
const absentTag = 'an absent tag is no consent';

export const optedOut: Guard = {
  name: 'opted out',
  codes: ['opted-out'],
  scope: 'every',
  fact: 'tag ebs-burst:mode',
  source: describeVolumes,
  unknown: absentTag,
  veto: ({ policy }) => (policy.mode === 'off' ? { code: 'opted-out' } : undefined),
};

export const invalidTag: Guard = {
  name: 'invalid tag',
  codes: ['invalid-tag'],
  scope: 'every',
  fact: 'tags ebs-burst:*',
  source: describeVolumes,
  unknown: 'a value we do not know means notify',
  veto: ({ policy }) => {
    const [first] = policy.invalidTags;
    return first && { code: 'invalid-tag', ...first };
  },
};

export const noConsent: Guard = {
  name: 'no consent',
  codes: ['no-consent'],
  scope: 'every',
  fact: "the tag of the act selector, which is also the condition on our role's ec2:ModifyVolume",
  source: describeVolumes,
  unknown: absentTag,
  veto: ({ situation, policy }) => {
    const got = situation.volume.tags[policy.act.tagKey];
    if (got !== undefined && policy.act.values.includes(got)) return undefined;
    return { code: 'no-consent', tagKey: policy.act.tagKey, values: policy.act.values, got };
  },
};

export const notifyMode: Guard = {
  name: 'notify mode',
  codes: ['notify-mode'],
  scope: 'every',
  fact: 'mode of the deployment and the volume',
  source: 'stack configuration; EC2 DescribeVolumes (tags)',
  unknown: 'the default is notify',
  veto: ({ policy }) => (policy.mode === 'act' ? undefined : { code: 'notify-mode' }),
};

export const muted: Guard = {
  name: 'muted',
  codes: ['muted'],
  scope: 'upgrades',
  fact: 'muteDetail of the last alarm event',
  source: 'EventBridge CloudWatch Alarm State Change, kept in the case',
  unknown: 'an event without muteDetail is not muted',
  veto: ({ situation: { mutedUntil, now } }) =>
    isMutedAt(mutedUntil, now)
      ? { code: 'muted', until: mutedUntil?.end === 'told' ? mutedUntil.at : undefined }
      : undefined,
};
