import { expect, test } from 'vitest';
import { eventRulerOptions } from '../../scripts/event-ruler/event-ruler-options.ts';

test.each([
  [[], { seed: 1, check: false }],
  [['--seed', '7', '--check'], { seed: 7, check: true }],
  [['--help'], 'help'],
])('npm run event-ruler understands %j', (args, expected) => {
  expect(eventRulerOptions(args)).toEqual(expected);
});

test.each(['x', '-1', '1.5', '1234567890'])('npm run event-ruler does not take %s for a seed', (seed) => {
  expect(() => eventRulerOptions([`--seed=${seed}`])).toThrow(
    `--seed: got "${seed}", expected a whole number; e.g. --seed 1`,
  );
});

test('npm run event-ruler does not take what it does not know', () => {
  expect(() => eventRulerOptions(['--write'])).toThrow("Unknown option '--write'");
});
