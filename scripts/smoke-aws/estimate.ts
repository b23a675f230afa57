import { alarmsMonthly, metricReadsPrice, monthlyPrice } from '../../core/domain/cost.ts';
import { billedMonth, type PriceList } from '../../core/domain/prices.ts';
import {
  type Dollars,
  dollars,
  gibibytes,
  hours,
  iops,
  mebibytesPerSecond,
} from '../../core/domain/units.ts';
import { metrics } from '../../lambda/environments/metrics.ts';

/** The volume that is drained, and what the responder moves it to. */
export const volumeSize = gibibytes(1);
const rootSize = gibibytes(8);
const movedTo = { type: 'gp3', iops: iops(3_000), throughput: mebibytesPerSecond(128) } as const;
const included = { type: 'gp3', iops: iops(3_000), throughput: mebibytesPerSecond(125) } as const;

const ownMetrics = Object.keys(metrics).length;

/** How long each thing is there at most: whatever happens, the instance ends itself by then. */
export const mostHours = {
  notify: { instance: 1.25, stack: 2 },
  act: { instance: 1.4, stack: 2 },
} as const;

/** More than this is asked of nobody who did not say how much more. */
export const mostDollars = 0.1;

/**
 * What core/domain/prices.ts does not know because the responder never buys it; us-east-1, from memory of AWS's pages
 * for EC2 On-Demand, VPC, KMS, CloudWatch and Lambda, checked with no live list.
 */
const others = {
  /** c6g.medium, Linux. */
  instanceHour: 0.034,
  /** A subnet of a default VPC gives an instance one. */
  publicAddressHour: 0.005,
  /** Of our own, by the hour in which a value comes. */
  customMetricMonthly: 0.3,
  keyMonthly: 1,
  dashboardMonthly: 3,
  /** A call of a Lambda of ours, 512 MiB for a second at most, with its requests to SQS, SNS and DynamoDB. */
  invocation: 0.000_008 + 4 * 0.000_001_25,
};

/** From the alarm, some 15 minutes after the load began, until 10 after the wall would have been; and as much again. */
const LONGEST_CASE_MINUTES = 60;

export interface CostLine {
  readonly what: string;
  readonly dollars: Dollars;
}

export interface Wanted {
  readonly mode: 'notify' | 'act';
  /** Volumes of the account and Region that get an alarm while the stack is there. */
  readonly volumesWithAlarm: number;
  /** Of the stack, by CloudFormation type. */
  readonly resources: ReadonlyMap<string, number>;
}

/** At most this, with no free tier subtracted; a deployment for hours pays that share of a month. */
export function estimate(
  { mode, volumesWithAlarm, resources }: Wanted,
  list: PriceList,
): readonly CostLine[] {
  const { instance, stack } = mostHours[mode];
  const share = (monthly: number, during: number) => dollars((monthly * hours(during)) / billedMonth);
  const volume = Math.max(
    monthlyPrice(volumeSize, { type: 'gp2' }, list),
    mode === 'act' ? monthlyPrice(volumeSize, movedTo, list) : 0,
  );
  const own = resources.get('AWS::CloudWatch::Alarm') ?? 0;
  const keys = resources.get('AWS::KMS::Key') ?? 0;
  const dashboards = resources.get('AWS::CloudWatch::Dashboard') ?? 0;
  // The sweep and what it wakes, once a minute each; a look reads eleven metrics while a case is open, and we read one.
  const minutes = stack * 60;
  const reads = 11 * LONGEST_CASE_MINUTES + instance * 60;
  return [
    { what: `an instance c6g.medium, ${instance} h`, dollars: dollars(others.instanceHour * instance) },
    {
      what: `its public IPv4 address, ${instance} h`,
      dollars: dollars(others.publicAddressHour * instance),
    },
    {
      what: `its root volume, 8 GiB gp3, ${instance} h`,
      dollars: share(monthlyPrice(rootSize, included, list), instance),
    },
    { what: `the volume, 1 GiB, ${instance} h`, dollars: share(volume, instance) },
    {
      what: `alarms on ${volumesWithAlarm} volumes and ${own} on the responder, ${stack} h`,
      dollars: share(alarmsMonthly(volumesWithAlarm + own, list), stack),
    },
    {
      what: `${ownMetrics} metrics of the responder, ${stack} h`,
      dollars: share(ownMetrics * others.customMetricMonthly, stack),
    },
    {
      what: `${Math.ceil(reads)} metrics read, 11 a minute of the case and one of our own`,
      dollars: metricReadsPrice(reads, list),
    },
    {
      what: `a key and a dashboard, ${stack} h`,
      dollars: share(keys * others.keyMonthly + dashboards * others.dashboardMonthly, stack),
    },
    {
      what: `Lambda, SQS, SNS and DynamoDB, 3 calls a minute`,
      dollars: dollars(3 * minutes * others.invocation),
    },
  ];
}

export const totalOf = (lines: readonly CostLine[]): Dollars =>
  dollars(lines.reduce((sum, line) => sum + line.dollars, 0));

export const costText = (amount: number): string => `$${amount.toFixed(4)}`;
