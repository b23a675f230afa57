import { expect, test } from 'vitest';
import { noAlarms } from '../../../core/domain/history/no-alarm.ts';
import { before, days } from '../../../core/domain/units.ts';
import { noon, somePolicy, someVolume } from '../some-volume.ts';

const risky = someVolume({ id: 'vol-00000001', size: 100 });
const calmer = someVolume({ id: 'vol-00000002', size: 500 });

test('beyond maxAlarms the less risky volumes have none', () => {
  expect([...noAlarms([calmer, risky], somePolicy({ maxAlarms: 1 }), noon)]).toEqual([
    [calmer.id, 'over-max-alarms'],
  ]);
});

test('within maxAlarms all have one', () => {
  expect(noAlarms([calmer, risky], somePolicy({ maxAlarms: 2 }), noon).size).toBe(0);
});

test('what says off has none, and takes none from the others', () => {
  const off = someVolume({ ...risky, tags: { 'ebs-burst:mode': 'off' } });
  expect([...noAlarms([off, calmer], somePolicy({ maxAlarms: 1 }), noon)]).toEqual([[off.id, 'opted-out']]);
});

test('what has been detached for more than a day has none', () => {
  const createdAt = before(noon, days(3));
  const detached = someVolume({ ...risky, createdAt, attachment: { kind: 'detached' } });
  expect([...noAlarms([detached, calmer], somePolicy(), noon)]).toEqual([[detached.id, 'not-in-use']]);
});

test('of what cannot run out there is nothing to say', () => {
  const large = someVolume({ id: 'vol-00000003', size: 1_000 });
  expect(noAlarms([large], somePolicy(), noon).size).toBe(0);
});
