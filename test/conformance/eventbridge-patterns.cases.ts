import { compilePattern, type EventPattern } from '../../twin/events/pattern.ts';
import type { AccountCase } from './account.ts';
import type { Confidence } from './case.ts';
import { refused, same } from './expectations.ts';

const OPERATORS = 'EventBridge user guide, eb-create-pattern-operators';
const ARRAYS = 'EventBridge user guide, eb-event-patterns-arrays';

/** One event, as AWS sends it, that the patterns are about. */
const EVENT = {
  source: 'aws.ec2',
  'detail-type': 'EBS Volume Notification',
  resources: [
    'arn:aws:ec2:us-east-1:123456789012:volume/vol-1',
    'arn:aws:ec2:us-east-1:123456789012:volume/vol-2',
  ],
  detail: {
    event: 'modifyVolume',
    cause: '',
    nothing: null,
    count: 7,
    path: 'a*b\\c',
    state: { value: 'ALARM' },
    metrics: [
      { id: 'm1', metric: { name: 'BurstBalance' } },
      { id: 'm2', metric: { name: 'CPUUtilization' } },
    ],
  },
};

interface PatternFact {
  readonly fact: string;
  readonly source?: string;
  readonly confidence?: Confidence;
  readonly gap?: string;
  readonly matches?: readonly EventPattern[];
  readonly passes?: readonly EventPattern[];
  readonly refuses?: readonly EventPattern[];
}

const detail = (pattern: EventPattern): EventPattern => ({ detail: pattern });

