import { expect, test } from 'vitest';
import { loadOn, withPlan } from '../../../core/domain/deciding/quota-load.ts';
import type { QuotaUse } from '../../../core/domain/deciding/situation.ts';
import { gibibytes } from '../../../core/domain/units.ts';
import { bridge, fix, roomyQuotas, wayBack } from '../some-situation.ts';

const end = (type: string, sizeGibibytes: number, iops: number) => ({ type, sizeGibibytes, iops });

test.each([
  {
    what: 'the end it comes from',
    type: 'gp2',
    ends: [end('gp2', 100, 300), end('io1', 110, 900)],
    load: [100, 300],
  },
  {
    what: 'the end it goes to',
    type: 'io1',
    ends: [end('gp2', 100, 300), end('io1', 110, 900)],
    load: [110, 900],
  },
  { what: 'neither end', type: 'io2', ends: [end('gp2', 100, 300), end('io1', 110, 900)], load: [0, 0] },
  {
    what: 'both, growing',
    type: 'io1',
    ends: [end('io1', 100, 300), end('io1', 110, 900)],
    load: [110, 900],
  },
  {
    what: 'both, tuned down',
    type: 'io1',
    ends: [end('io1', 100, 900), end('io1', 100, 300)],
    load: [100, 900],
  },
] as const)(
  'a modification counts for $type with the larger of its ends of that type: $what',
  ({ type, ends, load }) => {
    const [storageGibibytes, iops] = load;
    expect(loadOn(type, ends)).toEqual({ storageGibibytes, iops });
  },
);

const more = ({ storageGibibytes, iops }: QuotaUse, size: number, operations = 0): QuotaUse => ({
  storageGibibytes: { ...storageGibibytes, used: storageGibibytes.used + size },
  iops: iops && { ...iops, used: iops.used + operations },
});
const { provisioned, modifications } = roomyQuotas;

test('a fix under way takes of the modifications of both types, and of what its target may have in the Region', () => {
  expect(withPlan(roomyQuotas, fix(), gibibytes(100))).toEqual({
    underWay: [],
    provisioned: { ...provisioned, gp3: more(provisioned.gp3, 100) },
    modifications: {
      ...modifications,
      gp2: more(modifications.gp2, 100),
      gp3: more(modifications.gp3, 100),
    },
  });
});

test('a bridge under way takes IOPS of its target as well', () => {
  expect(withPlan(roomyQuotas, bridge(), gibibytes(100))).toEqual({
    underWay: [],
    provisioned: { ...provisioned, io1: more(provisioned.io1, 100, 1_000) },
    modifications: {
      ...modifications,
      gp2: more(modifications.gp2, 100),
      io1: more(modifications.io1, 100, 1_000),
    },
  });
});

test('a way back under way takes of modifications alone', () => {
  expect(withPlan(roomyQuotas, wayBack(), gibibytes(100))).toEqual({
    underWay: [],
    provisioned,
    modifications: {
      ...modifications,
      gp2: more(modifications.gp2, 100),
      io1: more(modifications.io1, 100, 1_000),
    },
  });
});
