import type { KeepAlarmsPorts, KeepAlarmsSettings } from '../../core/application/keep-alarms.ts';
import type { Outcome } from '../../core/application/outcome.ts';
import type { Census } from '../../core/application/ports.ts';
import { type RespondPorts, respond } from '../../core/application/respond.ts';
import type { LookAt } from '../../core/domain/look-at.ts';
import { unsaid } from '../../core/domain/look-at.ts';
import type { Notice, Said } from '../../core/domain/notices/notice.ts';
import { invalidTagsOf, unwatchedOf } from '../../core/domain/notices/unwatched.ts';
import type { Policy } from '../../core/domain/policy.ts';
import { usEast1Prices } from '../../core/domain/prices.ts';
import { instant, seconds } from '../../core/domain/units.ts';
import type { Volume, VolumeId } from '../../core/domain/volume.ts';
import { somePlace } from '../domain/some-case.ts';
import { noon, somePolicy } from '../domain/some-volume.ts';
import { FakeAlarmShelf } from './fake-alarm-shelf.ts';
import { FakeAlmanac } from './fake-almanac.ts';
import { FakeCaseBook } from './fake-case-book.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeIds } from './fake-ids.ts';
import { FakeMetrics } from './fake-metrics.ts';
import { FakeModifier } from './fake-modifier.ts';
import { FakePace } from './fake-pace.ts';
import { FakeQueue } from './fake-queue.ts';
import { FakeSurroundings } from './fake-surroundings.ts';
import { FakeVolumes } from './fake-volumes.ts';
import { InMemoryOutbox } from './in-memory-outbox.ts';

export const someCensus = (rest: Partial<Census> = {}): Census => ({
  at: noon,
  watched: 100,
  unwatched: unwatchedOf([]),
  cannotRunOut: 0,
  backfill: 'complete',
  invalidTags: invalidTagsOf([]),
  provisioned: {
    gp3: { storageGibibytes: 0, iops: 0 },
    io1: { storageGibibytes: 0, iops: 0 },
    io2: { storageGibibytes: 0, iops: 0 },
  },
  ...rest,
});

/** An account at noon with these volumes, 100 of them watched at the last census, and all use cases on fakes. */
export function fakeAccount(...present: readonly Volume[]) {
  const clock = new FakeClock(noon);
  const volumes = new FakeVolumes(clock);
  volumes.put(...present);
  const outbox = new InMemoryOutbox('sns');
  const almanac = new FakeAlmanac();
  almanac.censuses.push(someCensus());
  const fakes = {
    clock,
    volumes,
    outbox,
    almanac,
    alarms: new FakeAlarmShelf(),
    cases: new FakeCaseBook(clock, outbox),
    ids: new FakeIds(),
    metrics: new FakeMetrics(clock),
    modifier: new FakeModifier(clock, volumes),
    pace: new FakePace(),
    queue: new FakeQueue(),
    surroundings: new FakeSurroundings(clock),
  } satisfies RespondPorts & KeepAlarmsPorts;
  const settings = { prices: usEast1Prices, place: somePlace, beginsActsFor: seconds(35) };
  return {
    ...fakes,
    respond: async (wakeUps: readonly LookAt[], policy: Partial<Policy> = {}): Promise<readonly Outcome[]> =>
      (await respond(wakeUps, { policy: somePolicy(policy), ...settings }, fakes)).outcomes,
    ports: fakes,
  };
}
export type FakeAccount = ReturnType<typeof fakeAccount>;

export const keepingSettings = (policy: Partial<Policy> = {}): KeepAlarmsSettings => ({
  policy: somePolicy(policy),
  prices: usEast1Prices,
  place: somePlace,
  deploymentId: 'test',
});

export const lookAt = (
  volumeId: VolumeId,
  because: LookAt['because'] = 'alarm',
  rest: Partial<LookAt> = {},
): LookAt => ({ kind: 'look-at', volumeId, because, mute: unsaid, ...rest });

/** What the team was told about its cases, in order. */
export const saidIn = ({ cases }: FakeAccount): readonly Said['kind'][] =>
  cases.commits.flatMap(({ notices }) =>
    notices.flatMap((notice) => (notice.kind === 'case' ? notice.said.kind : [])),
  );

/** Notices that belong to no case. */
export async function looseNotices({ outbox }: FakeAccount): Promise<readonly Notice[]> {
  const due = await outbox.due(instant(Number.MAX_SAFE_INTEGER));
  const threads = await Promise.all(
    due.map(({ incident, channel }) => outbox.conversation(incident, channel)),
  );
  return threads
    .flatMap(({ rows }) => rows.map(({ notice }) => notice))
    .filter(({ kind }) => kind !== 'case');
}
