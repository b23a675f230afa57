import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../../twin/events/pattern.ts';
import { NotImitatedError } from '../../../twin/service-error.ts';

const FIXTURES = new URL('../../fixtures/events/', import.meta.url);
const fixture = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(name, FIXTURES), 'utf8')) as Record<string, unknown>;

const event = {
  source: 'aws.ec2',
  name: 'Volume-One',
  count: 7,
  nothing: null,
  starred: '*a\\',
  tags: ['a', 'b'],
  metrics: [
    { id: 'm1', stat: { metric: { name: 'BurstBalance', namespace: 'AWS/EBS' }, period: 300 } },
    { id: 'm2', stat: { metric: { name: 'CPUUtilization', namespace: 'AWS/EC2' }, period: 60 } },
  ],
};

describe('a pattern', () => {
  test.each([
    [{ source: ['aws.ec2'] }],
    [{ source: ['aws.s3', 'aws.ec2'], count: [7] }],
    [{ nothing: [null] }],
    [{ tags: ['b'] }],
    [{ name: [{ prefix: 'Volume-' }] }],
    [{ name: [{ prefix: { 'equals-ignore-case': 'volume-' } }] }],
    [{ name: [{ suffix: 'One' }] }],
    [{ name: [{ 'equals-ignore-case': 'volume-one' }] }],
    [{ name: [{ wildcard: 'V*e-O*' }] }],
    [{ starred: [{ wildcard: '\\**\\\\' }] }],
    [{ name: [{ 'anything-but': ['Volume-Two'] }] }],
    [{ name: [{ 'anything-but': { prefix: 'Disk' } }] }],
    [{ count: [{ numeric: ['>', 5, '<=', 7] }] }],
    [{ count: [{ exists: true }], missing: [{ exists: false }] }],
    [{ $or: [{ source: ['aws.s3'] }, { count: [7] }] }],
    [{ metrics: { stat: { metric: { name: ['BurstBalance'], namespace: ['AWS/EBS'] }, period: [300] } } }],
    [{ metrics: { id: ['m2'], stat: { metric: { missing: [{ exists: false }] } } } }],
  ])('matches %j', (pattern) => expect(compilePattern(pattern)(event)).toBe(true));

  test.each([
    [{ source: ['aws.s3'] }],
    [{ source: ['aws.ec2'], count: [8] }],
    [{ count: ['7'] }],
    [{ source: { deeper: ['aws.ec2'] } }],
    [{ metrics: ['m1'] }],
    [{ name: [{ prefix: 'One' }] }],
    [{ count: [{ prefix: '7' }] }],
    [{ name: [{ suffix: 'Volume' }] }],
    [{ name: [{ wildcard: 'V*Two' }] }],
    [{ name: [{ 'anything-but': ['Volume-One', 'x'] }] }],
    [{ name: [{ 'anything-but': { suffix: 'One' } }] }],
    [{ missing: [{ 'anything-but': ['x'] }] }],
    [{ count: [{ numeric: ['>', 7] }] }],
    [{ name: [{ numeric: ['>', 0] }] }],
    [{ count: [{ exists: false }] }],
    [{ missing: [{ exists: true }] }],
    [{ $or: [{ source: ['aws.s3'] }, { count: [8] }] }],
    [{ metrics: { id: ['m1'], stat: { period: [60] } } }],
    [{ metrics: { stat: { metric: { name: ['BurstBalance'], namespace: ['AWS/EC2'] } } } }],
    [{ metrics: { id: [{ exists: false }] } }],
  ])('does not match %j', (pattern) => expect(compilePattern(pattern)(event)).toBe(false));

  test.each([
    [{}, 'Empty objects are not allowed'],
    [{ source: [] }, 'Empty arrays are not allowed'],
    [{ source: 'aws.ec2' }, '"source" must be an object or an array'],
    [{ name: [{ prefix: 7 }] }, 'prefix must be a string'],
    [{ name: [['Volume-One']] }, 'a value must be a text, a number, true, false, null or a comparison'],
    [{ name: [{ prefix: 'V', suffix: 'e' }] }, 'A comparison needs exactly one operator'],
    [{ name: [{ 'anything-but': { prefix: '' } }] }, 'prefix in anything-but must be a non-empty string'],
    [
      { name: [{ 'anything-but': { suffix: { 'equals-ignore-case': 'x' } } }] },
      'suffix in anything-but must be a non-empty string',
    ],
    [{ name: [{ 'anything-but': { wildcard: [] } }] }, 'Empty arrays are not allowed'],
    [{ name: [{ 'anything-but': { prefix: 'V', suffix: 'e' } }] }, 'A comparison needs exactly one operator'],
    [{ name: [{ wildcard: 'a**' }] }, 'Consecutive wildcard characters'],
    [{ name: [{ wildcard: 'a\\n' }] }, 'Invalid escape character'],
    [{ name: [{ 'anything-but': ['a', 1] }] }, 'anything-but takes either texts or numbers'],
    [{ count: [{ numeric: ['>', 5.1e9] }] }, 'numeric takes values from -5.0e9 to 5.0e9'],
    [{ count: [{ numeric: ['>', '5'] }] }, 'numeric must be one or two pairs of comparison and number'],
    [{ nothing: [{ 'anything-but': null }] }, 'anything-but takes either texts or numbers'],
    [{ name: [{ 'anything-but': [true] }] }, 'anything-but takes either texts or numbers'],
    ...[
      ['<=', 7, '>', 5],
      ['>', 5, '>', 6],
      ['=', 7, '<', 8],
      ['>=', 7, '<=', 7],
    ].map((numeric): [object, string] => [
      { count: [{ numeric }] },
      'two bounds of numeric must be a lower one and a higher upper one, in this order',
    ]),
    [{ $or: [{ source: ['x'] }] }, '$or must be an array of at least two objects'],
    [{ source: ['x'.repeat(4096)] }, 'Event pattern is longer than 4096 characters'],
  ])('is refused as EventBridge refuses it: %j', (pattern, reason) => {
    expect(() => compilePattern({ ...pattern })).toThrow(`Event pattern is not valid. Reason: ${reason}`);
  });

  test.each([
    [{ ip: [{ cidr: '10.0.0.0/8' }] }, 'EventBridge operator cidr is not imitated'],
    [{ name: [{ toString: 'Volume-One' }] }, 'EventBridge operator toString is not imitated'],
    [{ name: [{ exactly: 'Volume-One' }] }, 'EventBridge operator exactly is not imitated'],
    [
      { name: [{ 'equals-ignore-case': 'größe' }] },
      'equals-ignore-case with other characters than ASCII ("größe")',
    ],
    [{ metrics: { '': [1] } }, 'a field with an empty name ("") is not imitated'],
    [{ 'metrics.': [1] }, 'a field with an empty name ("metrics.") is not imitated'],
    [{ $or: ['a', 'b'] }, '"$or" as the name of a field is not imitated'],
    [{ $or: { source: ['a'] } }, '"$or" as the name of a field is not imitated'],
    [
      { $or: [{ source: ['a'] }, { detail: { prefix: ['b'] } }] },
      'a field with the name of an operator ("prefix") inside $or is not imitated',
    ],
    [
      Object.fromEntries(
        Array.from({ length: 10 }, (_, at) => [`f${at}`, { $or: [{ a: [1] }, { b: [1] }] }]),
      ),
      '$or with more than 1000 combinations is not imitated',
    ],
  ])('that is not imitated is not quietly false: %j', (pattern, reason) => {
    expect(() => compilePattern({ ...pattern })).toThrow(NotImitatedError);
    expect(() => compilePattern({ ...pattern })).toThrow(reason);
  });
});

