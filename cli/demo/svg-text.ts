import { clockFrom, type Measure } from '../render/chart.ts';
import { measured, span } from '../render/quantities.ts';
import type { SvgText } from '../render/svg-chart.ts';
import type { Figures } from './figures.ts';
import type { Load } from './load.ts';
import { LOAD_FROM } from './world.ts';

/** What stands around the picture; the curves alone do not say what they cost or where they come from. */
export function svgText(figures: Figures, { title, measure }: Load, sizeGiB: number): SvgText {
  const { without } = figures;
  const wall =
    without.wallAt === undefined
      ? 'Without us there was no wall in the time shown.'
      : `Without us the credits are gone at ${clockFrom(LOAD_FROM, without.wallAt)}; ${measure.title.charAt(0).toLowerCase()}${measure.title.slice(1)} goes from ${measured(without.typical, measure.unit)} to ${measured(without.atWall ?? without.worst, measure.unit)}.`;
  return {
    title: `${title} on a ${sizeGiB} GiB gp2 volume`,
    caption: [
      wall,
      told(figures, measure),
      'Both worlds are simulated; the Lambdas are the deployed ones. Times are UTC.',
    ],
  };
}

function told({ with: withUs, noticeAt, noticeMinutesAhead, changes }: Figures, { unit }: Measure): string {
  if (noticeAt === undefined) return 'With us nobody was told.';
  const when =
    noticeMinutesAhead === undefined
      ? `at ${clockFrom(LOAD_FROM, noticeAt)} all the same`
      : noticeMinutesAhead < 0
        ? `${span(-noticeMinutesAhead)} after`
        : `${span(noticeMinutesAhead)} before`;
  const [change] = changes;
  const moved = change === undefined ? '' : `, the volume moves to ${change.to}`;
  return `With us people are told ${when}${moved}, and the worst is ${measured(withUs.worst, unit)}.`;
}
