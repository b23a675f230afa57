import { describe, expect, it } from 'vitest';
import { parseDemoOptions, USAGE } from '../../../cli/demo/demo-options.ts';

describe('the options of the demo', () => {
  it('have a default each', () => {
    expect(parseDemoOptions([])).toEqual({
      size: 30,
      target: 'auto',
      scale: 1,
      'io-size': 16,
      seed: 1,
      svg: 'ebs-burst-demo.svg',
      notices: 'first',
      json: false,
      help: false,
    });
  });

  it('are taken as given, in both spellings, the last of two counting', () => {
    const args = [
      '--size=100',
      '--size',
      '200',
      '--target',
      'io1',
      '--trace',
      'a.csv',
      '--scale',
      '2.5',
      '--io-size=8',
    ];
    expect(
      parseDemoOptions([...args, '--seed', '7', '--svg', 'x.svg', '--notices', 'all', '--json']),
    ).toEqual({
      size: 200,
      target: 'io1',
      trace: 'a.csv',
      scale: 2.5,
      'io-size': 8,
      seed: 7,
      svg: 'x.svg',
      notices: 'all',
      json: true,
      help: false,
    });
  });

  it('take -h for help, and numbers at their bounds', () => {
    expect(parseDemoOptions(['-h']).help).toBe(true);
    expect(parseDemoOptions(['--trace', 'x', '--scale', '1e6', '--io-size', '256'])).toMatchObject({
      scale: 1_000_000,
      'io-size': 256,
    });
    expect(parseDemoOptions(['--seed', '4294967295', '--size', '16384'])).toMatchObject({
      seed: 4_294_967_295,
      size: 16_384,
    });
  });

  it('all stand in the help', () => {
    for (const name of Object.keys(parseDemoOptions(['--trace', 'x']))) expect(USAGE).toContain(`--${name}`);
  });

  it.each([
    [['--size', 'big'], '--size: got "big", expected a whole number of GiB from 1 to 16384; try --size 30'],
    [['--size', '0'], '--size: got "0", expected a whole number of GiB from 1 to 16384; try --size 30'],
    [['--size', '-5'], '--size: got "-5", expected a whole number of GiB from 1 to 16384; try --size 30'],
    [['--size', '1e3'], '--size: got "1e3", expected a whole number of GiB from 1 to 16384; try --size 30'],
    [
      ['--size', '16385'],
      '--size: got "16385", expected a whole number of GiB from 1 to 16384; try --size 30',
    ],
    [['--size'], '--size: got no value, expected a whole number of GiB from 1 to 16384; try --size 30'],
    [['--target', 'gp2'], '--target: got "gp2", expected auto, gp3, io1 or io2; leave it out for auto'],
    [['--trace', ''], '--trace: got "", expected a file name; name one'],
    [
      ['--trace', 'x', '--scale', '0'],
      '--scale: got "0", expected a number above 0, at most 1000000; leave it out for 1',
    ],
    ...['abc', 'NaN', '-2', '', ' ', '1e7', 'Infinity', '2x'].map((scale): [string[], string] => [
      ['--trace', 'x', '--scale', scale],
      `--scale: got "${scale}", expected a number above 0, at most 1000000; leave it out for 1`,
    ]),
    ...['abc', '1.5', '-1', '007e1', '99999999999999999999999'].map((seed): [string[], string] => [
      ['--seed', seed],
      `--seed: got "${seed}", expected a whole number from 0 to 4294967295; leave it out for 1`,
    ]),
    ...['abc', '00', '257', '0x10'].map((size): [string[], string] => [
      ['--trace', 'x', '--io-size', size],
      `--io-size: got "${size}", expected whole KiB from 1 to 256, the most that counts as one I/O; leave it out for 16`,
    ]),
    [['--json=yes'], '--json: got "yes", expected no value; write --json alone'],
    [['30'], 'got "30" without an option before it, expected options only; see --help'],
    [['--scale', '2'], '--scale: got it without --trace, expected a trace to apply it to; add --trace FILE'],
    [
      ['--target', 'io1', '--size', '19'],
      '--size: got "19" with --target io1, expected at least 20 GiB for 1,000 IOPS; raise it',
    ],
    [
      ['--volume', '30'],
      '--volume: got an unknown option, expected one of --size, --target, --trace, --scale, --io-size, --seed, --svg, --notices, --json, --help; see --help',
    ],
  ])('%j are refused with what was got, what was expected and what to do', (args, message) => {
    expect(() => parseDemoOptions(args)).toThrow(expect.objectContaining({ name: 'UsageError', message }));
  });

  it('tell of every fault at once', () => {
    expect(() => parseDemoOptions(['--size', 'x', '--seed', 'y'])).toThrow(/^--size: .*\n--seed: /);
  });
});
