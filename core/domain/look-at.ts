import type { Instant } from './units.ts';
import type { VolumeId } from './volume.ts';

/** A wake-up for one volume. It says where to look, never what to do. */
export interface LookAt {
  readonly kind: 'look-at';
  readonly volumeId: VolumeId;
  /** `alarm` is its alarm in ALARM; in any other state it is `not-in-alarm`. */
  readonly because: 'alarm' | 'not-in-alarm' | 'volume-event' | 'sweep' | 'census';
  readonly mute: Mute;
}

/** What a wake-up says about the mute rules of the volume's alarm; only alarm events know. */
export type Mute =
  | {
      readonly kind: 'muted';
      readonly until: Instant;
      /** `assumed` where the event says that it is muted, but not until when in a form that we can read. */
      readonly end: 'told' | 'assumed';
    }
  | { readonly kind: 'not-muted' }
  | { readonly kind: 'unsaid' };

/** When a mute ends; an `assumed` end is ours, not AWS's, and is never told as known. */
export interface MuteEnd {
  readonly at: Instant;
  readonly end: 'told' | 'assumed';
}

export const isMutedAt = (mutedUntil: MuteEnd | undefined, now: Instant): boolean =>
  mutedUntil !== undefined && mutedUntil.at > now;

export const unsaid: Mute = { kind: 'unsaid' };
