import type { Assessment } from '../../core/domain/history/assessment.ts';
import type { Replayed } from '../../core/domain/history/replayed.ts';
import { outcomeOf, timelineOf } from '../report/outcome.ts';
import { refusalWords } from '../report/refusal-words.ts';
import { some } from '../report/texts.ts';

type Timeline = readonly Replayed[];

/** Why the policy would have left a stall, or some of it: each reason once, with some of its volumes and their first steps. */
export function stallsLeft(assessments: readonly Assessment[]): readonly string[] {
  const left = assessments.filter((one) => outcomeOf(one) === 'wall');
  return [...Map.groupBy(left, whyLeft)].map(
    ([why, those]) =>
      `Still ${those.length === 1 ? 'stalls' : 'stall'}: ${some(those.map(withSteps))}: ${why}.`,
  );
}

/** `told 11-13 01:26`, `moved 11-13 01:32`: the first of each kind, where there was one; what was told together with the move is the move. */
export function stepsIn(timeline: Timeline): readonly string[] {
  const moved = timeline.find(({ kind }) => kind === 'acted');
  const told = timeline.find(({ kind }) => kind === 'announced');
  const isToldBefore = told !== undefined && (moved === undefined || told.at < moved.at);
  return [
    ...(isToldBefore ? [`told ${time(told.at)}`] : []),
    ...(moved === undefined ? [] : [`moved ${time(moved.at)}`]),
  ];
}

function withSteps(assessment: Assessment): string {
  const steps = stepsIn(timelineOf(assessment));
  return `${assessment.volume.id}${steps.length === 0 ? '' : ` (${steps.join(', ')})`}`;
}

function whyLeft(assessment: Assessment): string {
  const timeline = timelineOf(assessment);
  const isMoved = timeline.some(({ kind }) => kind === 'acted');
  const refusals = timeline.flatMap((one) => (one.kind === 'announced' ? [one.refusals] : []));
  const [first] = refusals.filter(({ length }) => length > 0);
  if (first !== undefined) return `not moved${isMoved ? ' at first' : ''}, as ${refusalWords(first)}`;
  if (isMoved) return 'the move took effect too late, or was not enough';
  if (assessment.noAlarm !== undefined) return 'it would have no alarm';
  return refusals.length > 0 ? 'told, and not moved' : 'nothing would have been said';
}

/** `11-13 01:26`, UTC. */
const time = (at: number): string => new Date(at).toISOString().slice(5, 16).replace('T', ' ');
