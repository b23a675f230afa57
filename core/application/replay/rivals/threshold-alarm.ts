import type { BurstableType } from '../../../domain/volume.ts';
import { alarmChanges } from '../replayed-alarm.ts';
import type { Rival } from './rival.ts';

/**
 * A fixed threshold that tells people and nothing else. The record holds Minimum, not Average, so that it rings up to one
 * period earlier here than in the account.
 */
export const thresholdAlarm = (
  threshold: number,
  types: readonly BurstableType[],
  { does, source }: Pick<Rival, 'does' | 'source'>,
): Rival => ({
  name: `alarm at ${threshold} %`,
  does,
  source,
  live: (volume, { assumptions }) => {
    const { id: volumeId, configuration } = volume.described;
    if (!types.some((type) => type === configuration.type)) return [];
    return alarmChanges(volume.balance, threshold, assumptions.publicationDelay).flatMap(({ at, state }) =>
      state === 'OK'
        ? []
        : [
            { kind: 'alarmed', at, volumeId } as const,
            { kind: 'announced', at, volumeId, said: 'warned', wall: undefined, refusals: [] } as const,
          ],
    );
  },
});
