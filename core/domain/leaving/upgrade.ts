import type { Case, Closed, OpenCase } from '../cases/case.ts';
import type { Plan } from '../deciding/decision.ts';
import type { Instant } from '../units.ts';
import { isSame, type VolumeId } from '../volume.ts';

/** A modification of ours that was not taken back. */
export interface Upgrade {
  readonly volumeId: VolumeId;
  readonly caseId: string;
  readonly plan: Plan;
  readonly state: Case['state'];
  /** Since when; of a case that does not know its request any more, since it is over. */
  readonly since: Instant;
}

/** The latest of each volume: what an open case did counts before what closed ones left. */
export function upgradesIn(open: readonly OpenCase[], staying: readonly Closed[]): readonly Upgrade[] {
  const closed = staying.toSorted((a, b) => a.closedAt - b.closedAt).flatMap(ofClosed);
  const all = [...closed, ...open.flatMap(ofOpen)];
  const byVolume = new Map(all.map((upgrade) => [upgrade.volumeId, upgrade]));
  return [...byVolume.values()].toSorted((a, b) => a.since - b.since);
}

function ofClosed({ volumeId, id: caseId, state, stays, requests, closedAt }: Closed): readonly Upgrade[] {
  if (stays === undefined) return [];
  const since = requests.findLast(({ to }) => isSame(to, stays.to))?.at ?? closedAt;
  return [{ volumeId, caseId, state, plan: stays, since }];
}

/** On its way back, asked for or under way, it is still its bridge that moved it. */
function ofOpen(one: OpenCase): readonly Upgrade[] {
  const { volumeId, id: caseId, state } = one;
  if (one.state === 'upgrading') return [{ volumeId, caseId, state, plan: one.plan, since: one.acceptedAt }];
  const bridge = 'bridge' in one ? one.bridge : undefined;
  return bridge === undefined ? [] : [{ volumeId, caseId, state, plan: bridge.plan, since: bridge.since }];
}
