import { describe, expect, test } from 'vitest';
import { stateAtTagKey, stateTagKey, stateWasTagKey } from '../../core/domain/tag-keys.ts';
import { dollars, gibibytes, iops, seconds } from '../../core/domain/units.ts';

describe('a quantity', () => {
  test('of nothing is one', () => {
    expect([iops(0), gibibytes(0), dollars(-1), seconds(-1)]).toEqual([0, 0, -1, -1_000]);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1])('of a thing that is counted is not %d', (value) => {
    expect(() => iops(value)).toThrow(`iops must be a finite number of at least 0, got ${value}`);
    expect(() => gibibytes(value)).toThrow(`gibibytes must be a finite number of at least 0, got ${value}`);
  });

  test.each([Number.NaN, Number.NEGATIVE_INFINITY])('that may be negative is not %d', (value) => {
    expect(() => dollars(value)).toThrow(`dollars must be a finite number, got ${value}`);
    expect(() => seconds(value)).toThrow(`seconds must be a finite number, got ${value}`);
  });
});

test('the tags we write are three, all under one prefix that the role may write', () => {
  expect([stateTagKey, stateWasTagKey, stateAtTagKey]).toEqual([
    'ebs-burst:state',
    'ebs-burst:state-was',
    'ebs-burst:state-at',
  ]);
});
