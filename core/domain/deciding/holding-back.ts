import { type Forecast, likelyWithin } from '../credits/forecast.ts';
import { announceWithin } from '../credits/last-responsible-moment.ts';
import { type Precedent, precedentFor } from '../credits/precedent.ts';
import type { VolumePolicy } from '../policy.ts';
import type { Series } from '../reading.ts';
import { after, between, type Instant, instant, latest, sum } from '../units.ts';
import type { Situation } from './situation.ts';

export type Seen = Exclude<Forecast, { kind: 'unknown' }>;
type Draining = Extract<Forecast, { kind: 'draining' }>;

export const isHeadingForWall = (
  seen: Forecast,
  { balance, now }: Situation,
  { leadTime }: VolumePolicy,
): boolean => likelyWithin(seen, now, announceWithin(leadTime, balance));

/**
 * Whether the past may keep us silent about the wall that this volume is heading for. What was announced is not taken back
 * for it, what is latency-critical does not wait to see how deep it goes, and an empty bucket has no deeper to go.
 */
export function mayBeHeldBack(seen: Forecast, situation: Situation, policy: VolumePolicy): seen is Draining {
  const { openCase } = situation;
  const told = openCase !== undefined && 'told' in openCase ? openCase.told : undefined;
  const isSaid = told !== undefined && told.easedAt === undefined;
  return (
    seen.kind === 'draining' &&
    !isSaid &&
    !policy.latencyCritical &&
    isHeadingForWall(seen, situation, policy)
  );
}

/** The past that speaks against announcing the wall; `undefined` where it does not, or is not known. */
export function heldBackBy(
  seen: Forecast,
  situation: Situation,
  policy: VolumePolicy,
): Precedent | undefined {
  const { balance, openCase } = situation;
  const { leadTime, detectionLag } = policy;
  if (!mayBeHeldBack(seen, situation, policy)) return undefined;
  const past = comparablePast(situation);
  return (
    past &&
    precedentFor(past, seen, {
      within: announceWithin(leadTime, balance),
      promisedFrom: sum(leadTime, detectionLag),
      saidAt: openCase?.told?.at,
    })
  );
}

/**
 * What the balance did since the volume became what it is. Before, a point was another number of credits, and a fall may have
 * turned around because somebody changed the volume. `undefined` where that is not known, a modification is not over, or
 * the past does not reach up to now.
 */
function comparablePast({ pastBalance, balance, modification }: Situation): Series | undefined {
  if (pastBalance.kind === 'unread' || balance.kind === 'unread' || modification.kind === 'unread')
    return undefined;
  const since = modification.value === 'never' ? instant(0) : modification.value.endedAt;
  const newest = balance.value.at(-1);
  const reached = pastBalance.value.at(-1);
  if (since === undefined || newest === undefined || reached === undefined || reached.at < newest.at)
    return undefined;
  return pastBalance.value.filter(({ at }) => at >= since);
}

/**
 * When the fall can be seen below the line under which it is no longer held back: not before full burst can have brought it
 * there, nor before the next sample, without which a look that is billed sees what the last one saw.
 */
export function deepEnoughAt(seen: Seen, { downTo }: Precedent, { balance }: Situation): Instant {
  const { asOf, earliestWall } = seen;
  const newest = balance.kind === 'read' ? balance.value.at(-1) : undefined;
  const nextSample = newest === undefined ? asOf : after(asOf, newest.period);
  if (seen.balance === 0) return nextSample;
  const share = (seen.balance - downTo) / seen.balance;
  return latest(nextSample, Math.floor(asOf + between(asOf, earliestWall) * share) as Instant);
}
