import { expect, test } from 'vitest';
import { Interrupted, takingTurns } from '../../../cli/commands/taking-turns.ts';

function turns(stopping = new AbortController()) {
  const shown: number[] = [];
  let breaths = 0;
  const breathe = async () => {
    breaths += 1;
  };
  const turn = takingTurns({ breathe, signal: stopping.signal }, (percent) => void shown.push(percent));
  return { turn, stopping, shown, breaths: () => breaths };
}

test('lets the others have their turn each time, and shows each percent once', async () => {
  const { turn, shown, breaths } = turns();
  for (const share of [0, 0.001, 0.009, 0.5, 0.505, 1]) await turn(share);
  expect(breaths()).toBe(6);
  expect(shown).toEqual([0, 50, 100]);
});

test('rejects once somebody wants to stop', async () => {
  const { turn, stopping, shown } = turns();
  await turn(0.1);
  stopping.abort();
  await expect(turn(0.2)).rejects.toThrow(Interrupted);
  expect(shown).toEqual([10]);
});

test('does not reject for a stop from before it began', async () => {
  const stopping = new AbortController();
  stopping.abort();
  const { turn, shown } = turns(stopping);
  await turn(0.2);
  expect(shown).toEqual([20]);
});
