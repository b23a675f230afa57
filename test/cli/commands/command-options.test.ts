import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { flag, isRegionName, named, parseOptions } from '../../../cli/commands/command-options.ts';

test.each([
  'us-east-1',
  'us-gov-east-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'cn-north-1',
  'il-central-1',
  'mx-central-1',
  'eusc-de-east-1',
])('%s is a Region', (name) => expect(isRegionName(name)).toBe(true));

test.each(['narnia', 'us-east', 'us-east-1a', 'US-EAST-1', 'us-east-1,eu-west-1', 'all', ''])(
  '%j is none',
  (name) => expect(isRegionName(name)).toBe(false),
);

describe('options', () => {
  const schema = v.strictObject({ save: named('a folder; name one'), json: flag });
  const parse = (...args: readonly string[]) =>
    parseOptions(args, { save: ['DIR', ''], json: ['', ''] }, schema);

  test('take the next word for their value, and the last of several', () => {
    expect(parse('--save', 'a', '--json', '--save', 'b')).toEqual({ save: 'b', json: true });
  });

  test('do not take the next option for their value', () => {
    expect(() => parse('--save', '--json')).toThrow('--save: got no value, expected a folder; name one');
    expect(() => parse('--save')).toThrow('--save: got no value, expected a folder; name one');
  });

  test('take what begins like an option where it is written as their value', () => {
    expect(parse('--save=--json')).toEqual({ save: '--json', json: false });
  });
});
