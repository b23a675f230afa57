import type { ReadingProgress } from '../../core/application/assess/history-ports.ts';
import { type Duration, hours, inMinutes, inSeconds, minutes } from '../../core/domain/units.ts';
import { span } from '../render/quantities.ts';
import { count, counted } from '../report/texts.ts';

const barWidth = 20;
/** What the longest name of a Region and 12,000 volumes leave of a terminal of 80 columns. */
const readingBarWidth = 7;

/** `us-east-1  [███░░░░]  survey 40 s left  312/1,204 volumes  7 calls`: what matters most is never cut off. */
export function progressText(region: string, { stage, done, of, calls, left }: ReadingProgress): string {
  if (stage === 'volumes') return `${region}  ${counted(done, 'volume')} found  ${counted(calls, 'call')}`;
  return [
    region,
    bar(of === 0 ? 1 : done / of, readingBarWidth),
    `${stage} ${leftText(left)}`,
    `${count(done)}/${counted(of, 'volume')}`,
    counted(calls, 'call'),
  ].join('  ');
}

/** Of the stage, never of what comes after it. Coarser the longer it is, and never wider than `59 min left`. */
function leftText(left: Duration): string {
  if (left <= 0) return 'done';
  if (left < minutes(1)) return `${Math.ceil(inSeconds(left))} s left`;
  return `${left < hours(1) ? span(inMinutes(left)) : `${(inMinutes(left) / 60).toFixed(1)} h`} left`;
}

/** `us-east-1  [████░░░░]  replaying 1,204 volumes  43 %` */
export const replayingText = (region: string, what: string, percent: number): string =>
  [region, bar(percent / 100, barWidth), `replaying ${what}`, `${percent} %`].join('  ');

function bar(share: number, width: number): string {
  const filled = Math.round(width * share);
  return `[${'█'.repeat(filled)}${'░'.repeat(width - filled)}]`;
}
