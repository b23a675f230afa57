import { expect, test } from 'vitest';
import { deployOptions, usage } from '../../../scripts/ministack/deploy-options.ts';

test('a machine without MiniStack passes, unless it is required', () => {
  expect(deployOptions([])).toEqual({ ministack: 'if it can be run' });
  expect(deployOptions(['--require'])).toEqual({ ministack: 'required' });
});

test('does not take what it does not know', () => {
  expect(() => deployOptions(['--keep'])).toThrow("Unknown option '--keep'");
  expect(() => deployOptions(['EbsBurst'])).toThrow('Unexpected argument');
});

test('its help fits a terminal of 120 columns', () => {
  expect(deployOptions(['--help'])).toBe('help');
  expect(Math.max(...usage.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});
