import { expect, test } from 'vitest';
import { burstThroughput, creditBucketOf } from '../../../core/domain/credits/credit-bucket.ts';
import { chooseTarget } from '../../../core/domain/deciding/target.ts';
import { read } from '../../../core/domain/reading.ts';
import { days, gibibytes, iops, mebibytesPerSecond } from '../../../core/domain/units.ts';
import type { BurstableType } from '../../../core/domain/volume.ts';
import { volumePolicyOf } from '../../../core/domain/volume-policy.ts';
import { noon, somePolicy, someVolume } from '../some-volume.ts';

const sizes = [1, 4, 33, 34, 100, 125, 334, 500, 999, 1_000, 2_000, 5_000, 12_000, 12_799, 16_384];

/** Above it, older instances have to be restarted or re-attached for the full effect (EBS user guide, requirements). */
const needsRestart = 32_000;

/** A volume that was at its burst all the time. */
const busiest = (type: BurstableType, size: number) =>
  read(
    {
      computedAt: noon,
      covers: days(14),
      iops: iops(type === 'gp2' ? 3_000 : 500),
      throughput: mebibytesPerSecond(burstThroughput(type, gibibytes(size))),
      minutesAtWall: 0,
    },
    noon,
  );

test.each(['gp2', 'st1', 'sc1'] as const)(
  'nothing is moved from %s by itself to more IOPS than work without a restart',
  (type) => {
    for (const size of sizes) {
      const volume = someVolume({ size, configuration: { type } });
      if (creditBucketOf(volume) === undefined) continue;
      for (const target of ['auto', 'gp3', 'io1', 'io2'] as const) {
        const policy = volumePolicyOf(somePolicy({ target }), {});
        const choice = chooseTarget({ volume, policy, profile: busiest(type, size), typesNotInZone: [] });
        if (choice.kind === 'none' || !('iops' in choice.configuration)) continue;
        expect(choice.configuration.iops, `${type} of ${size} GiB to ${target}`).toBeLessThanOrEqual(
          needsRestart,
        );
      }
    }
  },
);
