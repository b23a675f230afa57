import { describe, expect, test } from 'vitest';
import { replay, replayUntil } from '../../../core/application/replay/replay.ts';
import { type Assumptions, usualAssumptions } from '../../../core/application/replay/replay-settings.ts';
import type { RecordedVolume, Recording } from '../../../core/domain/history/recording.ts';
import type { Replayed, VolumeReplay } from '../../../core/domain/history/replayed.ts';
import type { Policy } from '../../../core/domain/policy.ts';
import { usEast1Prices } from '../../../core/domain/prices.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { after, days, type Instant, minutes } from '../../../core/domain/units.ts';
import { somePolicy, someVolume } from '../../domain/some-volume.ts';
import { aDayOf, minutesAfterMidnight, nightlyBatch, recorded, recordingOf } from './some-recording.ts';

async function replayed(
  volumes: readonly RecordedVolume[],
  policy: Partial<Policy> = {},
  assumptions: Partial<Assumptions> = {},
): Promise<readonly VolumeReplay[]> {
  return replay(aDayOf(...volumes), {
    policy: somePolicy(policy),
    prices: usEast1Prices,
    assumptions: { ...usualAssumptions, ...assumptions },
  });
}

async function ofOne(
  volume: RecordedVolume,
  policy: Partial<Policy> = {},
  assumptions: Partial<Assumptions> = {},
): Promise<VolumeReplay> {
  const [only] = await replayed([volume], policy, assumptions);
  if (only === undefined) throw new Error('a replay answers for every volume');
  return only;
}

const kinds = ({ timeline }: VolumeReplay): readonly Replayed['kind'][] => timeline.map(({ kind }) => kind);
const first = <Kind extends Replayed['kind']>({ timeline }: VolumeReplay, kind: Kind) => {
  const found = timeline.find((one): one is Extract<Replayed, { kind: Kind }> => one.kind === kind);
  if (found === undefined) throw new Error(`nothing on the timeline is ${kind}`);
  return found;
};

const batch = recorded(nightlyBatch);
const midday = after(aDayOf().from, minutes(720));
const usualTerms = { prices: usEast1Prices, assumptions: usualAssumptions };
const usual = { policy: somePolicy({ mode: 'notify' }), ...usualTerms };

describe('a replay in mode notify', () => {
  test('announces the wall that was hit, and changes nothing', async () => {
    const told = await ofOne(batch, { mode: 'notify' });
    expect(kinds(told)).toEqual(['alarmed', 'announced', 'announced', 'hit-wall', 'left-wall', 'ended']);
    const [word, wall] = [first(told, 'announced'), first(told, 'hit-wall')];
    expect(minutesAfterMidnight(wall.at)).toBe(220);
    expect(wall.at - word.at).toBeGreaterThan(minutes(15));
    expect(word.refusals).toEqual(['notify-mode']);
    expect(told.extraCost).toBe(0);
    expect(told.stallMinutes).toBeGreaterThan(75);
  });

  test('says nothing of a volume that dips and does not head for its wall', async () => {
    const dips = recorded((minute) => (minute % 240 < 8 ? 2_500 : 50));
    expect((await ofOne(dips, { mode: 'notify' })).timeline).toEqual([]);
  });
});

describe('a replay in mode act', () => {
  test('moves the volume before its wall, which then never comes', async () => {
    const moved = await ofOne(batch, { mode: 'act' });
    expect(kinds(moved)).toEqual(['alarmed', 'acted', 'relieved', 'ended']);
    expect(first(moved, 'acted').plan.to).toEqual({ type: 'gp3', iops: 3_000, throughput: 128 });
    expect(moved.stallMinutes).toBe(0);
    expect(moved.extraCost).toBeLessThan(0);
  });

  test('hits the wall all the same where AWS takes too long', async () => {
    const late = await ofOne(batch, { mode: 'act' }, { relievedAfter: minutes(60) });
    expect(kinds(late)).toContain('hit-wall');
    expect(late.stallMinutes).toBeLessThan((await ofOne(batch, { mode: 'notify' })).stallMinutes);
  });

  test('moves only what is tagged where consent is not assumed', async () => {
    const untagged = await ofOne(batch, { mode: 'act' }, { consent: 'as-tagged' });
    expect(kinds(untagged)).not.toContain('acted');
    expect(first(untagged, 'announced').refusals).toEqual(['no-consent']);
  });

  test('keeps to the caps of the account: where one an hour may be moved, the second waits an hour', async () => {
    const three = ['vol-00000001', 'vol-00000002', 'vol-00000003'] as const;
    const volumes = three.map((id) => recorded(nightlyBatch, someVolume({ id })));
    const blastRadius = { volumes: 1, percentOfWatched: 100 };
    const caps = { ...somePolicy().caps, blastRadius };
    const results = await replayed(volumes, { mode: 'act', caps });
    const [one = 0, other = 0, ...more] = results
      .flatMap(({ timeline }) => timeline.flatMap(({ kind, at }) => (kind === 'acted' ? [at] : [])))
      .toSorted((a, b) => a - b);
    expect(other - one).toBeGreaterThanOrEqual(minutes(60));
    expect(more).toEqual([]);
  });
});

