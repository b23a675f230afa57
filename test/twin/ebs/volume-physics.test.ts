import { describe, expect, test } from 'vitest';
import { type BalanceAfterReturn, VolumePhysics } from '../../../twin/ebs/volume-physics.ts';
import type { Configuration } from '../../../twin/ebs/volume-types.ts';

const gp2 = (sizeGiB: number): Configuration => ({ volumeType: 'gp2', sizeGiB });
const ENDLESS = 1_000_000;

/** Uses everything the volume offers for `seconds`; returns how many of them were at full burst. */
function burn(physics: VolumePhysics, seconds: number, burst: number): number {
  let atBurst = 0;
  for (let second = 0; second < seconds; second += 1) {
    physics.offer(second * 1_000, 1);
    if (physics.capacity.iops >= burst) atBurst += 1;
    physics.settle(physics.capacity.iops, 0);
  }
  return atBurst;
}

/** Seconds until an emptied bucket is full again when nothing is used. */
function refill(physics: VolumePhysics): number {
  let seconds = 0;
  while (physics.balancePercent < 100 && seconds < ENDLESS) {
    physics.offer(seconds * 1_000, 1);
    physics.settle(0, 0);
    seconds += 1;
  }
  return seconds;
}

// AWS EBS user guide, general-purpose: "Volume size / Burst duration at 3,000 IOPS / Seconds to fill an empty bucket".
describe('a gp2 volume', () => {
  test.each([
    { sizeGiB: 1, baseline: 100, bursts: 1_862, fills: 54_000 },
    { sizeGiB: 33, baseline: 100, bursts: 1_862, fills: 54_000 },
    { sizeGiB: 100, baseline: 300, bursts: 2_000, fills: 18_000 },
    { sizeGiB: 334, baseline: 1_002, bursts: 2_703, fills: 5_389 },
    { sizeGiB: 500, baseline: 1_500, bursts: 3_600, fills: 3_600 },
    { sizeGiB: 750, baseline: 2_250, bursts: 7_200, fills: 2_400 },
    { sizeGiB: 999, baseline: 2_997, bursts: 1_800_000, fills: 1_802 },
  ])(
    'of $sizeGiB GiB bursts $bursts s, falls to $baseline IOPS and fills in $fills s',
    ({ sizeGiB, baseline, bursts, fills }) => {
      const physics = new VolumePhysics(gp2(sizeGiB));
      expect(Math.abs(burn(physics, bursts + 2, 3_000) - bursts)).toBeLessThanOrEqual(1);
      expect(physics.balance).toBe(0);
      physics.offer(0, 1);
      expect(physics.capacity.iops).toBe(baseline);
      expect(Math.abs(refill(physics) - fills)).toBeLessThanOrEqual(1);
    },
  );

  test.each([1_000, 1_001, 5_334, 16_384])('of %d GiB has no bucket and never falls', (sizeGiB) => {
    const physics = new VolumePhysics(gp2(sizeGiB));
    expect(physics.bursts).toBe(false);
    expect(burn(physics, 10_000, Math.min(16_000, 3 * sizeGiB))).toBe(10_000);
  });

  test.each([
    [170, 128, 127.5],
    [171, 250, 128.25],
    [333, 250, 249.75],
    [334, 250, 250],
  ])('of %d GiB gives %d MiB/s with credits and %d without', (sizeGiB, withCredits, without) => {
    const physics = new VolumePhysics(gp2(sizeGiB));
    physics.offer(0, 1);
    expect(physics.capacity.mebibytesPerSecond).toBe(withCredits);
    burn(physics, 4_000, 3_000);
    physics.offer(0, 1);
    expect(physics.capacity.mebibytesPerSecond).toBeCloseTo(without);
  });

  test('pays for I/O of 1 MiB as four operations', () => {
    const physics = new VolumePhysics(gp2(100));
    physics.offer(0, 1);
    physics.settle(100, 100 * 1_048_576);
    expect(physics.balance).toBe(5_400_000 + 300 - 400);
  });

  test('does not pay for small I/O by its bytes', () => {
    const physics = new VolumePhysics(gp2(100));
    physics.offer(0, 1);
    physics.settle(1_000, 1_000 * 4_096);
    expect(physics.balance).toBe(5_400_000 + 300 - 1_000);
  });

  test('rests in one step exactly as in many', () => {
    const stepped = new VolumePhysics(gp2(100));
    const leapt = new VolumePhysics(gp2(100));
    for (const physics of [stepped, leapt]) burn(physics, 3_000, 3_000);
    for (let second = 0; second < 7_321; second += 1) stepped.rest(1);
    leapt.rest(7_321);
    expect(leapt.balance).toBe(stepped.balance);
  });
});

