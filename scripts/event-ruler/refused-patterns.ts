import type { Json, RefusedRow } from './corpus.ts';

type Refused = Omit<RefusedRow, 'verdicts'>;

const notImitated = (why: string, pattern: Json, ...events: readonly Json[]): Refused => ({
  why,
  error: 'NotImitatedError',
  pattern,
  events,
});

const texts = (...values: readonly unknown[]): readonly Json[] => values.map((f) => ({ f }));

/** Patterns that event-ruler answers and the twin refuses rather than guess. */
export const REFUSED_BY_TWIN: readonly Refused[] = [
  notImitated(
    'cidr: no event of ours carries an address',
    { f: [{ cidr: '10.0.0.0/8' }] },
    ...texts('10.1.2.3', '11.0.0.1'),
  ),
  notImitated('exactly: EventBridge does not document it', { f: [{ exactly: 'a' }] }, ...texts('a', 'b')),
  notImitated(
    'letters beyond ASCII in any case',
    { f: [{ 'equals-ignore-case': 'straße' }] },
    ...texts('STRASSE', 'x'),
  ),
  notImitated(
    'letters beyond ASCII in any case',
    { f: [{ prefix: { 'equals-ignore-case': 'é' } }] },
    ...texts('Éa', 'ea'),
  ),
  notImitated(
    'letters beyond ASCII in any case',
    { f: [{ 'anything-but': { 'equals-ignore-case': ['a', 'ǆ'] } }] },
    ...texts('Ǆ', 'ǅ', 'x'),
  ),
  ...[
    { $or: [{ f: ['a'] }, { f: ['a', 'b'] }] },
    { $or: [{ f: ['a', 'c'] }, { f: ['a', 'b'] }] },
    { $or: [{ f: ['a'] }, { f: ['b', 'a'] }] },
    { $or: [{ f: ['a'] }, { f: ['a', { exists: true }] }] },
    { $or: [{ f: ['a', 'b'] }, { f: ['a'] }] },
    {
      $or: [
        { f: ['a'], g: [1] },
        { f: ['a', 'b'], g: [1] },
      ],
    },
  ].map((pattern) =>
    notImitated(
      'alternatives of one $or with lists for one field that differ and share a value: event-ruler 2.0.1 does not match all that they say',
      pattern,
      ...['a', 'b', 'c'].map((f) => ({ f, g: 1 })),
    ),
  ),
  notImitated('"$or" as the name of a field', { $or: ['a', 'b'] }, { $or: 'a' }, { f: 1 }),
  notImitated('"$or" as the name of a field', { $or: { f: [1] } }, { $or: { f: 1 } }, { f: 1 }),
  notImitated('a field with an empty name', { '': [1] }, { '': 1 }, { f: 1 }),
  notImitated('a field with an empty name', { o: { '': [1] } }, { o: { '': 1 } }, { o: 1 }),
  {
    why: 'the EventBridge user guide gives numeric values from -5.0e9 to 5.0e9',
    error: 'InvalidEventPatternException',
    pattern: { f: [{ numeric: ['<', 5_100_000_000] }] },
    events: [{ f: 1 }, { f: 5_200_000_000 }],
  },
];

const leaves: readonly unknown[] = [
  [],
  'a',
  [['a']],
  [{}],
  [{ prefix: 'a', suffix: 'b' }],
  [{ prefix: 1 }],
  [{ prefix: ['a', 'b'] }],
  [{ prefix: { suffix: 'a' } }],
  [{ suffix: null }],
  [{ 'equals-ignore-case': ['a'] }],
  [{ wildcard: ['a*'] }],
  [{ wildcard: 'a**' }],
  [{ wildcard: 'a\\b' }],
  [{ exists: 'a' }],
  [{ exists: null }],
  [{ 'anything-but': null }],
  [{ 'anything-but': true }],
  [{ 'anything-but': [] }],
  [{ 'anything-but': [null] }],
  [{ 'anything-but': ['a', 1] }],
  [{ 'anything-but': {} }],
  [{ 'anything-but': { prefix: '' } }],
  [{ 'anything-but': { suffix: '' } }],
  [{ 'anything-but': { prefix: [] } }],
  [{ 'anything-but': { wildcard: 1 } }],
  [{ 'anything-but': { numeric: ['>', 1] } }],
  [{ 'anything-but': { prefix: 'a', suffix: 'b' } }],
  [{ 'anything-but': { prefix: { 'equals-ignore-case': 'a' } } }],
  [{ numeric: [] }],
  [{ numeric: ['>'] }],
  [{ numeric: ['>', '1'] }],
  [{ numeric: ['!=', 1] }],
  [{ numeric: ['<', 5, '>', 1] }],
  [{ numeric: ['>', 5, '<', 1] }],
  [{ numeric: ['>=', 5, '<=', 5] }],
  [{ numeric: ['>', 1, '>', 2] }],
  [{ numeric: ['=', 1, '<', 2] }],
];

/** Patterns that event-ruler refuses. */
export const INVALID: readonly Json[] = [
  {},
  { o: {} },
  { $or: [] },
  { $or: [{ f: [1] }] },
  { $or: [{ f: [1] }, {}] },
  { $or: [{ f: [1] }, 'a'] },
  { $or: [{ f: [1] }, { g: 'a' }] },
  ...leaves.map((f) => ({ f })),
];
