import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { creditBucketOf } from '../../../core/domain/credits/credit-bucket.ts';
import { abilityOf } from '../../../core/domain/deciding/provisioned-sizing.ts';
import { chooseTarget } from '../../../core/domain/deciding/target.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { days, iops, mebibytesPerSecond } from '../../../core/domain/units.ts';
import type { BurstableType } from '../../../core/domain/volume.ts';
import { volumePolicyOf } from '../../../core/domain/volume-policy.ts';
import { noon, somePolicy, someVolume } from '../some-volume.ts';

const volumes = fc.record({
  size: fc.oneof(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 16_384 })),
  type: fc.constantFrom<BurstableType>('gp2', 'st1', 'sc1'),
  latencyCritical: fc.boolean(),
});
const policies = fc.record({
  target: fc.constantFrom('auto', 'gp3', 'io1', 'io2'),
  fixedIops: fc.option(fc.integer({ min: 100, max: 300_000 }).map(iops), { nil: undefined }),
});
const profiles = fc.option(
  fc.record({
    operations: fc.integer({ min: 0, max: 300_000 }),
    throughput: fc.integer({ min: 0, max: 5_000 }),
  }),
);

const inputs = fc
  .record({ volume: volumes, policy: policies, profile: profiles })
  .map(({ volume: { size, type, latencyCritical }, policy, profile }) => {
    const tags: Record<string, string> = latencyCritical ? { 'ebs-burst:tier': 'latency-critical' } : {};
    const volume = someVolume({ size, configuration: { type }, tags });
    const known = profile && {
      computedAt: noon,
      covers: days(14),
      iops: iops(profile.operations),
      throughput: mebibytesPerSecond(profile.throughput),
      minutesAtWall: 0,
    };
    return {
      volume,
      policy: volumePolicyOf(somePolicy(policy), tags),
      profile: known === null ? unread('none') : read(known, noon),
      typesNotInZone: [],
    };
  });

describe('every target', () => {
  test.prop([inputs], { numRuns: 2_000 })('is one that EC2 accepts for this size', (input) => {
    const choice = chooseTarget(input);
    if (choice.kind === 'none') return;
    const { configuration } = choice;
    const { size } = input.volume;
    // Written out again from the EBS user guide, so that a slip in volume-limits.ts shows.
    const ranges = {
      gp3: { least: 3_000, most: Math.max(3_000, Math.min(80_000, 500 * size)), leastSize: 1 },
      io1: { least: 100, most: Math.min(64_000, 50 * size), leastSize: 4 },
      io2: { least: 100, most: Math.min(256_000, 1_000 * size), leastSize: 4 },
    };
    if (!('iops' in configuration)) throw new Error(`expected provisioned IOPS, got ${configuration.type}`);
    const { least, most, leastSize } = ranges[configuration.type];
    expect(size).toBeGreaterThanOrEqual(leastSize);
    expect(configuration.iops).toBeGreaterThanOrEqual(least);
    expect(configuration.iops).toBeLessThanOrEqual(most);
    expect(Number.isInteger(configuration.iops)).toBe(true);
    if (configuration.type !== 'gp3') return;
    expect(Number.isInteger(configuration.throughput)).toBe(true);
    expect(configuration.throughput).toBeGreaterThanOrEqual(125);
    expect(configuration.throughput).toBeLessThanOrEqual(Math.min(2_000, configuration.iops * 0.25));
  });

  test.prop([inputs], { numRuns: 2_000 })(
    'is faster than the wall, and at least the burst or says that it is not',
    (input) => {
      const choice = chooseTarget(input);
      const bucket = creditBucketOf(input.volume);
      if (choice.kind === 'none' || bucket === undefined || !('iops' in choice.configuration)) return;
      const ability = abilityOf(choice.configuration);
      const rate = bucket.unit === 'IOPS' ? ability.iops : ability.throughput;
      expect(rate).toBeGreaterThan(bucket.baseline);
      expect(choice.slowerThanBurst).toEqual(
        rate < bucket.burst ? { burst: bucket.burst, target: rate } : undefined,
      );
    },
  );

  test.prop([inputs])('is chosen only for a volume that can run out', (input) => {
    if (creditBucketOf(input.volume) === undefined) {
      expect(chooseTarget(input)).toEqual({ kind: 'none', refusal: { code: 'baseline-covers-burst' } });
    }
  });

  test.prop([inputs])('goes back if it is a bridge, and stays if the volume is latency-critical', (input) => {
    const choice = chooseTarget(input);
    if (choice.kind === 'none') return;
    const stays = choice.configuration.type === 'gp3' && input.volume.configuration.type === 'gp2';
    expect(choice.purpose).toBe(input.policy.latencyCritical ? 'keep' : stays ? 'fix' : 'bridge');
  });
});

test('every gp2 size that bursts has a way out on auto that is never slower', () => {
  for (let size = 1; size < 1_000; size += 1) {
    const volume = someVolume({ size });
    const choice = chooseTarget({
      volume,
      policy: volumePolicyOf(somePolicy(), {}),
      profile: unread('none'),
      typesNotInZone: [],
    });
    expect(choice).toMatchObject({ kind: 'target', purpose: 'fix', slowerThanBurst: undefined });
  }
});