describe('a bridge', () => {
  const st1 = someVolume({ size: 500, configuration: { type: 'st1' } });
  const busyNight = (minute: number) => (minute >= 600 && minute < 900 ? 100 : 2);

  test('goes back when the last day would have fitted, and its new alarm rings for its empty bucket', async () => {
    const length = days(4);
    const settings = { policy: somePolicy(), prices: usEast1Prices, assumptions: usualAssumptions };
    const recording = recordingOf([recorded(busyNight, st1, length)], length);
    const [bridged] = await replay(recording, settings);
    const seen = bridged === undefined ? [] : kinds(bridged);
    expect(seen).toContain('acted');
    expect(seen.slice(seen.indexOf('returned'))).toContain('alarmed');
  });
});

describe('a volume without an alarm', () => {
  const riskier = recorded(nightlyBatch, someVolume({ id: 'vol-00000001', size: 100 }));
  const calmer = recorded(nightlyBatch, someVolume({ id: 'vol-00000002', size: 200 }));
  const ofTwo = async (policy: Partial<Policy>, unrecorded: Recording['unrecorded'] = []) => {
    const settings = { policy: somePolicy({ mode: 'act', ...policy }), ...usualTerms };
    return replay({ ...aDayOf(riskier, calmer), unrecorded }, settings);
  };

  test('is not told of and not moved, and its wall comes', async () => {
    const [watched, unwatched] = await ofTwo({ maxAlarms: 1 });
    expect(watched).toMatchObject({ noAlarm: undefined, stallMinutes: 0 });
    expect(unwatched?.noAlarm).toBe('over-max-alarms');
    expect(unwatched?.timeline.map(({ kind }) => kind)).toEqual(['hit-wall', 'left-wall']);
  });

  test('is one where riskier volumes of which there is no record have all of them', async () => {
    const idle = someVolume({ id: 'vol-00000003', size: 8, tags: { 'ebs-burst:latency-critical': 'true' } });
    const results = await ofTwo({ maxAlarms: 1 }, [idle]);
    expect(results.map(({ noAlarm }) => noAlarm)).toEqual(['over-max-alarms', 'over-max-alarms']);
  });

  test('is none where there is room for all', async () => {
    const results = await ofTwo({ maxAlarms: 2 });
    expect(results.map(({ noAlarm, timeline }) => [noAlarm, timeline[0]?.kind])).toEqual([
      [undefined, 'alarmed'],
      [undefined, 'alarmed'],
    ]);
  });
});

describe('an account as it was found', () => {
  test('does not know what happens at that very minute, and does what came before', async () => {
    const { timeline } = await ofOne(batch, { mode: 'notify' });
    const [{ at: rang } = { at: midday }] = timeline;
    const openAt = async (at: Instant) => (await replayUntil(at, aDayOf(batch), usual)).cases.countOpen();
    expect([await openAt(rang), await openAt(after(rang, minutes(1)))]).toEqual([0, 1]);
  });
});

describe('a replay of long', () => {
  test('lets others have their turn, tells how far it is, and is the same for it', async () => {
    const shares: number[] = [];
    const settings = { policy: somePolicy({ mode: 'act' }), ...usualTerms };
    const told = await replay(aDayOf(batch), settings, async (share) => void shares.push(share));
    expect(told).toEqual(await replay(aDayOf(batch), settings));
    expect(shares.length).toBeGreaterThan(10);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  test('ends where its turn is refused', async () => {
    const refused = () => Promise.reject(new Error('enough'));
    const settings = { policy: somePolicy(), ...usualTerms };
    await expect(replay(aDayOf(batch), settings, refused)).rejects.toThrow('enough');
  });
});

describe('a record without detail', () => {
  const other = recorded(() => 50, someVolume({ id: 'vol-00000002' }));
  /** The survey of `batch`: its lowest balance is given. */
  const byTheHour = (lowest: number): RecordedVolume => {
    const { from, until } = aDayOf();
    const hours = Array.from({ length: 24 }, (_, hour) => ({
      at: after(from, minutes(60 * hour)),
      period: minutes(60),
      value: hour === 3 ? lowest : 100,
    }));
    return { ...batch, balance: read(hours, until), iops: unread('not yet'), throughput: unread('not yet') };
  };

  test('is replayed on its balance alone', async () => {
    const coarse = { ...batch, iops: unread('not read'), throughput: unread('not read') };
    expect(kinds(await ofOne(coarse, { mode: 'notify' }))).toContain('hit-wall');
  });

  test('of a balance that could not be read gets no answer', async () => {
    const blind = { ...batch, balance: unread('AccessDenied on cloudwatch:GetMetricData') };
    expect(await replayed([blind, other])).toMatchObject([{ volumeId: other.volume.id }]);
  });

  test('of a balance without a sample gets no answer', async () => {
    const empty = { ...batch, balance: read([], midday) };
    expect(await replayed([empty, other])).toMatchObject([{ volumeId: other.volume.id }]);
  });

  test('of the lowest balance of each hour gets no answer, and rings no alarm', async () => {
    expect(await replayed([byTheHour(0), other])).toMatchObject([{ volumeId: other.volume.id }]);
    const account = await replayUntil(midday, aDayOf(byTheHour(0)), usual);
    expect(await account.cases.countOpen()).toBe(0);
  });

  test('is judged by its hours where they never fell under 90 %', async () => {
    expect(await replayed([byTheHour(90)])).toMatchObject([{ timeline: [], stallMinutes: 0 }]);
  });
});

test('is the same again, to the last word', async () => {
  expect(await ofOne(batch, { mode: 'act' })).toEqual(await ofOne(batch, { mode: 'act' }));
});
