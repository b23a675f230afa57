import {
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import { scheduleOf } from '../../../twin/cloudwatch/publication-schedule.ts';
import { constantDemand } from '../../../twin/ebs/open-loop-workload.ts';
import type { InstanceOptions } from '../../../twin/ebs/simulated-instance.ts';
import type { VolumeOptions } from '../../../twin/ebs/simulated-volume.ts';
import type { EbsAccountOptions } from '../../../twin/ebs-account.ts';
import { connectedEbsAccount, HOUR, MINUTE, PROMPT_METRICS, START } from '../connected-ebs-account.ts';

const VOLUME = { VolumeId: 'vol-1' };
const ATTACHMENT = { VolumeId: 'vol-1', InstanceId: 'i-1' };
const INSTANCE = { InstanceId: 'i-1' };

interface Setting {
  readonly options?: Partial<EbsAccountOptions>;
  readonly volume?: Partial<VolumeOptions>;
  readonly instance?: InstanceOptions;
}

/** A gp2 volume of 100 GiB under 1,200 IOPS: 900 credits a second, empty after 100 minutes. */
function loaded({ options = {}, volume = {}, instance = {} }: Setting = {}) {
  const connected = connectedEbsAccount({ metrics: PROMPT_METRICS, ...options });
  connected.volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100, id: 'vol-1', ...volume });
  connected.volumes.createInstance({ id: 'i-1', ...instance });
  connected.volumes.attach('vol-1', 'i-1');
  connected.volumes.setWorkload('vol-1', constantDemand({ iops: 1_200, ioBytes: 16_384, readShare: 0.25 }));
  const get = (queries: MetricDataQuery[], more: Partial<GetMetricDataCommandInput> = {}) =>
    connected.cloudwatch.send(
      new GetMetricDataCommand({
        MetricDataQueries: queries,
        StartTime: new Date(START),
        EndTime: new Date(START + 24 * HOUR),
        ScanBy: 'TimestampAscending',
        ...more,
      }),
    );
  const values = async (
    name: string,
    stat = 'Average',
    dimensions: Record<string, string> = VOLUME,
    period = 60,
  ) => (await get([query({ name, stat, period, dimensions })])).MetricDataResults?.[0]?.Values ?? [];
  return { ...connected, get, values };
}

interface Query {
  readonly name?: string;
  readonly stat?: string;
  readonly period?: number;
  readonly dimensions?: Record<string, string>;
  readonly id?: string;
}

const query = ({
  name = 'BurstBalance',
  stat = 'Average',
  period = 60,
  dimensions = VOLUME,
  id = 'm1',
}: Query = {}): MetricDataQuery => ({
  Id: id,
  MetricStat: {
    Metric: {
      Namespace: 'VolumeId' in dimensions ? 'AWS/EBS' : 'AWS/EC2',
      MetricName: name,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    },
    Period: period,
    Stat: stat,
  },
});

