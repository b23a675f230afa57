import type { Closed } from '../domain/cases/case.ts';
import { withoutCommitment } from '../domain/cases/ledger.ts';
import { isSame, type Volume } from '../domain/volume.ts';
import type { CaseBook } from './ports.ts';

/**
 * What we changed and left changed counts against the spend cap for as long as it is there: a volume that was deleted, or
 * that somebody changed since, costs us nothing any more. Looking at no volumes at all proves nothing and releases nothing.
 */
export async function releaseStays(
  volumes: readonly Volume[],
  cases: Pick<CaseBook, 'staying' | 'letGo' | 'ledger'>,
): Promise<number> {
  if (volumes.length === 0) return 0;
  const staying = await cases.staying();
  if (staying.length === 0) return 0;
  const present = new Map(volumes.map((volume) => [volume.id, volume]));
  const over = staying.filter((closed) => !isStillThere(closed, present.get(closed.volumeId)));
  for (const closed of over) {
    const increase = closed.stays?.price.difference;
    // Overtaken by a claim: the next census asks again.
    if (increase !== undefined)
      await cases.letGo(closed, withoutCommitment(await cases.ledger(), increase, undefined));
  }
  return over.length;
}

function isStillThere({ stays }: Closed, volume: Volume | undefined): boolean {
  const configuration = volume?.configuration;
  if (stays === undefined || configuration === undefined || configuration.type === 'standard') return false;
  // Nobody can tell what it is now; it costs until somebody can.
  if (configuration.type === 'unjudgeable') return true;
  return isSame(configuration, stays.to);
}
