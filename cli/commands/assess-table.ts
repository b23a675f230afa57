import type { Assessment } from '../../core/domain/history/assessment.ts';
import { money } from '../../core/domain/notices/money-text.ts';
import { type Column, columnsLeftOut, fittedTable, type Layout } from '../render/fitted-table.ts';
import { harmless } from '../render/harmless.ts';
import { noRoomFor } from '../render/no-room.ts';
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
import { stepsIn } from './assess-stalls.ts';

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
    announced: { title: 'first wall', text: (one) => announcedWords(announcedOf(one)) },
    step: { title: 'moved/told, UTC', text: stepText },
    outcome: { title: acting === 'assumed' ? 'if it may act' : 'with the policy', text: outcomeText },
    now: { title: 'now/mo', text: ({ monthly }) => money(monthly.now) },
    moved: { title: 'moved/mo', text: movedText },
  } satisfies Record<string, Column<Assessment>>;
}

/** No wider than `width`, if that can be; which volume, the step and what came of it are never left out. Under it, its legend. */
export function assessTable(
  assessments: readonly Assessment[],
  made: Pick<Made, 'acting'>,
  width: number | undefined,
): { readonly table: string; readonly legend: readonly string[] } {
  const columns = columnsFor(made);
  const { name, demand, size, now, moved, lowest, announced, wall } = columns;
  const layout: Layout<Assessment> = {
    columns: Object.values(columns),
    dispensable: [demand, size, now, moved, lowest, announced, wall],
    name,
    // A name of eight leaves room for the wall on a terminal of 80 columns.
    leastName: 8,
  };
  const leftOut = columnsLeftOut(assessments, layout, width);
  const legend = [
    ...(leftOut.includes(demand) ? [] : unreadDemand(assessments)),
    ...(leftOut.includes(announced) ? [] : announcedMeaning(assessments)),
    ...(leftOut.includes(moved) ? [] : movedMeaning(assessments)),
    ...noRoomFor(leftOut, ['--html', '--csv', '--json']),
  ];
  return { table: fittedTable(assessments, layout, width), legend };
}

function unreadDemand(assessments: readonly Assessment[]): readonly string[] {
  const whys = new Set(
    assessments.flatMap((one) => {
      const demand = demandOf(one);
      return demand.kind === 'unread' ? [demand.why] : [];
    }),
  );
  const [why] = whys;
  return why === undefined ? [] : [`?: its demand was not read${whys.size > 1 ? ', e.g.' : ':'} ${why}.`];
}

const announcedMeaning = (assessments: readonly Assessment[]): readonly string[] =>
  assessments.some((one) => ['announced', 'missed'].includes(announcedOf(one).kind))
    ? ['first wall: how long before it people were told; later walls are not judged here.']
    : [];

const movedMeaning = (assessments: readonly Assessment[]): readonly string[] =>
  assessments.some((one) => outcomeOf(one) === 'calm' && one.monthly.chosen !== undefined)
    ? ['moved/mo: as what it would be moved to if it had to be; what was never in danger needs no move.']
    : [];

function demandText(assessment: Assessment): string {
  const demand = demandOf(assessment);
  const { baseline, unit } = assessment.bucket;
  return `${demand.kind === 'read' ? count(demand.value.p995) : '?'} of ${count(baseline)} ${unit}`;
}

const wallText = (assessment: Assessment): string =>
  orUnknown(wallMinutesOf(assessment), (minutes) =>
    minutes === 0 ? 'never' : wallSpan(assessment, minutes),
  );

/** `moved 11-13 01:32`, `told 11-13 01:32` where it was only that: the step that mattered most, the first time. */
function stepText(assessment: Assessment): string {
  if (outcomeOf(assessment) === 'unknown') return 'unknown';
  return stepsIn(timelineOf(assessment)).at(-1) ?? '-';
}

function movedText(assessment: Assessment): string {
  const { chosen } = assessment.monthly;
  return isUnread(whyUnpriced(assessment, chosen)) ? 'unknown' : priceText(chosen);
}
