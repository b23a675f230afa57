import { describe, expect, test } from 'vitest';
import type { HistoryReader, HistoryStore } from '../../../core/application/assess/history-ports.ts';
import { readHistory } from '../../../core/application/assess/read-history.ts';
import { AccessError } from '../../../core/application/assess/walk-volumes.ts';
import { days, inMinutes, minutes } from '../../../core/domain/units.ts';
import { ServiceError } from '../../../twin/service-error.ts';
import { addVolume, keptInMemory, metricCalls, portsTo, simulatedAccount } from './simulated-fleet.ts';

const hour = 3_600_000;

/** Three hours of one volume at the wall and one in peace. */
async function twoVolumes() {
  const account = simulatedAccount();
  const busy = addVolume(account, 2_500);
  const calm = addVolume(account, 50);
  await account.simulation.runFor(3 * hour);
  return { account, busy: busy.id, calm: calm.id };
}

describe('reading a history', () => {
  test('reads minutes only of the volume whose balance fell under 90 %', async () => {
    const { account, busy, calm } = await twoVolumes();
    const { ports } = portsTo(account);
    const { kept, metricsRequested, stopped, calls } = await readHistory(ports, days(14));
    expect(stopped).toBeUndefined();
    expect(kept.map(({ stage, recorded }) => [recorded.volume.id, stage])).toEqual([
      [busy, 'whole'],
      [calm, 'whole'],
    ]);
    const [first, second] = kept.map(({ recorded }) => recorded);
    expect(second?.iops).toEqual({
      kind: 'unread',
      why: 'its balance never fell under 90 %, so its detail was not paid for',
    });
    if (first?.iops.kind !== 'read' || first.balance.kind !== 'read') throw new Error('expected its detail');
    expect(first.iops.value.at(30)).toMatchObject({ period: minutes(1), value: 2_500 });
    expect(first.balance.value.at(-1)?.value).toBe(0);
    expect(metricsRequested).toBe(2 + 5);
    expect(calls).toEqual({ DescribeVolumes: 1, GetMetricData: 2 });
  });

  test('asks for hours first and minutes then', async () => {
    const { account } = await twoVolumes();
    await readHistory(portsTo(account).ports, days(14));
    expect(metricCalls(account).map(({ metrics, period }) => [metrics, period])).toEqual([
      [2, 3_600],
      [5, 60],
    ]);
  });

  test('does not pay for the minutes of volumes that published nothing', async () => {
    const account = simulatedAccount();
    const idle = account.ebs.volumes.createVolume({ volumeType: 'gp2', sizeGiB: 8 });
    await account.simulation.runFor(hour);
    const { kept, unassessed } = await readHistory(portsTo(account).ports, days(14));
    expect(kept).toEqual([]);
    expect(unassessed).toEqual([
      {
        volumeId: idle.id,
        why: 'CloudWatch has nothing of it in these days: it was detached, or its instance was stopped, all the time',
      },
    ]);
    expect(metricCalls(account).map(({ period }) => period)).toEqual([3_600, 3_600]);
  });

  test('counts volumes in use that cannot run out, and reads nothing of them', async () => {
    const account = simulatedAccount();
    const { volumes } = account.ebs;
    const large = volumes.createVolume({ volumeType: 'gp2', sizeGiB: 1_000 });
    volumes.attach(large.id, volumes.createInstance().id);
    await account.simulation.runFor(hour);
    const { walk } = await readHistory(portsTo(account).ports, days(14));
    expect(walk).toMatchObject({ volumes: [], cannotRunOut: 1 });
    expect(metricCalls(account)).toEqual([]);
  });

  test('reads the minutes of the worst volume first', async () => {
    const account = simulatedAccount();
    const mild = addVolume(account, 500);
    const bad = addVolume(account, 2_500);
    await account.simulation.runFor(3 * hour);
    const store = keptInMemory();
    await readHistory(portsTo(account, { store }).ports, days(14));
    expect(store.keeps.slice(2)).toEqual([`${bad.id} whole`, `${mild.id} whole`]);
  });

  test('shows how far it is and what is left', async () => {
    const { account } = await twoVolumes();
    const { ports, shown } = portsTo(account);
    await readHistory(ports, days(14));
    expect(shown.map(({ stage, done, of }) => [stage, done, of])).toEqual([
      ['volumes', 2, 2],
      ['survey', 2, 2],
      ['detail', 1, 1],
    ]);
    expect(shown.at(-1)?.left).toBe(0);
  });
});

