import type { Assessment } from '../../core/domain/history/assessment.ts';
import { money } from '../../core/domain/notices/money-text.ts';
import type { Dollars } from '../../core/domain/units.ts';
import { span } from '../render/quantities.ts';
import { type Announced, isUnread, type Known, type Outcome, type Unread } from './outcome.ts';

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

export const cut = (text: string): string => {
  const characters = [...text.slice(0, 4 * LONGEST_NAME)];
  return characters.length > LONGEST_NAME ? `${characters.slice(0, LONGEST_NAME).join('')}…` : text;
};

/** The tag people find a volume by. */
export const nameOf = ({ volume }: Assessment): string | undefined => volume.tags['Name'];

const dayFormat = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'short', day: 'numeric' });
/** `Nov 9`. */
export const day = (at: number): string => dayFormat.format(at);

/** `Nov 9, 03:11`, UTC. */
export const moment = (at: number): string => `${day(at)}, ${new Date(at).toISOString().slice(11, 16)}`;

/** For an attribute `datetime`. */
export const iso = (at: number): string => new Date(at).toISOString();
