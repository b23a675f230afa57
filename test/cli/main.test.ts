import { expect, test } from 'vitest';
import { commands, main } from '../../cli/main.ts';

async function run(...args: readonly string[]) {
  const written = { out: '', error: '' };
  const code = await main(args, {
    out: (text) => {
      written.out += text;
    },
    error: (text) => {
      written.error += text;
    },
  });
  return { code, ...written };
}

test.each([['--help'], ['-h'], ['help']])('lists every command and nothing else with %s', async (arg) => {
  const { code, out } = await run(arg);
  const listed = [...out.matchAll(/^ {2}(\S+)/gm)].map(([, name]) => name);
  expect(code).toBe(0);
  expect(listed).toEqual(Object.keys(commands));
  expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('shows the same where nothing was asked for, and does not call it well', async () => {
  const { code, out } = await run();
  expect([code, out.startsWith('usage: ebs-burst COMMAND')]).toEqual([2, true]);
});

test.each([
  [
    'assist',
    'got the command "assist", which there is not; perhaps assess was meant. See ebs-burst --help\n',
  ],
  ['Demo', 'got the command "Demo", which there is not; perhaps demo was meant. See ebs-burst --help\n'],
])('names the command that %s is nearest to', async (typed, line) => {
  expect(await run(typed)).toEqual({ code: 2, out: '', error: line });
});

test('does not guess where nothing is near', async () => {
  const { error } = await run('constructor');
  expect(error).toBe(
    `got the command "constructor", which there is not; expected one of ${Object.keys(commands).join(', ')}. See ebs-burst --help\n`,
  );
});
