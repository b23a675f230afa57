import { metricReadsPrice } from '../../core/domain/cost.ts';
import type { Assessment, RegionAssessment } from '../../core/domain/history/assessment.ts';
import { money } from '../../core/domain/notices/money-text.ts';
import { priceListOf } from '../../core/domain/prices.ts';
import type { Paint } from '../render/paint.ts';
import { span } from '../render/quantities.ts';
import { table } from '../render/table.ts';
import { wrap } from '../render/wrap.ts';
import { assumptionWords } from '../report/assumption-words.ts';
import type { Made } from '../report/made.ts';
import { announcedOf, demandOf, isUnread, wallMinutesOf } from '../report/outcome.ts';
import {
  announcedWords,
  count,
  counted,
  day,
  noAlarmLines,
  orUnknown,
  outcomeText,
  priceText,
  whyUnpriced,
} from '../report/texts.ts';
import { totalsOf } from '../report/totals.ts';
import type { Findings } from './assess-regions.ts';

/** A screen's worth; files hold all. */
const mostRows = 20;
const width = 110;

/** What a person reads first: per Region, how bad it was, what would have been done, and what that costs. */
export function assessSummary(
  { regions }: Findings,
  made: Made,
  paint: Paint,
  html: string | undefined,
): string {
  const files = html === undefined ? [] : [`The page with charts is ${html}.`, ''];
  return [...regions.flatMap((region) => regionText(region, made, paint)), ...files].join('\n');
}

function regionText(
  region: RegionAssessment,
  { policy, assumptions, priceLists }: Made,
  paint: Paint,
): readonly string[] {
  const { volumes, unassessed, cannotRunOut } = region;
  const shown = volumes.slice(0, mostRows);
  const hidden = volumes.length - shown.length;
  return [
    paint.bold(`${region.account} in ${region.region}, ${day(region.from)} to ${day(region.until)}`),
    `${counted(volumes.length, 'volume')} can run out of burst credits; ${counted(cannotRunOut, 'other')} in use cannot.`,
    ...(volumes.length === 0 ? [] : ['', table(header, shown.map(rowOf)), ...sums(region)]),
    ...(hidden === 0
      ? []
      : [`${counted(hidden, 'more volume')} not shown; --html, --csv and --json have all.`]),
    ...unassessedText(unassessed),
    '',
    `What would have been done is what the responder decides in mode ${policy.mode}, replayed on this history.`,
    ...wrap(assumptionWords(assumptions), width),
    `Prices are list prices of ${priceLists.map((list) => `${list.region} (checked ${list.checked})`).join(', ')}.`,
    `This reading: ${callsText(region)}.`,
    '',
  ];
}

const header = [
  'volume',
  'p99.5 of baseline',
  'lowest',
  'at the wall',
  'announced',
  'with the policy',
  'now/mo',
  'moved/mo',
];

function rowOf(assessment: Assessment): readonly string[] {
  const { volume, bucket, lowest, monthly } = assessment;
  const demand = demandOf(assessment);
  const asked = demand.kind === 'read' ? count(demand.value.p995) : '?';
  return [
    `${volume.id} ${volume.configuration.type} ${count(volume.size)} GiB`,
    `${asked} of ${count(bucket.baseline)} ${bucket.unit}`,
    lowest.kind === 'read' ? `${count(lowest.value)} %` : 'unknown',
    orUnknown(wallMinutesOf(assessment), (minutes) => (minutes === 0 ? 'never' : span(minutes))),
    announcedWords(announcedOf(assessment)),
    outcomeText(assessment),
    money(monthly.now),
    isUnread(whyUnpriced(assessment, monthly.chosen)) ? 'unknown' : priceText(monthly.chosen),
  ];
}

/** Of all that were assessed, whatever the table leaves out. */
function sums(region: RegionAssessment): readonly string[] {
  const { volumes, hitWall, wallUnknown, unwatched, watching } = totalsOf([region]);
  const without = region.volumes.map(({ volume, noAlarm }) => ({ volumeId: volume.id, noAlarm }));
  const whom = unwatched === 0 ? 'all of them' : 'the others';
  return [
    '',
    wallWords(hitWall, wallUnknown),
    ...noAlarmLines(without),
    ...(unwatched === volumes ? [] : [`Watching ${whom} costs at most ${money(watching)} a month.`]),
  ];
}

function wallWords(hit: number, unknown: number): string {
  if (unknown === 0) return `${hit === 0 ? 'No volume' : counted(hit, 'volume')} hit the wall.`;
  const whether = `of ${counted(unknown, hit === 0 ? 'volume' : 'other')} it is unknown`;
  return hit === 0
    ? `No volume was seen to hit the wall; ${whether}.`
    : `${counted(hit, 'volume')} hit the wall; ${whether}.`;
}

/** Each reason once, with how many volumes it is about and one of them. */
function unassessedText(unassessed: RegionAssessment['unassessed']): readonly string[] {
  const byReason = Map.groupBy(unassessed, ({ why }) => why);
  return [...byReason].map(
    ([why, those]) => `Not assessed: ${counted(those.length, 'volume')} (${those[0]?.volumeId}…): ${why}.`,
  );
}

function callsText({ calls, metricsRequested, region }: RegionAssessment): string {
  const made = Object.entries(calls).map(([operation, number]) => `${count(number)} ${operation}`);
  const price = metricReadsPrice(metricsRequested, priceListOf(region, []));
  const paid = price > 0 && price < 0.01 ? 'under $0.01' : money(price);
  return `${made.join(', ')}; ${counted(metricsRequested, 'metric')}, ${paid}`;
}
