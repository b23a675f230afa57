import type { Modification } from '../../../twin/ebs/simulated-volume.ts';
import { hour } from '../responder-account.ts';
import {
  type Asked,
  type Intent,
  intentBehind,
  isOurs,
  of,
  onlyGrows,
  requestBehind,
  text,
} from './requests.ts';

/** I1: AWS refuses a second one; here nobody of ours may even ask while ours runs, or one that could be seen. */
export function overlaps(
  id: string,
  modifications: readonly Modification[],
  asked: readonly Asked[],
): readonly string[] {
  const own = asked.filter(of(id));
  const hasBegun = (one: Modification, { at, position, seenUntil }: Asked): boolean => {
    const request = requestBehind(one, own);
    // By the order of the calls: two runs may ask at one instant.
    return request === undefined
      ? one.startedAt < at && one.startedAt <= seenUntil
      : request.position < position && one.startedAt <= at;
  };
  return own
    .filter((request) => modifications.some((one) => hasBegun(one, request) && request.at < one.endsAt))
    .map(text);
}

/** I2: two of ours in 24 hours, and one slot of the four left to people. */
export function slotsOverspent(
  id: string,
  modifications: readonly Modification[],
  asked: readonly Asked[],
): readonly string[] {
  const own = asked.filter(of(id));
  const ours = modifications.filter(isOurs(own));
  return ours.flatMap((one) => {
    const { startedAt } = one;
    const seenUntil = own.find(({ at }) => at === startedAt)?.seenUntil ?? startedAt;
    const isRecent = (other: Modification) =>
      other.startedAt > startedAt - 24 * hour && other.startedAt <= startedAt;
    const wasSeen = (other: Modification) => ours.includes(other) || other.startedAt <= seenUntil;
    const used = {
      ours: ours.filter(isRecent).length,
      all: modifications.filter(isRecent).filter(wasSeen).length,
    };
    return used.ours > 2 || used.all > 3
      ? [`${new Date(startedAt).toISOString()} ${id} ${JSON.stringify(used)}`]
      : [];
  });
}

/**
 * I8: after a modification that we did not ask for, none of ours within 24 hours; and however late, none that puts back a
 * bridge which somebody else has changed since.
 */
export function foreignUndone(
  id: string,
  modifications: readonly Modification[],
  asked: readonly Asked[],
  intents: readonly Intent[],
): readonly string[] {
  const own = asked.filter(of(id));
  const ours = modifications.filter(isOurs(own));
  const foreign = modifications.filter((one) => !ours.includes(one));
  return own
    .filter(({ at }) => modifications.some(({ startedAt }) => startedAt === at))
    .filter((one) => {
      const intent = intentBehind(one, intents);
      const bridgedSince = intent?.held.bridge?.since ?? one.at;
      return foreign
        .filter(({ startedAt }) => startedAt <= one.seenUntil)
        .some(
          (other) =>
            other.startedAt > one.at - 24 * hour || (other.startedAt > bridgedSince && !onlyGrows(other)),
        );
    })
    .map(text);
}

/** I6: each request stands on its own intent, written before it, and asks for exactly that: one intent never asks twice. */
export function withoutIntent(
  one: Asked,
  earlier: readonly Asked[],
  intents: readonly Intent[],
): readonly string[] {
  const own = intentBehind(one, intents);
  const previous = earlier.findLast(of(one.volumeId));
  if (own === undefined) return [`${text(one)}: no intent`];
  const wanted = JSON.stringify(parametersFor(own.held.plan.to));
  if (wanted !== JSON.stringify(one.parameters)) return [`${text(one)}, intended ${wanted}`];
  return previous !== undefined && previous.position > own.position ? [`${text(one)}: same intent`] : [];
}

/**
 * I7: a volume goes back to exactly what it was before we first moved it. One that is gone took along what it was; it was
 * judged after the step in which the request was made.
 */
export function inexactReturn(
  one: Asked,
  volumes: readonly { readonly id: string; readonly modifications: readonly Modification[] }[],
  intents: readonly Intent[],
): readonly string[] {
  const intent = intentBehind(one, intents);
  if (intent?.held.bridge === undefined) return [];
  const { since } = intent.held.bridge;
  const volume = volumes.find(({ id }) => id === one.volumeId);
  if (volume === undefined) return [];
  const original = volume.modifications.find(({ startedAt }) => startedAt === since)?.original;
  const wanted = JSON.stringify(parametersFor({ ...original, type: original?.volumeType }));
  return wanted === JSON.stringify(one.parameters) ? [] : [`${text(one)}, was ${wanted}`];
}

/** What ModifyVolume takes to make a volume so; never a size. */
const parametersFor = ({ type, iops, throughput }: Wanted) => ({
  VolumeType: type,
  ...(iops === undefined ? {} : { Iops: iops }),
  ...(throughput === undefined ? {} : { Throughput: throughput }),
});

interface Wanted {
  readonly type: string | undefined;
  readonly iops?: number | undefined;
  readonly throughput?: number | undefined;
}
