import type { OpenCase } from '../../core/domain/cases/case.ts';
import type { CaseNotice } from '../../core/domain/notices/notice.ts';
import type { Instant } from '../../core/domain/units.ts';
import { harmless } from '../render/harmless.ts';
import { type Standing, standingOf, wallOf } from '../watch/standing.ts';

/** One open case, as far as it can be told in a line. */
export interface ListedCase {
  readonly case: OpenCase;
  /** Harmless to a terminal; `undefined` where the volume has no name but its id. */
  readonly name: string | undefined;
  readonly standing: Standing;
  readonly wall: Instant | undefined;
  /** When its next word comes at the latest. */
  readonly nextWordAt: Instant | undefined;
}

export const listedOf = (one: OpenCase, told: readonly CaseNotice[]): ListedCase => ({
  case: one,
  name: one.subject.name === one.volumeId ? undefined : harmless(one.subject.name),
  standing: standingOf(one),
  wall: wallOf(one),
  nextWordAt: told.at(-1)?.nextNewsAt,
});

const urgency: readonly Standing['tone'][] = ['needed', 'warned', 'moving', 'quiet', 'ended'];

/** Within one urgency the oldest first. */
export const mostUrgentFirst = (a: ListedCase, b: ListedCase): number =>
  urgency.indexOf(a.standing.tone) - urgency.indexOf(b.standing.tone) || a.case.openedAt - b.case.openedAt;
