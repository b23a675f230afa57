import type { Place } from '../domain/notices/subject.ts';
import type { Policy } from '../domain/policy.ts';
import { read } from '../domain/reading.ts';
import { before, between, dayOf, days, type Instant, instant } from '../domain/units.ts';
import type { Almanac, CaseBook, Census, Clock, Outbox } from './ports.ts';

export interface HeartbeatPorts {
  readonly clock: Clock;
  readonly cases: CaseBook;
  readonly almanac: Almanac;
  readonly outbox: Outbox;
}

interface Settings {
  readonly policy: Policy;
  readonly place: Place;
}

/** UTC; the first census after it tells that we are alive and what the day was. */
const heartbeatHour = 8;

/**
 * One line a day, asked after each census and due when the one before it was taken before today's hour, or before the hour
 * of a line that could not be told. After the first census there is no day to tell. The notice's id is its date, so that it is told once however often this runs.
 */
export async function sendHeartbeat(
  { policy, place }: Settings,
  census: Census,
  previous: Pick<Census, 'at' | 'heartbeatOwedSince'> | undefined,
  { clock, cases, almanac, outbox }: HeartbeatPorts,
): Promise<'told' | 'not-yet'> {
  const now = clock.now();
  if (previous === undefined) return 'not-yet';
  const { at: lastCensusAt, heartbeatOwedSince = lastCensusAt } = previous;
  if (!isBetween(heartbeatOwedSince, heartbeatOf(now), now)) return 'not-yet';
  const [ledger, openCases, upgraded, metricReads] = await Promise.all([
    cases.ledger(),
    cases.countOpen(),
    cases.stillUpgraded(),
    almanac.metricReads(dayOf(before(now, days(1)))),
  ]);
  await outbox.add({
    kind: 'heartbeat',
    id: `heartbeat#${place.region}#${dayOf(now)}`,
    at: now,
    account: place.account,
    region: place.region,
    mode: policy.mode,
    watched: census.watched,
    unwatched: census.unwatched.total,
    openCases,
    stillUpgraded: upgraded.length,
    committed: ledger.committed,
    maxMonthlyIncrease: policy.caps.maxMonthlyIncrease,
    metricReads,
    invalidTags: census.invalidTags,
    census: read(between(lastCensusAt, now), now),
  });
  return 'told';
}

const heartbeatOf = (now: Instant): Instant => instant(new Date(now).setUTCHours(heartbeatHour, 0, 0, 0));

const isBetween = (earlier: Instant, time: Instant, later: Instant): boolean =>
  earlier < time && time <= later;