describe('a reading that is not let through', () => {
  const throttled = new ServiceError('ThrottlingException', 'Rate exceeded');

  test('waits and asks again where CloudWatch throttles', async () => {
    const { account } = await twoVolumes();
    account.endpoint.fail({ operation: 'GetMetricData' }, throttled, 3);
    const { ports, waited } = portsTo(account);
    const { stopped, kept } = await readHistory(ports, days(14));
    expect(stopped).toBeUndefined();
    expect(kept).toHaveLength(2);
    expect(waited()).toBeGreaterThan(4_000 + 8_000 + 16_000);
  });

  test('walks over the volumes again where EC2 throttles', async () => {
    const { account } = await twoVolumes();
    account.endpoint.fail(
      { operation: 'DescribeVolumes' },
      new ServiceError('RequestLimitExceeded', 'Request limit exceeded.'),
      2,
    );
    expect((await readHistory(portsTo(account).ports, days(14))).kept).toHaveLength(2);
  });

  test('gives up on a volume that is throttled eight times, and not on the others', async () => {
    const { account, busy, calm } = await twoVolumes();
    const isDetail = (input: object) =>
      'MetricDataQueries' in input && JSON.stringify(input).includes('"Period":60,');
    account.endpoint.fail({ operation: 'GetMetricData', input: isDetail }, throttled, 8);
    const { kept, stopped, failed } = await readHistory(portsTo(account).ports, days(14));
    expect(stopped).toBeUndefined();
    expect(kept.map(({ stage, recorded }) => [recorded.volume.id, stage])).toEqual([
      [busy, 'surveyed'],
      [calm, 'whole'],
    ]);
    expect(failed).toEqual([{ volumeId: busy, why: 'Rate exceeded on cloudwatch:GetMetricData' }]);
  });

  test('keeps the list of volumes where only CloudWatch is denied', async () => {
    const account = simulatedAccount({ authorise: ({ action }) => action === 'ec2:DescribeVolumes' });
    const { id } = addVolume(account, 50);
    const { stopped, unassessed } = await readHistory(portsTo(account).ports, days(14));
    expect(stopped).toMatchObject({
      kind: 'refused',
      failure: { kind: 'denied', action: 'cloudwatch:GetMetricData' },
    });
    expect(unassessed).toEqual([{ volumeId: id, why: 'cloudwatch:GetMetricData was refused' }]);
  });

  test('does not begin where the volumes cannot be listed', async () => {
    const account = simulatedAccount({ authorise: () => false });
    const reading = readHistory(portsTo(account).ports, days(14));
    await expect(reading).rejects.toThrow(AccessError);
    await expect(reading).rejects.toMatchObject({
      failure: { kind: 'denied', action: 'ec2:DescribeVolumes' },
    });
  });
});

