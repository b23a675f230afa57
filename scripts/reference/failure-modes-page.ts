import { failureGroups } from '../failure-modes/failure-groups.ts';
import type { FailureMode, Gap, NamedTest } from '../failure-modes/failure-mode.ts';
import { code, type Page, page, table } from './page.ts';

const intro = [
  'What can go wrong, what we do then, and the test that proves it. A table test is named by its title as the file writes',
  'it, with the row that is meant in brackets. What we do not do says so: **later** belongs to a feature that was put off by',
  'name, **out of scope** to none. A check fails when a number is missing or a named test does not exist.',
].join('\n');

const howTo = [
  'One test: `npx vitest run <file> -t "<name>"`. The guards are taken out one by one by `npm run guards:prove`, and random',
  'mixtures of many of these failures are lived through by `npm run torture`.',
].join('\n');

export const failureModesPage: Page = {
  file: '../failure-modes.md',
  render: () =>
    page('Failure modes', intro, tally(failureGroups.flatMap(({ modes }) => modes)), howTo, ...groupParts()),
};

const groupParts = (): readonly string[] =>
  failureGroups.flatMap(({ title, modes }) => [
    `## ${title}`,
    table(
      ['', 'failure', 'what we do', 'test'],
      modes.map(({ number, failure, answer, tests = [], gap }) => [
        String(number),
        failure,
        answer,
        [...tests.map(testText), ...(gap === undefined ? [] : [gapText(gap, tests.length > 0)])].join('<br>'),
      ]),
    ),
  ]);

function tally(modes: readonly FailureMode[]): string {
  const count = (holds: (mode: FailureMode) => boolean) => modes.filter(holds).length;
  return [
    `Of ${modes.length} failure modes, ${count(({ tests, gap }) => tests !== undefined && gap === undefined)} are covered by tests,`,
    `${count(({ tests, gap }) => tests !== undefined && gap !== undefined)} are covered but for a part that is named,`,
    `${count(({ tests, gap }) => tests === undefined && gap.kind === 'later')} wait for a later feature and`,
    `${count(({ tests, gap }) => tests === undefined && gap.kind === 'out of scope')} are out of scope.`,
  ].join(' ');
}

/** Titles are plain text to the reader: what Markdown would take for a tag or for emphasis is escaped. */
const plain = (text: string): string => text.replace(/[<*_]/g, (character) => `\\${character}`);

const testText = ({ file, name, row }: NamedTest): string =>
  `${code(file.replace(/^test\//, ''))}: ${plain(name)}${row === undefined ? '' : ` [${plain(row)}]`}`;

const gapText = (gap: Gap, isPart: boolean): string =>
  `**${isPart ? 'Not covered, ' : ''}${gap.kind}${gap.kind === 'later' ? ` (${gap.feature})` : ''}:** ${gap.why}`;
