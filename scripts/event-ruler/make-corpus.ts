import { randomStream } from '../../twin/random.ts';
import { askEventRuler, ENGINE, type Pair, type Verdict } from './ask-event-ruler.ts';
import { type Corpus, editedEvent, type Json, type Verdicts } from './corpus.ts';
import { drawnPairs } from './drawn-pairs.ts';
import { baseEvents, editedEvents } from './edited-events.ts';
import { INVALID, REFUSED_BY_TWIN } from './refused-patterns.ts';
import { rulePatterns } from './rule-patterns.ts';

interface Question {
  readonly pattern: Json;
  readonly events: readonly Json[];
}

/**
 * Draws all pairs from the seed and asks event-ruler about them.
 * @throws Error when event-ruler refuses a pattern it should judge, or judges one it should refuse
 */
export function makeCorpus(seed: number): Corpus {
  const rules = rulePatterns();
  const bases = baseEvents();
  const patterns = rules.map(({ pattern }) => pattern);
  const edited = editedEvents(bases, patterns, randomStream(seed, 'edited events'));
  const events = edited.map((each) => editedEvent(bases, each));
  const drawn = unlike(drawnPairs(randomStream(seed, 'drawn pairs')));
  return {
    engine: ENGINE,
    seed,
    bases,
    edited,
    rules: judged(rules.map((row) => ({ ...row, events }))).map(({ events: _, ...row }) => row),
    drawn: judged(drawn).map(balanced),
    refusedByTwin: judged(REFUSED_BY_TWIN),
    refusedByEventRuler: refused(INVALID),
  };
}

const MOST_OF_ONE_VERDICT = 4;

/** Most events that are drawn miss: as many that match are kept as of those that do not, if there are. */
function balanced<Row extends Question & { readonly verdicts: Verdicts }>(row: Row): Row {
  const places = ['0', '1'].flatMap((verdict) =>
    row.events.flatMap((_, at) => (row.verdicts[at] === verdict ? [at] : [])).slice(0, MOST_OF_ONE_VERDICT),
  );
  const kept = <T>(of: Iterable<T>): readonly T[] => [...of].filter((_, at) => places.includes(at));
  return { ...row, events: kept(row.events), verdicts: kept(row.verdicts).join('') };
}

/** Each pattern once, the first time. */
function unlike<Drawn extends Question>(drawn: readonly Drawn[]): readonly Drawn[] {
  const first = new Map<string, Drawn>();
  for (const each of drawn)
    first.set(JSON.stringify(each.pattern), first.get(JSON.stringify(each.pattern)) ?? each);
  return [...first.values()];
}

function judged<Asked extends Question>(
  questions: readonly Asked[],
): readonly (Asked & { verdicts: Verdicts })[] {
  const pairs = questions.flatMap(({ pattern, events }) => events.map((event): Pair => ({ pattern, event })));
  const bits = askEventRuler(pairs).map((verdict, index) => bit(verdict, pairs[index]?.pattern));
  let asked = 0;
  return questions.map((question) => {
    const verdicts = bits.slice(asked, asked + question.events.length).join('');
    asked += question.events.length;
    return { ...question, verdicts };
  });
}

function bit(verdict: Verdict, pattern: Json | undefined): '0' | '1' {
  if (typeof verdict === 'boolean') return verdict ? '1' : '0';
  throw new Error(
    `event-ruler refuses ${JSON.stringify(pattern)} (${verdict.invalidPattern}), which was expected to be a pattern; correct what draws it`,
  );
}

function refused(patterns: readonly Json[]): readonly Json[] {
  const verdicts = askEventRuler(patterns.map((pattern) => ({ pattern, event: {} })));
  const taken = patterns.find((_, index) => typeof verdicts[index] === 'boolean');
  if (taken === undefined) return patterns;
  throw new Error(
    `event-ruler takes ${JSON.stringify(taken)}, which was expected to be refused; take it out of refused-patterns.ts`,
  );
}
