import type { Instant } from './units.ts';
import type { VolumeId } from './volume.ts';

/** A wake-up for one volume. It says where to look, never what to do. */
export interface LookAt {
  readonly kind: 'look-at';
  readonly volumeId: VolumeId;
  readonly because: 'alarm' | 'volume-event' | 'sweep' | 'census';
  /** From an alarm event whose alarm is muted by a rule. */
  readonly mutedUntil: Instant | undefined;
}
