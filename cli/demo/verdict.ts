import { span } from '../render/quantities.ts';
import type { Figures } from './figures.ts';

/** Whether the demonstration demonstrated anything; the exit code follows from it. */
export interface Verdict {
  readonly isGood: boolean;
  readonly sentence: string;
}

export function verdictOn(figures: Figures): Verdict {
  const { without, noticeMinutesAhead, promisedMinutesAhead } = figures;
  if (without.wallAt === undefined) return bad(noWall(figures));
  if (noticeMinutesAhead === undefined) return bad('The wall came without us, and with us nobody was told.');
  if (noticeMinutesAhead < promisedMinutesAhead)
    return bad(tooLate(noticeMinutesAhead, promisedMinutesAhead));
  return { isGood: true, sentence: `${told(noticeMinutesAhead)}; ${done(figures)}.` };
}

const bad = (sentence: string): Verdict => ({ isGood: false, sentence });

const tooLate = (ahead: number, promised: number): string =>
  `The notice left ${ahead < 0 ? `${span(-ahead)} after` : `${span(ahead)} before`} the wall; at least ${span(promised)} were promised.`;

const noWall = ({ hoursShown, meanIops, baselineIops, noticeAt }: Figures): string =>
  [
    `There was no wall without us within ${whole(hoursShown)} h, so there was nothing to show:`,
    `the load used ${whole(Math.round(meanIops))} IOPS on average and the volume earns ${whole(baselineIops)};`,
    'try a smaller --size, or a trace with a larger --scale.',
    ...(noticeAt === undefined
      ? []
      : ['With us people were told of a wall that did not come: a false alarm.']),
  ].join(' ');

/** Sooner than this the forecast was wrong about the time, and that is to be seen. */
const EARLY_MINUTES = 60;

function told(ahead: number): string {
  const early = ahead > EARLY_MINUTES ? ', much earlier than needed' : '';
  return `People were told ${span(ahead)} before the wall that would have been${early}`;
}

function done({ changes, with: withUs }: Figures): string {
  const [first] = changes;
  if (first === undefined) return 'nothing was moved';
  const wall =
    withUs.wallAt === undefined
      ? 'no I/O ever waited for credits'
      : `${span(withUs.minutesAtWall)} at the wall remained`;
  return `the volume was moved to ${first.to}, and ${wall}`;
}

const whole = (value: number): string => Math.floor(value).toLocaleString('en-US');
