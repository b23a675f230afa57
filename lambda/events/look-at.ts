import * as v from 'valibot';
import type { LookAt } from '../../core/domain/look-at.ts';
import { instant } from '../../core/domain/units.ts';
import { isVolumeId, type VolumeId } from '../../core/domain/volume.ts';
import type { Ignored } from './domain-event.ts';
import { explain } from './explain.ts';

const time = v.pipe(v.number(), v.finite(), v.transform(instant));

const message = v.object({
  kind: v.literal('look-at'),
  volumeId: v.custom<VolumeId>((id) => typeof id === 'string' && isVolumeId(id), 'expected a volume id'),
  because: v.picklist(['alarm', 'not-in-alarm', 'volume-event', 'sweep', 'census']),
  mute: v.variant('kind', [
    v.object({
      kind: v.literal('muted'),
      saidAt: time,
      until: time,
      end: v.picklist(['told', 'assumed']),
    }),
    v.object({ kind: v.literal('not-muted'), saidAt: time }),
    v.object({ kind: v.literal('unsaid') }),
  ]),
});

/** A wake-up that we enqueued ourselves. */
export function lookAt(raw: unknown): LookAt | Ignored {
  const parsed = v.safeParse(message, raw);
  if (!parsed.success) return { kind: 'ignored', why: `malformed wake-up: ${explain(parsed.issues)}` };
  return parsed.output;
}
