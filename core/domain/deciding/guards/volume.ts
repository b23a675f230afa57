import { creditBucketOf } from '../../credits/credit-bucket.ts';
import { isBurstable } from '../../volume.ts';
import type { Guard } from './guard.ts';

const describeVolumes = 'EC2 DescribeVolumes';
const alwaysThere = 'the volume is always described; when it is not, nothing is decided';

export const unjudgeable: Guard = {
  name: 'unjudgeable volume',
  codes: ['unjudgeable'],
  scope: 'every',
  fact: 'volume type and attributes',
  source: describeVolumes,
  unknown: 'a type or value we do not know is refused',
  veto: ({ situation: { volume } }) =>
    volume.configuration.type === 'unjudgeable'
      ? { code: 'unjudgeable', got: volume.configuration.got }
      : undefined,
};

export const magnetic: Guard = {
  name: 'standard volume',
  codes: ['magnetic'],
  scope: 'every',
  fact: 'volume type',
  source: describeVolumes,
  unknown: alwaysThere,
  veto: ({ situation: { volume } }) =>
    volume.configuration.type === 'standard' ? { code: 'magnetic' } : undefined,
};

export const notBurstable: Guard = {
  name: 'not burstable',
  codes: ['not-burstable'],
  scope: 'upgrades',
  fact: 'volume type',
  source: describeVolumes,
  unknown: alwaysThere,
  veto: ({ situation: { volume } }) => {
    const { type } = volume.configuration;
    return isBurstable(type) ? undefined : { code: 'not-burstable', type };
  },
};

export const baselineCoversBurst: Guard = {
  name: 'baseline covers burst',
  codes: ['baseline-covers-burst'],
  scope: 'upgrades',
  fact: 'volume type and size',
  source: describeVolumes,
  unknown: alwaysThere,
  veto: ({ situation: { volume } }) =>
    creditBucketOf(volume) === undefined ? { code: 'baseline-covers-burst' } : undefined,
};

export const detached: Guard = {
  name: 'detached',
  codes: ['detached'],
  scope: 'upgrades',
  fact: 'attachments',
  source: describeVolumes,
  unknown: alwaysThere,
  veto: ({ situation: { volume } }) =>
    volume.attachment.kind === 'detached' ? { code: 'detached' } : undefined,
};

export const multiAttach: Guard = {
  name: 'multi-attach',
  codes: ['multi-attach'],
  scope: 'every',
  fact: 'MultiAttachEnabled and the number of attachments',
  source: describeVolumes,
  unknown: alwaysThere,
  veto: ({ situation: { volume } }) => {
    const shared = volume.attachment.kind === 'attached' && volume.attachment.instanceIds.length > 1;
    return volume.multiAttach || shared ? { code: 'multi-attach' } : undefined;
  },
};

export const managedByOperator: Guard = {
  name: 'managed by another operator',
  codes: ['managed'],
  scope: 'every',
  fact: 'Operator.Managed and Operator.Principal',
  source: describeVolumes,
  unknown: alwaysThere,
  veto: ({ situation: { volume } }) =>
    volume.operator === undefined ? undefined : { code: 'managed', operator: volume.operator },
};

/** EC2 does not say whether a claim has a VolumeAttributesClass, only that the CSI driver owns the volume. */
const csiTags = ['ebs.csi.aws.com/cluster', 'CSIVolumeName', 'kubernetes.io/created-for/pvc/name'];

export const kubernetesOwned: Guard = {
  name: 'VolumeAttributesClass',
  codes: ['kubernetes-owned'],
  scope: 'every',
  fact: `tags of the EBS CSI driver (${csiTags.join(', ')})`,
  source: `${describeVolumes} (tags)`,
  unknown: 'whether a class governs the claim is not visible in EC2: every volume of the driver is refused',
  veto: ({ situation: { volume } }) => {
    const tag = csiTags.find((key) => volume.tags[key] !== undefined);
    return tag === undefined ? undefined : { code: 'kubernetes-owned', tag };
  },
};
