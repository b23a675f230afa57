import { signedMoney } from '../../core/domain/notices/money-text.ts';
import { inMinutes } from '../../core/domain/units.ts';
import { type Column, columnsLeftOut, fittedTable, type Layout } from '../render/fitted-table.ts';
import { noRoomFor } from '../render/no-room.ts';
import { span } from '../render/quantities.ts';
import { count } from '../report/texts.ts';
import type { Run } from './replay-runs.ts';

const columns = {
  name: { title: '', text: ({ name, policy }) => (policy === undefined ? name : `${name} (${policy.mode})`) },
  walls: { title: 'walls', text: ({ score }) => count(score.walls) },
  averted: { title: 'averted', text: ({ score }) => count(score.averted) },
  told: { title: 'told before', text: ({ score: { announced, due } }) => share(announced, due) },
  ahead: { title: 'minutes ahead', text: ({ score }) => leadsText(score.leads.map(inMinutes)) },
  groundless: { title: 'groundless', text: ({ score: { groundless, words } }) => share(groundless, words) },
  acts: { title: 'acts', text: ({ score }) => count(score.acts) },
  stalled: {
    title: 'stalled',
    text: ({ score: { stallMinutes } }) => (stallMinutes === 0 ? 'never' : span(stallMinutes)),
  },
  cost: { title: 'cost', text: ({ score }) => signedMoney(score.extraCost) },
} satisfies Record<string, Column<Run>>;

const share = (some: number, of: number): string => (of === 0 ? '–' : `${count(some)} of ${count(of)}`);

const layout: Layout<Run> = {
  columns: Object.values(columns),
  dispensable: [columns.acts, columns.groundless, columns.ahead],
  name: columns.name,
  leastName: 20,
};

/** A line for each policy and rival, no wider than `width`, if that can be; what the columns mean stands at the end. */
export const replayTable = (
  runs: readonly Run[],
  width: number | undefined,
): { readonly table: string; readonly legend: readonly string[] } => ({
  table: fittedTable(runs, layout, width),
  legend: noRoomFor(columnsLeftOut(runs, layout, width), ['--json']),
});

export const columnWords: readonly string[] = [
  'walls: hit all the same. averted: of the record, not hit. told before: of the walls hit or averted soon after a word.',
  'minutes ahead: of those told before, the least, what nine in ten reach (p10), the median and the most.',
  'groundless: announcements after which no wall was due within twice the time named (six hours where none was).',
  'stalled: at the wall, or moved to less than was asked for. cost: over the time replayed, on top; watching not counted.',
];

/** Per cent of the leads; a median alone would hide how short the short ones are. */
const ranks = [0, 10, 50, 100];

/** `20 / 22 / 31 / 95`, each really seen (nearest rank); a minute begun does not count. */
function leadsText(shortestFirst: readonly number[]): string {
  const ofRank = (rank: number): number | undefined =>
    shortestFirst[Math.max(0, Math.ceil((rank * shortestFirst.length) / 100) - 1)];
  const shown = ranks.flatMap((rank) => ofRank(rank) ?? []).map((minutes) => count(Math.floor(minutes)));
  return shown.length === 0 ? '–' : shown.join(' / ');
}