describe('a reading that is stopped', () => {
  test('keeps what was read and goes on from there the next time', async () => {
    const { account, busy, calm } = await twoVolumes();
    const stopping = new AbortController();
    const store = keptInMemory();
    const first = portsTo(account, {
      store,
      signal: stopping.signal,
      show: ({ stage }) => stage === 'survey' && stopping.abort(),
    });
    const { stopped, kept } = await readHistory(first.ports, days(14));
    expect(stopped).toEqual({ kind: 'interrupted' });
    expect(kept.map(({ stage }) => stage)).toEqual(['surveyed', 'whole']);

    await account.simulation.runFor(hour);
    const before = account.endpoint.calls.length;
    const second = await readHistory(portsTo(account, { store }).ports, days(14));
    expect(account.endpoint.calls.slice(before).map(({ operation }) => operation)).toEqual(['GetMetricData']);
    expect(second.stopped).toBeUndefined();
    expect(store.keeps).toEqual([`${busy} surveyed`, `${calm} whole`, `${busy} whole`]);
  });

  test('tells of a stop during its last call, which no other question follows', async () => {
    const { account } = await twoVolumes();
    const stopping = new AbortController();
    const { ports } = portsTo(account, { signal: stopping.signal });
    const stoppedMeanwhile: HistoryReader = {
      read: (call) => {
        if (call.period === minutes(1)) stopping.abort();
        return ports.reader.read(call);
      },
    };
    const { stopped, done } = await readHistory({ ...ports, reader: stoppedMeanwhile }, days(14));
    expect(stopped).toEqual({ kind: 'interrupted' });
    expect(done).toBe(2);
  });

  test('tells of a stop while it takes up what was read before, which leaves nothing to ask', async () => {
    const { account } = await twoVolumes();
    const store = keptInMemory();
    await readHistory(portsTo(account, { store }).ports, days(14));
    const stopping = new AbortController();
    const kept: HistoryStore['kept'] = (volume) => {
      stopping.abort();
      return store.kept(volume);
    };
    const { ports } = portsTo(account, { store: { ...store, kept }, signal: stopping.signal });
    expect((await readHistory(ports, days(14))).stopped).toEqual({ kind: 'interrupted' });
  });

  test('asks AWS nothing where all was read before', async () => {
    const { account } = await twoVolumes();
    const store = keptInMemory();
    const first = await readHistory(portsTo(account, { store }).ports, days(14));
    const before = account.endpoint.calls.length;
    const second = await readHistory(portsTo(account, { store }).ports, days(14));
    expect(account.endpoint.calls).toHaveLength(before);
    expect(second.kept).toEqual(first.kept);
  });

  test('stops where nothing can be kept any more, and still knows what it read', async () => {
    const { account } = await twoVolumes();
    const keep = async () => {
      throw new Error('/full: the disk is full');
    };
    const { ports } = portsTo(account, { store: { ...keptInMemory(), keep } });
    const { stopped, kept } = await readHistory(ports, days(14));
    expect(stopped).toEqual({ kind: 'not-kept', why: '/full: the disk is full' });
    expect(kept).toHaveLength(2);
  });
});

test('reads 12,000 volumes, 3 % of which dipped, in 10 minutes at a fifth of what the API takes', {
  timeout: 120_000,
}, async () => {
  const account = simulatedAccount();
  account.bus.lose(() => true);
  for (let index = 0; index < 12_000; index += 1) addVolume(account, index % 100 < 3 ? 3_000 : 50);
  await account.simulation.runFor(20 * 60_000);
  const { ports, waited } = portsTo(account);
  const { kept, metricsRequested, calls } = await readHistory(ports, days(14));
  const made = metricCalls(account);
  const took = waited() / 1_000;
  expect(kept).toHaveLength(12_000);
  expect(calls).toEqual({ DescribeVolumes: 12, GetMetricData: 40 + 360 });
  expect(made.every(({ metrics, datapoints }) => metrics <= 500 && datapoints <= 100_800)).toBe(true);
  expect(metricsRequested).toBe(12_000 + 360 * 5);
  const datapoints = made.reduce((sum, call) => sum + call.datapoints, 0);
  expect(inMinutes(minutes(took / 60))).toBeLessThan(10);
  expect(datapoints / took).toBeLessThan(1.01 * 0.2 * 396_000);
  expect(made.length / took).toBeLessThan(0.2 * 500);
});
