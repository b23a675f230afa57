import { expect, test } from 'vitest';
import { provisionedIn } from '../../core/application/provisioned-in.ts';
import { iops, mebibytesPerSecond } from '../../core/domain/units.ts';
import { someVolume } from '../domain/some-volume.ts';

test('what the quotas count is storage and IOPS per type, attached or not', () => {
  const gp3 = { type: 'gp3', iops: iops(4_000), throughput: mebibytesPerSecond(125) } as const;
  const io2 = { type: 'io2', iops: iops(500) } as const;
  expect(
    provisionedIn([
      someVolume({ size: 10, configuration: gp3 }),
      someVolume({ size: 20, configuration: gp3, attachment: { kind: 'detached' } }),
      someVolume({ size: 30, configuration: io2 }),
      someVolume({ size: 40 }),
    ]),
  ).toEqual({
    gp3: { storageGibibytes: 30, iops: 8_000 },
    io1: { storageGibibytes: 0, iops: 0 },
    io2: { storageGibibytes: 30, iops: 500 },
  });
});
