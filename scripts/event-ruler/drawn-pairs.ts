import type { Random } from '../../twin/random.ts';
import type { Json } from './corpus.ts';
import { pick, pickSome } from './picks.ts';

export interface DrawnPairs {
  readonly about: string;
  readonly pattern: Json;
  readonly events: readonly Json[];
}

const PATTERNS_OF_EACH = 24;
/** Most are dropped again, see `balanced`. */
const EVENTS_OF_EACH = 60;

/** Few and alike, so that patterns and events meet. */
const TEXTS = [
  'a',
  'A',
  'ab',
  'Ab',
  'aba',
  'b',
  'ba',
  '',
  'a*b',
  'a\\b',
  'aXb',
  '1',
  'null',
  'true',
  'größe',
  'k',
  'K',
];
const PARTS = ['a', 'A', 'b', 'ab', 'aB', 'k', '1'];
const NUMBERS = [0, 1, -1, 2, 0.5, 1.25, -0.001, 7, 1e-7, 5e9, -5e9, 123456.789];
const VALUES: readonly unknown[] = [...TEXTS, ...NUMBERS, null, true, false];
/** What JavaScript and Java may fold or spell differently. */
const UNUSUAL: readonly unknown[] = ['\u212a', '\u017f', 'ß', 'a\nb', 6e9, 1e21, [], {}, [[]], [{}]];
/** For operators; where fields go together there are more. */
const FEW_PATHS = ['f', 'f', 'g', 'o.f', 'o.p.f'];
const PATHS = ['f', 'g', 'o.f', 'o.g', 'o.p.f', 'o.p.g', 'o.h.f'];

type Draw = (random: Random) => unknown;

const oneOrMore = (random: Random, from: readonly unknown[]): unknown =>
  random() < 0.5 ? pick(random, from) : pickSome(random, from, 2);

const numeric: Draw = (random) => {
  const [low = 0, high = 0] = [...new Set(pickSome(random, NUMBERS, 3))].sort((one, other) => one - other);
  if (random() < 0.5 || low >= high) return [pick(random, ['=', '<', '<=', '>', '>=']), low];
  return [pick(random, ['>', '>=']), low, pick(random, ['<', '<=']), high];
};

const WILDCARDS = ['*', 'a*', '*a', '*b*', 'a*b', 'a\\*b', 'a\\\\b', 'a*b*a', 'ab', ''];

const OPERATORS: Readonly<Record<string, Draw>> = {
  equal: (random) => pick(random, VALUES),
  exists: () => ({ exists: true }),
  absent: () => ({ exists: false }),
  prefix: (random) => ({ prefix: pick(random, [...PARTS, '']) }),
  suffix: (random) => ({ suffix: pick(random, [...PARTS, '']) }),
  'prefix, any case': (random) => ({ prefix: { 'equals-ignore-case': pick(random, PARTS) } }),
  'suffix, any case': (random) => ({ suffix: { 'equals-ignore-case': pick(random, PARTS) } }),
  'equals-ignore-case': (random) => ({ 'equals-ignore-case': pick(random, [...PARTS, 'ABA', '']) }),
  wildcard: (random) => ({ wildcard: pick(random, WILDCARDS) }),
  numeric: (random) => ({ numeric: numeric(random) }),
  'anything-but texts': (random) => ({ 'anything-but': oneOrMore(random, TEXTS) }),
  'anything-but numbers': (random) => ({ 'anything-but': oneOrMore(random, NUMBERS) }),
  'anything-but prefix': (random) => ({ 'anything-but': { prefix: oneOrMore(random, PARTS) } }),
  'anything-but suffix': (random) => ({ 'anything-but': { suffix: oneOrMore(random, PARTS) } }),
  'anything-but equals-ignore-case': (random) => ({
    'anything-but': { 'equals-ignore-case': oneOrMore(random, PARTS) },
  }),
  'anything-but wildcard': (random) => ({ 'anything-but': { wildcard: oneOrMore(random, WILDCARDS) } }),
};

const anyOperator: Draw = (random) => pick(random, Object.values(OPERATORS))(random);

/** A leaf of a pattern: the operator asked for, at times beside others. */
const leaf = (random: Random, draw: Draw): readonly unknown[] =>
  random() < 0.7 ? [draw(random)] : [draw(random), anyOperator(random)];

/** One to three fields, the operator in all of them. */
const fields = (random: Random, draw: Draw, paths = PATHS): Json =>
  nested(pickSome(random, paths, pick(random, [1, 1, 1, 2, 3])).map((path) => [path, leaf(random, draw)]));

const inArrays = ['o.f', 'o.g', 'o.p.f', 'o.p.g', 'o.h.f'];

