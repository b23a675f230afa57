import type { OpenCase } from '../../core/domain/cases/case.ts';
import { openCases } from '../scenarios/account-history.ts';
import { hour, minute } from '../scenarios/responder-account.ts';
import { memoryLosses } from './breaches.ts';
import { caseTable } from './case-table.ts';
import type { World } from './world.ts';

/** The sweep passes every minute, and what it finds is looked at within another; a run that fails comes back after six. */
const OVERDUE = 5 * minute;

/** How far a clock of ours may have been ahead when it wrote a time. */
export const CLOCK_ERROR = 15 * minute;

/**
 * Minutes until a case asks again, at most. What is watched, or was announced and has eased, asks when its wall comes near,
 * however late that is; an intent is not to be open at the end at all.
 */
const LONGEST: { readonly [State in OpenCase['state']]: number } = {
  watching: Number.POSITIVE_INFINITY,
  announced: 60,
  intended: 1,
  upgrading: 5,
  bridged: 60,
  returning: 5,
};

const longestUntilAsked = (one: OpenCase): number =>
  one.state === 'announced' && one.lastSeen !== undefined && one.lastSeen.wall === undefined
    ? LONGEST.watching
    : LONGEST[one.state];

/** I9: nothing is kept open for a volume that is gone, no request is left open, and every case is going to be looked at. */
export function unended(world: World): readonly string[] {
  const { account } = world.responder;
  const ids = new Set(account.ebs.volumes.volumes.map(({ id }) => id));
  const queue = queueOf(world);
  return openCases(world.responder).flatMap(({ state, volumeId, version }) => {
    const line = `I9: ${volumeId} is ${state} (version ${version})`;
    if (state === 'intended') return [line];
    if (!ids.has(volumeId)) return [`${line}, but the volume is gone`];
    const dueAt = queue.get(volumeId);
    if (dueAt === undefined) return [`${line}, and nobody is going to look at it`];
    const late = account.simulation.now - dueAt;
    return late > OVERDUE ? [`${line}, and was due ${Math.round(late / minute)} min ago`] : [];
  });
}

/** I9: what has a time is looked at no later than its state allows; no calm is waited for until that has passed. */
export function putOffTooFar(world: World): readonly string[] {
  const queue = queueOf(world);
  const { now } = world.responder.account.simulation;
  return openCases(world.responder).flatMap((one) => {
    const left = (queue.get(one.volumeId) ?? now) - now;
    return left > longestUntilAsked(one) * minute + CLOCK_ERROR
      ? [
          `I9: ${one.volumeId} is ${one.state}, and nobody is going to look at it for ${Math.round(left / minute)} min`,
        ]
      : [];
  });
}

/** After the wall as it was predicted, however late that is; before it no verdict can be reached. */
const VERDICT = 65 * minute;

/**
 * I9: what was asked of AWS before a long calm began has its end after it. Where ours failed, a robot may have asked for the
 * same in the calm: that takes as long again, and is not waited for.
 */
export const unmoved = ({ responder }: World, calmSince: number): readonly string[] =>
  openCases(responder)
    .filter((one) => (askedAt(one) ?? Number.POSITIVE_INFINITY) <= calmSince + CLOCK_ERROR)
    .filter(({ volumeId }) => (lastBegun(responder, volumeId) ?? 0) <= calmSince)
    .filter((one) => !('predictedWall' in one) || responder.account.simulation.now > wallOf(one) + VERDICT)
    .map(({ id, volumeId, state }) => `I9: ${id} of ${volumeId} is ${state} since before the calm`);

/** Beyond the cooldown of a day, the hour at which a bridge asks again, and the demand of the last hours that it looks at. */
const BRIDGED = 27 * hour;

/**
 * I9: a bridge whose load ended for good more than a day ago has gone back, or somebody was told why not. One whose volume is
 * marked latency-critical stays, and of one that was muted nobody is told.
 */
export function unreturned(world: World): readonly string[] {
  const { responder, setting, startedAt, performed } = world;
  const { now } = responder.account.simulation;
  if (setting.loadEnds === null || memoryLosses(world).length > 0) return [];
  const endedAt = startedAt + setting.loadEnds * minute;
  const isLoadedAgain = performed.some(({ step, at }) => step.kind === 'demand' && at >= endedAt);
  if (isLoadedAgain || now - endedAt <= BRIDGED) return [];
  const { volumes } = responder.account.ebs.volumes;
  const isMarked = (volumeId: string) =>
    volumes.find(({ id }) => id === volumeId)?.tags.get('ebs-burst:tier') === 'latency-critical';
  if (performed.some(({ step: { kind } }) => kind === 'mute')) return [];
  return openCases(responder)
    .filter(({ volumeId }) => !isMarked(volumeId))
    .filter((one) => one.state === 'bridged' && one.told === undefined && now - one.bridge.since > BRIDGED)
    .map(({ id, volumeId }) => `I9: ${id} of ${volumeId} is bridged for a day without load or word`);
}

const lastBegun = ({ account }: World['responder'], volumeId: string): number | undefined =>
  account.ebs.volumes.volumes.find(({ id }) => id === volumeId)?.modifications.at(-1)?.startedAt;

const wallOf = ({ predictedWall = 0 }: { readonly predictedWall: number | undefined }): number =>
  predictedWall;

/** By the clock of respond. */
function askedAt(one: OpenCase): number | undefined {
  if (one.state === 'intended') return one.intendedAt;
  return one.state === 'upgrading' || one.state === 'returning' ? one.acceptedAt : undefined;
}

/** When each open case is due, by its volume: as the sweep finds it, not as its body says. */
const queueOf = ({ responder }: World): ReadonlyMap<string, number> =>
  new Map(
    caseTable(responder)
      .snapshot()
      .filter((item) => item['kind']?.S === 'case' && item['queue']?.S === 'case')
      .map((item) => [String(item['volumeId']?.S), Number(item['dueAt']?.N ?? Number.NaN)] as const)
      .filter(([, dueAt]) => !Number.isNaN(dueAt)),
  );
