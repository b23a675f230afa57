import { expect, test } from 'vitest';
import { outputFailure } from '../../cli/output-failure.ts';

const failed = (code: string, message: string) => Object.assign(new Error(message), { code });

test('a reader that has seen enough is no failure', () => {
  expect(outputFailure(failed('EPIPE', 'write EPIPE'))).toEqual({ code: 0, line: '' });
});

test('a disk that is full is one, and is said in a line', () => {
  expect(outputFailure(failed('ENOSPC', 'ENOSPC: no space left on device, write'))).toEqual({
    code: 1,
    line: 'standard output is not whole: ENOSPC: no space left on device, write; make room or write it elsewhere\n',
  });
});
