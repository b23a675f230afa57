import { describe, expect, test } from 'vitest';
import { progressText } from '../../../cli/commands/progress-text.ts';
import { progressLine } from '../../../cli/render/progress.ts';
import type { ReadingProgress } from '../../../core/application/assess/history-ports.ts';
import { hours, minutes, seconds } from '../../../core/domain/units.ts';

test('says how long it will take, in which stage it is, and how many volumes and calls there were', () => {
  expect(
    progressText('eu-west-1', { stage: 'survey', done: 3_000, of: 12_000, calls: 10, left: seconds(38.2) }),
  ).toBe('eu-west-1  [██░░░░░]  survey 39 s left  3,000/12,000 volumes  10 calls');
  expect(
    progressText('eu-west-1', { stage: 'detail', done: 0, of: 360, calls: 40, left: minutes(7.6) }),
  ).toBe('eu-west-1  [░░░░░░░]  detail 7 min left  0/360 volumes  40 calls');
});

test('does not promise anything before the volumes are known', () => {
  expect(
    progressText('eu-west-1', { stage: 'volumes', done: 2_000, of: 2_000, calls: 2, left: seconds(0) }),
  ).toBe('eu-west-1  2,000 volumes found  2 calls');
});

test('calls a stage done at its end, since another may follow, and counts one as one', () => {
  const end = { done: 1, of: 1, calls: 1, left: seconds(0) };
  expect(progressText('eu-west-1', { stage: 'volumes', ...end })).toBe('eu-west-1  1 volume found  1 call');
  expect(progressText('eu-west-1', { stage: 'survey', ...end })).toBe(
    'eu-west-1  [███████]  survey done  1/1 volume  1 call',
  );
  expect(progressText('eu-west-1', { stage: 'survey', ...end, left: seconds(0.2) })).toContain(
    '  survey 1 s left  ',
  );
});

test.each([
  [seconds(60), '1 min left'],
  [minutes(59.9), '59 min left'],
  [hours(1), '1.0 h left'],
  [minutes(260), '4.3 h left'],
])('of %d ms it says %s', (left, words) => {
  const text = progressText('eu-west-1', { stage: 'detail', done: 1, of: 2, calls: 3, left });
  expect(text).toContain(`  detail ${words}  `);
});

describe('on a terminal of 80 columns', () => {
  const shownOf = (progress: ReadingProgress): string => {
    const written: string[] = [];
    const terminal = { isTTY: true, columns: 80, write: (text: string) => written.push(text) };
    progressLine(terminal).show(progressText('ap-southeast-2', progress));
    return written.join('').split('\r').at(-1) ?? '';
  };
  const survey = { stage: 'survey', done: 11_999, of: 12_000, calls: 120, left: seconds(51) } as const;
  const detail = { stage: 'detail', done: 5_000, of: 12_000, calls: 5_040, left: hours(2.5) } as const;

  test.each([
    ['survey', survey, 'ap-southeast-2  [███████]  survey 51 s left  11,999/12,000 volumes  120 calls'],
    ['detail', detail, 'ap-southeast-2  [███░░░░]  detail 2.5 h left  5,000/12,000 volumes  5,040 calls'],
  ])('the %s of a large account shows volumes, calls and the time left', (_stage, progress, line) => {
    expect(shownOf(progress)).toBe(line);
  });

  test.each([
    ['survey', survey],
    ['detail', detail],
  ])('nothing of its %s is cut off', (_stage, progress) => {
    expect(shownOf(progress)).toBe(progressText('ap-southeast-2', progress));
  });
});
