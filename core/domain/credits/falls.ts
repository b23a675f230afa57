import type { Sample, Series } from '../reading.ts';
import { after, before, between, type Duration, type Instant, inMinutes, minutes } from '../units.ts';
import { balanceNoise, staleAfter } from './forecast.ts';

/** One that is over. */
interface Fall {
  /**
   * How far it went, in percentage points; of one that emptied the bucket, how far it would have gone at its pace in the time
   * that the bucket was empty.
   */
  readonly depth: number;
  /** `unseen` where nothing was published when it ended: the volume hung, or somebody stopped it, and it may have gone on. */
  readonly end: 'turned' | 'unseen';
}

/** What a volume's balance did, from peak to peak. */
export interface Falls {
  readonly earlier: readonly Fall[];
  /** How far it has fallen now, in percentage points, and since when. */
  readonly present: number;
  readonly since: Instant | undefined;
}

/**
 * A fall is over when the balance is back at its peak, or no lower than it was this long ago and not empty meanwhile. What
 * pauses for less goes on.
 */
export const longestPause: Duration = minutes(5);
/** Samples are at least a minute apart. */
const samplesInPause = inMinutes(longestPause);
/** Less is noise. */
const leastFall = 0.5;

/** @param balance as CloudWatch shows it, with gaps: a fall that is lower after one than before it went on */
export function fallsIn(balance: Series): Falls {
  const earlier: Fall[] = [];
  let start = 0;
  for (let index = 1; index < balance.length; index += 1) {
    if (!isOver(balance, start, index)) continue;
    const fall = fallOver(balance.slice(start, index + 1));
    if (fall.depth > leastFall) earlier.push(fall);
    start = index;
  }
  const [peak, newest] = [balance[start], balance.at(-1)];
  if (peak === undefined || newest === undefined) return { earlier, present: 0, since: undefined };
  return { earlier, present: peak.value - newest.value, since: after(peak.at, peak.period) };
}

/** Whether the sample at `index` shows that what fell from the peak at `start` does so no longer. */
function isOver(balance: Series, start: number, index: number): boolean {
  const [peak, sample] = [balance[start], balance[index]];
  if (peak === undefined || sample === undefined) return false;
  const lately = balance.slice(Math.max(start, index - samplesInPause), index + 1);
  const pauseFrom = before(sample.at, longestPause);
  if (lately.some((one) => isEmpty(one) && one.at > pauseFrom)) return false;
  const reference = lately.findLast(({ at }) => at <= pauseFrom);
  return sample.value >= peak.value || (reference !== undefined && sample.value >= reference.value);
}

/** @param seen from its peak up to the sample that shows that it is over */
function fallOver(seen: Series): Fall {
  const [peak] = seen;
  if (peak === undefined) return { depth: 0, end: 'turned' };
  const depth = peak.value - Math.min(...seen.map(({ value }) => value));
  const isUnseen = seen.some((sample, index) => endsUnseen(seen[index - 1], sample));
  return { depth: depth + hiddenBelow(seen), end: isUnseen ? 'unseen' : 'turned' };
}

/** So long without a sample, and no lower after it, is no evidence of what the balance did meanwhile. */
function endsUnseen(previous: Sample | undefined, sample: Sample): boolean {
  if (previous === undefined || between(after(previous.at, previous.period), sample.at) <= staleAfter)
    return false;
  return sample.value >= previous.value || isEmpty(previous);
}

/**
 * How much further it would have gone: the empty bucket shows for how long more was asked for than it earned. At the pace of
 * the last minutes before, or of the whole fall where that was steeper.
 */
function hiddenBelow(seen: Series): number {
  const wall = seen.findIndex(isEmpty);
  const [first, last, [peak]] = [seen[wall], seen.findLast(isEmpty), seen];
  if (first === undefined || last === undefined || peak === undefined || first === peak) return 0;
  const lately = seen.slice(0, wall).findLast(({ at }) => at <= before(first.at, longestPause)) ?? peak;
  const pace = Math.max(paceFrom(peak, first), paceFrom(lately, first));
  return pace * inMinutes(between(first.at, after(last.at, last.period)));
}

/** Points a minute. */
const paceFrom = (a: Sample, b: Sample): number => (a.value - b.value) / inMinutes(between(a.at, b.at));

const isEmpty = ({ value }: Sample): boolean => value <= balanceNoise;
