import type { Gibibytes } from '../units.ts';
import type { Volume, VolumeId } from '../volume.ts';

/** Who the notice is about, as read when it was written. */
export interface Subject {
  readonly volumeId: VolumeId;
  /** Tag Name, else the volume id. */
  readonly name: string;
  readonly size: Gibibytes;
  readonly configuration: Volume['configuration'];
  readonly device: string | undefined;
  readonly instanceIds: readonly string[];
  readonly zone: string;
  readonly account: string;
  readonly region: string;
  /** Tag `owner` or `team`; `undefined` where nobody set one. */
  readonly owner: string | undefined;
  /** Tag `environment` or `env`. */
  readonly environment: string | undefined;
  /** What tends to redeploy it: CloudFormation stack tag, if any. */
  readonly stack: string | undefined;
}

export interface Place {
  readonly account: string;
  readonly region: string;
}

const firstTag = (tags: Volume['tags'], ...keys: readonly string[]): string | undefined =>
  keys.map((key) => tags[key]).find((value) => value !== undefined && value !== '');

/** What notices say about a volume; tag keys are tried in the spellings people use. */
export function subjectOf(volume: Volume, place: Place): Subject {
  const { tags, attachment, configuration } = volume;
  return {
    volumeId: volume.id,
    name: firstTag(tags, 'Name') ?? volume.id,
    size: volume.size,
    configuration,
    device: volume.device,
    instanceIds: attachment.kind === 'attached' ? attachment.instanceIds : [],
    zone: volume.zone,
    account: place.account,
    region: place.region,
    owner: firstTag(tags, 'owner', 'Owner', 'team', 'Team'),
    environment: firstTag(tags, 'environment', 'Environment', 'env', 'Env'),
    stack: firstTag(tags, 'aws:cloudformation:stack-name'),
  };
}
