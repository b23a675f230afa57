import { creditBucketOf } from '../../../core/domain/credits/credit-bucket.ts';
import type { RecordedVolume, Recording } from '../../../core/domain/history/recording.ts';
import { simulatedBalance } from '../../../core/domain/history/simulated-balance.ts';
import { read } from '../../../core/domain/reading.ts';
import {
  after,
  type Duration,
  days,
  type Instant,
  inMinutes,
  instant,
  minutes,
  percent,
} from '../../../core/domain/units.ts';
import type { Volume } from '../../../core/domain/volume.ts';
import { someVolume } from '../../domain/some-volume.ts';

const midnight: Instant = instant(Date.UTC(2026, 2, 1));
export const minutesAfterMidnight = (at: Instant): number => (at - midnight) / 60_000;

/** A volume that was asked for `demandAt` each minute, in the unit of its bucket, and began with a full one. */
export function recorded(
  demandAt: (minute: number) => number,
  volume: Volume = someVolume(),
  length: Duration = days(1),
): RecordedVolume {
  const bucket = creditBucketOf(volume);
  if (bucket === undefined) throw new Error('a recording of a volume without a bucket tells nothing');
  const demand = Array.from({ length: inMinutes(length) }, (_none, minute) => ({
    at: after(midnight, minutes(minute)),
    period: minutes(1),
    value: Math.min(bucket.burst, demandAt(minute)),
  }));
  const until = after(midnight, length);
  const other = demand.map((sample) => ({ ...sample, value: sample.value / 16 }));
  return {
    volume,
    balance: read(simulatedBalance(bucket, demand, percent(100)), until),
    iops: read(bucket.unit === 'IOPS' ? demand : other, until),
    throughput: read(bucket.unit === 'IOPS' ? other : demand, until),
  };
}

export const recordingOf = (volumes: readonly RecordedVolume[], length: Duration = days(1)): Recording => ({
  account: '123456789012',
  region: 'us-east-1',
  from: midnight,
  until: after(midnight, length),
  volumes,
});
export const aDayOf = (...volumes: readonly RecordedVolume[]): Recording => recordingOf(volumes);

/** Two hours at 2,500 IOPS from three o'clock on, almost nothing else. */
export const nightlyBatch = (minute: number): number => (minute >= 180 && minute < 300 ? 2_500 : 50);
