import type { Quantiles, RegionAssessment, Unassessed } from '../../core/domain/history/assessment.ts';
import type { Reading } from '../../core/domain/reading.ts';
import { csvText } from './csv-text.ts';
import type { Made } from './made.ts';
import { monthlyUnderPolicy } from './monthly.ts';
import {
  announcedOf,
  isUnread,
  type Known,
  outcomeOf,
  stallMinutesOf,
  type Unread,
  wallMinutesOf,
} from './outcome.ts';
import { cents, tenths } from './rounded.ts';
import { nameOf, whyUnpriced } from './texts.ts';
import type { Row } from './volume-table.ts';

/** A number goes in as it is; `undefined` is an empty field: there is nothing to say. */
type Field = string | number | undefined | Unread;
type Place = Omit<Row, 'id'> & { readonly made: Pick<Made, 'policy' | 'acting'> };

const columns: Readonly<Record<string, (place: Place) => Field>> = {
  account: ({ region }) => region.account,
  region: ({ region }) => region.region,
  volume: ({ assessment }) => assessment.volume.id,
  name: ({ assessment }) => nameOf(assessment),
  type: ({ assessment }) => assessment.volume.configuration.type,
  size_gib: ({ assessment }) => assessment.volume.size,
  outcome: ({ assessment }) => outcomeOf(assessment),
  unit: ({ assessment }) => assessment.bucket.unit,
  baseline: ({ assessment }) => assessment.bucket.baseline,
  burst: ({ assessment }) => assessment.bucket.burst,
  iops_p50: ({ assessment }) => quantile(assessment.iops, 'p50'),
  iops_p95: ({ assessment }) => quantile(assessment.iops, 'p95'),
  iops_p995: ({ assessment }) => quantile(assessment.iops, 'p995'),
  iops_max: ({ assessment }) => quantile(assessment.iops, 'max'),
  mib_per_second_p50: ({ assessment }) => quantile(assessment.throughput, 'p50'),
  mib_per_second_p95: ({ assessment }) => quantile(assessment.throughput, 'p95'),
  mib_per_second_p995: ({ assessment }) => quantile(assessment.throughput, 'p995'),
  mib_per_second_max: ({ assessment }) => quantile(assessment.throughput, 'max'),
  lowest_balance_percent: ({ assessment: { lowest } }) => (isUnread(lowest) ? lowest : lowest.value),
  minutes_at_wall: ({ assessment }) => rounded(wallMinutesOf(assessment), tenths),
  announced_minutes_ahead: announcedField,
  no_alarm: ({ assessment }) => assessment.noAlarm,
  stall_minutes_under_policy: ({ assessment }) => rounded(stallMinutesOf(assessment), tenths),
  usd_now: ({ assessment }) => cents(assessment.monthly.now),
  usd_under_policy: ({ assessment, region }) => rounded(monthlyUnderPolicy(assessment, region), cents),
  usd_never_put_back: (place) => dollarField(place, 'chosen'),
  usd_io1: (place) => dollarField(place, 'io1'),
  usd_io2: (place) => dollarField(place, 'io2'),
  usd_watching: ({ assessment }) => cents(assessment.watching),
  policy_mode: ({ made }) => made.policy.mode,
  policy_acting: ({ made }) => made.acting,
};

/**
 * One row per volume, as RFC 4180 says, dollars a month. What is announced is the first wall. A field that was not read is `unknown: ` and why; an empty one
 * has nothing to say (no wall to announce, no type that fits). Volumes that were not assessed are rows too. Each outcome
 * has its policy in the same row, because tables are cut up and pasted.
 */
export function csvReport(regions: readonly RegionAssessment[], made: Place['made']): string {
  const rows = regions.flatMap((region) => [
    ...region.volumes.map((assessment) =>
      Object.values(columns).map((of) => of({ assessment, region, made })),
    ),
    ...region.unassessed.map((unassessed) => unassessedRow(region, unassessed)),
  ]);
  return [Object.keys(columns), ...rows].map((fields) => `${fields.map(fieldText).join(',')}\r\n`).join('');
}

const quantile = (reading: Reading<Quantiles>, which: keyof Quantiles): Field =>
  reading.kind === 'unread' ? reading : reading.value[which];

function announcedField({ assessment }: Place): Field {
  const announced = announcedOf(assessment);
  if (announced.kind === 'unread') return announced;
  if (announced.kind === 'no-wall') return undefined;
  return announced.kind === 'missed' ? 0 : tenths(announced.minutesAhead);
}

const rounded = (value: Known<number>, to: (value: number) => number): Field =>
  isUnread(value) ? value : to(value);

function dollarField({ assessment }: Place, of: 'chosen' | 'io1' | 'io2'): Field {
  const dollars = assessment.monthly[of];
  return whyUnpriced(assessment, dollars) ?? (dollars === undefined ? undefined : cents(dollars));
}

function unassessedRow(region: RegionAssessment, { volumeId, why }: Unassessed): readonly Field[] {
  const known: Readonly<Record<string, Field>> = {
    account: region.account,
    region: region.region,
    volume: volumeId,
    outcome: { kind: 'unread', why },
  };
  return Object.keys(columns).map((name) => known[name]);
}

function fieldText(field: Field): string {
  if (field === undefined) return '';
  // Ten digits are more than any of these was measured with, and spare readers 0.30000000000000004.
  if (typeof field === 'number') return String(Number(field.toPrecision(10)));
  return csvText(isUnread(field) ? `unknown: ${field.why}` : field);
}
