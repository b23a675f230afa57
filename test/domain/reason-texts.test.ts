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

test('no reason advises an update of the stack that owns the volume: a stack in an update is waited for', () => {
  const updating = { code: 'stack-updating', stack: 'shop-db', status: 'UPDATE_IN_PROGRESS' } as const;
  expect(nextStep(updating)).toMatch(/^wait for shop-db to settle/);
  const aboutStacks = /\bstacks?\b|CloudFormation|change set|replace/i;
  expect(exampleReasons.map((reason) => nextStep(reason)).filter((step) => aboutStacks.test(step))).toEqual([
    'make CloudFormation stack readable for our role, or modify the volume by hand',
  ]);
});

describe('what to do about a fact that cannot be read', () => {
  test.each([
    ['balance', 'look at its BurstBalance in CloudWatch by hand'],
    ['demand profile', 'wait for the daily profile, set fixedIops, or modify the volume by hand'],
    ['modifications', 'look whether EC2 is modifying the volume; if not, move it by hand'],
    ['census', 'wait for the next census, at most 15 minutes'],
    ['quota', 'make quota readable for our role, or modify the volume by hand'],
  ] as const)('where it is the %s', (fact, step) => {
    expect(nextStep({ code: 'unread-fact', fact, why: 'Throttling' })).toBe(step);
  });
});

test('a list of values that would be consent is told apart by bars', () => {
  expect(sentence({ code: 'no-consent', tagKey: 'team', values: ['a', 'b'], got: undefined })).toBe(
    'the volume does not carry team=a|b (got no such tag)',
  );
});

test('a blast radius says why it is so small, where something made it so', () => {
  const reason = { code: 'over-blast-radius', used: 1, limit: 1 } as const;
  expect(sentence(reason)).toBe('1 volume was changed within the hour, 1 is allowed');
  expect(sentence({ ...reason, why: 'the last census is 2 hours old' })).toBe(
    '1 volume was changed within the hour, 1 is allowed: the last census is 2 hours old',
  );
});

test.each([
  [1, 1, '1 volume was changed within the hour, 1 is allowed'],
  [2, 1, '2 volumes were changed within the hour, 1 is allowed'],
  [1, 2, '1 volume was changed within the hour, 2 are allowed'],
  [10, 10, '10 volumes were changed within the hour, 10 are allowed'],
])(
  'of a blast radius with %i changed and %i allowed one is not told as many, nor many as one',
  (used, limit, words) => {
    expect(sentence({ code: 'over-blast-radius', used, limit })).toBe(words);
  },
);

test('a slot is told only where AWS named its time', () => {
  expect(sentence({ code: 'aws-slots-used', nextSlotAt: undefined })).not.toContain('next');
});
