import { describe, expect, test } from 'vitest';
import { before, type Duration, hours, instant, minutes } from '../../core/domain/units.ts';
import type { Volume } from '../../core/domain/volume.ts';
import { cloudwatchMetricHistory } from '../../lambda/adapters/cloudwatch-metric-history.ts';
import { volumeOf } from '../../lambda/adapters/ec2-volume.ts';
import { ec2VolumeCatalog } from '../../lambda/adapters/ec2-volume-catalog.ts';
import { constantDemand } from '../../twin/ebs/open-loop-workload.ts';
import type { InstanceOptions } from '../../twin/ebs/simulated-instance.ts';
import type { VolumeOptions } from '../../twin/ebs/simulated-volume.ts';
import { ServiceError } from '../../twin/service-error.ts';
import { accountUnderTest, START, volumeId } from './account-under-test.ts';

const gp2 = { volumeType: 'gp2', sizeGiB: 100 } as const;

async function historyUnderTest(
  options: { volume?: VolumeOptions; instance?: InstanceOptions; iops?: number; sampling?: 1 | 5 } = {},
) {
  const { volume: wanted = gp2, iops = 1_200, sampling = 1 } = options;
  const world = accountUnderTest({ metrics: { publicationDelay: 1, balanceSampling: sampling } });
  const { volumes } = world.account.ebs;
  const instance = volumes.createInstance(options.instance);
  const id = volumeId(volumes.createVolume(wanted).id);
  volumes.attach(id, instance.id);
  volumes.setWorkload(id, constantDemand({ iops, ioBytes: 16_384 }));
  const catalog = ec2VolumeCatalog(world.ec2, world.now);
  const describeIt = async (): Promise<Volume> => {
    const found = (await catalog.describe([id])).get(id);
    if (found === undefined) throw new Error(`${id} is gone`);
    return found;
  };
  const history = cloudwatchMetricHistory(world.cloudWatch, world.now);
  const recent = async (demandIn: 'IOPS' | 'MiB/s' = 'IOPS', back: Duration = hours(1)) => {
    const volume = await describeIt();
    const answer = await history.recent([{ volume, since: before(world.now(), back), demandIn }]);
    const metrics = answer.byVolume.get(id);
    if (metrics === undefined) throw new Error(`no answer for ${id}`);
    return { ...metrics, metricsRequested: answer.metricsRequested };
  };
  const balance = async (back: Duration = hours(1)) => {
    const answer = await history.balances([id], before(world.now(), back));
    const found = answer.byVolume.get(id);
    if (found === undefined) throw new Error(`no answer for ${id}`);
    return { balance: found, metricsRequested: answer.metricsRequested };
  };
  return { ...world, volumes, instance, id, describeIt, history, recent, balance };
}

const last = (reading: { kind: string; value?: unknown }) =>
  reading.kind === 'read' && Array.isArray(reading.value) ? reading.value.at(-1) : reading;

describe('balances', () => {
  test('reads the balance of a bursting volume for one metric', async () => {
    const { balance, wait } = await historyUnderTest();
    await wait(minutes(20));
    const answer = await balance();
    expect(last(answer.balance)).toMatchObject({ period: minutes(1), at: START + minutes(18) });
    // 900 IOPS above the baseline of 300 for 19 minutes, of 5.4 million credits.
    expect(last(answer.balance).value).toBeCloseTo(100 - (100 * 900 * 19 * 60) / 5_400_000, 0);
    expect(answer.metricsRequested).toBe(1);
  });

  test('says why a balance could not be read', async () => {
    const { balance, account } = await historyUnderTest();
    account.endpoint.fail({ operation: 'GetMetricData' }, new ServiceError('AccessDenied', 'no'));
    expect((await balance()).balance).toEqual({
      kind: 'unread',
      why: 'AccessDenied on cloudwatch:GetMetricData',
    });
  });
});

