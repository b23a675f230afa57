import type { Replayed } from '../../../domain/history/replayed.ts';
import type { Instant } from '../../../domain/units.ts';
import type { ReplaySettings } from '../replay-settings.ts';
import type { ReplayedVolume } from '../replayed-volume.ts';

export interface Scene extends ReplaySettings {
  readonly from: Instant;
  readonly until: Instant;
}

/**
 * What others do about burst credits, reduced to when it speaks and what it asks AWS for. It lives through one volume's
 * record and moves the volume as it goes; it answers with what people would have heard and seen.
 */
export interface Rival {
  readonly name: string;
  /** What it does, in one line, with what is left out of it here. */
  readonly does: string;
  /** Whose it is, and where that can be read. */
  readonly source: string;
  readonly live: (volume: ReplayedVolume, scene: Scene) => readonly Replayed[];
}
