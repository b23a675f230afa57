import { expect, test } from 'vitest';
import { progressText } from '../../../cli/commands/progress-text.ts';
import { minutes, seconds } from '../../../core/domain/units.ts';

test('says how many volumes and calls, and how long it will take', () => {
  expect(
    progressText('eu-west-1', { stage: 'survey', done: 3_000, of: 12_000, calls: 10, left: seconds(38.2) }),
  ).toBe('eu-west-1  [█████░░░░░░░░░░░░░░░]  3,000 of 12,000 volumes  lowest balances  10 calls  39 s left');
  expect(
    progressText('eu-west-1', { stage: 'detail', done: 0, of: 360, calls: 40, left: minutes(7.6) }),
  ).toBe(
    'eu-west-1  [░░░░░░░░░░░░░░░░░░░░]  0 of 360 volumes  detail of volumes that dipped  40 calls  7 min left',
  );
});

test('does not promise anything before the volumes are known', () => {
  expect(
    progressText('eu-west-1', { stage: 'volumes', done: 2_000, of: 2_000, calls: 2, left: seconds(0) }),
  ).toBe('eu-west-1  2,000 volumes found  2 calls');
});
