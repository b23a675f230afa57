import { describe, expect, test } from 'vitest';
import { evaluate, type PolicyStatement } from '../../../twin/iam/policy-evaluation.ts';

const volume = 'arn:aws:ec2:us-east-1:123456789012:volume/vol-1';

const allow = (rest: Partial<PolicyStatement> = {}): PolicyStatement => ({
  Effect: 'Allow',
  Action: 'ec2:ModifyVolume',
  Resource: 'arn:aws:ec2:us-east-1:123456789012:volume/*',
  ...rest,
});

const asked = (
  statements: readonly PolicyStatement[],
  context: Readonly<Record<string, readonly string[]>> = {},
  action = 'ec2:ModifyVolume',
  resource = volume,
) => evaluate(statements, { action, resource, context: new Map(Object.entries(context)) }).decision;

test('what nothing allows is denied, and a deny beats every allow', () => {
  expect(asked([])).toBe('implicitDeny');
  expect(asked([allow()])).toBe('allowed');
  expect(asked([allow(), allow({ Effect: 'Deny' })])).toBe('explicitDeny');
});

test.each([
  ['EC2:MODIFYVolume', volume, 'allowed'],
  ['ec2:ModifyVolumeAttribute', volume, 'implicitDeny'],
  ['ec2:ModifyVolume', 'arn:aws:ec2:us-east-1:123456789012:snapshot/snap-1', 'implicitDeny'],
  ['ec2:ModifyVolume', '*', 'implicitDeny'],
] as const)('%s on %s', (action, resource, decision) => {
  expect(asked([allow()], {}, action, resource)).toBe(decision);
});

test('wildcards stand for any text, and dots for dots', () => {
  expect(asked([allow({ Action: 'ec2:Modify*', Resource: '*' })])).toBe('allowed');
  expect(asked([allow({ Action: 'ec2.ModifyVolume' })], {}, 'ec2:ModifyVolume')).toBe('implicitDeny');
  expect(asked([allow({ Resource: volume.replace('vol-1', 'vol-?') })])).toBe('allowed');
});

describe('conditions', () => {
  const key = 'aws:ResourceTag/ebs-burst:mode';
  const consent = [allow({ Condition: { StringEquals: { [key]: ['act', 'yes'] } } })];
  const ownTags = [
    allow({
      Condition: {
        'ForAllValues:StringLike': { 'aws:TagKeys': 'ebs-burst:state*' },
        Null: { 'aws:TagKeys': 'false' },
      },
    }),
  ];

  test('take any of the values', () => {
    expect(asked(consent, { [key]: ['yes'] })).toBe('allowed');
    expect(asked(consent, { [key]: ['notify'] })).toBe('implicitDeny');
  });

  test('are not met by a key that is not there, which is then named', () => {
    expect(evaluate(consent, { action: 'ec2:ModifyVolume', resource: volume, context: new Map() })).toEqual({
      decision: 'implicitDeny',
      missing: [key],
    });
  });

  test('for all values: each must fit, and an empty list needs the Null check', () => {
    expect(asked(ownTags, { 'aws:TagKeys': ['ebs-burst:state', 'ebs-burst:state-was'] })).toBe('allowed');
    expect(asked(ownTags, { 'aws:TagKeys': ['ebs-burst:state', 'ebs-burst:mode'] })).toBe('implicitDeny');
    expect(asked(ownTags)).toBe('implicitDeny');
    const withoutNull = [
      allow({ Condition: { 'ForAllValues:StringLike': { 'aws:TagKeys': 'ebs-burst:state*' } } }),
    ];
    expect(asked(withoutNull)).toBe('allowed');
  });

  test('by an operator the twin does not know are refused by name, and no answer', () => {
    const other = [allow({ Condition: { ArnLike: { 'aws:SourceArn': '*' } } })];
    expect(() => asked(other)).toThrow('condition operator ArnLike is not imitated');
  });

  test('so are policy variables', () => {
    const other = [allow({ Resource: `${volume}/\${aws:username}` })];
    expect(() => asked(other)).toThrow('is not imitated');
  });
});
