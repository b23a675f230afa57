import type { UnwatchedVolume } from '../notices/unwatched.ts';
import type { Policy } from '../policy.ts';
import { modeTagKey } from '../tag-keys.ts';
import { type Duration, hours, type Instant, inMinutes, inSeconds, type Percent, percent } from '../units.ts';
import { ageOf, type Volume, type VolumeId } from '../volume.ts';
import { burstBalancePeriod } from '../volume-limits.ts';
import { volumePolicyOf } from '../volume-policy.ts';
import { type CreditBucket, creditBucketOf, fullToEmpty } from './credit-bucket.ts';

/**
 * The part of PutMetricAlarm that is the same for every volume.
 *
 * `LessThanThreshold`: at exactly the threshold the whole lead time and detection lag are still ahead, so equality need
 * not fire, and how CloudWatch rounds a stored double never decides. `missing`: a detached or upgraded volume reports
 * nothing, which must show as INSUFFICIENT_DATA and never as recovered. There are no actions: EventBridge gets every
 * change of state without them.
 */
export const burstBalanceAlarm = {
  namespace: 'AWS/EBS',
  metric: 'BurstBalance',
  dimension: 'VolumeId',
  statistic: 'Minimum',
  period: burstBalancePeriod,
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  comparison: 'LessThanThreshold',
  treatMissingData: 'missing',
} as const;

export interface DesiredAlarm {
  readonly name: string;
  readonly volumeId: VolumeId;
  /** At most 1,024 characters (CloudWatch API reference, PutMetricAlarm). */
  readonly description: string;
  readonly threshold: Percent;
}

/** An alarm as DescribeAlarms showed it; an attribute it lacks, or that is no single BurstBalance metric, is `undefined`. */
export interface ActualAlarm {
  readonly name: string;
  readonly description: string | undefined;
  readonly threshold: number | undefined;
  /** The value of the dimension VolumeId. */
  readonly volumeId: string | undefined;
  readonly definition: {
    readonly [Key in keyof typeof burstBalanceAlarm]: string | number | undefined;
  };
}

const alarmNamePrefix = 'ebs-burst/';
export const alarmNameOf = (volumeId: VolumeId): string => `${alarmNamePrefix}${volumeId}`;

const leastThreshold = 10;
const mostThreshold = 90;

/**
 * The balance that is worth `leadTime + detectionLag` at full burst, within 10 to 90 %. Below 10 % one noisy sample would
 * decide; above 90 % a volume that is merely in use would be in ALARM for good.
 */
export function thresholdOf(
  bucket: CreditBucket,
  policy: Pick<Policy, 'leadTime' | 'detectionLag'>,
): Percent {
  const ahead = inSeconds((policy.leadTime + policy.detectionLag) as Duration);
  const worth = (100 * ahead * (bucket.burst - bucket.baseline)) / bucket.capacity;
  return percent(Math.min(mostThreshold, Math.max(leastThreshold, worth)));
}

/** The lead time we can promise: less than wanted where even a threshold of 90 % comes too late. */
export function achievableLead(
  bucket: CreditBucket,
  policy: Pick<Policy, 'leadTime' | 'detectionLag'>,
): Duration {
  const most = (mostThreshold / 100) * fullToEmpty(bucket) - policy.detectionLag;
  return Math.max(0, Math.min(policy.leadTime, most)) as Duration;
}

/** What the balance must hold before a watch closes: above the threshold, and below what an idle volume reaches. */
export const closingLine = (threshold: Percent): Percent => percent(Math.min(95, threshold + 5));

/** Attaching emits no event, so a young volume gets its alarm before it is attached. */
const youth = hours(24);

/** Whether the volume can run out and somebody wants to know. */
export const deservesAlarm = (volume: Volume, now: Instant): boolean =>
  isInUse(volume, now) && creditBucketOf(volume) !== undefined && volume.tags[modeTagKey] !== 'off';

const isInUse = (volume: Volume, now: Instant): boolean =>
  volume.attachment.kind === 'attached' || ageOf(volume, now) < youth;

export interface AlarmPlan {
  /** Riskiest first. */
  readonly desired: readonly DesiredAlarm[];
  /** Riskiest first within each reason. */
  readonly unwatched: readonly UnwatchedVolume[];
  /** Volumes in use without a bucket, or whose baseline is not below their burst. */
  readonly cannotRunOut: number;
}

interface Candidate {
  readonly volume: Volume;
  readonly bucket: CreditBucket;
  readonly latencyCritical: boolean;
  readonly wanted: boolean;
}

/**
 * Which alarms the volumes of one account and Region should have, at most `policy.maxAlarms`. Every volume in use is in
 * exactly one of the three answers; detached ones past their first day are in none.
 */
