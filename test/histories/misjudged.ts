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
    const move = lastMoves.get(one.id);
    return move !== undefined && isWrong(one, move, clockErrorOf(world))
      ? [`I10: ${one.id} of ${one.volumeId} ended ${one.ending}, and AWS says ${move.state} of its last move`]
      : [];
  });
}

/** `closedAt` is by the clock of respond. */
function isWrong({ ending, closedAt }: Closed, { state, endsAt }: Modification, clockError: number): boolean {
  const hasFailedBy = (at: number): boolean => state === 'failed' && endsAt <= at;
  return ending === 'failed'
    ? !hasFailedBy(closedAt + clockError)
    : reached.has(ending) && hasFailedBy(closedAt - clockError);
}

/** The modification behind the last request of each case that AWS accepted; none of a volume that is gone. */
function lastMovesOf({ responder, setting }: World): ReadonlyMap<string, Modification> {
  const asked = askedOf(responder, setting.describeLag * 1_000);
  const intents = intentsOf(responder);
  const { volumes } = responder.account.ebs.volumes;
  return new Map(
    acceptedOf(responder, asked).flatMap((one) => {
      const caseId = intentBehind(one, intents)?.held.id;
      const own = asked.filter(of(one.volumeId));
      const move = volumes
        .find(({ id }) => id === one.volumeId)
        ?.modifications.find((each) => requestBehind(each, own) === one);
      return caseId === undefined || move === undefined ? [] : [[caseId, move] as const];
    }),
  );
}