const FACTS: readonly PatternFact[] = [
  {
    fact: 'A pattern matches when every field that it names does; fields it does not name do not matter.',
    matches: [{ source: ['aws.ec2'], ...detail({ event: ['modifyVolume'] }) }],
    passes: [{ source: ['aws.ec2'], ...detail({ event: ['createVolume'] }) }],
  },
  {
    fact: 'Of the values that a field is given one has to be equal, in type and case.',
    matches: [{ source: ['aws.s3', 'aws.ec2'] }],
    passes: [{ source: ['AWS.EC2'] }, detail({ count: ['7'] })],
  },
  {
    fact: 'A field that is an array matches when one of its members does.',
    source: ARRAYS,
    matches: [{ resources: ['arn:aws:ec2:us-east-1:123456789012:volume/vol-2'] }],
    passes: [{ resources: ['arn:aws:ec2:us-east-1:123456789012:volume/vol-3'] }],
  },
  {
    fact: 'Conditions below an array of objects have to hold for the same object.',
    source: 'aws/event-ruler, README, JSON Array Matching',
    confidence: 'secondary',
    matches: [detail({ metrics: { id: ['m1'], metric: { name: ['BurstBalance'] } } })],
    passes: [detail({ metrics: { id: ['m2'], metric: { name: ['BurstBalance'] } } })],
  },
  {
    fact: 'prefix and suffix match texts only, with equals-ignore-case in any case.',
    matches: [
      detail({ event: [{ prefix: 'modify' }] }),
      detail({ event: [{ suffix: 'Volume' }] }),
      detail({ event: [{ prefix: { 'equals-ignore-case': 'MODIFY' } }] }),
      detail({ event: [{ suffix: { 'equals-ignore-case': 'VOLUME' } }] }),
    ],
    passes: [
      detail({ event: [{ prefix: 'Modify' }] }),
      detail({ event: [{ suffix: 'volume' }] }),
      detail({ count: [{ prefix: '7' }] }),
    ],
  },
  {
    fact: 'equals-ignore-case matches the whole text in any case.',
    matches: [{ 'detail-type': [{ 'equals-ignore-case': 'ebs volume notification' }] }],
    passes: [{ 'detail-type': [{ 'equals-ignore-case': 'ebs volume' }] }],
  },
  {
    fact: 'anything-but matches every other value, of texts and of numbers, one or a list of one of them.',
    matches: [
      detail({ event: [{ 'anything-but': 'createVolume' }] }),
      detail({ event: [{ 'anything-but': ['createVolume', 'deleteVolume'] }] }),
      detail({ count: [{ 'anything-but': [8, 9] }] }),
    ],
    passes: [
      detail({ event: [{ 'anything-but': ['createVolume', 'modifyVolume'] }] }),
      detail({ count: [{ 'anything-but': 7 }] }),
    ],
    refuses: [detail({ event: [{ 'anything-but': ['createVolume', 7] }] })],
  },
  {
    fact: 'anything-but takes prefix, suffix, equals-ignore-case and wildcard, each with one text or a list.',
    matches: [
      detail({ event: [{ 'anything-but': { prefix: ['create', 'delete'] } }] }),
      detail({ event: [{ 'anything-but': { suffix: 'Snapshot' } }] }),
      detail({ event: [{ 'anything-but': { 'equals-ignore-case': ['createVOLUME'] } }] }),
      detail({ event: [{ 'anything-but': { wildcard: 'create*' } }] }),
    ],
    passes: [
      detail({ event: [{ 'anything-but': { prefix: ['create', 'modify'] } }] }),
      detail({ event: [{ 'anything-but': { suffix: 'Volume' } }] }),
      detail({ event: [{ 'anything-but': { 'equals-ignore-case': 'modifyVOLUME' } }] }),
      detail({ event: [{ 'anything-but': { wildcard: ['create*', '*Volume'] } }] }),
    ],
  },
  {
    fact: 'A field that is not there meets no anything-but.',
    confidence: 'from memory',
    passes: [detail({ missing: [{ 'anything-but': 'x' }] })],
  },
  {
    fact: 'exists asks whether a field with a value is there, and does not work on fields that hold others.',
    matches: [detail({ event: [{ exists: true }], missing: [{ exists: false }] })],
    passes: [
      detail({ event: [{ exists: false }] }),
      detail({ missing: [{ exists: true }] }),
      detail({ state: [{ exists: true }] }),
    ],
  },
  {
    fact: 'exists: false is met also by a field that holds other fields.',
    source: 'aws/event-ruler, README, Exists matching',
    confidence: 'secondary',
    matches: [detail({ state: [{ exists: false }] })],
  },
  {
    fact: 'numeric compares JSON numbers with one bound or two.',
    matches: [
      detail({ count: [{ numeric: ['=', 7] }] }),
      detail({ count: [{ numeric: ['>', 0, '<=', 7] }] }),
      detail({ count: [{ numeric: ['>=', 7, '<', 8] }] }),
    ],
    passes: [detail({ count: [{ numeric: ['>', 7] }] }), detail({ event: [{ numeric: ['>', 0] }] })],
  },
  {
    fact: 'numeric takes values from -5.0e9 to 5.0e9.',
    matches: [detail({ count: [{ numeric: ['>=', -5e9, '<=', 5e9] }] })],
    refuses: [
      detail({ count: [{ numeric: ['<', 5.1e9] }] }),
      detail({ count: [{ numeric: ['>', -5.1e9] }] }),
    ],
  },
  {
    fact: 'A wildcard stands for any characters; \\* and \\\\ are the characters themselves.',
    matches: [
      detail({ event: [{ wildcard: 'm*fy*' }] }),
      { resources: [{ wildcard: 'arn:aws:ec2:*:volume/*' }] },
      detail({ path: [{ wildcard: 'a\\*b\\\\c' }] }),
    ],
    passes: [detail({ event: [{ wildcard: 'm*fy' }] }), detail({ event: [{ wildcard: 'modify\\*' }] })],
  },
  {
    fact: 'A pattern with two wildcards in a row, or a backslash before another character, is refused.',
    refuses: [detail({ event: [{ wildcard: 'm**' }] }), detail({ event: [{ wildcard: 'modify\\Volume*' }] })],
  },
  {
    fact: '$or matches when one of its alternatives does.',
    matches: [{ $or: [{ source: ['aws.s3'] }, detail({ count: [7] })] }],
    passes: [{ $or: [{ source: ['aws.s3'] }, detail({ count: [8] })] }],
  },
  {
    fact: 'A field can be matched for being empty or null.',
    source: 'EventBridge user guide, eb-event-patterns-null-values',
    matches: [detail({ cause: [''] }), detail({ nothing: [null] })],
    passes: [detail({ event: [''] }), detail({ cause: [null] })],
  },
  {
    fact: 'cidr matches IP addresses.',
    gap: 'the twin refuses the operator: no event that the responder listens for carries an address',
    passes: [detail({ event: [{ cidr: '10.0.0.0/24' }] })],
  },
  {
    fact: 'A pattern has at most 4,096 characters.',
    source: 'EventBridge API reference, PutRule, EventPattern',
    matches: [{ source: ['aws.ec2', 'x'.repeat(4_000)] }],
    refuses: [{ source: ['aws.ec2', 'x'.repeat(4_096)] }],
  },
];

const matches = async (pattern: EventPattern): Promise<boolean> => compilePattern(pattern)(EVENT);

export const eventPatternCases: readonly AccountCase[] = FACTS.map(
  ({
    fact,
    source = OPERATORS,
    confidence = 'verified',
    gap,
    matches: wanted = [],
    passes = [],
    refuses = [],
  }) => ({
    fact,
    source,
    confidence,
    ...(gap !== undefined && { gap }),
    public: false,
    check: async () => {
      for (const pattern of wanted) same(JSON.stringify(pattern), await matches(pattern), true);
      for (const pattern of passes) same(JSON.stringify(pattern), await matches(pattern), false);
      for (const pattern of refuses) await refused(matches(pattern), 'InvalidEventPatternException');
    },
  }),
);
