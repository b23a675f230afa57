import type {
  InitializationStatusDetails,
  Instance,
  Volume,
  VolumeModification,
  VolumeStatusDetails,
  VolumeStatusItem,
} from '@aws-sdk/client-ec2';
import type { Place } from '../aws-event.ts';
import type { TwinTime } from '../simulation.ts';
import type { InstanceState, SimulatedInstance } from './simulated-instance.ts';
import type { Modification, VolumeHealth } from './simulated-volume.ts';
import { DEFAULT_ZONE } from './volume-modifier.ts';
import { isProvisioned, reportedIops } from './volume-types.ts';
import type { VolumeView } from './volume-view.ts';

const operatorOf = (operator: string | undefined) =>
  operator === undefined ? { Managed: false } : { Managed: true, Principal: operator };

/** As in the API reference, Volume; `Throughput` only for gp3, `Iops` not for st1, sc1 and standard. */
export function volumeShape(view: VolumeView, { account, region }: Place): Volume {
  const { id, configuration, options, attachments } = view;
  const iops = reportedIops(configuration);
  return {
    VolumeId: id,
    VolumeArn: `arn:aws:ec2:${region}:${account}:volume/${id}`,
    OwnerId: account,
    VolumeType: configuration.volumeType,
    Size: configuration.sizeGiB,
    ...(iops === undefined ? {} : { Iops: iops }),
    ...(configuration.throughput === undefined ? {} : { Throughput: configuration.throughput }),
    State: statusOf(view),
    CreateTime: new Date(view.createdAt),
    AvailabilityZone: zoneOf(view),
    Encrypted: options.encrypted ?? false,
    MultiAttachEnabled: options.multiAttach ?? false,
    SnapshotId: options.snapshotId ?? '',
    Operator: operatorOf(options.operator),
    Attachments: attachments.map(({ instanceId, device, attachedAt }) => ({
      VolumeId: id,
      InstanceId: instanceId,
      Device: device,
      State: 'attached',
      AttachTime: new Date(attachedAt),
      DeleteOnTermination: false,
    })),
    // Absent without tags, as the EC2 query protocol leaves empty sets out.
    ...(view.tags.length === 0 ? {} : { Tags: view.tags.map(([Key, Value]) => ({ Key, Value })) }),
  };
}

export const statusOf = ({ attachments }: VolumeView): 'in-use' | 'available' =>
  attachments.length > 0 ? 'in-use' : 'available';

export const zoneOf = ({ options }: VolumeView): string => options.availabilityZone ?? DEFAULT_ZONE;

export function modificationShape(
  view: VolumeView,
  modification: Modification,
  now: TwinTime,
): VolumeModification {
  const { original, target, state, startedAt, endsAt, message } = modification;
  const multiAttach = view.options.multiAttach ?? false;
  return {
    VolumeId: view.id,
    ModificationState: state,
    ...(message === undefined ? {} : { StatusMessage: message }),
    TargetSize: target.sizeGiB,
    ...present('TargetIops', reportedIops(target)),
    TargetVolumeType: target.volumeType,
    ...present('TargetThroughput', target.throughput),
    TargetMultiAttachEnabled: multiAttach,
    OriginalSize: original.sizeGiB,
    ...present('OriginalIops', reportedIops(original)),
    OriginalVolumeType: original.volumeType,
    ...present('OriginalThroughput', original.throughput),
    OriginalMultiAttachEnabled: multiAttach,
    Progress: progressOf(modification, now),
    StartTime: new Date(startedAt),
    ...(state === 'completed' || state === 'failed' ? { EndTime: new Date(endsAt) } : {}),
  };
}

const present = <K extends string>(key: K, value: number | undefined): Partial<Record<K, number>> =>
  value === undefined ? {} : ({ [key]: value } as Partial<Record<K, number>>);

function progressOf({ state, optimizingAt, endsAt }: Modification, now: TwinTime): number {
  if (state === 'completed') return 100;
  if (state === 'modifying' || endsAt <= optimizingAt) return 0;
  return Math.min(99, Math.max(0, Math.floor((100 * (now - optimizingAt)) / (endsAt - optimizingAt))));
}

/** Which status each condition gives (EBS user guide, monitoring-volume-checks). */
const STATUS: Readonly<
  Record<
    VolumeHealth,
    [status: 'ok' | 'warning' | 'impaired' | 'insufficient-data', io: string, performance: string]
  >
> = {
  ok: ['ok', 'passed', 'normal'],
  degraded: ['warning', 'passed', 'degraded'],
  stalled: ['impaired', 'passed', 'stalled'],
  'io-disabled': ['impaired', 'failed', 'insufficient-data'],
  'insufficient-data': ['insufficient-data', 'insufficient-data', 'insufficient-data'],
};

interface VolumeChecks {
  readonly Status: (typeof STATUS)[VolumeHealth][0];
  readonly Details: readonly VolumeStatusDetails[];
}

/** Performance is judged for io1, io2 and gp3 only; for the others it is not applicable. */
export function checksOf({ health, configuration }: VolumeView): VolumeChecks {
  const [status, io, performance] = STATUS[health];
  const isJudged = isProvisioned(configuration.volumeType);
  return {
    Status: status,
    Details: [
      { Name: 'io-enabled', Status: io },
      { Name: 'io-performance', Status: isJudged ? performance : 'not-applicable' },
    ],
  };
}

export function statusShape(view: VolumeView, now: TwinTime): VolumeStatusItem {
  const { Status, Details } = checksOf(view);
  const initialisation = initialisationOf(view, now);
  const checks = [...Details];
  if (initialisation !== undefined) {
    const isOver = initialisation.Progress === 100;
    checks.push({ Name: 'initialization-state', Status: isOver ? 'completed' : 'initializing' });
  }
  return {
    VolumeId: view.id,
    AvailabilityZone: zoneOf(view),
    VolumeStatus: { Status, Details: checks },
    ...(initialisation && { InitializationStatusDetails: initialisation }),
    Events: [],
    Actions: [],
    Operator: operatorOf(view.options.operator),
  };
}

/** ebs-initialize-monitor: only of volumes made from a snapshot. That it goes on evenly is our choice. */
function initialisationOf(
  { options, createdAt }: VolumeView,
  now: TwinTime,
): InitializationStatusDetails | undefined {
  const { snapshotId, initialisingTime = 0 } = options;
  if (snapshotId === undefined) return undefined;
  const lived = Math.max(0, now - createdAt);
  const Progress = lived >= initialisingTime ? 100 : Math.floor((100 * lived) / initialisingTime);
  return { InitializationType: 'default', Progress };
}

/** API reference, InstanceState. */
const STATE_CODES: Readonly<Record<InstanceState, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

/** `Hypervisor` is `xen` for Nitro as well (API reference, Instance). */
export const instanceShape = (instance: SimulatedInstance, views: readonly VolumeView[]): Instance => ({
  InstanceId: instance.id,
  InstanceType: instance.instanceType as Instance['InstanceType'] & string,
  Hypervisor: 'xen',
  State: { Name: instance.state, Code: STATE_CODES[instance.state] },
  LaunchTime: new Date(instance.launchedAt),
  Tags: Object.entries(instance.tags).map(([Key, Value]) => ({ Key, Value })),
  BlockDeviceMappings: views.flatMap(({ id, attachments }) =>
    attachments
      .filter(({ instanceId }) => instanceId === instance.id)
      .map(({ device, attachedAt }) => ({
        DeviceName: device,
        Ebs: { VolumeId: id, Status: 'attached' as const, AttachTime: new Date(attachedAt) },
      })),
  ),
});
