import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Simulation } from '../../../twin/simulation.ts';
import { Pace } from '../../../twin/wire/pace.ts';

test('simulated time is the clock’s, as many times as fast', async () => {
  const simulation = new Simulation(1_000);
  let now = 50;
  const pace = new Pace(simulation, () => now, 3);
  now = 60;
  await pace.catchUp();
  expect(simulation.now).toBe(1_030);
});

test('a change of speed counts from then on', async () => {
  const simulation = new Simulation(0);
  let now = 0;
  const pace = new Pace(simulation, () => now, 1);
  now = 10;
  pace.speed = 100;
  now = 11;
  await pace.catchUp();
  expect(simulation.now).toBe(110);
});

test('what was advanced by hand is not waited for again', async () => {
  const simulation = new Simulation(0);
  let now = 0;
  const pace = new Pace(simulation, () => now, 1);
  await pace.advance(1_000);
  now = 5;
  await pace.catchUp();
  expect(simulation.now).toBe(1_005);
});

test('who asks while something is being done does not wait for it', async () => {
  const simulation = new Simulation(0);
  const pace = new Pace(simulation, () => 0, 0);
  const seen: number[] = [];
  simulation.at(10, async () => {
    await pace.catchUp();
    seen.push(simulation.now);
  });
  await pace.advance(20);
  expect([seen, simulation.now]).toEqual([[10], 20]);
});

test('who moves time by hand waits for what is being done, and then for what was asked', async () => {
  const simulation = new Simulation(0);
  const pace = new Pace(simulation, () => 0, 0);
  const first = pace.advance(20);
  simulation.at(10, async () => void (await setImmediate()));
  await pace.advance(30);
  expect(simulation.now).toBe(50);
  await first;
});

test('who moves time by hand is not told of what failed for somebody else', async () => {
  const simulation = new Simulation(0);
  const pace = new Pace(simulation, () => 0, 0);
  simulation.at(10, () => {
    throw new Error('broken');
  });
  const first = pace.advance(20);
  const second = pace.advance(20);
  await expect(first).rejects.toThrow('broken');
  await second;
  expect(simulation.now).toBe(40);
});

test('what fails does not stop time for good', async () => {
  const simulation = new Simulation(0);
  const pace = new Pace(simulation, () => 0, 0);
  simulation.at(10, () => {
    throw new Error('broken');
  });
  await expect(pace.advance(20)).rejects.toThrow('broken');
  await pace.advance(20);
  expect(simulation.now).toBe(40);
});
