import type { ReadingProgress } from '../../core/application/assess/history-ports.ts';
import { inMinutes, inSeconds } from '../../core/domain/units.ts';
import { span } from '../render/quantities.ts';

const barWidth = 20;
const what = {
  survey: 'lowest balances',
  detail: 'detail of volumes that dipped',
} as const;

/** `us-east-1  [████░░░░]  312 of 1,204 volumes  lowest balances  7 calls  40 s left` */
export function progressText(region: string, { stage, done, of, calls, left }: ReadingProgress): string {
  if (stage === 'volumes') return `${region}  ${number(done)} volumes found  ${number(calls)} calls`;
  return [
    region,
    bar(of === 0 ? 1 : done / of),
    `${number(done)} of ${number(of)} volumes`,
    what[stage],
    `${number(calls)} calls`,
    inSeconds(left) < 60 ? `${Math.ceil(inSeconds(left))} s left` : `${span(inMinutes(left))} left`,
  ].join('  ');
}

/** `us-east-1  [████░░░░]  replaying 1,204 volumes  43 %` */
export const replayingText = (region: string, what: string, percent: number): string =>
  [region, bar(percent / 100), `replaying ${what}`, `${percent} %`].join('  ');

function bar(share: number): string {
  const filled = Math.round(barWidth * share);
  return `[${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}]`;
}

const number = (value: number): string => value.toLocaleString('en-US');
