import { describe, expect, test } from 'vitest';
import { constantDemand, steppedDemand, tracedDemand } from '../../../twin/ebs/open-loop-workload.ts';
import type { Workload } from '../../../twin/ebs/workload.ts';
import { connectedEbsAccount, MINUTE, START } from '../connected-ebs-account.ts';

const KIB16 = 16_384;

const operations = (workload: Workload, at: number, iops: number, mebibytesPerSecond = 1_000): number => {
  const served = workload.serve({ at, capacity: { iops, mebibytesPerSecond } });
  return served.readOperations + served.writeOperations;
};

describe('open-loop demand', () => {
  test('is served in full below the capacity and waits for nothing', () => {
    const served = constantDemand({ iops: 200, ioBytes: KIB16, readShare: 0.25 }).serve({
      at: 0,
      capacity: { iops: 300, mebibytesPerSecond: 128 },
    });
    expect(served).toEqual({
      readOperations: 50,
      writeOperations: 150,
      readBytes: 50 * KIB16,
      writeBytes: 150 * KIB16,
      readSeconds: 0.05,
      writeSeconds: expect.closeTo(0.15),
      queueLength: 0.2,
      demandedOperations: 200,
      demandedBytes: 200 * KIB16,
    });
  });

  test('waits above the capacity, at most as much as fits the queue, and is served later', () => {
    const workload = steppedDemand(
      [
        { from: 0, iops: 500, ioBytes: KIB16 },
        { from: 3_000, iops: 0, ioBytes: KIB16 },
      ],
      { atMost: 350 },
    );
    expect([0, 1, 2, 3, 4, 5].map((second) => operations(workload, second * 1_000, 300))).toEqual([
      300, 300, 300, 300, 50, 0,
    ]);
  });

  test('is limited by throughput where that is reached first', () => {
    expect(operations(constantDemand({ iops: 1_000, ioBytes: 262_144 }), 0, 3_000, 125)).toBe(500);
  });

  test('follows a trace second by second and is silent outside of it', () => {
    const trace = [1, 2, 3].map((iops) => ({ iops, ioBytes: KIB16 }));
    const workload = tracedDemand(START, trace);
    expect([-1, 0, 1, 2, 3].map((second) => operations(workload, START + second * 1_000, 300))).toEqual([
      0, 1, 2, 3, 0,
    ]);
  });
});

describe('a volume in the account', () => {
  test('drains under load while attached to a running instance, not otherwise', async () => {
    const { volumes, simulation } = connectedEbsAccount();
    const volume = volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100 });
    const instance = volumes.createInstance();
    volumes.setWorkload(volume.id, constantDemand({ iops: 1_300, ioBytes: KIB16 }));
    await simulation.runFor(MINUTE);
    expect(volume.physics.balance).toBe(5_400_000);
    volumes.attach(volume.id, instance.id);
    await simulation.runFor(MINUTE);
    expect(volume.physics.balance).toBe(5_400_000 - 60_000);
    volumes.setInstanceState(instance.id, 'stopped');
    await simulation.runFor(MINUTE);
    expect(volume.physics.balance).toBe(5_400_000 - 60_000 + 18_000);
  });

  test('changed in the middle of a minute lives each second once', async () => {
    const { volumes, simulation } = connectedEbsAccount();
    const volume = volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100 });
    volumes.attach(volume.id, volumes.createInstance().id);
    volumes.setWorkload(volume.id, constantDemand({ iops: 1_300, ioBytes: KIB16 }));
    await simulation.runFor(20_500);
    volumes.setWorkload(volume.id, constantDemand({ iops: 2_300, ioBytes: KIB16 }));
    await simulation.runFor(MINUTE - 20_500);
    expect(volume.physics.balance).toBe(5_400_000 - 20 * 1_000 - 40 * 2_000);
  });

  test('shares the limit of its instance with the other volumes there', async () => {
    const { volumes, simulation } = connectedEbsAccount();
    const [first, second] = [1, 2].map(() => volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100 }));
    const instance = volumes.createInstance({ ebsIops: { baseline: 2_500, maximum: 2_500 } });
    for (const volume of [first, second]) {
      volumes.attach(volume?.id ?? '', instance.id);
      volumes.setWorkload(volume?.id ?? '', constantDemand({ iops: 2_000, ioBytes: KIB16 }));
    }
    await simulation.runFor(MINUTE);
    expect(first?.physics.balance).toBe(5_400_000 - 60 * 1_700);
    expect(second?.physics.balance).toBe(5_400_000 - 60 * 200);
  });
});

test('a day of one volume takes well under a second', async () => {
  const { volumes, simulation } = connectedEbsAccount();
  const volume = volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100 });
  volumes.attach(volume.id, volumes.createInstance().id);
  volumes.setWorkload(volume.id, constantDemand({ iops: 400, ioBytes: KIB16 }));
  const before = performance.now();
  await simulation.runFor(24 * 60 * MINUTE);
  expect(performance.now() - before).toBeLessThan(1_000);
  expect(volume.physics.balance).toBe(0);
});
