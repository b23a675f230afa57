import { describe, expect, test } from 'vitest';
import { iops, mebibytesPerSecond } from '../../core/domain/units.ts';
import { describeConfiguration, isSame, isVolumeId } from '../../core/domain/volume.ts';

const gp3 = (throughput: number) =>
  ({ type: 'gp3', iops: iops(3_000), throughput: mebibytesPerSecond(throughput) }) as const;

describe('a volume id', () => {
  test.each(['vol-0123abcd', 'vol-0123456789abcdef0'])('is %s', (text) => {
    expect(isVolumeId(text)).toBe(true);
  });

  test.each([
    'vol-0123abc',
    'vol-0123456789abcdef01',
    'vol-0123ABCD',
    'a vol-0123abcd',
    'vol-0123abcd; rm',
    '',
  ])('is not %j', (text) => {
    expect(isVolumeId(text)).toBe(false);
  });
});

test('configurations are the same in type, IOPS and throughput, and in nothing less', () => {
  expect(isSame(gp3(125), gp3(125))).toBe(true);
  expect(isSame(gp3(125), gp3(126))).toBe(false);
  expect(isSame(gp3(125), { ...gp3(125), iops: iops(3_001) })).toBe(false);
  expect(isSame({ type: 'io1', iops: iops(500) }, { type: 'io2', iops: iops(500) })).toBe(false);
});

test.each([
  [{ type: 'gp2' }, 'gp2'],
  [{ type: 'io2', iops: iops(12_000) }, 'io2, 12,000 IOPS'],
  [gp3(1_128), 'gp3, 3,000 IOPS, 1,128 MiB/s'],
  [{ type: 'unjudgeable', got: 'VolumeType gp4' }, 'a type we do not know (VolumeType gp4)'],
] as const)('%o reads as a person would write it', (configuration, text) => {
  expect(describeConfiguration(configuration)).toBe(text);
});
