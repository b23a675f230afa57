import { creditBucketOf } from '../domain/credits/credit-bucket.ts';
import { profileOf } from '../domain/credits/demand-profile.ts';
import type { Policy } from '../domain/policy.ts';
import { before, dayOf, days, type Instant, instant } from '../domain/units.ts';
import type { Volume, VolumeId } from '../domain/volume.ts';
import { volumePolicyOf } from '../domain/volume-policy.ts';
import type { Almanac, Clock, MetricHistory, Pace, VolumeCatalog } from './ports.ts';

export interface ProfileDemandPorts {
  readonly clock: Clock;
  readonly volumes: VolumeCatalog;
  readonly metrics: MetricHistory;
  readonly almanac: Almanac;
  readonly pace: Pace;
}

export interface ProfileOutcome {
  readonly profiled: number;
  /** Volumes without enough history yet. */
  readonly tooYoung: number;
  /** Not reached within this run; they keep their profile, and the next run begins with them. */
  readonly left: number;
  readonly failed: readonly { readonly volumeId: VolumeId; readonly error: string }[];
}

const lookBack = days(14);

/**
 * Computes, once a day, what those volumes ask for whose target depends on it: st1 and sc1, and gp2 that is to become io1
 * or io2. A storm of alarms then needs no history reads.
 */
export async function profileDemand(policy: Policy, ports: ProfileDemandPorts): Promise<ProfileOutcome> {
  const wanted = await oldestFirst(await volumesToProfile(policy, ports.volumes), ports.almanac);
  const results = {
    profiled: 0,
    tooYoung: 0,
    left: 0,
    failed: [] as { volumeId: VolumeId; error: string }[],
  };
  for (const [index, volume] of wanted.entries()) {
    if ((await ports.pace.turn()) === 'over') return { ...results, left: wanted.length - index };
    try {
      results[await profileOne(volume, ports)] += 1;
    } catch (error) {
      results.failed.push({
        volumeId: volume.id,
        error: error instanceof Error ? error.message : String(error),
      });
    }
  }
  return results;
}

async function volumesToProfile(policy: Policy, catalog: VolumeCatalog): Promise<readonly Volume[]> {
  const wanted: Volume[] = [];
  for await (const page of catalog.all())
    wanted.push(...page.filter((volume) => needsProfile(volume, policy)));
  return wanted;
}

/** Those without a profile come before all others, so that no volume is at the tail of every run. */
async function oldestFirst(volumes: readonly Volume[], almanac: Almanac): Promise<readonly Volume[]> {
  const profiles = await almanac.profiles(volumes.map(({ id }) => id));
  const computedAt = ({ id }: Volume): Instant => {
    const profile = profiles.get(id);
    return profile?.kind === 'read' ? profile.value.computedAt : instant(0);
  };
  return volumes.toSorted((a, b) => computedAt(a) - computedAt(b));
}

function needsProfile(volume: Volume, policy: Policy): boolean {
  if (volume.attachment.kind === 'detached' || creditBucketOf(volume) === undefined) return false;
  const own = volumePolicyOf(policy, volume.tags);
  const isSizedByType =
    volume.configuration.type === 'gp2' && (own.target === 'auto' || own.target === 'gp3');
  return own.mode !== 'off' && (own.latencyCritical || !isSizedByType);
}

async function profileOne(
  volume: Volume,
  { clock, metrics, almanac }: ProfileDemandPorts,
): Promise<'profiled' | 'tooYoung'> {
  const bucket = creditBucketOf(volume);
  const now = clock.now();
  const { metricsRequested, ...history } = await metrics.history(volume, before(now, lookBack), now);
  await almanac.countMetricReads(dayOf(now), metricsRequested);
  const profile = bucket && profileOf({ ...history, bucket, now });
  if (profile === undefined) return 'tooYoung';
  await almanac.recordProfile(volume.id, profile);
  return 'profiled';
}
