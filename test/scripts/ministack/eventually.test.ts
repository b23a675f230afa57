import { expect, test } from 'vitest';
import { eventually } from '../../../scripts/ministack/eventually.ts';

test('asks until there is an answer', async () => {
  const answers = [undefined, undefined, 'here'];
  expect(await eventually('it', async () => answers.shift(), 60_000, 1)).toBe('here');
  expect(answers).toEqual([]);
});

test('does not wait for ever, and says what did not come', async () => {
  await expect(eventually('a notice', async () => undefined, 0, 1)).rejects.toThrow(
    'a notice: not within 0 s',
  );
});
