import { describe, expect, test } from 'vitest';
import { decide } from '../../../core/domain/deciding/decide.ts';
import type { Situation } from '../../../core/domain/deciding/situation.ts';
import { read } from '../../../core/domain/reading.ts';
import { consent, level, minutely, rulesFor, someSituation } from '../some-situation.ts';
import { noon, someVolume } from '../some-volume.ts';

const decisionOn = (size: number, balance: readonly number[]) => {
  const situation: Situation = someSituation({
    volume: someVolume({ size, tags: consent }),
    balance: read(minutely(balance), noon),
  });
  return decide(situation, rulesFor(situation));
};

const sizes = Array.from({ length: 111 }, (_, index) => 990 + index);

describe('a gp2 volume around 1,000 GiB, where the baseline reaches the burst', () => {
  test.each([
    ['reports an empty bucket', level(0)],
    ['reports nothing', []],
    ['reports a full bucket', level(100)],
  ])('is left alone from 1,000 GiB on when it %s', (_what, balance) => {
    for (const size of sizes.filter((each) => each >= 1_000)) {
      expect(decisionOn(size, balance), `${size} GiB`).toEqual({
        kind: 'leave',
        reason: { code: 'cannot-run-out' },
      });
    }
  });

  test('is not left alone below, where an empty bucket is one', () => {
    for (const size of sizes.filter((each) => each < 1_000)) {
      expect(decisionOn(size, level(0)), `${size} GiB`).toMatchObject({
        kind: 'act',
        reason: { code: 'at-wall' },
      });
    }
  });
});
