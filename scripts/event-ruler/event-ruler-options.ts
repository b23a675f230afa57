import { parseArgs } from 'node:util';

export interface EventRulerOptions {
  readonly seed: number;
  /** Compare instead of writing. */
  readonly check: boolean;
}

export const usage = `npm run event-ruler -- [--seed S] [--check]

Makes test/fixtures/event-ruler-corpus.json again. Needs Java 17 and Maven; nothing else in the project does.

  --seed S   whole number that patterns and events are drawn from; 1 when left out
  --check    write nothing; exit 1 when the file says something else`;

/** @throws Error for what it cannot read; the message says what was got, what is expected and what to do */
export function eventRulerOptions(args: readonly string[]): EventRulerOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  if (!/^\d{1,9}$/.test(values.seed)) {
    throw new Error(`--seed: got "${values.seed}", expected a whole number; e.g. --seed 1`);
  }
  return { seed: Number(values.seed), check: values.check };
}
