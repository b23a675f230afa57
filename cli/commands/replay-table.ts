import { signedMoney } from '../../core/domain/notices/money-text.ts';
import { inMinutes } from '../../core/domain/units.ts';
import { span } from '../render/quantities.ts';
import { table } from '../render/table.ts';
import { count } from '../report/texts.ts';
import { median } from '../report/totals.ts';
import type { Run } from './replay-runs.ts';

const header = [
  '',
  'walls',
  'averted',
  'told before',
  'least ahead',
  'median',
  'groundless',
  'acts',
  'stalled',
  'cost',
];

/** A line for each policy and rival; what the columns mean stands under it. */
export const replayTable = (runs: readonly Run[]): string => table(header, runs.map(rowOf));

export const columnWords: readonly string[] = [
  'walls: hit all the same. averted: of the record, not hit. told before: of the walls hit or averted soon after a word.',
  'groundless: announcements after which no wall was due within twice the time named (six hours where none was).',
  'stalled: at the wall, or moved to less than was asked for. cost: over the time replayed, on top; watching not counted.',
];

function rowOf({ name, policy, score }: Run): readonly string[] {
  const { walls, averted, due, announced, words, groundless, acts } = score;
  const leads = score.leads.map(inMinutes);
  return [
    policy === undefined ? name : `${name} (${policy.mode})`,
    count(walls),
    count(averted),
    due === 0 ? '–' : `${count(announced)} of ${count(due)}`,
    leadText(leads[0]),
    leadText(median(leads)),
    words === 0 ? '–' : `${count(groundless)} of ${count(words)}`,
    count(acts),
    score.stallMinutes === 0 ? 'never' : span(score.stallMinutes),
    signedMoney(score.extraCost),
  ];
}

const leadText = (minutes: number | undefined): string => (minutes === undefined ? '–' : span(minutes));
