import type {
  AttachVolumeRequest,
  CreateVolumeRequest,
  DeleteVolumeRequest,
  Reservation,
  RunInstancesRequest,
  TagSpecification,
  TerminateInstancesRequest,
  TerminateInstancesResult,
  Volume,
  VolumeAttachment,
} from '@aws-sdk/client-ec2';
import { type Authorise, demandPermission } from '../authorisation.ts';
import type { Call, Operation, Service } from '../service.ts';
import { NotImitatedError, ServiceError } from '../service-error.ts';
import type { Simulation } from '../simulation.ts';
import type { AccountVolumes } from './account-volumes.ts';
import { instanceShape, volumeShape } from './ec2-shapes.ts';
import type { InstanceState, SimulatedInstance } from './simulated-instance.ts';
import { DEFAULT_ZONE } from './volume-modifier.ts';
import { viewOf } from './volume-view.ts';

/** AWS gives no figures for these; what people see is of this order. */
const START_MS = 15_000;
const END_MS = 30_000;

interface Life {
  readonly volumes: AccountVolumes;
  readonly simulation: Simulation;
  readonly permit: (call: Call, name: string, kind: 'volume' | 'instance', thing: Tagged) => void;
}

/** What was made for a client token is not made twice (EC2 developer guide, "Ensuring idempotency in EC2 API requests"). */
const idempotently = <Request extends { readonly ClientToken?: string | undefined }, Answer>(
  make: (request: Request, call: Call) => Answer,
) => {
  const made = new Map<string, Answer>();
  return (request: Request, call: Call): Answer => {
    const { ClientToken } = request;
    const known = ClientToken === undefined ? undefined : made.get(ClientToken);
    if (known !== undefined) return known;
    const answer = make(request, call);
    if (ClientToken !== undefined) made.set(ClientToken, answer);
    return answer;
  };
};

