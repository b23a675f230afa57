import * as v from 'valibot';
import { type LookAt, unsaid } from '../../core/domain/look-at.ts';
import { isVolumeId, type VolumeId } from '../../core/domain/volume.ts';
import type { Home, Ignored } from './domain-event.ts';
import { explain } from './explain.ts';

const event = v.object({
  resources: v.array(v.string()),
  detail: v.object({ event: v.string(), result: v.string() }),
});

/** What may change our mind about a volume (EBS user guide, "Amazon EventBridge events for Amazon EBS"). */
const worthALook: readonly string[] = [
  'createVolume available',
  'deleteVolume deleted',
  'modifyVolume optimizing',
  'modifyVolume completed',
  'modifyVolume failed',
];

export function volumeNotification(raw: unknown, home: Home): LookAt | Ignored {
  const parsed = v.safeParse(event, raw);
  if (!parsed.success) return ignored(`malformed volume event: ${explain(parsed.issues)}`);
  const { resources, detail } = parsed.output;
  const happening = `${detail.event} ${detail.result}`;
  if (!worthALook.includes(happening)) return ignored(`nothing to do on ${happening}`);
  const volumes = [...new Set(resources.flatMap((arn) => volumeIn(arn, home)))];
  const [volumeId, ...others] = volumes;
  if (volumeId === undefined || others.length > 0) {
    return ignored(`${happening} names ${volumes.length} volumes of ours, expected one`);
  }
  return { kind: 'look-at', volumeId, because: 'volume-event', mute: unsaid };
}

/** Resources hold keys and instances as well, in any order. */
function volumeIn(arn: string, { account, region }: Home): readonly VolumeId[] {
  const [, partition, service, inRegion, inAccount, resource] = arn.split(':');
  const isOurs =
    partition?.startsWith('aws') && service === 'ec2' && inRegion === region && inAccount === account;
  const id = resource?.startsWith('volume/') ? resource.slice('volume/'.length) : '';
  return isOurs && isVolumeId(id) ? [id] : [];
}

const ignored = (why: string): Ignored => ({ kind: 'ignored', why });
