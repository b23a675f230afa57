import type { Mode, Policy, TargetWish, VolumePolicy } from './policy.ts';
import { modeTagKey, stateTagPrefix, targetTagKey, tierTagKey } from './tag-keys.ts';

type Tags = Readonly<Record<string, string>>;
type InvalidTag = VolumePolicy['invalidTags'][number];

const prefix = 'ebs-burst:';
const strictestFirst: readonly Mode[] = ['off', 'notify', 'act'];
const targets: readonly TargetWish[] = ['gp3', 'io2', 'io1'];

/**
 * The stack's policy as the volume's own tags narrow it. The strictest mode wins, and anything we cannot read under our
 * prefix means notify: a mistyped `ebs-burst:mode=of` was meant to hold us back.
 *
 * `mode: 'act'` alone is no permission. Consent (the tag of `policy.act`) is a fact of its own, so that its absence can
 * be told as such: the guard noConsent and the condition on our role's ec2:ModifyVolume both ask for it.
 */
export function volumePolicyOf(policy: Policy, tags: Tags): VolumePolicy {
  const invalidTags = invalidTagsOf(policy, tags);
  const wishes = [policy.mode, modeWish(policy, tags), invalidTags.length > 0 ? 'notify' : undefined];
  const target = tags[targetTagKey];
  return {
    ...policy,
    mode: strictestFirst.find((mode) => wishes.includes(mode)) ?? policy.mode,
    target: isTarget(target) ? target : policy.target,
    latencyCritical: tags[tierTagKey] === 'latency-critical',
    invalidTags,
  };
}

const isMode = (text: string | undefined): text is Mode => strictestFirst.some((mode) => mode === text);
const isTarget = (text: string | undefined): text is TargetWish => targets.some((target) => target === text);

/** `undefined` where the tag says nothing, or nothing we know. */
function modeWish(policy: Policy, tags: Tags): Mode | undefined {
  const text = tags[modeTagKey];
  return isMode(text) ? text : isConsent(policy, modeTagKey, text) ? 'act' : undefined;
}

const isConsent = ({ act }: Policy, key: string, text: string | undefined): boolean =>
  key === act.tagKey && text !== undefined && act.values.includes(text);

function invalidTagsOf(policy: Policy, tags: Tags): readonly InvalidTag[] {
  return Object.entries(tags)
    .filter(([key]) => key.startsWith(prefix) && !key.startsWith(stateTagPrefix))
    .flatMap(([key, got]) => {
      const expected = expectedInstead(policy, key, got);
      return expected === undefined ? [] : [{ key, got, expected }];
    });
}

/** What the tag should have been, `undefined` when it is fine. */
function expectedInstead(policy: Policy, key: string, got: string): string | undefined {
  switch (key) {
    case modeTagKey:
      return modeWish(policy, { [key]: got }) === undefined ? 'off, notify or act' : undefined;
    case targetTagKey:
      return isTarget(got) ? undefined : 'gp3, io2 or io1';
    case tierTagKey:
      return got === 'latency-critical' ? undefined : 'latency-critical';
    default:
      // A selector under our prefix may hold any value: one it does not list is simply no consent.
      return key === policy.act.tagKey
        ? undefined
        : 'the key ebs-burst:mode, ebs-burst:target or ebs-burst:tier';
  }
}
