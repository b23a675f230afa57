import type { Duration } from '../domain/units.ts';
import type { VolumeId } from '../domain/volume.ts';

/**
 * What really happened to one volume in one run; one flat record in the log. `failed` ones are tried again by the
 * queue, all others are finished.
 */
export type Outcome =
  | { readonly kind: 'nothing'; readonly volumeId: VolumeId; readonly reason: string }
  | {
      readonly kind: 'stepped';
      readonly volumeId: VolumeId;
      readonly caseId: string;
      readonly state: string;
      readonly decision: string;
      readonly reason: string;
      readonly said: string | undefined;
      /** How old the newest balance was when it was decided on; compare with the policy's detection lag. */
      readonly evidenceAge: Duration | undefined;
    }
  /** Another worker was faster with this open case; it has seen at least what we saw. */
  | { readonly kind: 'overtaken'; readonly volumeId: VolumeId; readonly by: string }
  | { readonly kind: 'failed'; readonly volumeId: VolumeId; readonly error: string };

export const failed = (volumeId: VolumeId, error: unknown): Outcome => ({
  kind: 'failed',
  volumeId,
  error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
});