interface Tagged {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** How volumes and instances come and go: CreateVolume, AttachVolume, DeleteVolume, RunInstances and TerminateInstances. */
export function ec2Life(volumes: AccountVolumes, simulation: Simulation, authorise: Authorise): Service {
  const { account, region } = volumes.place;
  const permit: Life['permit'] = ({ principal }, name, kind, { id, tags }) =>
    demandPermission(authorise, {
      principal,
      action: `ec2:${name}`,
      resource: `arn:aws:ec2:${region}:${account}:${kind}/${id}`,
      resourceTags: tags,
      requestTags: {},
    });
  const life = { volumes, simulation, permit };
  return {
    CreateVolume: createVolume(life),
    AttachVolume: attachVolume(life),
    DeleteVolume: deleteVolume(life),
    RunInstances: runInstances(life),
    TerminateInstances: terminateInstances(life),
  };
}

/** A request's tags for one kind of resource. */
const tagsFor = (kind: 'volume' | 'instance', all: readonly TagSpecification[] = []) =>
  Object.fromEntries(
    all
      .filter(({ ResourceType }) => ResourceType === kind)
      .flatMap(({ Tags = [] }) => Tags.map(({ Key = '', Value = '' }) => [Key, Value] as const)),
  );

/** Source: EC2 API reference, CreateVolume; sizes and IOPS are not checked. */
const createVolume = ({ volumes, permit }: Life): Operation<CreateVolumeRequest, Volume> => ({
  accepts: [
    'AvailabilityZone',
    'VolumeType',
    'Size',
    'Iops',
    'Throughput',
    'MultiAttachEnabled',
    'TagSpecifications',
    'ClientToken',
  ],
  run: idempotently((request, call) => {
    const { AvailabilityZone, VolumeType = 'gp2', Size, Iops, Throughput, MultiAttachEnabled } = request;
    if (AvailabilityZone === undefined)
      throw new ServiceError('MissingParameter', 'The request must contain the parameter zone');
    if (Size === undefined)
      throw new ServiceError('MissingParameter', 'The request must contain the parameter size/snapshot');
    const tags = tagsFor('volume', request.TagSpecifications);
    permit(call, 'CreateVolume', 'volume', { id: '*', tags });
    const volume = volumes.createVolume({
      volumeType: VolumeType,
      sizeGiB: Size,
      availabilityZone: AvailabilityZone,
      tags,
      ...(Iops !== undefined && { iops: Iops }),
      ...(Throughput !== undefined && { throughput: Throughput }),
      ...(MultiAttachEnabled !== undefined && { multiAttach: MultiAttachEnabled }),
    });
    return volumeShape(viewOf(volume), volumes.place);
  }),
});

/** Source: EC2 API reference, AttachVolume, and its error codes `VolumeInUse` and `IncorrectState`. */
const attachVolume = ({ volumes, permit }: Life): Operation<AttachVolumeRequest, VolumeAttachment> => ({
  accepts: ['VolumeId', 'InstanceId', 'Device'],
  run: ({ VolumeId = '', InstanceId = '', Device = '' }, call) => {
    const volume = volumes.volume(VolumeId);
    const instance = volumes.instance(InstanceId);
    permit(call, 'AttachVolume', 'volume', { id: VolumeId, tags: Object.fromEntries(volume.tags) });
    if (volume.attachments.length > 0)
      throw new ServiceError('VolumeInUse', `${VolumeId} is already attached to an instance`);
    if (instance.state !== 'running' && instance.state !== 'stopped')
      throw new ServiceError('IncorrectState', `Instance '${InstanceId}' is not 'running'.`);
    volumes.attach(VolumeId, InstanceId, Device);
    return { VolumeId, InstanceId, Device, State: 'attaching', AttachTime: new Date(call.at) };
  },
});

/** Source: EC2 API reference, DeleteVolume: "The volume must be in the available state". */
const deleteVolume = ({ volumes, permit }: Life): Operation<DeleteVolumeRequest, object> => ({
  accepts: ['VolumeId'],
  run: ({ VolumeId = '' }, call) => {
    const volume = volumes.volume(VolumeId);
    permit(call, 'DeleteVolume', 'volume', { id: VolumeId, tags: Object.fromEntries(volume.tags) });
    const [attachment] = volume.attachments;
    if (attachment !== undefined) {
      const message = `Volume ${VolumeId} is currently attached to ${attachment.instance.id}`;
      throw new ServiceError('VolumeInUse', message);
    }
    volumes.deleteVolume(VolumeId);
    return {};
  },
});

/** What an instance is started from and with; nothing in the twin runs it. */
const WITHOUT_EFFECT = [
  'ImageId',
  'UserData',
  'InstanceInitiatedShutdownBehavior',
  'MetadataOptions',
  'SubnetId',
];

/** One instance, without volumes of its own. Source: EC2 API reference, RunInstances. */
const runInstances = ({
  volumes,
  simulation,
  permit,
}: Life): Operation<RunInstancesRequest, Reservation> => ({
  accepts: ['MinCount', 'MaxCount', 'InstanceType', 'TagSpecifications', 'ClientToken', ...WITHOUT_EFFECT],
  run: idempotently(({ MinCount, MaxCount, InstanceType = 'm1.small', TagSpecifications }, call) => {
    if (MinCount !== 1 || MaxCount !== 1)
      throw new NotImitatedError(
        `RunInstances of ${MinCount} to ${MaxCount} instances: only of one is imitated`,
      );
    const tags = tagsFor('instance', TagSpecifications);
    permit(call, 'RunInstances', 'instance', { id: '*', tags });
    const instance = volumes.createInstance({ instanceType: InstanceType, state: 'pending', tags });
    simulation.after(START_MS, () => {
      if (instance.state === 'pending') volumes.setInstanceState(instance.id, 'running');
    });
    const Placement = { AvailabilityZone: DEFAULT_ZONE };
    return {
      OwnerId: volumes.place.account,
      Instances: [{ ...instanceShape(instance, volumes.views()), Placement }],
    };
  }),
});

/**
 * Attached volumes are detached and kept: only those of the launch go with their instance by default.
 * Source: EC2 user guide, "Preserve data when an instance is terminated"; API reference, TerminateInstances.
 */
const terminateInstances = ({
  volumes,
  simulation,
  permit,
}: Life): Operation<TerminateInstancesRequest, TerminateInstancesResult> => ({
  accepts: ['InstanceIds'],
  run: ({ InstanceIds = [] }, call) => {
    const instances = InstanceIds.map((id) => volumes.instance(id));
    for (const { id, tags } of instances) permit(call, 'TerminateInstances', 'instance', { id, tags });
    return { TerminatingInstances: instances.map((instance) => terminated(instance, volumes, simulation)) };
  },
});

function terminated(instance: SimulatedInstance, volumes: AccountVolumes, simulation: Simulation) {
  const PreviousState = { Name: instance.state };
  if (!isOver(instance.state)) {
    volumes.setInstanceState(instance.id, 'shutting-down');
    simulation.after(END_MS, () => {
      for (const { id, attachments } of volumes.volumes)
        if (attachments.some((one) => one.instance === instance)) volumes.detach(id);
      volumes.setInstanceState(instance.id, 'terminated');
    });
  }
  return { InstanceId: instance.id, PreviousState, CurrentState: { Name: instance.state } };
}

const isOver = (state: InstanceState): boolean => state === 'shutting-down' || state === 'terminated';
