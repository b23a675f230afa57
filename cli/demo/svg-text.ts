import { clockFrom } from '../render/chart.ts';
import type { SvgText } from '../render/svg-chart.ts';
import type { Figures } from './figures.ts';
import type { Load } from './load.ts';
import { LOAD_FROM } from './world.ts';

/** What stands around the picture; the curves alone do not say what they cost or where they come from. */
export function svgText(figures: Figures, { title, measure }: Load, sizeGiB: number): SvgText {
  const { without, with: withUs, noticeAt, noticeMinutesAhead, changes } = figures;
  const wall =
    without.wallAt === undefined
      ? 'Without us there was no wall in the time shown.'
      : `Without us the credits are gone at ${clockFrom(LOAD_FROM, without.wallAt)}; ${measure.title.charAt(0).toLowerCase()}${measure.title.slice(1)} goes from ${without.typical.toFixed(1)} to ${(without.atWall ?? without.worst).toFixed(1)} ${measure.unit}.`;
  const [change] = changes;
  const told =
    noticeAt === undefined || noticeMinutesAhead === undefined
      ? 'With us nobody was told.'
      : `With us people are told ${Math.floor(noticeMinutesAhead)} min before${change === undefined ? '' : `, the volume moves to ${change.to}`}, and the worst is ${withUs.worst.toFixed(1)} ${measure.unit}.`;
  return {
    title: `${title} on a ${sizeGiB} GiB gp2 volume`,
    caption: [wall, told, 'Both worlds are simulated; the Lambdas are the deployed ones. Times are UTC.'],
  };
}
