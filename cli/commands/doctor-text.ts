import type { Answer, Finding, Unknown } from '../../core/domain/doctoring/answer.ts';
import { notProved } from '../../core/domain/doctoring/check-acting.ts';
import type { CheckResult, Tally } from '../../core/domain/doctoring/diagnosis.ts';
import { harmless } from '../render/harmless.ts';
import type { Paint } from '../render/paint.ts';
import { wrap } from '../render/wrap.ts';

const width = 80;

/** For a terminal of 80 columns: what is well in one quiet line, what is not with all that mends it. */
export function doctorText(results: readonly CheckResult[], counts: Tally, paint: Paint): string {
  const groups = [...new Set(results.map(({ group }) => group))];
  const sections = groups.map((group) => {
    const own = results.filter((result) => result.group === group);
    return [paint.bold(group), ...own.flatMap((result) => checkLines(result, paint))].join('\n');
  });
  const closing = [summaryLine(results.length, counts, paint), ...dimmed(`Not proved: ${notProved}`, paint)];
  return `${[...sections, closing.join('\n')].join('\n\n')}\n`;
}

const dimmed = (text: string, paint: Paint): readonly string[] =>
  wrap(text, width).map((line) => paint.dim(line));

/** A name's column is as wide as the longest, `configuration`. */
const head = (word: string, check: string): string => `  ${word.padEnd(9)}${check.padEnd(15)}`;

function checkLines({ check, answers }: CheckResult, paint: Paint): readonly string[] {
  const troubles = answers.filter((answer) => answer.kind !== 'ok');
  if (troubles.length === 0) return answers.flatMap((answer) => okLines(check, answer, paint));
  return troubles.flatMap((answer) =>
    answer.kind === 'finding' ? findingLines(check, answer, paint) : unknownLines(check, answer, paint),
  );
}

function okLines(check: string, answer: Answer, paint: Paint): readonly string[] {
  if (answer.kind !== 'ok') return [];
  const before = head('ok', check);
  return hanging(before, answer.saw).map((line) => paint.dim(line));
}

function findingLines(
  check: string,
  { subject, got, expected, fix }: Finding,
  paint: Paint,
): readonly string[] {
  return [
    ...hanging(head('FINDING', check), subject).map((line) => paint.red(paint.bold(line))),
    ...hanging('    got       ', got),
    ...hanging('    expected  ', expected),
    ...hanging('    fix       ', fix.words),
    // Never broken, so that it can be copied.
    ...(fix.command === undefined ? [] : [`    $ ${paint.cyan(harmless(fix.command))}`]),
  ];
}

function unknownLines(check: string, { subject, why, needs }: Unknown, paint: Paint): readonly string[] {
  return [
    ...hanging(head('unknown', check), subject).map((line) => paint.yellow(line)),
    ...hanging('    why       ', why),
    ...(needs === undefined ? [] : hanging('    needs     ', needs)),
  ];
}

/** The text after its head, further lines under its beginning. Tags, variables and AWS's words may hold anything. */
const hanging = (before: string, text: string): readonly string[] =>
  wrap(harmless(text), width - before.length).map(
    (line, index) => `${index === 0 ? before : ' '.repeat(before.length)}${line}`,
  );

function summaryLine(checks: number, { ok, findings, unknown }: Tally, paint: Paint): string {
  const well = `${ok} of ${checks} checks are well`;
  if (findings === 0 && unknown === 0) return paint.green(paint.bold(`${well}.`));
  const troubles = [
    ...(findings === 0 ? [] : [`${findings} ${findings === 1 ? 'finding' : 'findings'}`]),
    ...(unknown === 0 ? [] : [`${unknown} unknown`]),
  ];
  return paint.bold(`${well}; ${troubles.join(', ')}.`);
}
