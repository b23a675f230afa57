import { closedCases, openCases } from '../scenarios/account-history.ts';
import { acceptedOf, restoring } from '../scenarios/invariants/caps.ts';
import { askedOf, intentBehind, intentsOf, writtenIn } from '../scenarios/invariants/requests.ts';
import { memoryLosses } from './breaches.ts';
import type { World } from './world.ts';

/**
 * I9, I10: each case that the table took, each that a notice tells of and each behind an act that AWS accepted is open or
 * closed in the end. A loss or a restore takes along what was written of a case until then.
 */
export function vanishedIn(world: World): readonly string[] {
  const { responder } = world;
  const kept = new Set([...openCases(responder), ...closedCases(responder)].map(({ id }) => id));
  const losses = memoryLosses(world);
  const isExcused = (since: number): boolean => losses.some((loss) => since <= loss + restoring);
  return [...firstHeardOf(world)]
    .filter(([id, { at }]) => !kept.has(id) && !isExcused(at))
    .map(([id, { how }]) => `${how}, and neither open nor closed: ${id}`);
}

interface Heard {
  readonly id: string;
  readonly at: number;
  readonly how: string;
}

/** The first word of each case. */
function firstHeardOf({ responder, setting }: World): ReadonlyMap<string, Heard> {
  const written = writtenIn(responder).flatMap(({ at, error, item }) => {
    const one = error === undefined ? caseIn(item) : undefined;
    return one === undefined ? [] : [{ ...one, at }];
  });
  const intents = intentsOf(responder);
  const moved = acceptedOf(responder, askedOf(responder, setting.describeLag * 1_000)).flatMap((asked) => {
    const id = intentBehind(asked, intents)?.held.id;
    return id === undefined ? [] : [{ id, at: asked.at, how: 'I9: moved' }];
  });
  return new Map([...written, ...moved].toReversed().map((one) => [one.id, one]));
}

/** The case that an item is of, or tells of. */
function caseIn(item: Readonly<Record<string, { S?: string }>>): Omit<Heard, 'at'> | undefined {
  const { caseId: told } = JSON.parse(item['body']?.S ?? '{}') as { readonly caseId?: string };
  if (item['kind']?.S === 'notice' && told !== undefined) return { id: told, how: 'I10: told of' };
  const id = item['caseId']?.S;
  return id === undefined ? undefined : { id, how: 'I9: written' };
}
