import { after, between, type Duration, type Instant, minutes } from '../../core/domain/units.ts';
import type { Look, SeenCase } from './look-at-cases.ts';

/** What is known of the cases, and what stands in the way of knowing more. */
export interface Board {
  /** Of the last look that was answered. */
  readonly asOf: Instant | undefined;
  readonly open: readonly SeenCase[];
  /** Over for a few minutes at most. */
  readonly ended: readonly SeenCase[];
  readonly trouble: Trouble | undefined;
  readonly nextLookAt: Instant;
}

interface Trouble {
  readonly words: string;
  readonly since: Instant;
  readonly failures: number;
}

/** So long an ended case stays on the board. */
const lingering = minutes(5);
/** The longest wait for another try. */
const mostWait = minutes(5);

export const emptyBoard = (now: Instant): Board => ({
  asOf: undefined,
  open: [],
  ended: [],
  trouble: undefined,
  nextLookAt: now,
});

export function afterLook(board: Board, look: Look, now: Instant, every: Duration): Board {
  const reopened = new Set(look.open.map(({ id }) => id));
  const before = board.ended.filter(
    ({ id, standing }) => !reopened.has(id) && between(standing.since, now) < lingering,
  );
  return {
    asOf: now,
    open: look.open.toSorted(mostUrgentFirst),
    ended: [...look.ended, ...before],
    trouble: undefined,
    nextLookAt: after(now, every),
  };
}

/** What was seen stays; the next try waits twice as long as the last one. */
export function afterFailure(board: Board, words: string, now: Instant, every: Duration): Board {
  const failures = (board.trouble?.failures ?? 0) + 1;
  const wait = Math.max(every, Math.min(mostWait, every * 2 ** failures)) as Duration;
  return {
    ...board,
    trouble: { words, since: board.trouble?.since ?? now, failures },
    nextLookAt: after(now, wait),
  };
}

const urgency: readonly SeenCase['standing']['tone'][] = ['needed', 'warned', 'moving', 'quiet', 'ended'];

/** Within one urgency the oldest first, so that rows move only when something happens. */
const mostUrgentFirst = (a: SeenCase, b: SeenCase): number =>
  urgency.indexOf(a.standing.tone) - urgency.indexOf(b.standing.tone) || a.openedAt - b.openedAt;
