import type { FilterRules } from './ec2-filters.ts';
import { checksOf, statusOf, zoneOf } from './ec2-shapes.ts';
import type { SimulatedInstance } from './simulated-instance.ts';
import type { VolumeView } from './volume-view.ts';

/** API reference, DescribeVolumes, `Filters`. */
export const VOLUME_FILTERS: FilterRules<VolumeView> = {
  imitated: {
    'volume-id': ({ id }) => [id],
    'volume-type': ({ configuration }) => [configuration.volumeType],
    status: (view) => [statusOf(view)],
    size: ({ configuration }) => [String(configuration.sizeGiB)],
    'availability-zone': (view) => [zoneOf(view)],
    'attachment.instance-id': ({ attachments }) => attachments.map(({ instanceId }) => instanceId),
    'attachment.status': ({ attachments }) => attachments.map(() => 'attached'),
    'multi-attach-enabled': ({ options }) => [String(options.multiAttach ?? false)],
    'operator.managed': ({ options }) => [String(options.operator !== undefined)],
    'tag-key': ({ tags }) => tags.map(([key]) => key),
  },
  tag: ({ tags }, wanted) => tags.filter(([key]) => key === wanted).map(([, value]) => value),
  documented: [
    'attachment.attach-time',
    'attachment.delete-on-termination',
    'attachment.device',
    'availability-zone-id',
    'create-time',
    'encrypted',
    'fast-restored',
    'operator.principal',
    'snapshot-id',
  ],
};

/** API reference, DescribeVolumesModifications, `Filters`. */
export const MODIFICATION_FILTERS: FilterRules<VolumeView> = {
  imitated: {
    'volume-id': ({ id }) => [id],
    'modification-state': ({ modification }) => (modification === undefined ? [] : [modification.state]),
  },
  documented: [
    'original-iops',
    'original-size',
    'original-volume-type',
    'originalMultiAttachEnabled',
    'start-time',
    'target-iops',
    'target-size',
    'target-volume-type',
    'targetMultiAttachEnabled',
  ],
};

/**
 * API reference, DescribeVolumeStatus, `Filters`: there is no `volume-id` among them, and of the details they name
 * `io-enabled` and `io-performance` only.
 */
export const STATUS_FILTERS: FilterRules<VolumeView> = {
  imitated: {
    'availability-zone': (view) => [zoneOf(view)],
    'volume-status.status': (view) => [checksOf(view).Status],
    'volume-status.details-name': (view) => detailsOf(view, 'Name'),
    'volume-status.details-status': (view) => detailsOf(view, 'Status'),
  },
  documented: [
    'action.code',
    'action.description',
    'action.event-id',
    'event.description',
    'event.event-id',
    'event.event-type',
    'event.not-after',
    'event.not-before',
  ],
};

const detailsOf = (view: VolumeView, key: 'Name' | 'Status'): string[] =>
  checksOf(view).Details.map((detail) => detail[key] ?? '');

export const INSTANCE_FILTERS: FilterRules<SimulatedInstance> = {
  imitated: {
    'instance-id': ({ id }) => [id],
    'instance-state-name': ({ state }) => [state],
    'instance-type': ({ instanceType }) => [instanceType],
  },
  tag: ({ tags }, wanted) => Object.entries(tags).flatMap(([key, value]) => (key === wanted ? [value] : [])),
  documented: ['availability-zone', 'block-device-mapping.volume-id', 'hypervisor', 'tag-key', 'vpc-id'],
};
