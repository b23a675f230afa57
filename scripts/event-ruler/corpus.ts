import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Json = Readonly<Record<string, unknown>>;

/** What stands at the path `at`, e.g. `detail.state.value`, becomes `to`; without `to` it is removed. */
export interface Edit {
  readonly at: string;
  readonly to?: unknown;
}

/** One of `bases` with edits. */
export interface EditedEvent {
  readonly of: string;
  readonly edits: readonly Edit[];
}

/** A pattern of the template; its verdicts are on all `edited` events, in their order. */
interface RuleRow {
  readonly rule: string;
  readonly pattern: Json;
  readonly verdicts: Verdicts;
}

/** One character an event: `1` matches, `0` does not. */
export type Verdicts = string;

interface DrawnRow {
  /** The operator, or the shape of pattern, it was drawn for. */
  readonly about: string;
  readonly pattern: Json;
  readonly events: readonly Json[];
  readonly verdicts: Verdicts;
}

/** What event-ruler answers and the twin refuses. */
export interface RefusedRow {
  readonly why: string;
  readonly error: 'NotImitatedError' | 'InvalidEventPatternException';
  readonly pattern: Json;
  readonly events: readonly Json[];
  readonly verdicts: Verdicts;
}

/** Verdicts of AWS's event-ruler, made by `npm run event-ruler`. */
export interface Corpus {
  /** Maven coordinates of who judged. */
  readonly engine: string;
  readonly seed: number;
  readonly bases: Readonly<Record<string, Json>>;
  readonly edited: readonly EditedEvent[];
  readonly rules: readonly RuleRow[];
  readonly drawn: readonly DrawnRow[];
  readonly refusedByTwin: readonly RefusedRow[];
  /** Patterns that event-ruler does not take. */
  readonly refusedByEventRuler: readonly Json[];
}

export const CORPUS_FILE = join(
  import.meta.dirname,
  '..',
  '..',
  'test',
  'fixtures',
  'event-ruler-corpus.json',
);

export const readCorpus = (): Corpus => JSON.parse(readFileSync(CORPUS_FILE, 'utf8'));

/** One line for each entry of its lists, so that a change of it can be read. */
export function corpusText(corpus: Corpus): string {
  const parts = Object.entries(corpus).map(([name, part]) => {
    if (typeof part !== 'object') return `${JSON.stringify(name)}: ${JSON.stringify(part)}`;
    const lines = Array.isArray(part)
      ? part.map((entry) => JSON.stringify(entry))
      : Object.entries(part).map(([key, entry]) => `${JSON.stringify(key)}: ${JSON.stringify(entry)}`);
    const [open, close] = Array.isArray(part) ? '[]' : '{}';
    return `${JSON.stringify(name)}: ${open}\n${lines.join(',\n')}\n${close}`;
  });
  return `{\n${parts.join(',\n')}\n}\n`;
}

/** @throws Error for an event of no base */
export function editedEvent(bases: Corpus['bases'], { of, edits }: EditedEvent): Json {
  const base = bases[of];
  if (base === undefined) throw new Error(`expected one of ${Object.keys(bases).join(', ')}, got "${of}"`);
  return edits.reduce<Json>((event, edit) => changed(event, edit.at.split('.'), edit), base);
}

/** Of an array on the way the first member is taken; what is not there is not added. */
function changed(object: Json, [name, ...below]: readonly string[], edit: Edit): Json {
  if (name === undefined || !(name in object)) return object;
  const { [name]: part, ...others } = object;
  if (below.length > 0) return { ...object, [name]: changedBelow(part, below, edit) };
  return 'to' in edit ? { ...object, [name]: edit.to } : others;
}

function changedBelow(part: unknown, below: readonly string[], edit: Edit): unknown {
  if (Array.isArray(part))
    return part.map((member, at) => (at === 0 ? changedBelow(member, below, edit) : member));
  return isObject(part) ? changed(part, below, edit) : part;
}

/** What stands at the path, of an array on the way in its first member. */
export function valueAt(value: unknown, [name, ...below]: readonly string[]): unknown {
  if (name === undefined) return value;
  const object = Array.isArray(value) ? value[0] : value;
  return isObject(object) ? valueAt(object[name], below) : undefined;
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is in it, a line for each rule and each operator or shape. */
export const countLines = (corpus: Corpus): readonly string[] => [
  `${corpus.engine}, seed ${corpus.seed}`,
  ...corpus.rules.map((row) => `  ${row.rule}: ${countsOf([row])}`),
  ...[...Map.groupBy(corpus.drawn, (row) => row.about)].map(
    ([about, rows]) => `  ${about}: ${countsOf(rows)}`,
  ),
  `  answered by event-ruler and refused by the twin: ${corpus.refusedByTwin.length} patterns`,
  `  refused by event-ruler: ${corpus.refusedByEventRuler.length} patterns`,
  `in all ${countsOf([...corpus.rules, ...corpus.drawn])}`,
];

/** e.g. `5,120 pairs of 600 patterns: 2,300 match, 2,820 do not`. */
function countsOf(rows: readonly { readonly verdicts: Verdicts }[]): string {
  const verdicts = rows.map((row) => row.verdicts).join('');
  const matching = verdicts.replaceAll('0', '').length;
  const [pairs, patterns, match, not] = [
    verdicts.length,
    rows.length,
    matching,
    verdicts.length - matching,
  ].map((count) => count.toLocaleString('en'));
  return `${pairs} pairs of ${patterns} ${rows.length === 1 ? 'pattern' : 'patterns'}: ${match} match, ${not} do not`;
}
