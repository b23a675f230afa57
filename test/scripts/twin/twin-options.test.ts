import { expect, test } from 'vitest';
import { twinOptions, usage } from '../../../scripts/twin/twin-options.ts';

test('without arguments it is one account on loopback in real time', () => {
  expect(twinOptions([])).toEqual({
    host: '127.0.0.1',
    port: 4567,
    beyondLoopback: false,
    accountId: '123456789012',
    region: 'us-east-1',
    speed: 1,
    seed: 1,
  });
});

test('reads what it is given', () => {
  const args =
    '--port 0 --speed 0.5 --account 210987654321 --region us-gov-west-1 --host ::1 --beyond-loopback';
  expect(twinOptions(args.split(' '))).toMatchObject({
    host: '::1',
    port: 0,
    beyondLoopback: true,
    accountId: '210987654321',
    region: 'us-gov-west-1',
    speed: 0.5,
  });
});

test.each([
  ['--port', '65536', '--port: got "65536", expected a number from 0 to 65535; e.g. --port 1'],
  ['--speed', '-1', '--speed: got "-1", expected a number from 0 to 100000; e.g. --speed 1'],
  ['--account', '12', '--account: got "12", expected twelve digits, e.g. 123456789012'],
  ['--region', 'Paris', '--region: got "Paris", expected a Region, e.g. eu-west-1'],
])('does not take %s %s', (flag, got, message) => {
  expect(() => twinOptions([`${flag}=${got}`])).toThrow(message);
});

test('its help fits a terminal of 120 columns', () => {
  expect(twinOptions(['--help'])).toBe('help');
  expect(Math.max(...usage.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});
