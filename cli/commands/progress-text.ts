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
  const filled = of === 0 ? barWidth : Math.round((barWidth * done) / of);
  return [
    region,
    `[${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}]`,
    `${number(done)} of ${number(of)} volumes`,
    what[stage],
    `${number(calls)} calls`,
    inSeconds(left) < 60 ? `${Math.ceil(inSeconds(left))} s left` : `${span(inMinutes(left))} left`,
  ].join('  ');
}

const number = (value: number): string => value.toLocaleString('en-US');
