import { expect, test } from 'vitest';
import { conformanceOptions, usage } from '../../../scripts/conformance/conformance-options.ts';

test('without arguments every emulator is asked, none is required, and the page is written', () => {
  expect(conformanceOptions([])).toEqual({
    does: 'write',
    asked: ['moto', 'MiniStack'],
    required: [],
    endpoint: undefined,
  });
});

test('reads what a quick check in CI says', () => {
  expect(conformanceOptions(['--check', '--only', 'moto', '--require', 'Moto'])).toEqual({
    does: 'check',
    asked: ['moto'],
    required: ['moto'],
    endpoint: undefined,
  });
});

test('asks each emulator once, in the order of the page, however they are named', () => {
  const args = ['--only', 'ministack', '--only', 'moto', '--only', 'MOTO'];
  expect(conformanceOptions(args)).toMatchObject({ asked: ['moto', 'MiniStack'] });
});

test.each([
  [['--only', 'mocks'], '--only: got "mocks", expected one of moto, MiniStack; e.g. --only moto'],
  [['--require', 'mocks'], '--require: got "mocks", expected one of moto, MiniStack; e.g. --require moto'],
  [
    ['--only', 'moto', '--require', 'ministack'],
    '--require: got MiniStack, which --only moto leaves out, expected one that is asked; add --only MiniStack',
  ],
])('does not take %j', (args, message) => {
  expect(() => conformanceOptions(args)).toThrow(message);
});

test('its help fits a terminal of 120 columns', () => {
  expect(conformanceOptions(['--help'])).toBe('help');
  expect(Math.max(...usage.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});
