import { type Recording, unjudged } from '../../../domain/history/recording.ts';
import type { VolumeReplay } from '../../../domain/history/replayed.ts';
import { cameTo } from '../came-to.ts';
import type { ReplaySettings } from '../replay-settings.ts';
import { ReplayedVolume } from '../replayed-volume.ts';
import type { Rival } from './rival.ts';

/** The same record, physics and bill as a replay of the production responder, one answer per volume that can be judged. */
export function replayRival(
  { volumes, from, until }: Recording,
  rival: Rival,
  settings: ReplaySettings,
): readonly VolumeReplay[] {
  return volumes
    .filter((recorded) => unjudged(recorded) === undefined)
    .map((recorded) => {
      const volume = new ReplayedVolume(recorded, settings.assumptions, recorded.volume.tags);
      const told = rival.live(volume, { ...settings, from, until });
      return cameTo(
        volume,
        told.filter(({ at }) => at <= until),
        { from, until, prices: settings.prices },
      );
    });
}
