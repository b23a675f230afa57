import { describe, expect, test } from 'vitest';
import { nextStep, reasonCodes, sentence } from '../../core/domain/reason-texts.ts';
import { exampleReasons } from '../../scripts/reference/example-reasons.ts';

test('there is an example of every reason, once', () => {
  expect(exampleReasons.map(({ code }) => code).toSorted()).toEqual([...reasonCodes].toSorted());
});

/** Names that mean something to CloudWatch and nothing to a person woken at night; what is left is a name people look up. */
const metricNames = /BurstBalance|Volume(Read|Write|Total|Queue)\w+|EBS(IO|Byte)Balance/;
const mayNameMetrics = new Set(['instance-bottleneck', 'first-balance-awaited']);

describe.each(exampleReasons)('reason $code', (reason) => {
  test('has a sentence and a next step, short enough to be read at night', () => {
    for (const text of [sentence(reason), nextStep(reason)]) {
      expect(text.length).toBeGreaterThan(5);
      expect(text.length).toBeLessThanOrEqual(160);
      expect(text).not.toMatch(/undefined|NaN|\[object|[.!]$/);
    }
  });

  test('says it without metric names', () => {
    if (!mayNameMetrics.has(reason.code)) expect(sentence(reason)).not.toMatch(metricNames);
  });
});
