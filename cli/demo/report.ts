import { scheduleOf } from '../../twin/cloudwatch/publication-schedule.ts';
import type { Paint } from '../render/paint.ts';
import { measured } from '../render/quantities.ts';
import { terminalChart } from '../render/terminal-chart.ts';
import { timeline } from '../render/timeline.ts';
import { wrap } from '../render/wrap.ts';
import { articleNote } from './article-note.ts';
import { comparisonOf } from './comparison.ts';
import type { Figures } from './figures.ts';
import type { Load } from './load.ts';
import { noticeTexts } from './notice-texts.ts';
import type { Worlds } from './run-worlds.ts';
import { story } from './story.ts';
import { summaryTable } from './summary-table.ts';
import type { Verdict } from './verdict.ts';

export interface ReportInput {
  readonly worlds: Worlds;
  readonly figures: Figures;
  readonly verdict: Verdict;
  readonly load: Load;
  readonly sizeGiB: number;
  readonly seed: number;
  readonly notices: 'first' | 'all';
  readonly svgFile: string;
  readonly width: number;
  readonly paint: Paint;
}

/** Everything for a person at a terminal. */
export function report(input: ReportInput): string {
  const { worlds, figures, load, width, paint, notices } = input;
  const title = (text: string): string => paint.bold(paint.underline(text));
  const parts = [
    ...heading(input),
    title('What happened with us (UTC)'),
    timeline(story(worlds, load), width, paint),
    title('What people were told'),
    noticeTexts(worlds.with, { which: notices, width, paint }),
    title('Both worlds'),
    terminalChart(comparisonOf(worlds, figures, load), width, paint),
    summaryTable(figures, load),
    ...remarks(input),
  ];
  return `${parts.join('\n\n')}\n`;
}

function heading({ worlds, load, sizeGiB, seed, width, paint }: ReportInput): readonly string[] {
  const { balancePeriod, delay } = scheduleOf(worlds.with.volumeId, { seed });
  const text = [
    `One simulated ${sizeGiB} GiB gp2 volume, twice: without us, and with the stack that cdk deploy would deploy and its real Lambda code. Load: ${load.title}.`,
    `CloudWatch samples BurstBalance every ${balancePeriod / 60_000} min, ${(delay / 60_000).toFixed(1)} min late (drawn from seed ${seed}).`,
  ];
  return [
    paint.bold('ebs-burst demo'),
    [...text, ...load.notes].flatMap((line) => wrap(line, width)).join('\n'),
  ];
}

function remarks({ figures, verdict, load, sizeGiB, svgFile, width, paint }: ReportInput): readonly string[] {
  const note = load.isReproducer ? articleNote(sizeGiB, figures.without) : [];
  const back =
    figures.balanceAfterReturn === undefined
      ? []
      : [
          'What a bucket holds after io1 and back is the question the article leaves open, and AWS does not answer it: the simulated account starts it empty, the worst case. The responder plans for the same.',
        ];
  const slower = slowerThanBurst(figures, load);
  const colour = verdict.isGood ? paint.green : paint.red;
  return [
    [...note, ...slower, ...back].flatMap((line) => wrap(line, width)).join('\n'),
    `Picture: ${svgFile}`,
    wrap(verdict.sentence, width)
      .map((line) => paint.bold(colour(line)))
      .join('\n'),
  ].filter((part) => part !== '');
}

/** AWS EBS user guide, general-purpose. */
const GP2_BURST_IOPS = 3_000;

function slowerThanBurst({ changes, with: withUs }: Figures, { measure }: Load): readonly string[] {
  const [change] = changes;
  if (change?.iops === undefined || change.iops >= GP2_BURST_IOPS) return [];
  return [
    `${change.to} is slower than the burst it replaces (3,000 IOPS): usually ${measured(withUs.typical, measure.unit)} before, up to ${measured(withUs.worst, measure.unit)} after, for $${(change.monthlyAfter - change.monthlyBefore).toFixed(2)} more a month.`,
  ];
}
