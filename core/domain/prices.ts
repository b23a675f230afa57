import { type Duration, hours } from './units.ts';
import type { BurstableType, ProvisionedType } from './volume.ts';

/** A twelfth of 8,760 hours, which the estimators take for a month too (default of Infracost, its issue 1556). */
export const billedMonth: Duration = hours(730);

/** List prices of one Region in United States dollars; a month is AWS's billing month, a GB of EBS is a GiB. */
export interface PriceList {
  readonly region: string;
  /** ISO date on which somebody last compared these numbers with a source. */
  readonly checked: string;
  readonly storagePerGibibyte: Readonly<Record<BurstableType | ProvisionedType, number>>;
  /** Above what gp3 includes. */
  readonly gp3: { readonly perIops: number; readonly perMebibytePerSecond: number };
  readonly io1PerIops: number;
  /** Each tier prices only the IOPS above the tier before it. */
  readonly io2Tiers: readonly { readonly upToIops: number; readonly perIops: number }[];
  readonly alarmMonthly: number;
  /** One metric asked for in GetMetricData, however many datapoints it returns. */
  readonly metricRead: number;
}

/**
 * us-east-1. Secondary sources only, no live price list was reachable: public code and pages that quote the AWS price
 * list (service AmazonEC2, usage types EBS:VolumeUsage.*, EBS:VolumeP-IOPS.*, EBS:VolumeP-Throughput.gp3; service
 * AmazonCloudWatch, CW:AlarmMonitorUsage and CW:GMD-Metrics). The io2 tiers carry the date below; st1 and sc1 are the
 * least certain. gp3 throughput is listed as $40.96 per GiB/s, that is $0.04 per MiB/s.
 */
export const usEast1Prices: PriceList = {
  region: 'us-east-1',
  checked: '2026-10-07',
  storagePerGibibyte: { gp2: 0.1, gp3: 0.08, io1: 0.125, io2: 0.125, st1: 0.045, sc1: 0.015 },
  gp3: { perIops: 0.005, perMebibytePerSecond: 0.04 },
  io1PerIops: 0.065,
  io2Tiers: [
    { upToIops: 32_000, perIops: 0.065 },
    { upToIops: 64_000, perIops: 0.0455 },
    { upToIops: Number.POSITIVE_INFINITY, perIops: 0.03185 },
  ],
  alarmMonthly: 0.1,
  metricRead: 0.000_01,
};

/** The Region's own list where one was configured, else us-east-1; the list names its Region, and so do our messages. */
export const priceListOf = (region: string, lists: readonly PriceList[]): PriceList =>
  lists.find((list) => list.region === region) ?? usEast1Prices;
