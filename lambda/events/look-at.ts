import * as v from 'valibot';
import type { LookAt } from '../../core/domain/look-at.ts';
import { instant } from '../../core/domain/units.ts';
import { isVolumeId, type VolumeId } from '../../core/domain/volume.ts';
import type { Ignored } from './domain-event.ts';
import { explain } from './explain.ts';

const message = v.object({
  kind: v.literal('look-at'),
  volumeId: v.custom<VolumeId>((id) => typeof id === 'string' && isVolumeId(id), 'expected a volume id'),
  because: v.picklist(['alarm', 'volume-event', 'sweep', 'census']),
  mutedUntil: v.optional(v.pipe(v.number(), v.finite(), v.transform(instant))),
});

/** A wake-up that we enqueued ourselves; JSON leaves out what is undefined. */
export function lookAt(raw: unknown): LookAt | Ignored {
  const parsed = v.safeParse(message, raw);
  if (!parsed.success) return { kind: 'ignored', why: `malformed wake-up: ${explain(parsed.issues)}` };
  return { ...parsed.output, mutedUntil: parsed.output.mutedUntil };
}
