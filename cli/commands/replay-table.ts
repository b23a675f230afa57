import { signedMoney } from '../../core/domain/notices/money-text.ts';
import { inMinutes } from '../../core/domain/units.ts';
import { span } from '../render/quantities.ts';
import { table } from '../render/table.ts';
import { count } from '../report/texts.ts';
import type { Run } from './replay-runs.ts';

const header = [
  '',
  'walls',
  'averted',
  'told before',
  'minutes ahead',
  'groundless',
  'acts',
  'stalled',
  'cost',
];

/** A line for each policy and rival; what the columns mean stands under it. */
export const replayTable = (runs: readonly Run[]): string => table(header, runs.map(rowOf));

export const columnWords: readonly string[] = [
  'walls: hit all the same. averted: of the record, not hit. told before: of the walls hit or averted soon after a word.',
  'minutes ahead: of those told before, the least, what nine in ten reach (p10), the median and the most.',
  'groundless: announcements after which no wall was due within twice the time named (six hours where none was).',
  'stalled: at the wall, or moved to less than was asked for. cost: over the time replayed, on top; watching not counted.',
];

function rowOf({ name, policy, score }: Run): readonly string[] {
  const { walls, averted, due, announced, words, groundless, acts } = score;
  return [
    policy === undefined ? name : `${name} (${policy.mode})`,
    count(walls),
    count(averted),
    due === 0 ? '–' : `${count(announced)} of ${count(due)}`,
    leadsText(score.leads.map(inMinutes)),
    words === 0 ? '–' : `${count(groundless)} of ${count(words)}`,
    count(acts),
    score.stallMinutes === 0 ? 'never' : span(score.stallMinutes),
    signedMoney(score.extraCost),
  ];
}

/** Per cent of the leads; a median alone would hide how short the short ones are. */
const ranks = [0, 10, 50, 100];

/** `20 / 22 / 31 / 95`, each really seen (nearest rank); a minute begun does not count. */
function leadsText(shortestFirst: readonly number[]): string {
  const ofRank = (rank: number): number | undefined =>
    shortestFirst[Math.max(0, Math.ceil((rank * shortestFirst.length) / 100) - 1)];
  const shown = ranks.flatMap((rank) => ofRank(rank) ?? []).map((minutes) => count(Math.floor(minutes)));
  return shown.length === 0 ? '–' : shown.join(' / ');
}
