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
export type Mute = MuteWord | { readonly kind: 'unsaid' };

/** What an alarm event said at its time; events come late, twice and in any order. */
export type MuteWord =
  | {
      readonly kind: 'muted';
      readonly saidAt: Instant;
      readonly until: Instant;
      /** `assumed` where the event says that it is muted, but not until when in a form that we can read. */
      readonly end: 'told' | 'assumed';
    }
  | { readonly kind: 'not-muted'; readonly saidAt: Instant };

/** When a mute ends; an `assumed` end is ours, not AWS's, and is never told as known. */
export interface MuteEnd {
  readonly at: Instant;
  readonly end: 'told' | 'assumed';
}

export const isMutedAt = (mutedUntil: MuteEnd | undefined, now: Instant): boolean =>
  mutedUntil !== undefined && mutedUntil.at > now;

export const unsaid: Mute = { kind: 'unsaid' };

/** Which of the two counts: of what was said in the same moment the quieter, as on doubt nobody is woken. */
export function laterWord(a: Mute, b: Mute): Mute {
  if (a.kind === 'unsaid') return b;
  if (b.kind === 'unsaid') return a;
  if (a.saidAt !== b.saidAt) return a.saidAt > b.saidAt ? a : b;
  if (a.kind === 'muted' && b.kind === 'muted') return a.until >= b.until ? a : b;
  return a.kind === 'muted' ? a : b;
}

/** What of it a later look would miss: that an alarm is not muted is no news where nobody said that it is. */
export function wordToRemember(said: Mute, remembered: Mute): MuteWord | undefined {
  const isNews = said.kind === 'muted' || remembered.kind === 'muted';
  return isNews && said.kind !== 'unsaid' && laterWord(remembered, said) === said ? said : undefined;
}
