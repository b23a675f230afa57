import { expect, test } from 'vitest';
import { inFlightOf } from '../../lambda/adapters/regional-quotas.ts';

const whole = {
  OriginalVolumeType: 'gp2',
  OriginalSize: 100,
  OriginalIops: 300,
  TargetVolumeType: 'io1',
  TargetSize: 110,
  TargetIops: 900,
} as const;
const before = { type: 'gp2', sizeGibibytes: 100, iops: 300 };
const after = { type: 'io1', sizeGibibytes: 110, iops: 900 };

test.each([
  { what: 'both ends', said: whole, ends: [before, after] },
  {
    what: 'no size of the target',
    said: { ...whole, TargetSize: undefined },
    ends: [before, { ...after, sizeGibibytes: 100 }],
  },
  {
    what: 'no type of the target',
    said: { ...whole, TargetVolumeType: undefined },
    ends: [before, { ...after, type: 'gp2' }],
  },
  {
    what: 'nothing of the original',
    said: { TargetVolumeType: 'st1', TargetSize: 500 },
    ends: [
      { type: 'st1', sizeGibibytes: 500, iops: 0 },
      { type: 'st1', sizeGibibytes: 500, iops: 0 },
    ],
  },
] as const)('what is under way is known where EC2 says $what', ({ said, ends }) => {
  expect(inFlightOf(said)).toEqual(ends);
});

test.each([
  ['type', { ...whole, OriginalVolumeType: undefined, TargetVolumeType: undefined }],
  ['size', { ...whole, OriginalSize: undefined, TargetSize: undefined }],
  ['IOPS, and they are what counts', { ...whole, OriginalIops: undefined, TargetIops: undefined }],
] as const)('what is under way is not known where EC2 says no %s', (_, said) => {
  expect(inFlightOf(said)).toBeUndefined();
});
