import type { Modification } from '../../../twin/ebs/simulated-volume.ts';
import { hour } from '../responder-account.ts';
import { type Asked, type Intent, intentBehind, isOurs, of, onlyGrows, text } from './requests.ts';

/** I1: AWS refuses a second one; here nobody of ours may even ask while ours runs, or one that could be seen. */
export function overlaps(
  id: string,
  modifications: readonly Modification[],
  asked: readonly Asked[],
): readonly string[] {
  const own = asked.filter(of(id));
  const ours = modifications.filter(isOurs(own));
  return own
    .filter(({ at, seenUntil }) =>
      modifications.some(
        (one) => one.startedAt < at && at < one.endsAt && (ours.includes(one) || one.startedAt <= seenUntil),
      ),
    )
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

/** I6: each request stands on its own intent, written before it: one intent never asks twice. */
export function withoutIntent(
  one: Asked,
  earlier: readonly Asked[],
  intents: readonly Intent[],
): readonly string[] {
  const own = intentBehind(one, intents);
  const previous = earlier.findLast(of(one.volumeId));
  if (own === undefined) return [`${text(one)}: no intent`];
  return previous !== undefined && previous.position > own.position ? [`${text(one)}: same intent`] : [];
}

/** I7: a volume goes back to exactly what it was before we first moved it. */
export function inexactReturn(
  one: Asked,
  volumes: readonly { readonly id: string; readonly modifications: readonly Modification[] }[],
  intents: readonly Intent[],
): readonly string[] {
  const intent = intentBehind(one, intents);
  if (intent?.held.bridge === undefined) return [];
  const { since } = intent.held.bridge;
  const modifications = volumes.find(({ id }) => id === one.volumeId)?.modifications ?? [];
  const original = modifications.find(({ startedAt }) => startedAt === since)?.original;
  const wanted = {
    VolumeType: original?.volumeType,
    ...(original?.iops === undefined ? {} : { Iops: original.iops }),
    ...(original?.throughput === undefined ? {} : { Throughput: original.throughput }),
  };
  return JSON.stringify(wanted) === JSON.stringify(one.parameters)
    ? []
    : [`${text(one)}, was ${JSON.stringify(wanted)}`];
}
