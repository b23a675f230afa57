import type { Assessment } from '../../core/domain/history/assessment.ts';
import { money } from '../../core/domain/notices/money-text.ts';
import { type Column, fittedTable } from '../render/fitted-table.ts';
import { harmless } from '../render/harmless.ts';
import type { Made } from '../report/made.ts';
import {
  announcedOf,
  demandOf,
  isUnread,
  outcomeOf,
  timelineOf,
  wallMinutesOf,
  wallSpan,
} from '../report/outcome.ts';
import {
  announcedWords,
  count,
  cut,
  nameOf,
  orUnknown,
  outcomeText,
  priceText,
  whyUnpriced,
} from '../report/texts.ts';

function columnsFor({ acting }: Pick<Made, 'acting'>) {
  return {
    volume: { title: 'volume', text: ({ volume }) => volume.id },
    name: { title: 'name', text: (one) => cut(harmless(nameOf(one) ?? '-')) },
    size: { title: 'size', text: ({ volume }) => `${volume.configuration.type} ${count(volume.size)} GiB` },
    demand: { title: 'p99.5 of baseline', text: demandText },
    lowest: {
      title: 'lowest',
      text: ({ lowest }) => (lowest.kind === 'read' ? `${count(lowest.value)} %` : 'unknown'),
    },
    wall: { title: 'at the wall', text: wallText },
    announced: { title: 'announced', text: (one) => announcedWords(announcedOf(one)) },
    first: { title: 'first step, UTC', text: firstStepText },
    outcome: { title: acting === 'assumed' ? 'if it may act' : 'with the policy', text: outcomeText },
    now: { title: 'now/mo', text: ({ monthly }) => money(monthly.now) },
    moved: { title: 'moved/mo', text: movedText },
  } satisfies Record<string, Column<Assessment>>;
}

/** No wider than `width`, if that can be; which volume, the first step and what came of it are never left out. */
export function assessTable(
  assessments: readonly Assessment[],
  made: Pick<Made, 'acting'>,
  width: number | undefined,
): string {
  const columns = columnsFor(made);
  const { name, demand, size, now, moved, lowest, announced, wall } = columns;
  const dispensable = [demand, size, now, moved, lowest, announced, wall];
  // A name of eight leaves room for the wall on a terminal of 80 columns.
  return fittedTable(
    assessments,
    { columns: Object.values(columns), dispensable, name, leastName: 8 },
    width,
  );
}

function demandText(assessment: Assessment): string {
  const demand = demandOf(assessment);
  const { baseline, unit } = assessment.bucket;
  return `${demand.kind === 'read' ? count(demand.value.p995) : '?'} of ${count(baseline)} ${unit}`;
}

const wallText = (assessment: Assessment): string =>
  orUnknown(wallMinutesOf(assessment), (minutes) =>
    minutes === 0 ? 'never' : wallSpan(assessment, minutes),
  );

/** `moved 11-13 01:32`, `told 11-13 01:32`: when the policy would first have done something that people notice. */
function firstStepText(assessment: Assessment): string {
  if (outcomeOf(assessment) === 'unknown') return 'unknown';
  const timeline = timelineOf(assessment);
  const moved = timeline.find(({ kind }) => kind === 'acted');
  const told = timeline.find(({ kind }) => kind === 'announced');
  if (moved !== undefined && (told === undefined || moved.at <= told.at)) return `moved ${time(moved.at)}`;
  return told === undefined ? '-' : `told ${time(told.at)}`;
}

const time = (at: number): string => new Date(at).toISOString().slice(5, 16).replace('T', ' ');

function movedText(assessment: Assessment): string {
  const { chosen } = assessment.monthly;
  return isUnread(whyUnpriced(assessment, chosen)) ? 'unknown' : priceText(chosen);
}
