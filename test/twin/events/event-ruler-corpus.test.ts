import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  CORPUS_FILE,
  corpusText,
  countLines,
  type Edit,
  editedEvent,
  type Json,
  readCorpus,
} from '../../../scripts/event-ruler/corpus.ts';
import { rulePatterns } from '../../../scripts/event-ruler/rule-patterns.ts';
import { compilePattern } from '../../../twin/events/pattern.ts';

const corpus = readCorpus();

interface JudgedEvent {
  readonly event: Json;
  /** How it came about, shorter to read than the event. */
  readonly told: string;
}

/** One line for each event on which the twin says something else than event-ruler. */
function differences(pattern: Json, events: readonly JudgedEvent[], verdicts: string): readonly string[] {
  const matches = compilePattern(pattern);
  return events.flatMap(({ event, told }, at) => {
    const wanted = verdicts[at] === '1';
    if (matches(event) === wanted) return [];
    const [theirs, ours] = wanted ? ['matches', 'does not'] : ['does not match', 'does'];
    return [`event-ruler ${theirs}, the twin ${ours}: ${JSON.stringify(pattern)} and ${told}`];
  });
}

const toldEdit = ({ at, ...edit }: Edit): string =>
  'to' in edit ? `${at} = ${JSON.stringify(edit.to)}` : `without ${at}`;

const edited = corpus.edited.map((each) => ({
  event: editedEvent(corpus.bases, each),
  told: [each.of, ...each.edits.map(toldEdit)].join(', '),
}));

const asTold = (event: Json): JudgedEvent => ({ event, told: JSON.stringify(event) });
const count = (verdicts: string, verdict: '0' | '1'): number => verdicts.split(verdict).length - 1;

describe("the verdicts of AWS's event-ruler", () => {
  const rules = rulePatterns();

  test.each(rules)('on $rule of the template are in the corpus, both of them often', ({ rule, pattern }) => {
    const row = corpus.rules.find((each) => JSON.stringify(each.pattern) === JSON.stringify(pattern));
    expect(row, `the corpus has no verdicts on ${rule}; run npm run event-ruler`).toBeDefined();
    expect(row?.verdicts).toHaveLength(corpus.edited.length);
    for (const verdict of ['0', '1'] as const) {
      expect(count(row?.verdicts ?? '', verdict), `verdicts ${verdict} on ${rule}`).toBeGreaterThanOrEqual(
        20,
      );
    }
  });

  test('are on no rule that the template does not have', () => {
    expect(corpus.rules.map(({ rule, pattern }) => ({ rule, pattern }))).toEqual(rules);
  });

  test.each(corpus.rules)(
    'on events as $rule may meet them are those of the twin',
    ({ pattern, verdicts }) => {
      expect(differences(pattern, edited, verdicts)).toEqual([]);
    },
  );

  const drawn = [...Map.groupBy(corpus.drawn, ({ about }) => about)];

  test.each(drawn)('on drawn patterns and events about %s are those of the twin', (_, rows) => {
    const found = rows.flatMap(({ pattern, events, verdicts }) =>
      differences(pattern, events.map(asTold), verdicts),
    );
    expect(found).toEqual([]);
  });

  test.each(drawn)('on drawn patterns about %s are of both kinds', (_, rows) => {
    const verdicts = rows.map((row) => row.verdicts).join('');
    expect(verdicts).toHaveLength(rows.flatMap(({ events }) => events).length);
    expect(count(verdicts, '1')).toBeGreaterThanOrEqual(20);
    expect(count(verdicts, '0')).toBeGreaterThanOrEqual(20);
  });

  test('are as many as were made', () => {
    const rows = [...corpus.rules, ...corpus.drawn];
    const verdicts = rows.map((row) => row.verdicts).join('');
    expect({
      patterns: rows.length,
      pairs: verdicts.length,
      matching: count(verdicts, '1'),
      about: drawn.length,
    }).toEqual({ patterns: 567, pairs: 13_379, matching: 2_417, about: 25 });
  });

  test('stand in the file as npm run event-ruler writes them', () => {
    expect(readFileSync(CORPUS_FILE, 'utf8')).toBe(corpusText(corpus));
    expect(corpusText(corpus).length).toBeLessThan(800_000);
  });

  test('are counted in docs/event-patterns.md as they are', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/event-patterns.md'), 'utf8');
    expect(page).toContain(countLines(corpus).join('\n'));
  });

  test('differ from those of a matcher that is wrong, and the difference can be read', () => {
    const [row] = corpus.rules.filter(({ rule }) => rule === 'ResponderAlarmKeeperInstanceRuns');
    const wrong = { ...row?.pattern, detail: { state: ['running', 'stopped'] } };
    expect(differences(wrong, edited, row?.verdicts ?? '')).toContain(
      `event-ruler does not match, the twin does: ${JSON.stringify(wrong)} and instance, detail.state = "stopped"`,
    );
  });
});

describe('a pattern that the twin does not imitate', () => {
  test.each(corpus.refusedByTwin)('is refused and not answered: $pattern ($why)', ({ pattern, error }) => {
    expect(() => compilePattern(pattern)).toThrow(expect.objectContaining({ name: error }));
  });

  test('is none that the template has', () => {
    for (const { pattern } of rulePatterns()) expect(() => compilePattern(pattern)).not.toThrow();
  });
});

describe('a pattern that event-ruler refuses', () => {
  test.each(corpus.refusedByEventRuler)('is refused by the twin: %j', (pattern) => {
    expect(() => compilePattern(pattern)).toThrow(
      expect.objectContaining({ name: 'InvalidEventPatternException' }),
    );
  });
});
