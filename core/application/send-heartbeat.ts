import type { Place } from '../domain/notices/subject.ts';
import type { Policy } from '../domain/policy.ts';
import { read } from '../domain/reading.ts';
import { before, between, dayOf, days, type Instant, instant } from '../domain/units.ts';
import type { Almanac, CaseBook, Clock, Outbox } from './ports.ts';

export interface HeartbeatPorts {
  readonly clock: Clock;
  readonly cases: CaseBook;
  readonly almanac: Almanac;
  readonly outbox: Outbox;
}

/** UTC; the first census after it tells that we are alive and what the day was. */
const heartbeatHour = 8;

/**
 * One line a day, asked before each census and due when the last one was taken before today's hour. Before the first
 * census there is nothing to say. The notice's id is its date, so that it is told once however often this runs.
 */
export async function sendHeartbeat(
  policy: Policy,
  place: Place,
  { clock, cases, almanac, outbox }: HeartbeatPorts,
): Promise<'told' | 'not-yet'> {
  const now = clock.now();
  const census = await almanac.latestCensus();
  if (census.kind === 'unread' || !isBetween(census.value.at, heartbeatOf(now), now)) return 'not-yet';
  const [ledger, openCases, upgraded, metricReads] = await Promise.all([
    cases.ledger(),
    cases.countOpen(),
    cases.stillUpgraded(),
    almanac.metricReads(dayOf(before(now, days(1)))),
  ]);
  const { watched, unwatched, invalidTags, at } = census.value;
  await outbox.add({
    kind: 'heartbeat',
    id: `heartbeat#${place.region}#${dayOf(now)}`,
    at: now,
    account: place.account,
    region: place.region,
    mode: policy.mode,
    watched,
    unwatched: unwatched.length,
    openCases,
    stillUpgraded: upgraded.length,
    committed: ledger.committed,
    metricReads,
    invalidTags,
    census: read(between(at, now), now),
  });
  return 'told';
}

const heartbeatOf = (now: Instant): Instant => instant(new Date(now).setUTCHours(heartbeatHour, 0, 0, 0));

const isBetween = (earlier: Instant, time: Instant, later: Instant): boolean =>
  earlier < time && time <= later;
