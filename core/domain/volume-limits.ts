import { type Duration, days, hours, iops, mebibytesPerSecond, minutes } from './units.ts';
import type { ProvisionedType, VolumeType } from './volume.ts';

/**
 * Every AWS number the product relies on, each with its source. Prices are in prices.ts.
 * Pages are of docs.aws.amazon.com unless named otherwise, read in copies of autumn 2026.
 */

/** EBS user guide, "General purpose SSD volumes", gp2: 3 IOPS per GiB, at least 100, at most 16,000; bursts to 3,000; 5.4 million credits. */
export const gp2 = {
  iopsPerGibibyte: 3,
  leastBaseline: iops(100),
  mostBaseline: iops(16_000),
  burst: iops(3_000),
  bucketCredits: 5_400_000,
  /** Same page: 128 MiB/s up to 170 GiB, 250 MiB/s above ("can burst to" from 170 to 334 GiB). */
  throughputCeiling: (sizeGibibytes: number) => mebibytesPerSecond(sizeGibibytes <= 170 ? 128 : 250),
} as const;

/** EBS user guide, "Throughput Optimized HDD and Cold HDD volumes"; rates in MiB/s, per TiB of volume size. */
export const hdd = {
  st1: { baselinePerTebibyte: 40, mostBaseline: 500, burstPerTebibyte: 250, mostBurst: 500 },
  sc1: { baselinePerTebibyte: 12, mostBaseline: 192, burstPerTebibyte: 80, mostBurst: 250 },
} as const;

/** Same page: the bucket holds 1 TiB of throughput credits per TiB of volume, that is 1,024 MiB per GiB. */
export const hddCreditsPerGibibyte = 1_024;

interface ProvisionedLimits {
  readonly leastIops: number;
  readonly mostIops: number;
  readonly mostIopsPerGibibyte: number;
  readonly leastSize: number;
  readonly mostSize: number;
}

/** EBS user guide, "Amazon EBS volume types" and "Provisioned IOPS SSD volumes"; gp3 as raised on 26 Sep 2025 (guide's document history). */
export const provisioned: Readonly<Record<ProvisionedType, ProvisionedLimits>> = {
  gp3: { leastIops: 3_000, mostIops: 80_000, mostIopsPerGibibyte: 500, leastSize: 1, mostSize: 65_536 },
  io1: { leastIops: 100, mostIops: 64_000, mostIopsPerGibibyte: 50, leastSize: 4, mostSize: 16_384 },
  io2: { leastIops: 100, mostIops: 256_000, mostIopsPerGibibyte: 1_000, leastSize: 4, mostSize: 65_536 },
};

/** Same pages: 125 to 2,000 MiB/s, at most 0.25 MiB/s per provisioned IOPS. */
export const gp3Throughput = { least: 125, most: 2_000, mostPerIops: 0.25 } as const;

/** EBS user guide, "Provisioned IOPS SSD volumes": io1 256 KiB per I/O up to 500 MiB/s (1,000 above 32,000 IOPS); io2 0.256 MiB/s per IOPS up to 4,000. */
export const provisionedThroughput = {
  io1: { perIops: 0.25, most: 500 },
  io2: { perIops: 0.256, most: 4_000 },
} as const;

/** EBS user guide, "Amazon EBS volume types": sizes in GiB. */
export const sizes: Readonly<Record<VolumeType, { readonly least: number; readonly most: number }>> = {
  gp2: { least: 1, most: 16_384 },
  gp3: { least: 1, most: 65_536 },
  io1: { least: 4, most: 16_384 },
  io2: { least: 4, most: 65_536 },
  st1: { least: 125, most: 16_384 },
  sc1: { least: 125, most: 16_384 },
  standard: { least: 1, most: 1_024 },
};

/** EC2 API reference, ModifyVolume: four modifications per volume in a rolling 24 hours, each after the last has completed. */
export const modificationSlots = { perWindow: 4, window: hours(24) } as const;

/** CloudWatch has no documented publication delay for AWS/EBS; BurstBalance is read with the period that is safe for both known granularities. */
export const burstBalancePeriod: Duration = minutes(5);

/** Largest batches the APIs take: EC2 developer guide "pagination" and filter limits; CloudWatch "quotas" page; DynamoDB API reference. */
export const batches = {
  describeVolumesPage: 1_000,
  describeModificationsPage: 500,
  filterValues: 200,
  describeAlarmsPage: 100,
  deleteAlarms: 100,
  metricQueries: 500,
  metricDatapoints: 100_800,
  sqsSend: 10,
  transactItems: 100,
  batchGetItems: 100,
} as const;

/** CloudWatch "quotas" page: PutMetricAlarm and DeleteAlarms 3 per second per account and Region, shared with everybody else in it. */
export const alarmWritesPerSecond = 3;

/**
 * CloudWatch user guide, quotas page: GetMetricData 500 calls a second. AWS General Reference, "CloudWatch endpoints and
 * quotas": 396,000 datapoints a second for requests that begin more than three hours ago, not adjustable; a datapoint is
 * taken to count whether or not there is one. Both per account and Region, shared with everybody else in it.
 */
export const metricDataRates = { callsPerSecond: 500, datapointsPerSecond: 396_000 } as const;

/** CloudWatch user guide, "Metrics retention": one-minute values for 15 days, five-minute values for 63. */
export const minuteRetention: Duration = days(15);
