import { metricReadsPrice } from '../../core/domain/cost.ts';
import type { RegionAssessment } from '../../core/domain/history/assessment.ts';
import { money } from '../../core/domain/notices/money-text.ts';
import { priceListOf } from '../../core/domain/prices.ts';
import type { Paint } from '../render/paint.ts';
import { sentenceWidth, wrap } from '../render/wrap.ts';
import { assumptionWords } from '../report/assumption-words.ts';
import { headline } from '../report/headline.ts';
import type { Made } from '../report/made.ts';
import { isUnread, stallMinutesOf } from '../report/outcome.ts';
import { policyWords } from '../report/policy-words.ts';
import { count, counted, day, noAlarmLines, some } from '../report/texts.ts';
import { totalsOf } from '../report/totals.ts';
import type { Findings } from './assess-regions.ts';
import { stallsLeft } from './assess-stalls.ts';
import { assessTable } from './assess-table.ts';

/** A screen's worth; files hold all. */
const mostRows = 20;

interface Place {
  readonly paint: Paint;
  /** Of the terminal; `undefined` where there is none. */
  readonly columns: number | undefined;
  /** Where the page was written. */
  readonly html: string | undefined;
}

/** What a person reads first: per Region, how bad it was, what would have been done, and what that costs. */
export function assessSummary({ regions }: Findings, made: Made, place: Place): string {
  const { html } = place;
  const files = html === undefined ? [] : [`The page with charts is ${html}.`, ''];
  return [...regions.flatMap((region) => regionText(region, made, place)), ...files].join('\n');
}

function regionText(region: RegionAssessment, made: Made, { paint, columns }: Place): readonly string[] {
  const { volumes } = region;
  const told = [...(volumes.length === 0 ? [] : sums(region)), ...rest(region, made)];
  const { table, legend } = assessTable(volumes.slice(0, mostRows), made, columns);
  const wrapped = (line: string): readonly string[] => wrap(line, sentenceWidth(columns));
  return [
    paint.bold(`${region.account} in ${region.region}, ${day(region.from)} to ${day(region.until)}`),
    ...head(region, made).flatMap(wrapped),
    ...(volumes.length === 0 ? [] : ['', table, ...legend.flatMap(wrapped)]),
    ...told.flatMap(wrapped),
    '',
  ];
}

function head({ volumes, cannotRunOut }: RegionAssessment, made: Made): readonly string[] {
  const who = `${counted(volumes.length, 'volume')} can run out of burst credits; ${counted(cannotRunOut, 'other')} in use cannot.`;
  return volumes.length === 0 ? [who] : [who, ...policyWords(made)];
}

function rest(region: RegionAssessment, { policy, assumptions, priceLists }: Made): readonly string[] {
  const hidden = region.volumes.length - mostRows;
  return [
    ...(hidden > 0
      ? [`${counted(hidden, 'more volume')} not shown; --html, --csv and --json have all.`]
      : []),
    ...unassessedText(region.unassessed),
    '',
    `What would have been done is what the responder decides in mode ${policy.mode}, replayed on this history.`,
    assumptionWords(assumptions),
    `Prices are list prices of ${priceLists.map((list) => `${list.region} (checked ${list.checked})`).join(', ')}.`,
    `This reading: ${callsText(region)}.`,
  ];
}

/** Of all that were assessed, whatever the table leaves out. */
function sums(region: RegionAssessment): readonly string[] {
  const totals = totalsOf([region]);
  const { volumes, unwatched, watching } = totals;
  const without = region.volumes.map(({ volume, noAlarm }) => ({ volumeId: volume.id, noAlarm }));
  const whom = unwatched === 0 ? 'all of them' : 'the others';
  return [
    '',
    headline(totals),
    ...stallsLeft(region.volumes),
    ...unknownText(region.volumes),
    ...noAlarmLines(without),
    ...(unwatched === volumes ? [] : [`Watching ${whom} costs at most ${money(watching)} a month.`]),
  ];
}

/** The table has room for the word, one line for a reason; files have each volume's own. */
function unknownText(volumes: RegionAssessment['volumes']): readonly string[] {
  const unknown = volumes.flatMap((assessment) => {
    const stalled = stallMinutesOf(assessment);
    return isUnread(stalled) ? [`${assessment.volume.id}: ${stalled.why}`] : [];
  });
  return unknown.length === 0
    ? []
    : [`Not judged: ${counted(unknown.length, 'volume')}, e.g. ${unknown[0]}.`];
}

/** Each reason once, with how many volumes it is about and some of them. */
function unassessedText(unassessed: RegionAssessment['unassessed']): readonly string[] {
  const byReason = Map.groupBy(unassessed, ({ why }) => why);
  return [...byReason].map(
    ([why, those]) =>
      `Not assessed: ${counted(those.length, 'volume')} (${some(those.map(({ volumeId }) => volumeId))})${those.length === 1 ? '' : ', of each'}: ${why}.`,
  );
}

function callsText({ calls, metricsRequested, region }: RegionAssessment): string {
  const made = Object.entries(calls).map(([operation, number]) => `${count(number)} ${operation}`);
  const price = metricReadsPrice(metricsRequested, priceListOf(region, []));
  const paid = price > 0 && price < 0.01 ? 'under $0.01' : money(price);
  return `${made.join(', ')}; ${counted(metricsRequested, 'metric')}, ${paid}`;
}
