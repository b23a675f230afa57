import type {
  Volume as Ec2Volume,
  VolumeModification as Ec2VolumeModification,
  VolumeAttachment,
  VolumeStatusItem,
} from '@aws-sdk/client-ec2';
import type { Modification, ModificationState, VolumeHealth } from '../../core/domain/deciding/situation.ts';
import { type Reading, read, unread } from '../../core/domain/reading.ts';
import { gibibytes, type Instant, instant, iops, mebibytesPerSecond } from '../../core/domain/units.ts';
import type { Attachment, Configuration, Volume, VolumeId } from '../../core/domain/volume.ts';

/** The domain's volume; what EC2 said and we do not know ends in `unjudgeable`, which every guard refuses. */
export function volumeOf(id: VolumeId, from: Ec2Volume): Volume {
  const attachments = (from.Attachments ?? []).filter(({ State }) => State !== 'detached');
  const createdAt = instantOf(from.CreateTime);
  return {
    id,
    size: gibibytes(from.Size ?? 0),
    configuration: judged(from, createdAt),
    zone: from.AvailabilityZone ?? 'unknown zone',
    createdAt: createdAt ?? instant(0),
    attachment: attachmentOf(attachments, createdAt ?? instant(0)),
    device: attachments.find(({ Device }) => Device !== undefined)?.Device,
    multiAttach: from.MultiAttachEnabled ?? false,
    operator: operatorOf(from, attachments),
    tags: Object.fromEntries((from.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
  };
}

/** EC2 goes on describing a volume for a while after its deletion. */
export const isGone = ({ State }: Ec2Volume): boolean => State === 'deleting' || State === 'deleted';

const knownStates: readonly (string | undefined)[] = ['creating', 'available', 'in-use'];

function judged(from: Ec2Volume, createdAt: Instant | undefined): Volume['configuration'] {
  if (from.Size === undefined) return { type: 'unjudgeable', got: 'no Size' };
  if (createdAt === undefined) return { type: 'unjudgeable', got: 'no CreateTime' };
  if (!knownStates.includes(from.State)) return { type: 'unjudgeable', got: `state ${from.State}` };
  return configurationOf(from.VolumeType, from.Iops, from.Throughput);
}

function configurationOf(
  type: string | undefined,
  ops: number | undefined,
  throughput: number | undefined,
): Volume['configuration'] {
  switch (type) {
    case 'gp2':
    case 'st1':
    case 'sc1':
    case 'standard':
      return { type };
    case 'io1':
    case 'io2':
      return ops === undefined
        ? { type: 'unjudgeable', got: `${type} without Iops` }
        : { type, iops: iops(ops) };
    case 'gp3':
      if (ops === undefined || throughput === undefined) {
        return { type: 'unjudgeable', got: `gp3 without ${ops === undefined ? 'Iops' : 'Throughput'}` };
      }
      return { type, iops: iops(ops), throughput: mebibytesPerSecond(throughput) };
    default:
      return { type: 'unjudgeable', got: `volume type ${type}` };
  }
}

/** `attaching` counts as attached, `detaching` still can do I/O (`busy`: the guest has not let go). */
function attachmentOf(attachments: readonly VolumeAttachment[], createdAt: Instant): Attachment {
  if (attachments.length === 0) return { kind: 'detached' };
  const times = attachments.map(({ AttachTime }) => instantOf(AttachTime) ?? createdAt);
  return {
    kind: 'attached',
    instanceIds: attachments.flatMap(({ InstanceId }) => InstanceId ?? []),
    since: instant(Math.min(...times)),
  };
}

/** An attachment owned by an AWS service has no instance id but names the service: hands off as well. */
function operatorOf({ Operator }: Ec2Volume, attachments: readonly VolumeAttachment[]): string | undefined {
  if (Operator?.Managed === true) return Operator.Principal ?? 'an unnamed operator';
  return attachments.find(({ InstanceOwningService }) => InstanceOwningService)?.InstanceOwningService;
}

const modificationStates: readonly ModificationState[] = ['modifying', 'optimizing', 'completed', 'failed'];

export function modificationOf(from: Ec2VolumeModification, now: Instant): Reading<Modification> {
  const startedAt = instantOf(from.StartTime);
  if (startedAt === undefined) return unread('ec2:DescribeVolumesModifications gave no StartTime');
  const endedAt = instantOf(from.EndTime);
  const state = modificationStates.find((known) => known === from.ModificationState);
  return read(
    {
      state: state ?? { unknown: from.ModificationState ?? 'no state' },
      startedAt,
      ...(endedAt === undefined ? {} : { endedAt }),
      progress: from.Progress ?? 0,
      from: settable(from.OriginalVolumeType, from.OriginalIops, from.OriginalThroughput),
      to: settable(from.TargetVolumeType, from.TargetIops, from.TargetThroughput),
    },
    now,
  );
}

function settable(type?: string, ops?: number, throughput?: number): Configuration | undefined {
  const configuration = configurationOf(type, ops, throughput);
  return configuration.type === 'standard' || configuration.type === 'unjudgeable'
    ? undefined
    : configuration;
}

/**
 * EBS user guide, "Monitor the status of your volumes": stalled performance is its own case, `warning` is degraded.
 * `insufficient-data` ("checks may still be running") is no answer.
 */
export function healthOf(from: VolumeStatusItem, now: Instant): Reading<VolumeHealth> {
  const status = from.VolumeStatus?.Status ?? 'no status';
  if (status === 'insufficient-data') return unread('the volume status checks have insufficient data');
  const isStalled = from.VolumeStatus?.Details?.some(
    ({ Name, Status }) => Name === 'io-performance' && Status === 'stalled',
  );
  if (isStalled) return read({ kind: 'stalled' }, now);
  if (status !== 'ok') return read({ kind: 'impaired', status }, now);
  return read({ kind: isInitialising(from) ? 'initialising' : 'ok' }, now);
}

/** EC2 API reference, InitializationStatusDetails: only of volumes made from snapshots, progress in percent. */
const isInitialising = ({ InitializationStatusDetails: details }: VolumeStatusItem): boolean =>
  details?.Progress !== undefined && details.Progress < 100;

function instantOf(date: Date | undefined): Instant | undefined {
  const time = date?.getTime();
  return time === undefined || Number.isNaN(time) ? undefined : instant(time);
}
