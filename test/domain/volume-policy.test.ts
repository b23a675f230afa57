import { describe, expect, test } from 'vitest';
import type { Mode } from '../../core/domain/policy.ts';
import { volumePolicyOf } from '../../core/domain/volume-policy.ts';
import { somePolicy } from './some-volume.ts';

const modes: readonly Mode[] = ['off', 'notify', 'act'];

describe('the mode', () => {
  const pairs = modes.flatMap((stack) => modes.map((tag) => [stack, tag] as const));
  test.each(pairs)('of stack %s and tag %s is the stricter one', (stack, tag) => {
    const stricter = modes[Math.min(modes.indexOf(stack), modes.indexOf(tag))];
    expect(volumePolicyOf(somePolicy({ mode: stack }), { 'ebs-burst:mode': tag }).mode).toBe(stricter);
  });

  test.each(modes)('of stack %s stays without a tag', (mode) => {
    expect(volumePolicyOf(somePolicy({ mode }), { Name: 'db' }).mode).toBe(mode);
  });

  test.each([
    ['off', 'off'],
    ['notify', 'notify'],
    ['act', 'notify'],
  ] as const)('of stack %s and a value we do not know is %s', (mode, expected) => {
    const policy = volumePolicyOf(somePolicy({ mode }), { 'ebs-burst:mode': 'of' });
    expect(policy.mode).toBe(expected);
    expect(policy.invalidTags).toEqual([
      { key: 'ebs-burst:mode', got: 'of', expected: 'off, notify or act' },
    ]);
  });

  test('knows the values of a selector on the same key', () => {
    const act = { tagKey: 'ebs-burst:mode', values: ['please'] };
    const policy = volumePolicyOf(somePolicy({ act }), { 'ebs-burst:mode': 'please' });
    expect(policy).toMatchObject({ mode: 'act', invalidTags: [] });
  });
});

describe('a wish on the volume', () => {
  test.each(['gp3', 'io2', 'io1'] as const)('for %s replaces the target of the stack', (target) => {
    expect(volumePolicyOf(somePolicy(), { 'ebs-burst:target': target }).target).toBe(target);
  });

  test('for a target we do not know keeps the stack target, means notify and is listed', () => {
    expect(volumePolicyOf(somePolicy({ target: 'io1' }), { 'ebs-burst:target': 'gp2' })).toMatchObject({
      mode: 'notify',
      target: 'io1',
      invalidTags: [{ key: 'ebs-burst:target', got: 'gp2', expected: 'gp3, io2 or io1' }],
    });
  });

  test('marks the latency-critical ones, and no others', () => {
    expect(volumePolicyOf(somePolicy(), { 'ebs-burst:tier': 'latency-critical' }).latencyCritical).toBe(true);
    expect(volumePolicyOf(somePolicy(), {}).latencyCritical).toBe(false);
  });

  test('for a tier we do not know means notify and is listed', () => {
    expect(volumePolicyOf(somePolicy(), { 'ebs-burst:tier': 'gold' })).toMatchObject({
      mode: 'notify',
      latencyCritical: false,
      invalidTags: [{ key: 'ebs-burst:tier', got: 'gold', expected: 'latency-critical' }],
    });
  });
});

describe('a key under our prefix', () => {
  test('that nobody knows means notify and is listed', () => {
    expect(volumePolicyOf(somePolicy(), { 'ebs-burst:mdoe': 'off' })).toMatchObject({
      mode: 'notify',
      invalidTags: [
        {
          key: 'ebs-burst:mdoe',
          got: 'off',
          expected: 'the key ebs-burst:mode, ebs-burst:target or ebs-burst:tier',
        },
      ],
    });
  });

  test.each(['ebs-burst:state', 'ebs-burst:state-was'])('that is our own %s says nothing', (key) => {
    expect(volumePolicyOf(somePolicy(), { [key]: 'EB-1' })).toMatchObject({ mode: 'act', invalidTags: [] });
  });

  test('that is the act selector may hold any value', () => {
    const act = { tagKey: 'ebs-burst:consent', values: ['yes'] };
    expect(volumePolicyOf(somePolicy({ act }), { 'ebs-burst:consent': 'no' }).invalidTags).toEqual([]);
  });

  test('is told from keys that only look alike', () => {
    expect(
      volumePolicyOf(somePolicy(), { 'ebs-bursty:mode': 'x', Name: 'ebs-burst:mode' }).invalidTags,
    ).toEqual([]);
  });
});

test('everything else is the stack policy', () => {
  expect(volumePolicyOf(somePolicy(), {})).toEqual({
    ...somePolicy(),
    latencyCritical: false,
    invalidTags: [],
  });
});
