import { expect, test } from 'vitest';
import { PendingAlarms } from '../../../core/application/replay/pending-alarms.ts';
import { instant } from '../../../core/domain/units.ts';

const alarm = (at: number) => ({ at: instant(at), state: 'ALARM' as const });
const pending = () => {
  const alarms = new PendingAlarms();
  alarms.put('vol-00000001', [alarm(2), alarm(5)]);
  alarms.put('vol-00000002', [alarm(1), alarm(9)]);
  return alarms;
};

test('gives out what is due, soonest first, once', () => {
  const alarms = pending();
  expect(alarms.soonest).toBe(1);
  expect(alarms.take(instant(5)).map(({ volumeId, at }) => [volumeId, at])).toEqual([
    ['vol-00000002', 1],
    ['vol-00000001', 2],
    ['vol-00000001', 5],
  ]);
  expect(alarms.soonest).toBe(9);
  expect(alarms.take(instant(5))).toEqual([]);
});

test('forgets what a volume had left when that is put anew, and nothing of the others', () => {
  const alarms = pending();
  alarms.put('vol-00000002', []);
  expect(alarms.take(instant(10)).map(({ volumeId }) => volumeId)).toEqual(['vol-00000001', 'vol-00000001']);
  expect(alarms.soonest).toBeUndefined();
});
