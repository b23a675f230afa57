import type { Figures } from './figures.ts';

/** Whether the demonstration demonstrated anything; the exit code follows from it. */
export interface Verdict {
  readonly isGood: boolean;
  readonly sentence: string;
}

export function verdictOn(figures: Figures): Verdict {
  const { without, noticeMinutesAhead, promisedMinutesAhead } = figures;
  if (without.wallAt === undefined) {
    return bad(
      `There was no wall without us within ${whole(figures.hoursShown)} h, so there was nothing to show.`,
    );
  }
  if (noticeMinutesAhead === undefined) return bad('The wall came without us, and with us nobody was told.');
  if (noticeMinutesAhead < promisedMinutesAhead) {
    return bad(
      `The notice left ${whole(noticeMinutesAhead)} min before the wall; at least ${whole(promisedMinutesAhead)} min were promised.`,
    );
  }
  return { isGood: true, sentence: `${told(noticeMinutesAhead)}; ${done(figures)}.` };
}

const bad = (sentence: string): Verdict => ({ isGood: false, sentence });

const told = (ahead: number): string =>
  `People were told ${whole(ahead)} min before the wall that would have been`;

function done({ changes, with: withUs }: Figures): string {
  const [first] = changes;
  if (first === undefined) return 'nothing was moved';
  const wall =
    withUs.wallAt === undefined
      ? 'no I/O ever waited for credits'
      : `${whole(withUs.minutesAtWall)} min at the wall remained`;
  return `the volume was moved to ${first.to}, and ${wall}`;
}

const whole = (value: number): string => Math.floor(value).toLocaleString('en-US');
