import { type MuteWord, unsaid, wordToRemember } from '../domain/look-at.ts';
import type { VolumeId } from '../domain/volume.ts';
import type { Attention } from './observe.ts';
import { failed, type Outcome } from './outcome.ts';
import type { CaseBook } from './ports.ts';

/**
 * Keeps what alarm events said for looks that no event causes, whatever was decided at this one: a calm volume has no case
 * that could know of it. Answers for those it could not keep, so that the queue brings them back.
 */
export async function rememberMutes(
  attention: readonly Attention[],
  remembered: ReadonlyMap<VolumeId, MuteWord>,
  cases: Pick<CaseBook, 'rememberMute'>,
): Promise<readonly Outcome[]> {
  const forgotten = attention.map(async ({ volumeId, mute }): Promise<readonly Outcome[]> => {
    const word = wordToRemember(mute, remembered.get(volumeId) ?? unsaid);
    if (word === undefined) return [];
    try {
      await cases.rememberMute(volumeId, word);
      return [];
    } catch (error) {
      return [failed(volumeId, error)];
    }
  });
  return (await Promise.all(forgotten)).flat();
}