/** Each was answered differently before it was compared with AWS's event-ruler. */
describe('as in event-ruler,', () => {
  const matches = (pattern: object, to: object): boolean => compilePattern({ ...pattern })({ ...to });
  const absent = [{ exists: false }];

  test.each([{}, { a: 1 }, { a: null }, { a: [] }, { a: {} }])(
    'a field is absent where its object is: %j',
    (to) => {
      expect(matches({ a: { b: absent } }, to)).toBe(true);
      expect(matches({ a: { b: { c: absent } } }, to)).toBe(true);
    },
  );

  test('absence is asked of the object of an array that an earlier name chose', () => {
    expect(matches({ a: { b: [1], c: absent } }, { a: [{ b: 1 }, { c: 1 }] })).toBe(true);
    expect(matches({ a: { b: [1], c: absent } }, { a: [{ b: 1, c: 1 }] })).toBe(false);
  });

  test('absence is asked of all objects of an array when no earlier name chose one', () => {
    expect(matches({ a: { b: absent, c: [1] } }, { a: [{ b: 1 }, { c: 1 }] })).toBe(false);
    expect(matches({ a: { b: absent, c: [1] } }, { a: [{ d: 1 }, { c: 1 }] })).toBe(true);
  });

  test('conditions inside and beside $or have to hold for one object of an array', () => {
    const pattern = { a: { d: [1] }, $or: [{ a: { b: [1] } }, { s: [1] }] };
    expect(matches(pattern, { a: [{ b: 1, d: 1 }] })).toBe(true);
    expect(matches(pattern, { a: [{ b: 1 }, { d: 1 }] })).toBe(false);
  });

  test('a field inside $or replaces what stands before $or, and is replaced by what stands after', () => {
    const $or = [{ a: [2] }, { b: [3] }];
    expect([1, 2].map((a) => matches({ a: [1], $or }, { a }))).toEqual([false, true]);
    expect([1, 2].map((a) => matches({ $or, a: [1] }, { a }))).toEqual([true, false]);
  });

  test('lists of $or for one field may be equal or have nothing in common', () => {
    const pattern = { $or: [{ a: [1, 2], b: [1] }, { a: [1, 2], b: [2] }, { a: [3] }] };
    expect([{ a: 2, b: 2 }, { a: 3 }].every((to) => matches(pattern, to))).toBe(true);
    expect(matches(pattern, { a: 2 })).toBe(false);
  });

  test('$or stands inside $or', () => {
    const pattern = { $or: [{ $or: [{ a: [1] }, { b: [1] }] }, { c: [1] }] };
    expect([{ a: 1 }, { b: 1 }, { c: 1 }].every((to) => matches(pattern, to))).toBe(true);
    expect(matches(pattern, { d: 1 })).toBe(false);
  });

  test('a dot in a name is the same as an object in an object', () => {
    expect(matches({ a: { b: [1] } }, { 'a.b': 1 })).toBe(true);
    expect(matches({ 'a.b': [1] }, { a: { b: 1 } })).toBe(true);
    expect(matches({ 'a.b': [1] }, { a: { c: 1 } })).toBe(false);
  });

  test('an empty text is the beginning and the end of every text, and of nothing else', () => {
    for (const operator of ['prefix', 'suffix']) {
      expect(matches({ a: [{ [operator]: '' }] }, { a: 'x' })).toBe(true);
      expect(matches({ a: [{ [operator]: '' }] }, { a: 1 })).toBe(false);
    }
  });

  test.each(['wildcard', 'equals-ignore-case'])('an empty %s is an empty text', (operator) => {
    expect(matches({ a: [{ [operator]: '' }] }, { a: '' })).toBe(true);
    expect(matches({ a: [{ [operator]: '' }] }, { a: 'x' })).toBe(false);
  });

  test('the Kelvin sign is not a capital k', () => {
    expect(matches({ a: [{ 'equals-ignore-case': 'k' }] }, { a: 'K' })).toBe(true);
    expect(matches({ a: [{ 'equals-ignore-case': 'k' }] }, { a: '\u212a' })).toBe(false);
  });
});

