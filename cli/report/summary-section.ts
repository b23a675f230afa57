import type { RegionAssessment } from '../../core/domain/history/assessment.ts';
import { money } from '../../core/domain/notices/money-text.ts';
import { span } from '../render/quantities.ts';
import { headline } from './headline.ts';
import type { Made } from './made.ts';
import { html, type Markup, nothing } from './markup.ts';
import { moneySection } from './money-section.ts';
import { policyWords } from './policy-words.ts';
import { count, counted, day } from './texts.ts';
import { median, type Totals } from './totals.ts';

/** What somebody who has ten seconds takes along. */
export const summarySection = (totals: Totals, regions: readonly RegionAssessment[], made: Made): Markup =>
  html`<section aria-labelledby="summary"><h2 id="summary" class="lead">${lead(totals)}</h2>${judgedBy(totals, made)}<p class="soft">${scope(totals, regions)}</p><dl class="tiles">${tiles(totals).map(tileMarkup)}</dl>${moneySection(totals.bills, totals.outcomes.unknown)}</section>`;

/** Right below the sentence that people quote: it may tell of deeds that nobody has allowed yet. */
function judgedBy({ volumes }: Totals, made: Made): Markup {
  const words = policyWords(made);
  return volumes === 0 || words.length === 0 ? nothing : html`<p>${words.join(' ')}</p>`;
}

function lead(totals: Totals): string {
  const { volumes, outcomes } = totals;
  const unknown =
    volumes === 0 || outcomes.unknown === 0
      ? ''
      : ` ${counted(outcomes.unknown, 'volume')} could not be judged.`;
  return `${headline(totals)}${unknown}`;
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
  const { volumes, outcomes, hitWall, wallMinutes, wallUnknown, watching, unwatched } = totals;
  const calm = wallUnknown === 0 ? 'good' : 'plain';
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
      note: `of ${counted(volumes, 'volume')}${wallUnknown === 0 ? '' : `, ${count(wallUnknown)} of them unknown`}`,
      tone: hitWall > 0 ? 'bad' : calm,
    },
    {
      title: 'Stalled',
      value: span(wallMinutes),
      note: `under the policy ${policyNote(totals)}`,
      tone: wallMinutes > 0 ? 'bad' : calm,
    },
    announcedTile(totals),
    {
      title: 'Watching costs',
      value: money(watching),
      note: `a month, for alarms and metric reads${unwatched === 0 ? '' : `; ${counted(unwatched, 'volume')} without an alarm`}`,
      tone: 'plain',
    },
  ];
}

function policyNote({ volumes, outcomes: { unknown }, stallMinutes, moved }: Totals): string {
  if (unknown > 0 && unknown === volumes) return 'unknown';
  const but = unknown === 0 ? '' : `; of ${counted(unknown, 'volume')} unknown`;
  return `${span(stallMinutes)}, ${counted(moved, 'volume')} moved${but}`;
}

function announcedTile(totals: Totals): Tile {
  const { leads, hitWall, hitUnjudged, wallUnknown, outcomes } = totals;
  const judged = hitWall - hitUnjudged;
  const isUnknown = judged === 0 && hitUnjudged > 0;
  const told = outcomes.told === 0 ? '' : `; ${counted(outcomes.told, 'volume')} told of without a wall`;
  const rest = hitUnjudged > 0 && !isUnknown ? `; of ${count(hitUnjudged)} more unknown` : '';
  const calm = hitUnjudged + wallUnknown === 0 ? 'good' : 'plain';
  return {
    title: 'First wall announced',
    value: isUnknown ? 'unknown' : `${count(leads.length)} of ${count(judged)}`,
    note: isUnknown
      ? `of ${counted(hitUnjudged, 'volume')} that hit the wall${told}`
      : `${aheadWords(totals)}${rest}${told}`,
    tone: leads.length < judged ? 'bad' : calm,
  };
}

function aheadWords({ leads, hitWall, wallUnknown }: Totals): string {
  const middle = median(leads);
  const least = leads[0];
  if (middle !== undefined && least !== undefined)
    return `volumes; median ${span(middle)} ahead, least ${span(least)}`;
  if (hitWall > 0) return 'no first wall was announced';
  return wallUnknown === 0 ? 'no wall to announce' : 'no wall was seen';
}
