import type { Instant } from '../../core/domain/units.ts';
import type { Board } from './board.ts';
import type { SeenCase } from './look-at-cases.ts';

/** A line for every case that is new, stands elsewhere or is over since then; for a log, so without what merely counts down. */
export function boardChanges(before: Board, now: Board): readonly string[] {
  const known = new Map([...before.open, ...before.ended].map((one) => [one.id, one.standing.words]));
  return [...now.ended, ...now.open]
    .filter(({ id, standing }) => known.get(id) !== standing.words)
    .toSorted((a, b) => a.standing.since - b.standing.since)
    .map((one) => changeLine(one, now.asOf ?? one.standing.since, known.get(one.id)));
}

function changeLine(one: SeenCase, at: Instant, was: string | undefined): string {
  const { id, volumeId, name, standing, wall } = one;
  const facts = [
    standing.words,
    ...(wall !== undefined && wall > at ? [`wall likely ${timeText(wall)}`] : []),
    ...(was === undefined ? [] : [`before: ${was}`]),
  ];
  const who = name === volumeId ? volumeId : `${volumeId} (${name})`;
  return `${timeText(at)}  ${id}  ${who}  ${facts.join('; ')}`;
}

const timeText = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
