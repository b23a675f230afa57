import { expect, test } from 'vitest';
import { politePace } from '../../../core/application/assess/polite-pace.ts';
import { timeFor } from '../../../core/application/assess/reading-plan.ts';
import { instant } from '../../../core/domain/units.ts';

function paced() {
  let now = 1_000_000;
  const slept: number[] = [];
  const sleep = async (milliseconds: number) => {
    slept.push(Math.round(milliseconds));
    now += milliseconds;
  };
  return { pace: politePace({ now: () => instant(now) }, sleep), slept };
}

const call = { datapoints: 100_800 };
const apart = Math.round(timeFor(call));

test('lets the first call begin at once and the next ones as far apart as their datapoints ask for', async () => {
  const { pace, slept } = paced();
  for (let turn = 0; turn < 3; turn += 1) await pace.turn(call);
  expect(slept).toEqual([apart, apart]);
});

test('keeps calls apart that were asked for at the same moment', async () => {
  const { pace, slept } = paced();
  await Promise.all([pace.turn(call), pace.turn(call)]);
  expect(slept).toEqual([apart]);
});

test('waits after a complaint and is half as fast from then on', async () => {
  const { pace, slept } = paced();
  await pace.turn(call);
  await pace.slowDown();
  expect(pace.slowness).toBe(2);
  await pace.turn(call);
  await pace.turn(call);
  expect(slept.slice(0, 2)).toEqual([4_000, Math.round(2 * timeFor(call))]);
});

test('does not become slower without end', async () => {
  const { pace } = paced();
  for (let complaint = 0; complaint < 9; complaint += 1) await pace.slowDown();
  expect(pace.slowness).toBe(16);
});

test('becomes as fast again once nobody has complained for a while', async () => {
  const { pace } = paced();
  await pace.slowDown();
  for (let turn = 0; turn < 21; turn += 1) await pace.turn(call);
  expect(pace.slowness).toBe(1);
});
