import type {
  CreateTagsRequest,
  DeleteTagsRequest,
  ModifyVolumeRequest,
  ModifyVolumeResult,
  Tag,
} from '@aws-sdk/client-ec2';
import { type Authorise, demandPermission } from '../authorisation.ts';
import type { Call, Operation, Service } from '../service.ts';
import { NotImitatedError, ServiceError } from '../service-error.ts';
import type { AccountVolumes } from './account-volumes.ts';
import { modificationShape } from './ec2-shapes.ts';
import type { SimulatedVolume } from './simulated-volume.ts';
import { viewOf } from './volume-view.ts';

/** API reference, Tag: keys up to 127 characters, values up to 256; user guide, "Tag restrictions": 50 of them. */
const MAXIMUM_TAGS = 50;

const refuse = (code: string, message: string): ServiceError => new ServiceError(code, message);

/** What every write needs; `permit` asks IAM about one volume. */
interface Writes {
  readonly volumes: AccountVolumes;
  readonly permit: (call: Call, name: string, volume: SimulatedVolume, tags?: readonly Tag[]) => void;
}

/** ModifyVolume, CreateTags and DeleteTags on volumes. */
export function ec2Writes(volumes: AccountVolumes, authorise: Authorise): Service {
  const { account, region } = volumes.place;
  const permit: Writes['permit'] = ({ principal }, name, volume, tags = []) =>
    demandPermission(authorise, {
      principal,
      action: `ec2:${name}`,
      resource: `arn:aws:ec2:${region}:${account}:volume/${volume.id}`,
      resourceTags: Object.fromEntries(volume.tags),
      requestTags: Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value])),
    });
  const writes = { volumes, permit };
  return {
    ModifyVolume: modifyVolume(writes),
    CreateTags: createTags(writes),
    DeleteTags: deleteTags(writes),
  };
}

const modifyVolume = ({ volumes, permit }: Writes): Operation<ModifyVolumeRequest, ModifyVolumeResult> => ({
  accepts: ['VolumeId', 'VolumeType', 'Size', 'Iops', 'Throughput', 'DryRun'],
  run: ({ VolumeId, VolumeType, Size, Iops, Throughput, DryRun }, call) => {
    const volume = volumes.volume(VolumeId ?? '');
    permit(call, 'ModifyVolume', volume);
    const change = { volumeType: VolumeType, sizeGiB: Size, iops: Iops, throughput: Throughput };
    if (DryRun === true) {
      volumes.modifier.check(volume, change);
      const message = 'Request would have succeeded, but DryRun flag is set.';
      throw new ServiceError('DryRunOperation', message, { httpStatusCode: 412 });
    }
    const modification = volumes.modifier.start(volume, change, call.requestId);
    return { VolumeModification: modificationShape(viewOf(volume), modification, call.at) };
  },
});

const createTags = ({ volumes, permit }: Writes): Operation<CreateTagsRequest, object> => ({
  accepts: ['Resources', 'Tags'],
  run: ({ Resources, Tags = [] }, call) => {
    const targets = taggable(volumes, Resources);
    for (const volume of targets) {
      permit(call, 'CreateTags', volume, Tags);
      demandTags(volume, Tags);
    }
    for (const { id } of targets) for (const { Key = '', Value = '' } of Tags) volumes.setTag(id, Key, Value);
    return {};
  },
});

const deleteTags = ({ volumes, permit }: Writes): Operation<DeleteTagsRequest, object> => ({
  accepts: ['Resources', 'Tags'],
  run: ({ Resources, Tags }, call) => {
    if (Tags === undefined || Tags.length === 0) {
      throw new NotImitatedError('DeleteTags without Tags, which removes all of them, is not imitated');
    }
    const targets = taggable(volumes, Resources);
    for (const volume of targets) permit(call, 'DeleteTags', volume, Tags);
    for (const volume of targets) for (const tag of Tags) removeTag(volumes, volume, tag);
    return {};
  },
});

const taggable = (volumes: AccountVolumes, resources: readonly string[] = []): readonly SimulatedVolume[] =>
  resources.map((id) => {
    if (!id.startsWith('vol-')) throw new NotImitatedError(`tags of ${id}: only volumes are imitated`);
    return volumes.volume(id);
  });

/** With a value only a tag that has it is removed; a missing tag is no error (API reference, DeleteTags). */
function removeTag(volumes: AccountVolumes, volume: SimulatedVolume, { Key = '', Value }: Tag): void {
  if (!volume.tags.has(Key)) return;
  if (Value === undefined || volume.tags.get(Key) === Value) volumes.removeTag(volume.id, Key);
}

function demandTags(volume: SimulatedVolume, tags: readonly Tag[]): void {
  for (const { Key = '', Value = '' } of tags) {
    if (Key.startsWith('aws:')) {
      throw refuse('InvalidParameterValue', `Tag keys starting with 'aws:' are reserved for internal use`);
    }
    if (Key.length === 0 || Key.length > 127) {
      throw refuse(
        'InvalidParameterValue',
        `Tag key exceeds the maximum length of 127 characters or is empty`,
      );
    }
    if (Value.length > 256) {
      throw refuse('InvalidParameterValue', 'Tag value exceeds the maximum length of 256 characters');
    }
  }
  const keys = new Set([...volume.tags.keys(), ...tags.map(({ Key = '' }) => Key)]);
  if (keys.size > MAXIMUM_TAGS) {
    throw refuse(
      'TagLimitExceeded',
      `You have reached the maximum number of tags (${MAXIMUM_TAGS}) for ${volume.id}`,
    );
  }
}