export function planAlarms(
  volumes: readonly Volume[],
  policy: Policy,
  deploymentId: string,
  now: Instant,
): AlarmPlan {
  const inUse = volumes.filter((volume) => isInUse(volume, now));
  const burstable = inUse.flatMap((volume) => candidate(volume, policy, now)).toSorted(riskiestFirst);
  const wanted = burstable.filter((each) => each.wanted);
  const optedOut = burstable.filter((each) => !each.wanted);
  return {
    desired: wanted.slice(0, policy.maxAlarms).map((each) => alarmFor(each, policy, deploymentId)),
    unwatched: [
      ...wanted.slice(policy.maxAlarms).map(because('over-max-alarms')),
      ...optedOut.map(because('opted-out')),
      ...inUse.filter((volume) => volume.configuration.type === 'unjudgeable').map(unjudgeable),
    ],
    cannotRunOut: inUse.filter(cannotRunOut).length,
  };
}

function candidate(volume: Volume, policy: Policy, now: Instant): readonly Candidate[] {
  const bucket = creditBucketOf(volume);
  if (bucket === undefined) return [];
  const { mode, latencyCritical } = volumePolicyOf(policy, volume.tags);
  return [{ volume, bucket, latencyCritical, wanted: mode !== 'off' && deservesAlarm(volume, now) }];
}

const because = (why: UnwatchedVolume['why']) => (each: Candidate) => ({ volumeId: each.volume.id, why });
const unjudgeable = (volume: Volume): UnwatchedVolume => ({ volumeId: volume.id, why: 'unjudgeable' });

const cannotRunOut = (volume: Volume): boolean =>
  volume.configuration.type !== 'unjudgeable' && creditBucketOf(volume) === undefined;

/**
 * People marked what must not wait, so that comes first. Then the shortest way from full to empty: it leaves people the
 * least time, and unlike the present balance it does not change from one census to the next and shuffle the alarms.
 */
function riskiestFirst(a: Candidate, b: Candidate): number {
  if (a.latencyCritical !== b.latencyCritical) return a.latencyCritical ? -1 : 1;
  const byTime = fullToEmpty(a.bucket) - fullToEmpty(b.bucket);
  return byTime !== 0 ? byTime : a.volume.id.localeCompare(b.volume.id);
}

const alarmFor = ({ volume, bucket }: Candidate, policy: Policy, deploymentId: string): DesiredAlarm => ({
  name: alarmNameOf(volume.id),
  volumeId: volume.id,
  threshold: thresholdOf(bucket, policy),
  description: [
    `Burst credits of ${volume.id} (${volume.size} GiB ${volume.configuration.type}) are low: at full burst they last`,
    `${minutesAhead(bucket, policy)} minutes more, then the volume drops to its baseline of`,
    `${Number(bucket.baseline.toFixed(1))} ${bucket.unit}. This alarm wakes ebs-burst-responder, which judges whether the`,
    `wall is coming; what to do: docs/runbook.md. ${markOf(deploymentId)}`,
  ].join(' '),
});

function minutesAhead(bucket: CreditBucket, policy: Policy): number {
  const lasting = (fullToEmpty(bucket) * thresholdOf(bucket, policy)) / 100;
  return Math.round(inMinutes(lasting as Duration));
}

/** How we know our own alarms again; the brackets keep `prod` from matching `prod-2`. */
const markOf = (deploymentId: string): string => `[ebs-burst deployment ${deploymentId}]`;

export interface AlarmDiff {
  readonly put: readonly DesiredAlarm[];
  /** Names. */
  readonly delete: readonly string[];
  readonly keep: number;
  /** Names under our prefix that are not ours; never written, so the volume behind such a name stays unwatched. */
  readonly foreign: readonly string[];
}

/** What to write so that the alarms of this deployment become the desired ones, riskiest first. */
export function diffAlarms(
  desired: readonly DesiredAlarm[],
  actual: readonly ActualAlarm[],
  deploymentId: string,
): AlarmDiff {
  const mark = markOf(deploymentId);
  const ours = new Map<string, ActualAlarm>();
  const foreign = new Set<string>();
  for (const alarm of actual.filter(({ name }) => name.startsWith(alarmNamePrefix))) {
    if (alarm.description?.includes(mark) === true) ours.set(alarm.name, alarm);
    else foreign.add(alarm.name);
  }
  const writable = desired.filter((alarm) => !foreign.has(alarm.name));
  const put = writable.filter((alarm) => !isUpToDate(alarm, ours.get(alarm.name)));
  const wantedNames = new Set(desired.map((alarm) => alarm.name));
  return {
    put,
    delete: [...ours.keys()].filter((name) => !wantedNames.has(name)),
    keep: writable.length - put.length,
    foreign: [...foreign],
  };
}

const isUpToDate = (desired: DesiredAlarm, actual: ActualAlarm | undefined): boolean =>
  actual !== undefined &&
  actual.volumeId === desired.volumeId &&
  actual.description === desired.description &&
  isSameThreshold(actual.threshold, desired.threshold) &&
  definitionKeys.every((key) => actual.definition[key] === burstBalanceAlarm[key]);

const definitionKeys = Object.keys(burstBalanceAlarm) as readonly (keyof typeof burstBalanceAlarm)[];

/** Thresholds travel as decimal text; far below any step that matters, far above what a double loses. */
const isSameThreshold = (a: number | undefined, b: number): boolean =>
  a !== undefined && Math.abs(a - b) < 1e-6;
