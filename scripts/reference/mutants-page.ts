import { equivalents } from '../mutation/equivalents.ts';
import { code, type Page, page, table } from './page.ts';

const intro = [
  'Mutants of core/domain that survive because they change nothing that a test could see, each with the reason. How they',
  'are found, and what the figures are, stands in [mutation testing](../mutation-testing.md).',
].join('\n');

/** A table cell is one line. */
const cell = (text: string): string => code(text.replace(/\s+/g, ' '));

export const mutantsPage: Page = {
  file: 'equivalent-mutants.md',
  render: () =>
    page(
      'Equivalent mutants',
      intro,
      ...equivalents.flatMap(({ because, mutants }) => [
        `## ${because}`,
        table(
          ['file', 'line', 'was', 'becomes'],
          mutants.map(({ file, line, was, becomes }) => [file, cell(line), cell(was), cell(becomes)]),
        ),
      ]),
    ),
};
