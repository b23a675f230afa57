import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../../twin/events/pattern.ts';

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
    [{ name: [{ prefix: '' }] }, 'prefix or suffix must be a non-empty string'],
    [{ name: [{ wildcard: 'a**' }] }, 'Consecutive wildcard characters'],
    [{ name: [{ wildcard: 'a\\n' }] }, 'Invalid escape character'],
    [{ name: [{ 'anything-but': ['a', 1] }] }, 'anything-but takes either texts or numbers'],
    [{ count: [{ numeric: ['>', 5.1e9] }] }, 'numeric takes values from -5.0e9 to 5.0e9'],
    [{ count: [{ numeric: ['>', '5'] }] }, 'numeric must be one or two pairs of comparison and number'],
    [{ $or: [{ source: ['x'] }] }, '$or must be an array of at least two objects'],
    [{ source: ['x'.repeat(4096)] }, 'Event pattern is longer than 4096 characters'],
  ])('is refused as EventBridge refuses it: %j', (pattern, reason) => {
    expect(() => compilePattern(pattern)).toThrow(`Event pattern is not valid. Reason: ${reason}`);
  });

  test('with an operator that is not imitated is not quietly false', () => {
    expect(() => compilePattern({ ip: [{ cidr: '10.0.0.0/8' }] })).toThrow(
      'EventBridge operator cidr is not imitated',
    );
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
