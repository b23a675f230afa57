import type { RegionAssessment } from '../../core/domain/history/assessment.ts';
import { money } from '../../core/domain/notices/money-text.ts';
import { span } from '../render/quantities.ts';
import { html, type Markup } from './markup.ts';
import { moneySection } from './money-section.ts';
import { count, counted, day } from './texts.ts';
import { median, type Totals } from './totals.ts';

/** What somebody who has ten seconds takes along. */
export const summarySection = (totals: Totals, regions: readonly RegionAssessment[]): Markup =>
  html`<section aria-labelledby="summary"><h2 id="summary" class="lead">${headline(totals)}</h2><p class="soft">${scope(totals, regions)}</p><dl class="tiles">${tiles(totals).map(tileMarkup)}</dl>${moneySection(totals.bills)}</section>`;

function headline(totals: Totals): string {
  const { volumes, hitWall, wallMinutes, stallMinutes, outcomes } = totals;
  const unknown =
    outcomes.unknown === 0 ? '' : ` ${counted(outcomes.unknown, 'volume')} could not be judged.`;
  if (volumes === 0) return 'No volume here can run out of burst credits.';
  if (hitWall === 0)
    return `None of ${counted(volumes, 'volume')} was seen to run out of burst credits.${unknown}`;
  const left = stallMinutes === 0 ? 'none of it' : span(stallMinutes);
  return `${count(hitWall)} of ${counted(volumes, 'volume')} ran out of burst credits and stalled for ${span(wallMinutes)}; under the policy ${left} would be left.${unknown}`;
}

function scope({ cannotRunOut, unassessed }: Totals, regions: readonly RegionAssessment[]): string {
  const [first] = regions;
  if (first === undefined) return 'No Region was read.';
  const from = Math.min(...regions.map((region) => region.from));
  const until = Math.max(...regions.map((region) => region.until));
  const places = regions.length === 1 ? `account ${first.account}, ${first.region}` : placesOf(regions);
  const left = unassessed === 0 ? '' : ` ${counted(unassessed, 'volume')} could not be assessed, see below.`;
  const rest =
    cannotRunOut === 1
      ? '1 volume in use cannot run out'
      : `${count(cannotRunOut)} volumes in use cannot run out`;
  return `${day(from)} to ${day(until)} (${lengthOf((until - from) / 60_000)}), ${places}; ${rest}.${left}`;
}

/** `14 days`, or as finely as it deserves. */
const lengthOf = (minutes: number): string =>
  minutes % 1_440 === 0 ? counted(minutes / 1_440, 'day') : span(minutes);

const placesOf = (regions: readonly RegionAssessment[]): string => {
  const accounts = new Set(regions.map(({ account }) => account)).size;
  return `${counted(accounts, 'account')}, ${counted(new Set(regions.map(({ region }) => region)).size, 'Region')}`;
};

interface Tile {
  readonly title: string;
  readonly value: string;
  readonly note: string;
  readonly tone: 'plain' | 'bad' | 'good';
}

const tileMarkup = ({ title, value, note, tone }: Tile): Markup =>
  html`<div class="tile ${tone}"><dt>${title}</dt><dd><b>${value}</b><span>${note}</span></dd></div>`;

function tiles(totals: Totals): readonly Tile[] {
  const { volumes, outcomes, hitWall, wallMinutes, stallMinutes, moved, watching } = totals;
  return [
    {
      title: 'Can run out',
      value: count(volumes),
      note:
        outcomes.unknown === 0 ? 'volumes, all read' : `volumes, ${count(outcomes.unknown)} of them unknown`,
      tone: 'plain',
    },
    {
      title: 'Hit the wall',
      value: count(hitWall),
      note: `of ${counted(volumes, 'volume')}`,
      tone: hitWall > 0 ? 'bad' : 'good',
    },
    {
      title: 'Stalled',
      value: span(wallMinutes),
      note: `under the policy ${span(stallMinutes)}, ${counted(moved, 'volume')} moved`,
      tone: wallMinutes > 0 ? 'bad' : 'good',
    },
    announcedTile(totals),
    {
      title: 'Watching costs',
      value: money(watching),
      note: 'a month, for alarms and metric reads',
      tone: 'plain',
    },
  ];
}

function announcedTile({ leads, hitWall, outcomes }: Totals): Tile {
  const middle = median(leads);
  const least = leads[0];
  const ahead =
    middle === undefined || least === undefined
      ? hitWall === 0
        ? 'no wall to announce'
        : 'no wall announced in time'
      : `volumes; median ${span(middle)} ahead, least ${span(least)}`;
  const extra = outcomes.told === 0 ? '' : `; ${counted(outcomes.told, 'volume')} told of without a wall`;
  return {
    title: 'Announced in time',
    value: `${count(leads.length)} of ${count(hitWall)}`,
    note: `${ahead}${extra}`,
    tone: leads.length < hitWall ? 'bad' : 'good',
  };
}
