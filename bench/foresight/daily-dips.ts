import { deploy } from '../../cli/demo/deploy.ts';
import { synthesize } from '../../cli/demo/synthesize.ts';
import { metricReadsPrice } from '../../core/domain/cost.ts';
import { usEast1Prices } from '../../core/domain/prices.ts';
import { type Account, createAccount } from '../../twin/account.ts';
import { steppedDemand } from '../../twin/ebs/open-loop-workload.ts';

const minute = 60_000;
const day = 1_440 * minute;
const startsAt = Date.UTC(2026, 2, 2, 9);
const ioBytes = 16_384;
/** By the fourth day the past knows three dips. */
const days = 6;
const judgedFrom = 3;

export interface DailyDip {
  readonly what: string;
  /** Metrics asked of CloudWatch in a month like the last days, and what they cost in dollars. */
  readonly metrics: number;
  readonly price: number;
}

/** What watching a volume of 100 GiB costs that dips once a day and recovers: gently, and so deep that it is held back. */
export const dailyDips = async (): Promise<readonly DailyDip[]> => [
  await dipped('to 60 % in 40 minutes', 1_200, 40),
  await dipped('to 19 % in 27 minutes', 3_000, 27),
];

async function dipped(what: string, iops: number, lasts: number): Promise<DailyDip> {
  const account = createAccount({
    accountId: '123456789012',
    region: 'us-east-1',
    startAt: startsAt,
    seed: 7,
  });
  const { volumes } = account.ebs;
  const { id } = volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100 });
  volumes.attach(id, volumes.createInstance().id);
  const starts = Array.from({ length: days }, (_none, index) => startsAt + index * day + 60 * minute);
  volumes.setWorkload(
    id,
    steppedDemand(
      starts.flatMap((from) => [
        { from, iops, ioBytes },
        { from: from + lasts * minute, iops: 50, ioBytes },
      ]),
    ),
  );
  await deploy(account, synthesize({}));
  await account.simulation.runUntil(startsAt + days * day);
  const metrics = (metricsAsked(account, startsAt + judgedFrom * day) * 30) / (days - judgedFrom);
  return { what, metrics, price: metricReadsPrice(metrics, usEast1Prices) };
}

/** Expressions are free; every other query asks for one metric, and each is billed. */
const metricsAsked = ({ endpoint }: Account, from: number): number =>
  endpoint.calls
    .filter(({ operation, at }) => operation === 'GetMetricData' && at >= from)
    .flatMap(
      ({ input }) =>
        (input as { MetricDataQueries?: readonly { MetricStat?: object }[] }).MetricDataQueries ?? [],
    )
    .filter(({ MetricStat }) => MetricStat !== undefined).length;
