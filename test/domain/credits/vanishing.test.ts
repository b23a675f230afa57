import { expect, test } from 'vitest';
import {
  type ActualAlarm,
  type AlarmDiff,
  alarmNameOf,
  burstBalanceAlarm,
} from '../../../core/domain/credits/alarm-plan.ts';
import { vanishingIn } from '../../../core/domain/credits/vanishing.ts';
import { hours, minutes } from '../../../core/domain/units.ts';
import { ago } from '../some-situation.ts';
import { noon } from '../some-volume.ts';

const alarm = (name: string): ActualAlarm => ({
  name,
  description: undefined,
  threshold: 50,
  volumeId: undefined,
  definition: burstBalanceAlarm,
});
const [a, b, c] = [alarmNameOf('vol-a'), alarmNameOf('vol-b'), alarmNameOf('vol-c')] as const;
const without = (names: readonly string[], foreign: readonly string[] = []): AlarmDiff => ({
  put: [],
  delete: names,
  keep: 0,
  foreign,
});
const three = [a, b, c].map(alarm);

test('volumes that vanish by more than half are doubted for an hour and then believed', () => {
  expect(vanishingIn(without([a, b]), three, [], undefined, noon)).toEqual({
    kind: 'doubted',
    since: noon,
    names: [a, b],
    of: 3,
  });
  expect(vanishingIn(without([a, b]), three, [], ago(minutes(59.9)), noon)).toMatchObject({
    kind: 'doubted',
  });
  expect(vanishingIn(without([a, b]), three, [], ago(hours(1)), noon)).toMatchObject({ kind: 'believed' });
});

test('half of them or less are no matter', () => {
  expect(vanishingIn(without([a]), three, [], undefined, noon)).toBeUndefined();
  expect(vanishingIn(without([a]), [a, b].map(alarm), [], undefined, noon)).toBeUndefined();
});

test("alarms that are somebody else's count for neither side", () => {
  expect(vanishingIn(without([a], [b, c]), three, [], undefined, noon)).toMatchObject({ names: [a], of: 1 });
});
