import type { Closed } from '../domain/cases/case.ts';
import { withoutCommitment } from '../domain/cases/ledger.ts';
import { between, hours, type Instant } from '../domain/units.ts';
import { isSame, type Volume } from '../domain/volume.ts';
import type { CaseBook } from './ports.ts';

/** One list may lack a volume or show an older type of it; an hour more of its cost in the ledger is cheap. */
const believedAfter = hours(1);

/**
 * What we changed and left changed counts against the spend cap for as long as it is there: a volume that was deleted, or
 * that somebody changed since, costs us nothing any more, once the censuses of an hour have found it so. Looking at no
 * volumes at all proves nothing and releases nothing. Of several that stay of one volume only the newest can be there.
 * `staying` is read before the volumes are listed: a volume whose case closed in between is in the list as it was before.
 */
export async function releaseStays(
  staying: readonly Closed[],
  volumes: readonly Volume[],
  now: Instant,
  cases: Pick<CaseBook, 'recordStay' | 'letGo' | 'ledger'>,
): Promise<void> {
  if (volumes.length === 0) return;
  const present = new Map(volumes.map((volume) => [volume.id, volume]));
  const newest = new Map(
    staying.toSorted((a, b) => a.closedAt - b.closedAt).map((one) => [one.volumeId, one]),
  );
  for (const closed of staying) {
    const isNewest = newest.get(closed.volumeId) === closed;
    const isThere = isNewest && isStillThere(closed, present.get(closed.volumeId));
    const since = isThere ? undefined : (closed.notFoundSince ?? now);
    if (since !== undefined && between(since, now) >= believedAfter) await letGo(closed, cases);
    else if (since !== closed.notFoundSince) await cases.recordStay({ ...closed, notFoundSince: since });
  }
}

async function letGo(closed: Closed, cases: Pick<CaseBook, 'letGo' | 'ledger'>): Promise<void> {
  const increase = closed.stays?.price.difference;
  // Overtaken by a claim: the next census asks again.
  if (increase !== undefined)
    await cases.letGo(closed, withoutCommitment(await cases.ledger(), increase, undefined));
}

function isStillThere({ stays }: Closed, volume: Volume | undefined): boolean {
  const configuration = volume?.configuration;
  if (stays === undefined || configuration === undefined || configuration.type === 'standard') return false;
  // Nobody can tell what it is now; it costs until somebody can.
  if (configuration.type === 'unjudgeable') return true;
  return isSame(configuration, stays.to);
}
