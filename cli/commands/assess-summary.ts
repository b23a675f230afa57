import { usualAssumptions } from '../../core/application/replay/replay-settings.ts';
import { metricReadsPrice } from '../../core/domain/cost.ts';
import type { Assessment, RegionAssessment } from '../../core/domain/history/assessment.ts';
import { money } from '../../core/domain/notices/money-text.ts';
import { priceListOf } from '../../core/domain/prices.ts';
import { dollars } from '../../core/domain/units.ts';
import type { Paint } from '../render/paint.ts';
import { span } from '../render/quantities.ts';
import { table } from '../render/table.ts';
import type { Made } from '../report/made.ts';
import { announcedOf, demandOf, isUnread, outcomeOf, wallMinutesOf } from '../report/outcome.ts';
import {
  announcedWords,
  count,
  counted,
  day,
  orUnknown,
  outcomeWords,
  priceText,
  whyUnpriced,
} from '../report/texts.ts';
import type { Findings } from './assess-regions.ts';
import { assumptionWords } from './assumption-words.ts';

/** A screen's worth; files hold all. */
const mostRows = 20;

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

function regionText(region: RegionAssessment, { policy, priceLists }: Made, paint: Paint): readonly string[] {
  const { volumes, unassessed, cannotRunOut } = region;
  const shown = volumes.slice(0, mostRows);
  const hidden = volumes.length - shown.length;
  return [
    paint.bold(`${region.account} in ${region.region}, ${day(region.from)} to ${day(region.until)}`),
    `${counted(volumes.length, 'volume')} can run out of burst credits; ${counted(cannotRunOut, 'other')} in use cannot.`,
    ...(volumes.length === 0 ? [] : ['', table(header, shown.map(rowOf)), ...sums(volumes)]),
    ...(hidden === 0
      ? []
      : [`${counted(hidden, 'more volume')} not shown; --html, --csv and --json have all.`]),
    ...unassessedText(unassessed),
    '',
    `What would have been done is what the responder decides in mode ${policy.mode}, replayed on this history.`,
    ...assumptionWords(usualAssumptions),
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
    outcomeWords[outcomeOf(assessment)],
    money(monthly.now),
    isUnread(whyUnpriced(assessment, monthly.chosen)) ? 'unknown' : priceText(monthly.chosen),
  ];
}

/** The bill of what is watched, whatever the table leaves out. */
function sums(volumes: readonly Assessment[]): readonly string[] {
  const watching = volumes.reduce((sum, one) => sum + one.watching, 0);
  const walls = volumes.filter(({ minutesAtWall }) => minutesAtWall > 0).length;
  return [
    '',
    `${walls === 0 ? 'No volume' : counted(walls, 'volume')} hit the wall. Watching all of them costs at most ${money(dollars(watching))} a month.`,
  ];
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
