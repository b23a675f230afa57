import type { Plan } from '../../core/domain/deciding/decision.ts';
import type { Assessment, Quantiles, RegionAssessment } from '../../core/domain/history/assessment.ts';
import type { NoAlarm } from '../../core/domain/history/no-alarm.ts';
import type { Replayed } from '../../core/domain/history/replayed.ts';
import type { Reading } from '../../core/domain/reading.ts';
import { inMinutes } from '../../core/domain/units.ts';
import type { Configuration, Volume } from '../../core/domain/volume.ts';
import { type JsonAssumptions, jsonAssumptions } from './assumption-words.ts';
import type { Made } from './made.ts';
import { monthlyUnderPolicy } from './monthly.ts';
import {
  announcedOf,
  isUnread,
  type Known,
  type Outcome,
  outcomeOf,
  stallMinutesOf,
  timelineOf,
  wallMinutesOf,
} from './outcome.ts';
import { cents, tenths } from './rounded.ts';
import { iso, whyUnpriced } from './texts.ts';

/** A moment: ISO 8601 in UTC. */
type Time = string;
/** What was not read, and why; never a 0 in its place. */
type Told<Fact> = Fact | { readonly unknown: string };

/**
 * What `--json` prints. `version` rises when a field goes or changes its meaning; new fields may come at any time.
 * The recorded series are not in it: `--save` keeps those. Dollars are a month unless their name says otherwise, to the
 * cent; minutes are to a tenth.
 */
export interface JsonReport {
  readonly format: 'ebs-burst/assessment';
  readonly version: 1;
  readonly madeBy: string;
  readonly madeAt: Time;
  readonly policy: {
    readonly mode: string;
    /** `assumed`: no policy was named, so it is as if acting were allowed where no tag forbids it. */
    readonly acting: Made['acting'];
    readonly target: string;
    readonly leadTimeMinutes: number;
    readonly detectionLagMinutes: number;
  };
  /** What the replay takes for granted, because no record knows it. */
  readonly assumptions: JsonAssumptions;
  readonly priceLists: readonly { readonly region: string; readonly checked: string }[];
  readonly regions: readonly JsonRegion[];
}

interface JsonRegion {
  readonly account: string;
  readonly region: string;
  readonly from: Time;
  readonly until: Time;
  readonly assessedAt: Time;
  readonly cannotRunOut: number;
  readonly volumes: readonly JsonVolume[];
  readonly unassessed: readonly { readonly volumeId: string; readonly why: string }[];
  readonly calls: Readonly<Record<string, number>>;
  readonly metricsRequested: number;
}

interface JsonVolume {
  readonly volumeId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly configuration: Volume['configuration'];
  readonly sizeGiB: number;
  readonly zone: string;
  readonly bucket: Assessment['bucket'];
  readonly iops: Told<Quantiles>;
  readonly mebibytesPerSecond: Told<Quantiles>;
  readonly lowestBalancePercent: Told<number>;
  readonly outcome: Outcome;
  readonly minutesAtWall: Told<number>;
  /** Why the policy would give it none; `null` where it would have one. */
  readonly noAlarm: NoAlarm | null;
  /** Of the first wall only. 0 where nobody heard of it a whole minute before; `null` where there was none. */
  readonly announcedMinutesAhead: Told<number | null>;
  readonly underPolicy: {
    readonly stallMinutes: Told<number>;
    /** Over the time replayed. */
    readonly extraDollars: Told<number>;
    readonly timeline: readonly JsonEvent[];
  };
  /** `null` where no target fits. */
  readonly monthlyDollars: {
    readonly now: number;
    readonly underPolicy: Told<number>;
    readonly neverPutBack: Told<number | null>;
    readonly io1: Told<number | null>;
    readonly io2: Told<number | null>;
    readonly watching: number;
  };
}

/** The kinds and fields of `Replayed`, without what goes without saying: the volume. */
type JsonEvent = Readonly<{ at: Time; kind: Replayed['kind'] }> & Readonly<Record<string, unknown>>;

/** Ends with a newline, as a file should. */
export const jsonReport = (regions: readonly RegionAssessment[], made: Made): string =>
  `${JSON.stringify(jsonOf(regions, made), undefined, 2)}\n`;