describe('metrics of a volume', () => {
  test.each([
    ['BurstBalance', 'Minimum', [99, 98, 97]],
    ['VolumeReadOps', 'Sum', [18_000, 18_000, 18_000]],
    ['VolumeWriteOps', 'Sum', [54_000, 54_000, 54_000]],
    ['VolumeReadBytes', 'Sum', [18_000 * 16_384, 18_000 * 16_384, 18_000 * 16_384]],
    ['VolumeQueueLength', 'Average', [1.2, 1.2, 1.2]],
    ['VolumeIdleTime', 'Sum', [0, 0, 0]],
  ])('%s', async (name, stat, expected) => {
    const { values, simulation } = loaded();
    await simulation.runFor(3 * MINUTE);
    expect(await values(name, stat)).toEqual(expected.map((value) => expect.closeTo(value)));
  });

  test('latency is time per operation', async () => {
    const { values, simulation } = loaded();
    await simulation.runFor(MINUTE);
    const [time = 0] = await values('VolumeTotalReadTime', 'Sum');
    const [reads = 1] = await values('VolumeReadOps', 'Sum');
    expect(time / reads).toBeCloseTo(0.001);
    expect(await values('VolumeAvgReadLatency', 'Maximum', ATTACHMENT)).toEqual([expect.closeTo(1)]);
  });

  test.each([
    ['Nitro', {}, [expect.closeTo(1_200)]],
    ['Xen', { nitro: false }, []],
  ])(
    'per-attachment metrics on %s, with both dimensions and never with one',
    async (_name, instance, expected) => {
      const { values, simulation } = loaded({ instance });
      await simulation.runFor(MINUTE);
      expect(await values('VolumeAvgIOPS', 'Average', ATTACHMENT)).toEqual(expected);
      expect(await values('VolumeAvgIOPS', 'Average', VOLUME)).toEqual([]);
    },
  );

  test('at the wall the queue is long and the exceeded check set, before neither', async () => {
    const { values, simulation } = loaded();
    await simulation.runFor(2 * HOUR);
    const [balance, exceeded, queue] = [
      await values('BurstBalance'),
      await values('VolumeIOPSExceededCheck', 'Maximum', ATTACHMENT),
      await values('VolumeQueueLength'),
    ];
    expect([balance[0], exceeded[0], queue[0]]).toEqual([99, 0, expect.closeTo(1.2)]);
    expect([balance.at(-1), exceeded.at(-1)]).toEqual([0, 1]);
    expect(queue.at(-1)).toBeGreaterThan(999);
  });

  test('a stalled volume says so', async () => {
    const { values, simulation, volumes } = loaded();
    await simulation.runFor(MINUTE);
    volumes.setHealth('vol-1', 'stalled');
    await simulation.runFor(MINUTE);
    expect(await values('VolumeStalledIOCheck', 'Maximum', ATTACHMENT)).toEqual([0, 1]);
    expect(await values('VolumeWriteOps', 'Sum')).toEqual([54_000, 0]);
  });

  test('stop while detached and start again', async () => {
    const { values, simulation, volumes } = loaded();
    await simulation.runFor(MINUTE);
    volumes.detach('vol-1');
    await simulation.runFor(2 * MINUTE);
    volumes.attach('vol-1', 'i-1');
    await simulation.runFor(MINUTE);
    expect(await values('VolumeReadOps', 'SampleCount')).toEqual([1, 1]);
  });

  test('are lost while withheld', async () => {
    const { values, simulation, metrics } = loaded();
    metrics.withhold('vol-1', ['BurstBalance']);
    await simulation.runFor(2 * MINUTE);
    metrics.resume('vol-1');
    await simulation.runFor(MINUTE);
    expect(await values('BurstBalance')).toEqual([97]);
    expect(await values('VolumeReadOps')).toHaveLength(3);
  });
});

describe('BurstBalance', () => {
  test.each([
    ['absent', []],
    ['zero', [0]],
    ['hundred', [100]],
  ] as const)(
    'of gp2 with 1,000 GiB is %s where the account is set to',
    async (balanceWithoutBurst, expected) => {
      const metrics = { ...PROMPT_METRICS, balanceWithoutBurst };
      const { values, simulation } = loaded({ options: { metrics }, volume: { sizeGiB: 1_000 } });
      await simulation.runFor(MINUTE);
      expect(await values('BurstBalance')).toEqual(expected);
    },
  );

  test('disappears once the volume is gp3', async () => {
    const optimizingTime = () => 10 * MINUTE;
    const { values, simulation, volumes } = loaded({ options: { volumes: { optimizingTime } } });
    await simulation.runFor(2 * MINUTE);
    volumes.modifyByPerson('vol-1', { volumeType: 'gp3' });
    await simulation.runFor(20 * MINUTE);
    expect(await values('BurstBalance')).toEqual([99, 98]);
    expect(await values('VolumeReadOps')).toHaveLength(22);
  });
});

describe('publication', () => {
  test('a datapoint cannot be read before its period and delay are over, then it can', async () => {
    const { values, simulation } = loaded({
      options: { metrics: { balanceSampling: 5, publicationDelay: 2 } },
    });
    await simulation.runUntil(START + 7 * MINUTE - 1_000);
    expect(await values('BurstBalance')).toEqual([]);
    await simulation.runUntil(START + 7 * MINUTE);
    expect(await values('BurstBalance')).toEqual([95]);
    expect(await values('VolumeReadOps')).toHaveLength(5);
  });

  test('sampling and delay differ between volumes, repeat with the seed and keep to their ranges', () => {
    const schedules = Array.from({ length: 200 }, (_, index) => scheduleOf(`vol-${index}`, { seed: 7 }));
    expect(schedules).toEqual(
      Array.from({ length: 200 }, (_, index) => scheduleOf(`vol-${index}`, { seed: 7 })),
    );
    expect(new Set(schedules.map(({ balancePeriod }) => balancePeriod))).toEqual(
      new Set([MINUTE, 5 * MINUTE]),
    );
    const delays = schedules.map(({ delay }) => delay);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(MINUTE);
    expect(Math.max(...delays)).toBeLessThanOrEqual(5 * MINUTE);
    expect(new Set(delays).size).toBeGreaterThan(50);
  });
});