describe('recent', () => {
  test('reads demand, latency and queue of a bursting volume', async () => {
    const { recent, wait } = await historyUnderTest();
    await wait(minutes(20));
    const metrics = await recent();
    expect(last(metrics.demand).value).toBeCloseTo(1_200, 0);
    expect(last(metrics.latency).value).toBeGreaterThan(0);
    expect(last(metrics.queue).value).toBeGreaterThan(0);
    expect(metrics.stalled).toMatchObject({ kind: 'read', value: 'flowing' });
    expect(metrics.instanceLimit).toMatchObject({ kind: 'read', value: { kind: 'clear' } });
    expect(metrics.metricsRequested).toBe(5 + 1 + 4);
  });

  test('gives samples of a balance published every five minutes their five minutes', async () => {
    const { balance, recent, wait } = await historyUnderTest({ sampling: 5 });
    await wait(minutes(32));
    expect(last((await balance()).balance)).toMatchObject({ period: minutes(5) });
    expect(last((await recent()).demand)).toMatchObject({ period: minutes(1) });
  });

  test('counts the demand of throughput volumes in MiB/s', async () => {
    const st1 = { volumeType: 'st1', sizeGiB: 500 } as const;
    const { recent, wait } = await historyUnderTest({ volume: st1, iops: 20 });
    await wait(minutes(10));
    const metrics = await recent('MiB/s');
    expect(last(metrics.demand).value).toBeCloseTo((20 * 16_384) / 1_048_576, 2);
    expect(metrics.metricsRequested).toBe(7 + 1 + 4);
  });

  test('reads an empty balance of a type that publishes none, and its demand', async () => {
    const io2 = { volumeType: 'io2', sizeGiB: 100, iops: 2_000 } as const;
    const { balance, recent, wait } = await historyUnderTest({ volume: io2 });
    await wait(minutes(10));
    const metrics = await recent();
    expect((await balance()).balance).toMatchObject({ kind: 'read', value: [] });
    expect(last(metrics.demand).value).toBeCloseTo(1_200, 0);
    expect(metrics.metricsRequested).toBe(5 + 1 + 4);
  });

  test('finds an instance at its limit to be what holds I/O back', async () => {
    const { recent, wait, instance } = await historyUnderTest({
      instance: { ebsIops: { baseline: 500, maximum: 500 } },
    });
    await wait(minutes(10));
    expect((await recent()).instanceLimit).toMatchObject({
      value: { kind: 'reached', instanceId: instance.id, sign: 'InstanceEBSIOPSExceededCheck' },
    });
  });

  test('does not call an instance clear that publishes no checks', async () => {
    const { recent, wait, instance } = await historyUnderTest({ instance: { nitro: false } });
    await wait(minutes(10));
    const metrics = await recent();
    expect(metrics.instanceLimit).toEqual({
      kind: 'unread',
      why: `InstanceEBSIOPSExceededCheck of ${instance.id} is not published (not a Nitro instance?)`,
    });
    expect(metrics.stalled).toMatchObject({ kind: 'read', value: 'not-published' });
  });

  test('sees a stalled volume, and not a stall that is over', async () => {
    const { recent, wait, volumes, id } = await historyUnderTest();
    volumes.setHealth(id, 'stalled');
    await wait(minutes(15));
    expect((await recent()).stalled).toMatchObject({ value: 'stalled' });
    volumes.setHealth(id, 'ok');
    await wait(minutes(5));
    expect((await recent()).stalled).toMatchObject({ value: 'flowing' });
  });

  test('leaves every fact unread with the reason when CloudWatch refuses', async () => {
    const { recent, account } = await historyUnderTest();
    account.endpoint.fail({ operation: 'GetMetricData' }, new ServiceError('AccessDenied', 'no'));
    const unread = { kind: 'unread', why: 'AccessDenied on cloudwatch:GetMetricData' };
    expect(await recent()).toEqual({
      demand: unread,
      latency: unread,
      queue: unread,
      stalled: unread,
      instanceLimit: unread,
      metricsRequested: 10,
    });
  });

  test('asks about a shared instance once, and nothing at all for no wishes', async () => {
    const { history, describeIt, volumes, instance, account, now } = await historyUnderTest();
    const other = volumes.createVolume(gp2);
    volumes.attach(other.id, instance.id);
    const first = await describeIt();
    const second = { ...first, id: volumeId(other.id) };
    const since = before(now(), hours(1));
    const wishes = [first, second].map((volume) => ({ volume, since, demandIn: 'IOPS' as const }));
    expect((await history.recent(wishes)).metricsRequested).toBe(2 * 6 + 4);
    const calls = account.endpoint.calls.length;
    expect(await history.recent([])).toEqual({ byVolume: new Map(), metricsRequested: 0 });
    expect(account.endpoint.calls).toHaveLength(calls);
  });

  test('cannot know the limit of an instance that is not there', async () => {
    const { history, now, id } = await historyUnderTest();
    const volume = volumeOf(id, { VolumeType: 'gp2' });
    const { byVolume } = await history.recent([{ volume, since: now(), demandIn: 'IOPS' }]);
    expect(byVolume.get(id)?.instanceLimit).toEqual({
      kind: 'unread',
      why: 'no instance that EC2 names has it attached',
    });
  });
});

describe('history', () => {
  test('reads a day in minutes, page by page', async () => {
    const { history, describeIt, wait, now, calls } = await historyUnderTest({ iops: 250 });
    await wait(hours(26));
    const volume = await describeIt();
    const day = await history.history(volume, before(now(), hours(24)), now());
    expect(day.iops.length).toBeGreaterThan(1_430);
    expect(day.iops.length).toBe(day.throughput.length);
    expect(day.balance.length).toBeGreaterThan(1_430);
    expect(day.iops.every(({ at, value }) => at >= START + hours(2) && Math.abs(value - 250) < 1)).toBe(true);
    expect(day.throughput.at(-1)?.value).toBeCloseTo((250 * 16_384) / 1_048_576, 2);
    expect(calls('GetMetricData').length).toBeGreaterThan(0);
  });

  test('does not make up a history that could not be read', async () => {
    const { history, describeIt, account, now, id } = await historyUnderTest();
    const volume = await describeIt();
    account.endpoint.fail({ operation: 'GetMetricData' }, new ServiceError('Throttling', 'Rate exceeded'));
    await expect(history.history(volume, instant(now() - hours(1)), now())).rejects.toThrow(
      `the history of ${id} could not be read: Throttling on cloudwatch:GetMetricData; tomorrow's run asks again`,
    );
  });
});
