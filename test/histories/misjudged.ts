import { isDeepStrictEqual } from 'node:util';
import type { Closed } from '../../core/domain/cases/case.ts';
import type { Ending } from '../../core/domain/deciding/decision.ts';
import type { Modification } from '../../twin/ebs/simulated-volume.ts';
import { closedCases } from '../scenarios/account-history.ts';
import { acceptedOf } from '../scenarios/invariants/caps.ts';
import { askedOf, intentBehind, intentsOf, of, requestBehind } from '../scenarios/invariants/requests.ts';
import { clockErrorOf, memoryLosses } from './breaches.ts';
import type { World } from './world.ts';

/** What is said only of a volume that AWS has taken where we asked for. */
const reached: ReadonlySet<Ending> = new Set<Ending>([
  'averted',
  'relieved',
  'not-relieved',
  'unproved',
  'put-back',
]);

/** I10: what a case ended as is what AWS did with the last that it asked for; of a lost table nobody can say. */
export function misjudgedIn(world: World): readonly string[] {
  if (memoryLosses(world).length > 0) return [];
  const lastMoves = lastMovesOf(world);
  return closedCases(world.responder).flatMap((one) => {
    const moves = lastMoves.get(one.id) ?? [];
    return moves.length > 0 && isWrong(one, moves, clockErrorOf(world))
      ? [
          `I10: ${one.id} of ${one.volumeId} ended ${one.ending}, and AWS says ${moves.map(({ state }) => state).join(', then ')} of its last move`,
        ]
      : [];
  });
}

/** `closedAt` is by the clock of respond. */
function isWrong({ ending, closedAt }: Closed, moves: readonly Modification[], clockError: number): boolean {
  const begun = moves.filter(({ startedAt }) => startedAt <= closedAt + clockError);
  const failedBy = (at: number) =>
    begun.filter(({ state, endsAt }) => state === 'failed' && endsAt <= at).length;
  return ending === 'failed'
    ? failedBy(closedAt + clockError) === 0
    : reached.has(ending) && failedBy(closedAt - clockError) === begun.length;
}

/** What AWS made of the last request of each case that it accepted; none of a volume that is gone. */
function lastMovesOf({ responder, setting }: World): ReadonlyMap<string, readonly Modification[]> {
  const asked = askedOf(responder, setting.describeLag * 1_000);
  const intents = intentsOf(responder);
  const { volumes } = responder.account.ebs.volumes;
  return new Map(
    acceptedOf(responder, asked).flatMap((one) => {
      const caseId = intentBehind(one, intents)?.held.id;
      const own = asked.filter(of(one.volumeId));
      const all = volumes.find(({ id }) => id === one.volumeId)?.modifications ?? [];
      const ours = all.findIndex((each) => requestBehind(each, own) === one);
      return caseId === undefined || ours === -1 ? [] : [[caseId, repeated(all.slice(ours))] as const];
    }),
  );
}

/** The first, and what others then asked for that was the same: of a volume that is there, nobody need know who took it. */
const repeated = (all: readonly Modification[]): readonly Modification[] =>
  all.filter(({ target }) => isDeepStrictEqual(target, all[0]?.target));
