import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { CORPUS_FILE, corpusText, countLines } from './event-ruler/corpus.ts';
import { eventRulerOptions, usage } from './event-ruler/event-ruler-options.ts';
import { makeCorpus } from './event-ruler/make-corpus.ts';

/**
 * Asks AWS's event-ruler about our rules and about drawn patterns, and writes its verdicts into
 * test/fixtures/event-ruler-corpus.json. With --check it writes nothing and exits 1 when the file says something else.
 */
const say = (text: string): void => void process.stdout.write(`${text}\n`);

function main(args: readonly string[]): number {
  const options = eventRulerOptions(args);
  if (options === 'help') {
    say(usage);
    return 0;
  }
  const corpus = makeCorpus(options.seed);
  const text = corpusText(corpus);
  const file = relative(process.cwd(), CORPUS_FILE);
  for (const line of countLines(corpus)) say(line);
  if (!options.check) {
    writeFileSync(CORPUS_FILE, text);
    say(`${file} is written (${Math.round(text.length / 1000)} kB).`);
    return 0;
  }
  const isSame = readFileSync(CORPUS_FILE, 'utf8') === text;
  say(
    isSame
      ? `${file} says the same.`
      : `${file} says something else; run npm run event-ruler and read the difference.`,
  );
  return isSame ? 0 : 1;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
