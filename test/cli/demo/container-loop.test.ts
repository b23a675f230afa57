import { describe, expect, it } from 'vitest';
import { ContainerLoop } from '../../../cli/demo/container-loop.ts';
import { REPORTED, REPRODUCER } from '../../../cli/demo/reproducer-parameters.ts';
import { VolumePhysics } from '../../../twin/ebs/volume-physics.ts';
import type { Configuration } from '../../../twin/ebs/volume-types.ts';

const START = Date.UTC(2026, 2, 2, 8);

/** The loop alone on one volume, second by second, without an account around it. */
function run(configuration: Configuration, seconds: number, loop = new ContainerLoop(REPRODUCER, START)) {
  const physics = new VolumePhysics(configuration);
  let wallAt: number | undefined;
  for (let second = 0; second < seconds; second += 1) {
    const at = START + second * 1_000;
    physics.offer(at, 1);
    const served = loop.serve({ at, capacity: physics.capacity });
    const operations = served.readOperations + served.writeOperations;
    expect(operations).toBeLessThanOrEqual(physics.capacity.iops + 1e-6);
    physics.settle(operations, served.readBytes + served.writeBytes);
    if (physics.bursts && physics.balance < 1) wallAt ??= second;
  }
  return { loop, physics, wallAt };
}

const gp2 = (sizeGiB: number): Configuration => ({ volumeType: 'gp2', sizeGiB });
const startsBefore = (loop: ContainerLoop, second: number): number =>
  loop.starts.filter(({ startedAt }) => startedAt < START + second * 1_000).length;
const typical = (loop: ContainerLoop): number => loop.starts[10]?.seconds ?? Number.NaN;

describe('the container loop', () => {
  it('starts a container in about 3 s for about 5,000 times on a 30 GiB gp2, and then takes about 82 s', () => {
    const { loop, wallAt = 0 } = run(gp2(30), 17_000);
    expect(typical(loop)).toBeCloseTo(REPORTED.startSeconds, 2);
    expect(Math.abs(startsBefore(loop, wallAt) - REPORTED.startsBeforeWall)).toBeLessThan(15);
    expect(loop.starts.at(-1)?.seconds).toBeCloseTo(REPORTED.wallStartSeconds, 0);
  });

  it('keeps fractions of a second: an hour of starts takes an hour', () => {
    const { loop } = run(gp2(30), 3_600);
    const total = loop.starts.reduce((sum, { seconds }) => sum + seconds, 0);
    expect(total).toBeGreaterThan(3_597);
    expect(total).toBeLessThanOrEqual(3_600);
    expect(loop.starts).toHaveLength(1_200);
  });

  it('is a little slower on io1 at 1,000 IOPS than while gp2 bursts, as the article saw', () => {
    const { loop } = run({ volumeType: 'io1', sizeGiB: 30, iops: 1_000 }, 600);
    expect(typical(loop)).toBeCloseTo(REPRODUCER.otherSeconds + 1_121 / (1_000 - 86.33), 2);
  });

  it.each([
    { sizeGiB: 30, baseline: 100 },
    { sizeGiB: 33, baseline: 100 },
    { sizeGiB: 34, baseline: 102 },
    { sizeGiB: 60, baseline: 180 },
    { sizeGiB: 100, baseline: 300 },
  ])(
    'hits the wall of $sizeGiB GiB when a bucket that earns $baseline a second is empty',
    ({ sizeGiB, baseline }) => {
      const demand = REPRODUCER.foregroundOperations / 3 + REPRODUCER.writebackIops;
      const expected = 5_400_000 / (demand - baseline);
      const { wallAt = 0 } = run(gp2(sizeGiB), 40_000);
      expect(Math.abs(wallAt - expected) / expected).toBeLessThan(0.01);
    },
  );

  it.each([154, 200, 334, 1_000])(
    'never hits a wall on %i GiB, whose baseline is above what the loop uses',
    (sizeGiB) => {
      const { wallAt, loop } = run(gp2(sizeGiB), 40_000);
      expect(wallAt).toBeUndefined();
      expect(Math.max(...loop.starts.map(({ seconds }) => seconds))).toBeLessThan(3.01);
    },
  );

  it('takes no scripted time: a disk that gives nothing starts no container', () => {
    const loop = new ContainerLoop(REPRODUCER, START);
    for (let second = 0; second < 100; second += 1) {
      loop.serve({ at: START + second * 1_000, capacity: { iops: 0, mebibytesPerSecond: 128 } });
    }
    expect(loop.starts).toEqual([]);
  });

  it('waits longer for I/Os, and wants more than it gets, only at the wall', () => {
    const loop = new ContainerLoop(REPRODUCER, START);
    const queues = [3_000, 100].map((iops) => {
      let queue = 0;
      let exceeded = 0;
      for (let second = 0; second < 300; second += 1) {
        const served = loop.serve({ at: START, capacity: { iops, mebibytesPerSecond: 128 } });
        queue += served.queueLength;
        if (served.demandedOperations > iops) exceeded += 1;
      }
      return { queue: queue / 300, exceeded };
    });
    expect(queues[0]?.queue).toBeLessThan(2);
    expect(queues[0]?.exceeded).toBe(0);
    expect(queues[1]?.queue).toBeGreaterThan(7);
    expect(queues[1]?.exceeded).toBeGreaterThan(280);
  });

  it('starts no container before its time and none once stopped, but ends the one under way', () => {
    const loop = new ContainerLoop(REPRODUCER, START + 60_000);
    loop.stopAt(START + 61_000);
    const { loop: ran } = run(gp2(30), 120, loop);
    expect(ran.starts.map(({ startedAt }) => startedAt)).toEqual([START + 60_000]);
    const idle = loop.serve({ at: START + 200_000, capacity: { iops: 3_000, mebibytesPerSecond: 128 } });
    expect(idle.writeOperations).toBe(REPRODUCER.idleIops);
  });
});
