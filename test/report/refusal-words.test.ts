import { expect, it } from 'vitest';
import { endedWords, refusalWords } from '../../cli/report/refusal-words.ts';

it('every refusal is told in words that need no figures', () => {
  expect(refusalWords(['notify-mode', 'aws-throttled'])).toBe(
    'mode notify only tells; AWS throttles our requests to modify volumes',
  );
  expect(refusalWords([])).toBe('');
});

it('an ending is told in words, and one that is not known as it is', () => {
  expect(endedWords('unproved')).toBe('whether it helped is not in this record');
  expect(endedWords('toString')).toBe('toString');
});