describe('metrics of an instance', () => {
  test('a small size reports its balances every 5 minutes, a fixed one never', async () => {
    const ebsIops = { baseline: 600, maximum: 12_000 };
    const small = loaded({ instance: { ebsIops } });
    const fixed = loaded({ instance: { ebsIops: { baseline: 12_000, maximum: 12_000 } } });
    for (const { simulation } of [small, fixed]) await simulation.runFor(10 * MINUTE);
    const used = (100 * 600) / (1_800 * 11_400);
    expect(await small.values('EBSIOBalance%', 'Average', INSTANCE)).toEqual([
      expect.closeTo(100 - 300 * used),
      expect.closeTo(100 - 600 * used),
    ]);
    expect(await fixed.values('EBSIOBalance%', 'Average', INSTANCE)).toEqual([]);
  });

  test.each([
    [1_000, 1],
    [1_300, 0],
  ])('with a limit of %d IOPS under 1,200 has InstanceEBSIOPSExceededCheck %d', async (limit, expected) => {
    const { values, simulation } = loaded({ instance: { ebsIops: { baseline: limit, maximum: limit } } });
    await simulation.runFor(MINUTE);
    expect(await values('InstanceEBSIOPSExceededCheck', 'Maximum', INSTANCE)).toEqual([expected]);
    expect(await values('VolumeIOPSExceededCheck', 'Maximum', ATTACHMENT)).toEqual([0]);
  });
});

describe('GetMetricData', () => {
  test.each([
    ['Average', 97],
    ['Sum', 485],
    ['Minimum', 95],
    ['Maximum', 99],
    ['SampleCount', 5],
  ])('%s over five minutes', async (stat, expected) => {
    const { values, simulation } = loaded();
    await simulation.runFor(5 * MINUTE);
    expect(await values('BurstBalance', stat, VOLUME, 300)).toEqual([expected]);
  });

  test('answers newest first unless asked otherwise, and leaves empty periods out', async () => {
    const { get, simulation } = loaded();
    await simulation.runFor(3 * MINUTE);
    const { MetricDataResults } = await get([query()], { ScanBy: undefined });
    expect(MetricDataResults).toEqual([
      {
        Id: 'm1',
        Label: 'BurstBalance',
        StatusCode: 'Complete',
        Timestamps: [2, 1, 0].map((minute) => new Date(START + minute * MINUTE)),
        Values: [97, 98, 99],
      },
    ]);
  });

  test('pages when there are more datapoints than asked for', async () => {
    const { get, simulation } = loaded();
    await simulation.runFor(3 * MINUTE);
    const queries = [
      query({ id: 'a' }),
      query({ id: 'none', name: 'NoSuch' }),
      query({ id: 'b', name: 'VolumeReadOps' }),
    ];
    const pages: object[] = [];
    let token: string | undefined;
    do {
      const page = await get(queries, {
        MaxDatapoints: 2,
        ...(token === undefined ? {} : { NextToken: token }),
      });
      pages.push(
        (page.MetricDataResults ?? []).map(({ Id, Values, StatusCode }) => [Id, Values?.length, StatusCode]),
      );
      token = page.NextToken;
    } while (token !== undefined);
    expect(pages).toEqual([
      [
        ['a', 2, 'PartialData'],
        ['none', 0, 'Complete'],
      ],
      [
        ['a', 1, 'Complete'],
        ['b', 1, 'PartialData'],
      ],
      [['b', 2, 'Complete']],
    ]);
  });

  test.each<[string, MetricDataQuery[], string]>([
    ['501 queries', Array.from({ length: 501 }, (_, index) => query({ id: `m${index}` })), 'ValidationError'],
    ['the same id twice', [query(), query()], 'ValidationError'],
    ['an id that starts with a capital', [query({ id: 'M1' })], 'ValidationError'],
    ['a period of 90 s', [query({ period: 90 })], 'ValidationError'],
    ['metric math', [{ Id: 'e1', Expression: 'm1 / 60' }], 'NotImitatedError'],
    ['a percentile', [query({ stat: 'p99' })], 'NotImitatedError'],
  ])('refuses %s', async (_name, queries, name) => {
    await expect(loaded().get(queries)).rejects.toMatchObject({ name });
  });

  test('accepts 500 queries', async () => {
    const queries = Array.from({ length: 500 }, (_, index) => query({ id: `m${index}` }));
    await expect(loaded().get(queries)).resolves.toMatchObject({ MetricDataResults: { length: 500 } });
  });

  test('refuses an end that is not after the start', async () => {
    await expect(loaded().get([query()], { EndTime: new Date(START) })).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'The parameter StartTime must be less than the parameter EndTime.',
    });
  });
});
