import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { commands } from '../../cli/main.ts';
import { type Page, page } from './page.ts';

const intro = [
  'What `ebs-burst COMMAND --help` prints, word for word. Every command exits with 0 when all is well, with 1 when it found or',
  'could not do something (which it says), and with 2 when it was called wrongly. `--demo` runs a command on a simulated',
  'account, without AWS.',
].join('\n');

/** A process of its own, as a reader would run it: what it prints must not depend on what else this one has loaded. */
const helpOf = (name: string): string =>
  execFileSync(process.execPath, [join(import.meta.dirname, '../../bin/ebs-burst.ts'), name, '--help'], {
    encoding: 'utf8',
    env: { ...process.env, COLUMNS: '100', NO_COLOR: '1' },
  }).trimEnd();

export const commandsPage: Page = {
  file: 'commands.md',
  render: () =>
    page(
      'Commands of `ebs-burst`',
      intro,
      ...Object.keys(commands).map((name) => `## ${name}\n\n\`\`\`\n${helpOf(name)}\n\`\`\``),
    ),
};
