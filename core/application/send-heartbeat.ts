import type { Policy } from '../domain/policy.ts';
import type { Place } from '../domain/subject.ts';
import { before, between, days, type Instant } from '../domain/units.ts';
import type { Almanac, CaseBook, Clock, Outbox } from './ports.ts';

export interface HeartbeatPorts {
  readonly clock: Clock;
  readonly cases: CaseBook;
  readonly almanac: Almanac;
  readonly outbox: Outbox;
}

/** The first run after this hour, UTC, tells that we are alive and what the day was. */
const heartbeatHour = 8;

/** One line a day: the notice's id is its date, so that however often this is asked it is told once. */
export async function sendHeartbeat(
  policy: Policy,
  place: Place,
  { clock, cases, almanac, outbox }: HeartbeatPorts,
): Promise<'told' | 'not-yet'> {
  const now = clock.now();
  if (new Date(now).getUTCHours() < heartbeatHour) return 'not-yet';
  const [census, ledger, openCases, upgraded, metricReads] = await Promise.all([
    almanac.latestCensus(),
    cases.ledger(),
    cases.countOpen(),
    cases.stillUpgraded(),
    almanac.metricReads(dayOf(before(now, days(1)))),
  ]);
  const counted = census.kind === 'read' ? census.value : undefined;
  await outbox.add({
    kind: 'heartbeat',
    id: `heartbeat#${place.region}#${dayOf(now)}`,
    at: now,
    account: place.account,
    region: place.region,
    mode: policy.mode,
    watched: counted?.watched ?? 0,
    unwatched: counted?.unwatched.length ?? 0,
    openCases,
    stillUpgraded: upgraded.length,
    committed: ledger.committed,
    metricReads,
    invalidTags: counted?.invalidTags ?? [],
    census: census.kind === 'read' ? { kind: 'read', value: between(census.value.at, now), at: now } : census,
  });
  return 'told';
}

const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);
