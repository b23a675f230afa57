import {
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import type { ConformanceEbsAccount, EbsCase } from './ebs-account.ts';
import { holds, refused, refusedAsInvalid, same } from './expectations.ts';

const API = 'CloudWatch API reference, GetMetricData';
const LIMITS = 'CloudWatch user guide, cloudwatch_limits';
const MINUTE = 60_000;
const VALUES = [1, 2, 3, 4, 10];

const hourBefore = (now: number): number => Math.floor(now / (60 * MINUTE)) * 60 * MINUTE - 60 * MINUTE;

const volumeOf = (mark: string): string => `vol-${mark}`;

const query = (
  { mark }: ConformanceEbsAccount,
  { Id = 'm1', Stat = 'Average', Period = 60, volume = volumeOf(mark), Namespace = mark, ...more } = {},
): MetricDataQuery => ({
  Id,
  MetricStat: {
    Metric: {
      Namespace,
      MetricName: 'Balance',
      Dimensions: [{ Name: 'VolumeId', Value: volume }],
    },
    Stat,
    Period,
  },
  ...more,
});

/** Five minutes of values, an hour ago. */
async function published(account: ConformanceEbsAccount) {
  const start = hourBefore(account.now());
  const metric = {
    namespace: account.mark,
    name: 'Balance',
    dimensions: { VolumeId: volumeOf(account.mark) },
  };
  await account.publish(
    metric,
    VALUES.map((value, minute) => ({ at: start + minute * MINUTE, value })),
  );
  return start;
}

const get = (
  account: ConformanceEbsAccount,
  MetricDataQueries: MetricDataQuery[],
  more: Partial<GetMetricDataCommandInput> = {},
) => {
  const start = hourBefore(account.now());
  return account.cloudwatch.send(
    new GetMetricDataCommand({
      MetricDataQueries,
      StartTime: new Date(start),
      EndTime: new Date(start + 10 * MINUTE),
      ScanBy: 'TimestampAscending',
      ...more,
    }),
  );
};

const valuesOf = async (
  account: ConformanceEbsAccount,
  one: MetricDataQuery,
  more: Partial<GetMetricDataCommandInput> = {},
) => (await get(account, [one], more)).MetricDataResults?.[0]?.Values ?? [];

const STATISTICS = [
  ['Average', 4],
  ['Sum', 20],
  ['Minimum', 1],
  ['Maximum', 10],
  ['SampleCount', 5],
] as const;

const statisticCase = ([Stat, expected]: (typeof STATISTICS)[number]): EbsCase => ({
  fact: `${Stat} over five minutes is taken from the five values in them.`,
  source: 'CloudWatch user guide, Statistics-definitions',
  confidence: 'verified',
  public: true,
  check: async (account) => {
    await published(account);
    same('values', await valuesOf(account, query(account, { Stat, Period: 300 })), [expected]);
  },
});

interface Refusal {
  readonly fact: string;
  readonly source: string;
  readonly queries?: (account: ConformanceEbsAccount) => MetricDataQuery[];
  readonly more?: (start: number) => Partial<GetMetricDataCommandInput>;
}

const REFUSALS: readonly Refusal[] = [
  {
    fact: 'A call has at most 500 queries: 501 are refused.',
    source: LIMITS,
    queries: (account) => Array.from({ length: 501 }, (_, place) => query(account, { Id: `m${place}` })),
  },
  {
    fact: 'The same Id twice is refused.',
    source: 'CloudWatch API reference, MetricDataQuery, Id',
    queries: (account) => [query(account), query(account)],
  },
  {
    fact: 'An Id that does not start with a small letter is refused.',
    source: 'CloudWatch API reference, MetricDataQuery, Id',
    queries: (account) => [query(account, { Id: 'M1' })],
  },
  {
    fact: 'A period of 90 seconds is refused.',
    source: 'CloudWatch API reference, MetricStat, Period',
    queries: (account) => [query(account, { Period: 90 })],
  },
  {
    fact: 'An end that is not after the start is refused.',
    source: API,
    more: (start) => ({ StartTime: new Date(start), EndTime: new Date(start) }),
  },
  {
    fact: 'MaxDatapoints above 100,800 are refused.',
    source: LIMITS,
    more: () => ({ MaxDatapoints: 100_801 }),
  },
];

const refusalCase = ({ queries, more, ...fact }: Refusal): EbsCase => ({
  ...fact,
  confidence: 'verified',
  public: true,
  check: async (account) => {
    const asked = queries?.(account) ?? [query(account)];
    const call = get(account, asked, more?.(hourBefore(account.now())));
    await refusedAsInvalid('the call', call);
  },
});

const ANSWERS: readonly EbsCase[] = [
  {
    fact: 'A call may have 500 queries, and each has its result.',
    source: LIMITS,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const queries = Array.from({ length: 500 }, (_, place) => query(account, { Id: `m${place}` }));
      same('number of results', (await get(account, queries)).MetricDataResults?.length, 500);
    },
  },
  {
    fact: 'Minutes without a value are left out.',
    source: API,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const start = await published(account);
      const { MetricDataResults = [] } = await get(account, [query(account)]);
      same('values', MetricDataResults[0]?.Values, VALUES);
      const times = MetricDataResults[0]?.Timestamps?.map((time) => (time.getTime() - start) / MINUTE);
      same('minutes', times, [0, 1, 2, 3, 4]);
    },
  },
  {
    fact: 'A metric without any value is answered with Complete and no values.',
    source: API,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { MetricDataResults = [] } = await get(account, [query(account, { volume: 'vol-none' })]);
      const [result] = MetricDataResults;
      same('status and values', [result?.StatusCode, result?.Values], ['Complete', []]);
    },
  },
  {
    fact: 'The newest value comes first where nothing else is asked for.',
    source: `${API}, ScanBy`,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      await published(account);
      same('values', await valuesOf(account, query(account), { ScanBy: undefined }), VALUES.toReversed());
    },
  },
  {
    fact: 'StartTime is inclusive, EndTime exclusive.',
    source: `${API}, StartTime, EndTime`,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const start = await published(account);
      const window = { StartTime: new Date(start + MINUTE), EndTime: new Date(start + 3 * MINUTE) };
      same('values', await valuesOf(account, query(account), window), [2, 3]);
    },
  },
  {
    fact: 'StartTime is rounded down to the whole minute.',
    source: `${API}, StartTime`,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const start = await published(account);
      const window = {
        StartTime: new Date(start + MINUTE + 34_000),
        EndTime: new Date(start + 3 * MINUTE),
      };
      same('values', await valuesOf(account, query(account), window), [2, 3]);
    },
  },
  {
    fact: 'Only the series with exactly these dimensions is read.',
    source: 'CloudWatch user guide, cloudwatch_concepts, Dimensions',
    confidence: 'verified',
    public: true,
    check: async (account) => {
      await published(account);
      same('values of another volume', await valuesOf(account, query(account, { volume: 'vol-2' })), []);
    },
  },
  {
    fact: 'Without dimensions, only a series without dimensions is read.',
    source: 'CloudWatch user guide, cloudwatch_concepts, Dimensions',
    confidence: 'verified',
    public: true,
    check: async (account) => {
      await published(account);
      const { MetricStat } = query(account);
      const { Namespace, MetricName } = MetricStat?.Metric ?? {};
      const bare = { Metric: { Namespace, MetricName }, Stat: 'Average', Period: 60 };
      same('values without dimensions', await valuesOf(account, { Id: 'm1', MetricStat: bare }), []);
    },
  },
  {
    fact: 'The same name and dimensions in another namespace are another series.',
    source: 'CloudWatch user guide, cloudwatch_concepts, Namespaces',
    confidence: 'verified',
    public: true,
    check: async (account) => {
      await published(account);
      const other = `${account.mark}-other`;
      const dimensions = { VolumeId: volumeOf(account.mark) };
      const at = hourBefore(account.now());
      await account.publish({ namespace: other, name: 'Balance', dimensions }, [{ at, value: 7 }]);
      const sum = { Stat: 'Sum', Period: 300 };
      same('sum in the first', await valuesOf(account, query(account, sum)), [20]);
      same('sum in the other', await valuesOf(account, query(account, { ...sum, Namespace: other })), [7]);
    },
  },
  {
    fact: 'The label is what was asked for.',
    source: 'CloudWatch API reference, MetricDataQuery, Label',
    confidence: 'verified',
    public: true,
    check: async (account) => {
      await published(account);
      const { MetricDataResults = [] } = await get(account, [{ ...query(account), Label: 'mine' }]);
      same('label', MetricDataResults[0]?.Label, 'mine');
    },
  },
  {
    fact: 'The label of a single metric is its name where none was asked for.',
    source: 'CloudWatch API reference, MetricDataQuery, Label',
    confidence: 'from memory',
    public: true,
    check: async (account) => {
      await published(account);
      const { MetricDataResults = [] } = await get(account, [query(account)]);
      same('label', MetricDataResults[0]?.Label, 'Balance');
    },
  },
  {
    fact: 'A query with ReturnData false has no result.',
    source: 'CloudWatch API reference, MetricDataQuery, ReturnData',
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const queries = [query(account, { Id: 'a' }), { ...query(account, { Id: 'b' }), ReturnData: false }];
      const { MetricDataResults = [] } = await get(account, queries);
      same(
        'ids',
        MetricDataResults.map(({ Id }) => Id),
        ['a'],
      );
    },
  },
  {
    fact: 'MaxDatapoints splits the answer into pages, joined by NextToken, until each value was given once.',
    source: `${API}, MaxDatapoints`,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      await published(account);
      const first = await get(account, [query(account)], { MaxDatapoints: 3 });
      same('values of the first page', first.MetricDataResults?.[0]?.Values?.length, 3);
      holds('the first page has a NextToken', first.NextToken !== undefined);
      const last = await get(account, [query(account)], { MaxDatapoints: 3, NextToken: first.NextToken });
      same('NextToken of the last page', last.NextToken, undefined);
      const values = [first, last].flatMap((page) => page.MetricDataResults?.[0]?.Values ?? []);
      same('all values', values, VALUES);
    },
  },
  {
    fact: 'An answer that is continued on the next page says PartialData.',
    source: 'CloudWatch API reference, MetricDataResult, StatusCode',
    confidence: 'verified',
    public: true,
    check: async (account) => {
      await published(account);
      const { MetricDataResults = [] } = await get(account, [query(account)], { MaxDatapoints: 3 });
      same('StatusCode', MetricDataResults[0]?.StatusCode, 'PartialData');
    },
  },
  {
    fact: 'A token that no call returned is refused with InvalidNextToken.',
    source: API,
    confidence: 'verified',
    public: true,
    check: async (account) =>
      refused(
        get(account, [query(account)], { NextToken: 'made up' }),
        'InvalidNextToken',
        'InvalidNextTokenException',
      ),
  },
];

export const getMetricDataCases: readonly EbsCase[] = [
  ...STATISTICS.map(statisticCase),
  ...REFUSALS.map(refusalCase),
  ...ANSWERS,
];
