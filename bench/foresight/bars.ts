import type { DailyDip } from './daily-dips.ts';
import { type LoadFigures, together } from './measured.ts';

/** What the command found, as it is recorded. */
export interface Findings {
  readonly drawn: { readonly each: number; readonly days: number; readonly seed: number };
  readonly loads: readonly LoadFigures[];
  /** Synthetic loads of other seeds, by which nothing was chosen. */
  readonly heldOut: { readonly seeds: readonly number[]; readonly loads: readonly LoadFigures[] };
  /** Calls of one census of 1,000 volumes with an alarm each. */
  readonly census: {
    readonly describeVolumes: number;
    readonly describeAlarms: number;
    readonly alarmWrites: number;
  };
  readonly dips: readonly DailyDip[];
}

export interface Bar {
  readonly what: string;
  readonly bar: string;
  readonly measured: string;
  readonly isMet: boolean;
}

const leastInTime = 0.99;
export const mostGroundless = 0.05;
/** What the alarm itself costs. */
const mostForReads = 0.1;

export const percentText = (part: number, of: number): string =>
  of === 0 ? '–' : `${((100 * part) / of).toFixed(1)} %`;

/** The bars that watching is held to. What nothing could announce in time is not in them, and is counted in the table. */
export function barsOf({ loads, heldOut, census, dips }: Findings): readonly Bar[] {
  const all = together('all', loads);
  const others = together('held out', heldOut.loads);
  const dearest = Math.max(...dips.map(({ price }) => price));
  const { describeVolumes, describeAlarms, alarmWrites } = census;
  return [
    {
      what: 'walls announced at least 15 minutes ahead, or as far as the volume allows, after drains of 25 minutes or more',
      bar: '≥ 99 %',
      measured: `${percentText(all.announced, all.foreseeable)} of ${all.foreseeable} (other seeds: ${percentText(others.announced, others.foreseeable)} of ${others.foreseeable})`,
      isMet:
        all.announced >= leastInTime * all.foreseeable &&
        others.announced >= leastInTime * others.foreseeable,
    },
    {
      what: 'announcements with no wall within twice the announced time',
      bar: '≤ 5 %',
      measured: `${percentText(all.groundless, all.announcements)} of ${all.announcements} (other seeds, synthetic: ${percentText(others.groundless, others.announcements)} of ${others.announcements})`,
      isMet:
        all.groundless <= mostGroundless * all.announcements &&
        others.groundless <= mostGroundless * others.announcements,
    },
    {
      what: 'API calls of one census of 1,000 volumes',
      bar: '1 DescribeVolumes + 10 DescribeAlarms + 0 writes',
      measured: `${describeVolumes} + ${describeAlarms} + ${alarmWrites}`,
      isMet: describeVolumes === 1 && describeAlarms === 10 && alarmWrites === 0,
    },
    {
      what: 'metric reads of a volume that dips every day and recovers, a month',
      bar: '< $0.10, what its alarm costs',
      measured: dips.map(({ what, price }) => `$${price.toFixed(3)} (${what})`).join(', '),
      isMet: dearest < mostForReads,
    },
  ];
}
