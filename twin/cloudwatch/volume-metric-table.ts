import type { MinuteUse } from '../ebs/minute-use.ts';
import type { Circumstances } from './volume-minutes.ts';

/** "Consistently attempted" in a minute, for the …ExceededCheck metrics; AWS gives no number, half of it is our choice. */
const CONSISTENTLY_SECONDS = 30;

/** A metric's value for one minute; undefined where the volume has no such metric then. */
type Formula = (use: MinuteUse, circumstances: Circumstances, isMultiAttach: boolean) => number | undefined;

const notMultiAttach =
  (formula: (use: MinuteUse) => number): Formula =>
  (use, _circumstances, isMultiAttach) =>
    isMultiAttach ? undefined : formula(use);

const exceededCheck =
  (secondsOf: (use: MinuteUse) => number): Formula =>
  (use, { isMagnetic }, isMultiAttach) =>
    isMultiAttach || isMagnetic ? undefined : exceeded(secondsOf(use));

/** These carry the volume's id alone (EBS user guide, using_cloudwatch_ebs). */
export const VOLUME_METRICS: Readonly<Record<string, Formula>> = {
  VolumeReadOps: (use) => Math.round(use.readOperations),
  VolumeWriteOps: (use) => Math.round(use.writeOperations),
  VolumeReadBytes: (use) => Math.round(use.readBytes),
  VolumeWriteBytes: (use) => Math.round(use.writeBytes),
  VolumeQueueLength: (use) => use.queueLengthSeconds / 60,
  VolumeTotalReadTime: notMultiAttach((use) => use.readSeconds),
  VolumeTotalWriteTime: notMultiAttach((use) => use.writeSeconds),
  VolumeIdleTime: notMultiAttach((use) => use.idleSeconds),
};

/** These carry the instance's id too and exist on Nitro only. */
export const ATTACHMENT_METRICS: Readonly<Record<string, Formula>> = {
  VolumeStalledIOCheck: (_use, { isStalled }) => (isStalled ? 1 : 0),
  VolumeAvgReadLatency: (use) => milliseconds(use.readSeconds, use.readOperations),
  VolumeAvgWriteLatency: (use) => milliseconds(use.writeSeconds, use.writeOperations),
  VolumeAvgIOPS: (use) => (use.readOperations + use.writeOperations) / 60,
  VolumeAvgThroughput: (use) => (use.readBytes + use.writeBytes) / 1_024 / 60,
  VolumeIOPSExceededCheck: exceededCheck((use) => use.iopsExceededSeconds),
  VolumeThroughputExceededCheck: exceededCheck((use) => use.throughputExceededSeconds),
};

export const exceeded = (seconds: number): 0 | 1 => (seconds >= CONSISTENTLY_SECONDS ? 1 : 0);

const milliseconds = (seconds: number, operations: number): number =>
  operations === 0 ? 0 : (1_000 * seconds) / operations;