/** Patterns whose difficulty is in how fields go together. */
const SHAPES: Readonly<Record<string, (random: Random) => Json>> = {
  'several fields': (random) => ({ ...fields(random, anyOperator), ...fields(random, anyOperator) }),
  'objects in arrays': (random) =>
    nested(pickSome(random, inArrays, 3).map((path) => [path, leaf(random, simple)])),
  'absent in arrays': (random) =>
    nested(
      pickSome(random, inArrays, 3).map((path) => [path, leaf(random, random() < 0.5 ? absent : simple)]),
    ),
  $or: (random) => ({ $or: alternatives(random), ...(random() < 0.5 && single(random, ['g'])) }),
  '$or in an object': (random) => ({
    o: { g: [simple(random)], $or: alternatives(random, ['f', 'p.f', 'p.g']) },
  }),
  '$or in $or': (random) => ({ $or: [{ $or: alternatives(random) }, single(random, PATHS)] }),
  '$or and the same field': (random) =>
    random() < 0.5
      ? { ...single(random, ['f', 'o.f']), $or: alternatives(random) }
      : { $or: alternatives(random), ...single(random, ['f', 'o.f']) },
  '$or of lists': (random) => {
    const members = Array.from({ length: 6 }, () => anyOperator(random));
    const unlike = [...new Map(members.map((member) => [JSON.stringify(member), member])).values(), 'last'];
    const half = Math.floor(unlike.length / 2);
    const lists = [unlike.slice(0, half), unlike.slice(half)];
    return {
      $or: lists.map((list) => nested([[pick(random, ['f', 'f', 'o.f']), list]])),
      ...single(random, ['g']),
    };
  },
  'names with dots': (random) => ({ 'o.f': leaf(random, simple), ...fields(random, simple, ['g', 'o.g']) }),
};

const simple: Draw = (random) =>
  pick(random, [pick(random, ['a', 'b', 1]), { prefix: 'a' }, { exists: true }]);
const absent: Draw = () => ({ exists: false });

/**
 * Lists of one value: alternatives with lists for one field that differ and share a value are not matched as they
 * read (see `REFUSED_BY_TWIN`).
 */
const alternatives = (random: Random, paths = PATHS): readonly Json[] =>
  Array.from({ length: pick(random, [2, 2, 3]) }, () => single(random, paths));

const single = (random: Random, paths: readonly string[]): Json =>
  nested(pickSome(random, paths, pick(random, [1, 1, 2])).map((path) => [path, [simple(random)]]));

/** Patterns with events that were made to come near them, always the same for one `random`. */
export function drawnPairs(random: Random): readonly DrawnPairs[] {
  const shapes: [string, (random: Random) => Json][] = [
    ...Object.entries(OPERATORS).map(([about, draw]): [string, () => Json] => [
      about,
      () => fields(random, draw, FEW_PATHS),
    ]),
    ...Object.entries(SHAPES),
  ];
  return shapes.flatMap(([about, draw]) =>
    Array.from({ length: PATTERNS_OF_EACH }, () => ({
      about,
      pattern: draw(random),
      events: Array.from({ length: EVENTS_OF_EACH }, () => event(random, about)),
    })),
  );
}

function event(random: Random, about: string): Json {
  const objects = /arrays|\$or|dots/.test(about) ? 0.8 : 0.5;
  return {
    ...some(random, 0.8, 'f', () => value(random, about)),
    ...some(random, 0.7, 'g', () => value(random, about)),
    ...some(random, objects, 'o', () => objectOrArray(random, about, about in SHAPES ? 2 : 1)),
    ...(about === 'names with dots' && some(random, 0.4, 'o.f', () => value(random, about))),
  };
}

const some = (random: Random, chance: number, name: string, draw: () => unknown): Json =>
  random() < chance ? { [name]: draw() } : {};

function objectOrArray(random: Random, about: string, depth: number): unknown {
  const object = (): Json => ({
    ...some(random, 0.5, 'f', () => value(random, about)),
    ...some(random, 0.5, 'g', () => value(random, about)),
    ...(depth > 0 && some(random, 0.5, 'p', () => objectOrArray(random, about, depth - 1))),
    ...(depth > 0 && some(random, 0.3, 'h', () => objectOrArray(random, about, 0))),
  });
  if (random() < (/arrays/.test(about) ? 0.2 : 0.6)) return object();
  const members: unknown[] = Array.from({ length: pick(random, [1, 2, 2, 3]) }, object);
  return random() < 0.1 ? [members, object()] : members;
}

/** Shapes need few values to come true at all; operators need many. */
function value(random: Random, about: string): unknown {
  if (about in SHAPES && random() < 0.8) return pick(random, ['a', 'b', 1]);
  if (random() < 0.1) return pick(random, UNUSUAL);
  if (random() < 0.15) return pickSome(random, VALUES, 2);
  return /numeric|numbers/.test(about) && random() < 0.7 ? pick(random, NUMBERS) : pick(random, VALUES);
}

/** `[['o.f', [1]], ['o.g', [2]]]` becomes `{o: {f: [1], g: [2]}}`. */
function nested(entries: readonly (readonly [path: string, leaf: readonly unknown[]])[]): Json {
  return entries.reduce<Json>((pattern, [path, values]) => placed(pattern, path.split('.'), values), {});
}

function placed(pattern: Json, [name = '', ...below]: readonly string[], values: readonly unknown[]): Json {
  if (below.length === 0) return { ...pattern, [name]: values };
  return { ...pattern, [name]: placed((pattern[name] ?? {}) as Json, below, values) };
}
