import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import { type Duration, instant, minutes } from '../../core/domain/units.ts';
import { type MetricQuery, readMetrics, seriesOf } from '../../lambda/adapters/metric-data.ts';
import {
  combined,
  latency,
  mebibytesPerSecond,
  perSecond,
  total,
} from '../../lambda/adapters/series-arithmetic.ts';
import { connect } from '../../twin/connect.ts';
import { ServiceError } from '../../twin/service-error.ts';
import { START } from './account-under-test.ts';

const at = (minute: number) => START + minutes(minute);
const samples = (period: number, ...values: readonly (readonly [minute: number, value: number])[]) =>
  values.map(([minute, value]) => ({ at: instant(at(minute)), period: minutes(period), value }));

describe('seriesOf', () => {
  test.each([
    ['minutes', [0, 1, 2], 1],
    ['minutes with gaps', [0, 3, 4, 9], 1],
    ['five minutes', [0, 5, 10, 25], 5],
    ['more than five minutes apart', [0, 30, 60], 5],
    ['only one', [7], 1],
  ])('derives the period of %s', (_, at5, period) => {
    const series = seriesOf(
      at5.map((minute) => [at(minute), minute]),
      minutes(1),
    );
    expect(series.map((sample) => sample.period)).toEqual(at5.map(() => minutes(period)));
  });

  test('sorts, and is empty for nothing', () => {
    expect(
      seriesOf(
        [
          [at(1), 5],
          [at(0), 4],
        ],
        minutes(1),
      ),
    ).toEqual(samples(1, [0, 4], [1, 5]));
    expect(seriesOf([], minutes(1))).toEqual([]);
  });

  test('never makes a period shorter than what was asked', () => {
    expect(
      seriesOf(
        [
          [at(0), 1],
          [at(5), 2],
        ],
        minutes(5),
      ),
    ).toEqual(samples(5, [0, 1], [5, 2]));
  });
});

describe('series arithmetic', () => {
  test('adds reads and writes and takes a silent side for none', () => {
    expect(total(samples(1, [0, 60], [1, 30]), samples(1, [1, 30], [2, 6]))).toEqual(
      samples(1, [0, 60], [1, 60], [2, 6]),
    );
  });

  test('makes rates of sums by the period they stand for', () => {
    expect(perSecond(samples(1, [0, 600]))).toEqual(samples(1, [0, 10]));
    expect(perSecond(samples(5, [0, 600]))).toEqual(samples(5, [0, 2]));
    expect(mebibytesPerSecond(samples(1, [0, 60 * 1_048_576]))).toEqual(samples(1, [0, 1]));
  });

  test('makes latency of time by operations and has none where there was no operation', () => {
    expect(latency(samples(1, [0, 6], [1, 0], [2, 3]), samples(1, [0, 3_000], [1, 0]))).toEqual(
      samples(1, [0, 2]),
    );
  });

  test('does not combine with what was not read', () => {
    const read = { kind: 'read', value: [], at: START } as const;
    const unread = { kind: 'unread', why: 'denied' } as const;
    expect(combined(read, unread, total)).toEqual(unread);
    expect(combined(unread, read, total)).toEqual(unread);
    expect(combined(read, read, total)).toEqual(read);
  });
});

describe('readMetrics', () => {
  interface Asked {
    readonly StartTime: Date;
    readonly EndTime: Date;
    readonly NextToken?: string;
    readonly MetricDataQueries: readonly { readonly Id: string }[];
  }
  type Reply = (asked: Asked) => object;

  /** CloudWatch as scripted: the twin never answers only in part. */
  function scripted(reply: Reply) {
    const asked: Asked[] = [];
    const endpoint = async (_service: string, _operation: string, input: object) => {
      asked.push(input as Asked);
      return { $metadata: {}, ...reply(input as Asked) };
    };
    return { asked, client: connect(new CloudWatchClient({ region: 'us-east-1' }), endpoint, 'respond') };
  }

  const query = (key: string, since: number): MetricQuery => ({
    key,
    namespace: 'AWS/EBS',
    metric: 'BurstBalance',
    dimensions: { VolumeId: key },
    statistic: 'Minimum',
    period: minutes(1) as Duration,
    since: instant(since),
  });
  const complete = ({ MetricDataQueries }: Asked) => ({
    MetricDataResults: MetricDataQueries.map(({ Id }) => ({
      Id,
      StatusCode: 'Complete',
      Timestamps: [],
      Values: [],
    })),
  });

  test('asks 500 a call, whole minutes, as far back as the oldest of the call needs', async () => {
    const { client, asked } = scripted(complete);
    const queries = Array.from({ length: 1_001 }, (_, index) => query(`v${index}`, at(index) + 7));
    const found = await readMetrics(client, queries, instant(at(2_000) + 1));
    expect(found.size).toBe(1_001);
    expect(asked.map(({ MetricDataQueries }) => MetricDataQueries.length)).toEqual([500, 500, 1]);
    expect(asked.map(({ StartTime }) => StartTime.getTime())).toEqual([at(0), at(500), at(1_000)]);
    expect(asked[0]?.EndTime.getTime()).toBe(at(2_001));
  });

  test('follows the pages and drops what is older than a query wants', async () => {
    const point = (Id: string, StatusCode: string, ...minutesIn: readonly number[]) => ({
      Id,
      StatusCode,
      Timestamps: minutesIn.map((minute) => new Date(at(minute))),
      Values: minutesIn,
    });
    const firstPage = {
      MetricDataResults: [point('q0', 'PartialData', 5), point('q1', 'Complete', 3, 6)],
      NextToken: 'more',
    };
    const lastPage = { MetricDataResults: [point('q0', 'Complete', 6)] };
    const { client, asked } = scripted(({ NextToken }) => (NextToken === 'more' ? lastPage : firstPage));
    const found = await readMetrics(client, [query('a', at(0)), query('b', at(5))], instant(at(10)));
    expect(asked).toHaveLength(2);
    expect(found.get('a')).toEqual({ kind: 'read', at: at(10), value: samples(1, [5, 5], [6, 6]) });
    expect(found.get('b')).toEqual({ kind: 'read', at: at(10), value: samples(1, [6, 6]) });
  });

  test('leaves unread what came back incomplete or not at all, and only that', async () => {
    const { client } = scripted(() => ({
      MetricDataResults: [
        { Id: 'q0', StatusCode: 'Complete', Timestamps: [], Values: [] },
        { Id: 'q1', StatusCode: 'Forbidden', Timestamps: [], Values: [] },
      ],
    }));
    const found = await readMetrics(
      client,
      ['a', 'b', 'c'].map((key) => query(key, at(0))),
      instant(at(10)),
    );
    expect([...found.values()]).toEqual([
      { kind: 'read', at: at(10), value: [] },
      { kind: 'unread', why: 'Forbidden for BurstBalance on cloudwatch:GetMetricData' },
      { kind: 'unread', why: 'no answer for BurstBalance on cloudwatch:GetMetricData' },
    ]);
  });

  test('leaves unread only the call that failed', async () => {
    const { client } = scripted((asked) => {
      if (asked.MetricDataQueries.length < 500) throw new ServiceError('AccessDenied', 'no');
      return complete(asked);
    });
    const queries = Array.from({ length: 501 }, (_, index) => query(`v${index}`, at(index)));
    const found = await readMetrics(client, queries, instant(at(600)));
    expect([...found].filter(([, { kind }]) => kind === 'unread')).toEqual([
      ['v500', { kind: 'unread', why: 'AccessDenied on cloudwatch:GetMetricData' }],
    ]);
  });
});
