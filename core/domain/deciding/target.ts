import { burstThroughput, type CreditBucket, creditBucketOf } from '../credits/credit-bucket.ts';
import type { DemandProfile } from '../credits/demand-profile.ts';
import type { VolumePolicy } from '../policy.ts';
import type { Reading } from '../reading.ts';
import type { Refusal } from '../reasons.ts';
import type { Gibibytes } from '../units.ts';
import {
  type BurstableType,
  type Configuration,
  isBurstable,
  type ProvisionedType,
  type Volume,
} from '../volume.ts';
import { gp2, sizes } from '../volume-limits.ts';
import type { Plan, Purpose } from './decision.ts';
import { type Ability, abilityOf, fitsSize, sizedTo } from './provisioned-sizing.ts';

export type TargetChoice =
  | {
      readonly kind: 'target';
      readonly configuration: Configuration;
      readonly purpose: Exclude<Purpose, 'return'>;
      /** In the unit of the source's bucket: IOPS for gp2, MiB/s for st1 and sc1. */
      readonly slowerThanBurst: Plan['slowerThanBurst'];
    }
  | { readonly kind: 'none'; readonly refusal: Refusal };

interface Input {
  readonly volume: Volume;
  readonly policy: VolumePolicy;
  readonly profile: Reading<DemandProfile>;
  /** Types the zone refused for this volume before. */
  readonly typesNotInZone: readonly ProvisionedType[];
}

/** What a burstable volume should become: gp3 by size alone for gp2, else what the profile of its demand asks for. */
export function chooseTarget(input: Input): TargetChoice {
  const source = sourceOf(input.volume);
  if (source.kind === 'none') return none(whyNotBursting(input));
  const type = typeWanted(input);
  if (type === undefined) return none(whyNoType(input));
  const wish = wishFor(type, source, input);
  if (wish.kind === 'none') return wish;
  const configuration = sizedTo(type, source.size, wish.ability);
  return judged(configuration, source, purposeOf(type, source, input.policy));
}

/** Known before any profile of its demand; `undefined` where no type that is wanted fits. */
export const typeWanted = ({
  volume: { size },
  policy,
  typesNotInZone,
}: Omit<Input, 'profile'>): ProvisionedType | undefined =>
  typesWanted(policy).find((wanted) => !typesNotInZone.includes(wanted) && fitsSize(wanted, size));

interface Source {
  readonly kind: 'source';
  readonly type: BurstableType;
  readonly size: Gibibytes;
  readonly bucket: CreditBucket;
}

const none = (refusal: Refusal): TargetChoice & { kind: 'none' } => ({ kind: 'none', refusal });

function sourceOf({ configuration, size }: Volume): Source | { readonly kind: 'none' } {
  const bucket = creditBucketOf({ configuration, size });
  const { type } = configuration;
  return bucket !== undefined && isBurstable(type)
    ? { kind: 'source', type, size, bucket }
    : { kind: 'none' };
}

function whyNotBursting({ volume: { configuration }, policy }: Input): Refusal {
  switch (configuration.type) {
    case 'unjudgeable':
      return { code: 'unjudgeable', got: configuration.got };
    case 'standard':
      return { code: 'magnetic' };
    case 'gp2':
    case 'st1':
    case 'sc1':
      return { code: 'baseline-covers-burst' };
    default:
      return typesWanted(policy).includes(configuration.type)
        ? { code: 'already-there', configuration }
        : { code: 'not-burstable', type: configuration.type };
  }
}

/** Latency-critical volumes get provisioned IOPS whatever the target says; io1 is for zones without io2, or on request. */
function typesWanted({ latencyCritical, target }: VolumePolicy): readonly ProvisionedType[] {
  if (latencyCritical) return target === 'io1' ? ['io1'] : ['io2', 'io1'];
  return [target === 'auto' ? 'gp3' : target];
}

function whyNoType({ volume, policy, typesNotInZone }: Input): Refusal {
  const wanted = typesWanted(policy);
  const wish = wanted.join(' or ');
  const tooSmallOrLarge = wanted.find((type) => !fitsSize(type, volume.size));
  if (tooSmallOrLarge === undefined) {
    return {
      code: 'no-fitting-target',
      wish,
      why: `zone ${volume.zone} offers no ${typesNotInZone.join(', ')}`,
    };
  }
  const { least, most } = sizes[tooSmallOrLarge];
  const why = `${tooSmallOrLarge} takes ${least} to ${most} GiB, the volume has ${volume.size}`;
  return { code: 'no-fitting-target', wish, why };
}

function purposeOf(type: ProvisionedType, source: Source, policy: VolumePolicy): Exclude<Purpose, 'return'> {
  if (policy.latencyCritical) return 'keep';
  return type === 'gp3' && source.type === 'gp2' ? 'fix' : 'bridge';
}

type Wish = { readonly kind: 'wish'; readonly ability: Ability } | (TargetChoice & { readonly kind: 'none' });
const wishing = (ability: Ability): Wish => ({ kind: 'wish', ability });

function wishFor(type: ProvisionedType, source: Source, { policy, profile }: Input): Wish {
  if (type === 'gp3' && source.type === 'gp2') return wishing(burstOf(source));
  if (type !== 'gp3' && policy.fixedIops !== undefined) {
    return wishing({ iops: policy.fixedIops, throughput: 0 });
  }
  if (profile.kind === 'read') return wishing(demanded(source, profile.value));
  // A latency-critical volume is moved before it has any history: as fast as the burst it was created with.
  if (policy.latencyCritical) return wishing(burstOf(source));
  return none({ code: 'unread-fact', fact: 'demand profile', why: profile.why });
}

/** What the source reaches while it has credits. */
const burstOf = ({ type, size }: Source): Ability => ({
  iops: type === 'gp2' ? gp2.burst : 0,
  throughput: burstThroughput(type, size),
});

/** 99.5 % of minutes, and a fifth more. */
const headroom = 1.2;

/**
 * What the profile asks for. An HDD counts sequential I/O by the MiB where an SSD counts 256 KiB, so its IOPS alone would
 * be up to four times too few; `sizedTo` raises them to what the throughput needs.
 *
 * A profile that never went over the baseline says nothing about the demand that now drains the bucket: then the burst.
 */
function demanded(source: Source, profile: DemandProfile): Ability {
  const wish = { iops: profile.iops * headroom, throughput: profile.throughput * headroom };
  return rateOf(source, wish) > source.bucket.baseline ? wish : burstOf(source);
}

/** In the unit that the source's bucket pays for. */
const rateOf = ({ bucket }: Source, ability: Ability): number =>
  bucket.unit === 'IOPS' ? ability.iops : ability.throughput;

/** Size and ratio may have cut the wish down: to less than the burst, which is said, or to no gain, which is refused. */
function judged(
  configuration: Configuration,
  source: Source,
  purpose: Exclude<Purpose, 'return'>,
): TargetChoice {
  const { bucket, size } = source;
  const target = 'iops' in configuration ? rateOf(source, abilityOf(configuration)) : 0;
  if (target <= bucket.baseline) {
    const why = `${configuration.type} of ${size} GiB would give ${round(target)} ${bucket.unit}, at the wall it has ${round(bucket.baseline)}`;
    return none({ code: 'no-fitting-target', wish: configuration.type, why });
  }
  const slowerThanBurst = target < bucket.burst ? { burst: bucket.burst, target } : undefined;
  return { kind: 'target', configuration, purpose, slowerThanBurst };
}

const round = (rate: number): string => Number(rate.toFixed(1)).toLocaleString('en-US');
