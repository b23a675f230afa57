import type { Assessment } from '../../core/domain/history/assessment.ts';
import type { NoAlarm } from '../../core/domain/history/no-alarm.ts';
import { money } from '../../core/domain/notices/money-text.ts';
import type { Dollars } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import { span } from '../render/quantities.ts';
import {
  type Announced,
  isUnread,
  type Known,
  type Outcome,
  outcomeOf,
  stallMinutesOf,
  type Unread,
  wallMinutesOf,
} from './outcome.ts';

/** `12,000`, `10.7`, `0.53`: no more digits than deserve to be read. */
export function count(value: number): string {
  const digits = value === 0 || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}

/** `1 volume`, `2 volumes`. */
export const counted = (value: number, noun: string): string =>
  `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

/** `54 %`, `0.4 %`. */
export const share = (value: number): string => `${count(value < 10 ? value : Math.round(value))} %`;

/** `unknown` where it was not read; why stands beside it. */
export const orUnknown = <Fact>(fact: Known<Fact>, text: (fact: Fact) => string): string =>
  isUnread(fact) ? 'unknown' : text(fact);

/** What a configuration costs; `undefined` where no type fits. */
export const priceText = (value: Dollars | undefined): string =>
  value === undefined ? 'none fits' : money(value);

/** Where there is no price because the demand to size by was not read, and not because nothing fits. */
export function whyUnpriced(
  { iops, throughput }: Assessment,
  value: Dollars | undefined,
): Unread | undefined {
  return value === undefined ? [iops, throughput].find(isUnread) : undefined;
}

export const outcomeWords: Readonly<Record<Outcome, string>> = {
  wall: 'still stalls',
  averted: 'stall averted',
  told: 'told, no stall',
  calm: 'never in danger',
  unknown: 'unknown',
};

const noAlarmWhys: Readonly<Record<NoAlarm, string>> = {
  'over-max-alarms': 'others are riskier, and maxAlarms of the policy is used up',
  'opted-out': 'the policy, or the tag ebs-burst:mode, says off',
  'not-in-use': 'detached for more than a day',
};

export const noAlarmWords = (noAlarm: NoAlarm): string => `none: ${noAlarmWhys[noAlarm]}`;

/** Of a stall: what is left of it is at least something. */
export const leftSpan = (minutes: number): string =>
  minutes > 0 && minutes < 1 ? 'under 1 min' : span(minutes);

/** `still stalls`, `6 min left`, `still stalls, no alarm`; why it has none stands in the details. */
export const outcomeText = (assessment: Assessment): string =>
  `${partlyAverted(assessment) ?? outcomeWords[outcomeOf(assessment)]}${assessment.noAlarm === undefined ? '' : ', no alarm'}`;

/** What is left where the policy would have spared it some, but not all. */
function partlyAverted(assessment: Assessment): string | undefined {
  const [wall, stall] = [wallMinutesOf(assessment), stallMinutesOf(assessment)];
  if (isUnread(wall) || isUnread(stall) || stall === 0 || stall >= wall) return undefined;
  return `${leftSpan(stall)} left`;
}

export function announcedWords(announced: Announced): string {
  switch (announced.kind) {
    case 'unread':
      return 'unknown';
    case 'no-wall':
      return 'no wall';
    case 'missed':
      return 'not announced';
    default:
      return `${span(announced.minutesAhead)} ahead`;
  }
}

/** Longer than this a name takes the place of what matters; the id beside it says which volume it is. */
const LONGEST_NAME = 80;

export const cut = (text: string, longest = LONGEST_NAME): string => {
  const characters = [...text.slice(0, 4 * longest)];
  return characters.length > longest ? `${characters.slice(0, longest).join('')}…` : text;
};

/** Why something is unknown is worth more room: AWS's own words are in it. */
export const cutReason = (why: string): string => cut(why, 300);

/** As many as a sentence can name. */
const MOST_NAMED = 3;

/** `vol-1, vol-2, vol-3 and 4 more`. */
export function some(names: readonly string[]): string {
  const left = names.length - MOST_NAMED;
  return `${names.slice(0, MOST_NAMED).join(', ')}${left > 0 ? ` and ${count(left)} more` : ''}`;
}

/** `2 volumes would have no alarm (vol-1, vol-2): …`; one line for each reason. */
export const noAlarmLines = (
  volumes: readonly { readonly volumeId: VolumeId; readonly noAlarm?: NoAlarm | undefined }[],
): readonly string[] =>
  [...Map.groupBy(volumes, ({ noAlarm }) => noAlarm)].flatMap(([why, those]) =>
    why === undefined
      ? []
      : [
          `${counted(those.length, 'volume')} would have no alarm (${some(those.map(({ volumeId }) => volumeId))}): ${noAlarmWhys[why]}.`,
        ],
  );

/** The tag people find a volume by. */
export const nameOf = ({ volume }: Assessment): string | undefined => volume.tags['Name'];

const dayFormat = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'short', day: 'numeric' });
/** `Nov 9`. */
export const day = (at: number): string => dayFormat.format(at);

/** `Nov 9, 03:11`, UTC. */
export const moment = (at: number): string => `${day(at)}, ${new Date(at).toISOString().slice(11, 16)}`;

/** For an attribute `datetime`. */
export const iso = (at: number): string => new Date(at).toISOString();