// hdd-vols: baseline and burst per TiB with their ceilings; a full bucket is one TiB per TiB.
describe('an HDD volume', () => {
  test.each([
    { volumeType: 'st1', sizeGiB: 1_024, baseline: 40, burst: 250, bursts: 4_993 },
    { volumeType: 'st1', sizeGiB: 2_048, baseline: 80, burst: 500, bursts: 4_993 },
    { volumeType: 'sc1', sizeGiB: 1_024, baseline: 12, burst: 80, bursts: 15_420 },
  ] as const)(
    '$volumeType of $sizeGiB GiB bursts at $burst MiB/s for $bursts s, then gives $baseline',
    (row) => {
      const physics = new VolumePhysics({ volumeType: row.volumeType, sizeGiB: row.sizeGiB });
      let seconds = 0;
      for (; physics.balance > 0 && seconds < ENDLESS; seconds += 1) {
        physics.offer(seconds * 1_000, 1);
        if (seconds === 0) expect(physics.capacity.mebibytesPerSecond).toBe(row.burst);
        physics.settle(0, physics.capacity.mebibytesPerSecond * 1_048_576);
      }
      expect(Math.abs(seconds - row.bursts)).toBeLessThanOrEqual(1);
      physics.offer(0, 1);
      expect(physics.capacity.mebibytesPerSecond).toBe(row.baseline);
    },
  );

  test('pays a whole MiB for each small random I/O', () => {
    const physics = new VolumePhysics({ volumeType: 'st1', sizeGiB: 1_024 });
    physics.offer(0, 1);
    physics.settle(200, 200 * 16_384);
    expect(physics.balance).toBe(1_024 * 1_024 + 40 - 200);
  });

  test('of 12.5 TiB st1 has nothing to burst to', () => {
    expect(new VolumePhysics({ volumeType: 'st1', sizeGiB: 12_800 }).bursts).toBe(false);
  });
});

describe('provisioned volumes give what was bought', () => {
  test.each([
    [{ volumeType: 'gp3', sizeGiB: 100, iops: 3_000, throughput: 250 }, 3_000, 250],
    [{ volumeType: 'io1', sizeGiB: 100, iops: 1_000 }, 1_000, 250],
    [{ volumeType: 'io1', sizeGiB: 4_000, iops: 64_000 }, 64_000, 1_000],
    [{ volumeType: 'io2', sizeGiB: 100, iops: 1_000 }, 1_000, 256],
  ] as const)('%j', (configuration, iops, mebibytesPerSecond) => {
    const physics = new VolumePhysics(configuration);
    burn(physics, 100, iops);
    physics.offer(0, 1);
    expect(physics.capacity).toEqual({ iops, mebibytesPerSecond });
  });
});

describe('while optimizing', () => {
  const gp3: Configuration = { volumeType: 'gp3', sizeGiB: 100, iops: 3_000, throughput: 128 };

  test('an emptied volume moves from its baseline to the target, never below the baseline', () => {
    const physics = new VolumePhysics(gp2(100));
    burn(physics, 3_000, 3_000);
    physics.beginTransition(gp3, 0, 1_000_000);
    const offered = [0, 250, 500, 1_000].map((second) => {
      physics.offer(second * 1_000, 1);
      return physics.capacity.iops;
    });
    expect(offered).toEqual([300, 975, 1_650, 3_000]);
  });

  test('a volume with credits does not drop below its burst on the way to the same', () => {
    const physics = new VolumePhysics(gp2(100));
    physics.beginTransition(gp3, 0, 3_600_000);
    for (let second = 0; second < 1_800; second += 1) {
      physics.offer(second * 1_000, 1);
      expect(physics.capacity.iops).toBe(3_000);
      physics.settle(3_000, 0);
    }
  });

  test('going back does not fall below what the target gives', () => {
    const physics = new VolumePhysics(gp3);
    physics.beginTransition(gp2(100), 0, 1_000_000);
    for (let second = 0; second <= 1_000; second += 1) {
      physics.offer(second * 1_000, 1);
      expect(physics.capacity.iops).toBeGreaterThanOrEqual(300);
      physics.settle(physics.capacity.iops, 0);
    }
  });

  test.each([
    ['zero', 0],
    ['kept', 60],
    ['full', 100],
  ] as const)(
    'a return to gp2 starts with the balance of the setting %s',
    (setting: BalanceAfterReturn, percent) => {
      const physics = new VolumePhysics(gp2(100), setting);
      for (let second = 0; second < 800; second += 1) {
        physics.offer(second, 1);
        physics.settle(3_000, 0);
      }
      physics.beginTransition(gp3, 0, 0);
      physics.endTransition();
      physics.beginTransition(gp2(100), 0, 0);
      expect(physics.balancePercent).toBe(percent);
    },
  );

  test('a volume that only grows keeps its credits', () => {
    const physics = new VolumePhysics(gp2(100));
    burn(physics, 1_000, 3_000);
    const before = physics.balance;
    physics.beginTransition(gp2(200), 0, 0);
    expect(physics.balance).toBe(before);
  });
});
