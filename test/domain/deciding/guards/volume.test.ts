import {
  baselineCoversBurst,
  detached,
  kubernetesOwned,
  magnetic,
  managedByOperator,
  multiAttach,
  notBurstable,
  unjudgeable,
} from '../../../../core/domain/deciding/guards/volume.ts';
import { hours, iops } from '../../../../core/domain/units.ts';
import type { Attachment } from '../../../../core/domain/volume.ts';
import { ago, bridge, wayBack } from '../../some-situation.ts';
import { type Given, vetoes } from './veto-table.ts';

const returning = (given: Given = {}): Given => ({
  ...given,
  volume: { configuration: bridge().to, ...given.volume },
  plan: wayBack(),
});

vetoes(unjudgeable, [
  {
    refuses: 'a type we do not know',
    given: { volume: { configuration: { type: 'unjudgeable', got: 'VolumeType gp4' } } },
    with: { code: 'unjudgeable', got: 'VolumeType gp4' },
    butNot: 'gp2',
    twin: { volume: { configuration: { type: 'gp2' } } },
  },
]);

vetoes(magnetic, [
  {
    refuses: 'a standard volume',
    given: { volume: { configuration: { type: 'standard' } } },
    with: { code: 'magnetic' },
    butNot: 'a cold HDD',
    twin: { volume: { configuration: { type: 'sc1' }, size: 500 } },
  },
]);

vetoes(notBurstable, [
  {
    refuses: 'a type without a bucket',
    given: { volume: { configuration: { type: 'io2', iops: iops(100) } } },
    with: { code: 'not-burstable', type: 'io2' },
    butNot: 'a throughput-optimised HDD',
    twin: { volume: { configuration: { type: 'st1' }, size: 500 } },
  },
  {
    refuses: 'to upgrade what has no bucket',
    given: { volume: { configuration: { type: 'io1', iops: iops(1_000) } } },
    with: { code: 'not-burstable', type: 'io1' },
    butNot: 'to put such a type back',
    twin: returning(),
  },
]);

vetoes(baselineCoversBurst, [
  {
    refuses: 'a gp2 volume of 1,000 GiB, whose baseline is its burst',
    given: { volume: { size: 1_000 } },
    with: { code: 'baseline-covers-burst' },
    butNot: 'one of 999 GiB',
    twin: { volume: { size: 999 } },
  },
]);

const attachedTo = (...instanceIds: readonly string[]): Attachment => ({
  kind: 'attached',
  instanceIds,
  since: ago(hours(48)),
});

vetoes(detached, [
  {
    refuses: 'to upgrade a detached volume',
    given: { volume: { attachment: { kind: 'detached' } } },
    with: { code: 'detached' },
    butNot: 'to put a detached volume back',
    twin: returning({ volume: { attachment: { kind: 'detached' }, configuration: bridge().to } }),
  },
]);

vetoes(multiAttach, [
  {
    refuses: 'a volume with Multi-Attach enabled',
    given: { volume: { multiAttach: true } },
    with: { code: 'multi-attach' },
    butNot: 'a volume without',
    twin: { volume: { multiAttach: false } },
  },
  {
    refuses: 'a volume on two instances',
    given: { volume: { attachment: attachedTo('i-1', 'i-2') } },
    with: { code: 'multi-attach' },
    butNot: 'a volume on one',
    twin: { volume: { attachment: attachedTo('i-1') } },
  },
]);

vetoes(managedByOperator, [
  {
    refuses: 'a volume of EKS Auto Mode',
    given: { volume: { operator: 'eks.amazonaws.com' } },
    with: { code: 'managed', operator: 'eks.amazonaws.com' },
    butNot: 'a volume without an operator',
    twin: { volume: { operator: undefined } },
  },
]);

vetoes(
  kubernetesOwned,
  ['ebs.csi.aws.com/cluster', 'CSIVolumeName', 'kubernetes.io/created-for/pvc/name'].map((tag) => ({
    refuses: `a volume with tag ${tag}`,
    given: { volume: { tags: { [tag]: 'true' } } },
    with: { code: 'kubernetes-owned', tag },
    butNot: `a volume with a tag like ${tag}`,
    twin: { volume: { tags: { [`${tag}-x`]: 'true' } } },
  })),
);