const jsonOf = (
  regions: readonly RegionAssessment[],
  { version, at, policy, acting, assumptions, priceLists }: Made,
): JsonReport => ({
  format: 'ebs-burst/assessment',
  version: 1,
  madeBy: `ebs-burst ${version}`,
  madeAt: iso(at),
  policy: {
    mode: policy.mode,
    acting,
    target: policy.target,
    leadTimeMinutes: inMinutes(policy.leadTime),
    detectionLagMinutes: inMinutes(policy.detectionLag),
  },
  assumptions: jsonAssumptions(assumptions),
  priceLists: priceLists.map(({ region, checked }) => ({ region, checked })),
  regions: regions.map(regionOf),
});

const regionOf = (region: RegionAssessment): JsonRegion => ({
  account: region.account,
  region: region.region,
  from: iso(region.from),
  until: iso(region.until),
  assessedAt: iso(region.assessedAt),
  cannotRunOut: region.cannotRunOut,
  volumes: region.volumes.map((assessment) => volumeOf(assessment, region)),
  unassessed: region.unassessed,
  calls: region.calls,
  metricsRequested: region.metricsRequested,
});

function volumeOf(assessment: Assessment, region: RegionAssessment): JsonVolume {
  const { volume, bucket, replay, monthly } = assessment;
  return {
    volumeId: volume.id,
    tags: volume.tags,
    configuration: volume.configuration,
    sizeGiB: volume.size,
    zone: volume.zone,
    bucket,
    iops: factOf(assessment.iops),
    mebibytesPerSecond: factOf(assessment.throughput),
    lowestBalancePercent: factOf(assessment.lowest),
    outcome: outcomeOf(assessment),
    minutesAtWall: rounded(wallMinutesOf(assessment), tenths),
    noAlarm: assessment.noAlarm ?? null,
    announcedMinutesAhead: announcedIn(assessment),
    underPolicy: {
      stallMinutes: rounded(stallMinutesOf(assessment), tenths),
      extraDollars: replay.kind === 'unread' ? factOf(replay) : cents(replay.value.extraCost),
      timeline: timelineOf(assessment).map(eventOf),
    },
    monthlyDollars: {
      now: cents(monthly.now),
      underPolicy: rounded(monthlyUnderPolicy(assessment, region), cents),
      neverPutBack: dollarsOf(assessment, 'chosen'),
      io1: dollarsOf(assessment, 'io1'),
      io2: dollarsOf(assessment, 'io2'),
      watching: cents(assessment.watching),
    },
  };
}

const told = <Fact>(fact: Known<Fact>): Told<Fact> => (isUnread(fact) ? { unknown: fact.why } : fact);

const rounded = (value: Known<number>, to: (value: number) => number): Told<number> =>
  told(isUnread(value) ? value : to(value));

function dollarsOf(assessment: Assessment, of: 'chosen' | 'io1' | 'io2'): Told<number | null> {
  const dollars = assessment.monthly[of];
  const why = whyUnpriced(assessment, dollars);
  if (why !== undefined) return { unknown: why.why };
  return dollars === undefined ? null : cents(dollars);
}

const factOf = <Fact>(reading: Reading<Fact>): Told<Fact> =>
  reading.kind === 'unread' ? { unknown: reading.why } : reading.value;

function announcedIn(assessment: Assessment): Told<number | null> {
  const announced = announcedOf(assessment);
  if (announced.kind === 'unread') return { unknown: announced.why };
  if (announced.kind === 'no-wall') return null;
  return announced.kind === 'missed' ? 0 : tenths(announced.minutesAhead);
}

export function eventOf(event: Replayed): JsonEvent {
  const { kind } = event;
  const at = iso(event.at);
  switch (kind) {
    case 'announced':
      return { at, kind, said: event.said, wall: wallOf(event.wall), refusals: event.refusals };
    case 'acted':
      return { at, kind, plan: planOf(event.plan), wall: wallOf(event.wall) };
    case 'relieved':
      return { at, kind, to: event.to };
    case 'returned':
      return { at, kind, plan: planOf(event.plan) };
    case 'ended':
      return { at, kind, ending: event.ending };
    default:
      return { at, kind };
  }
}

const wallOf = (wall: number | undefined): Time | null => (wall === undefined ? null : iso(wall));

const planOf = ({
  purpose,
  from,
  to,
  price,
}: Plan): {
  readonly purpose: string;
  readonly from: Configuration;
  readonly to: Configuration;
  readonly monthlyDollars: { readonly now: number; readonly after: number };
} => ({ purpose, from, to, monthlyDollars: { now: cents(price.now), after: cents(price.after) } });