describe('patterns such as the rules of the responder', () => {
  const matched = (pattern: object): string[] => {
    const matches = compilePattern(pattern as Record<string, unknown>);
    return readdirSync(FIXTURES).filter((name) => matches(fixture(name)));
  };

  test('take our single-metric alarms, muted ones too, and no foreign or contributor alarm', () => {
    expect(
      matched({
        source: ['aws.cloudwatch'],
        'detail-type': ['CloudWatch Alarm State Change'],
        resources: [{ wildcard: 'arn:aws:cloudwatch:*:alarm:ebs-burst/*' }],
        detail: {
          configuration: {
            metrics: { metricStat: { metric: { name: ['BurstBalance'], namespace: ['AWS/EBS'] } } },
          },
        },
      }),
    ).toEqual(['alarm-single-metric-muted.json', 'alarm-single-metric.json']);
  });

  test('take what happened to volumes, and no failed attachment', () => {
    expect(
      matched({
        source: ['aws.ec2'],
        'detail-type': ['EBS Volume Notification'],
        detail: { event: ['createVolume', 'deleteVolume', 'modifyVolume'] },
      }),
    ).toEqual([
      'ebs-create-volume-available.json',
      'ebs-delete-volume-deleted.json',
      'ebs-modify-volume-completed.json',
      'ebs-modify-volume-failed.json',
      'ebs-modify-volume-optimizing.json',
    ]);
  });
});
