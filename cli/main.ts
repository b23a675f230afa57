import { nearest } from './commands/nearest.ts';
import { hanging, usualColumns } from './render/wrap.ts';

interface Command {
  readonly about: string;
  /** Loaded only when asked for; answers with the exit code. */
  readonly run: (args: readonly string[]) => Promise<number>;
}

/** Every command that works; each reads its own options and has its own --help. */
export const commands: Readonly<Record<string, Command>> = {
  assess: {
    about: 'what happened to the volumes of an account, and what the responder would have done; reads only',
    run: async (args) => (await import('./assess-process.ts')).assessProcess(args),
  },
  cases: {
    about: 'the open cases of a deployment: state, wall, when the next word comes; reads only',
    run: async (args) => (await import('./deployment-process.ts')).casesProcess(args),
  },
  demo: {
    about: 'one load on one simulated volume, without and with the responder',
    run: async (args) => (await import('./demo/main.ts')).main(args),
  },
  doctor: {
    about: 'whether a deployed stack and its account are well, and how to mend what is not; reads only',
    run: async (args) => (await import('./doctor-process.ts')).doctorProcess(args),
  },
  explain: {
    about: 'why the responder acts on a volume or does not, guard by guard; reads only',
    run: async (args) => (await import('./deployment-process.ts')).explainProcess(args),
  },
  export: {
    about: 'the audit trail of a deployment as JSON lines or CSV; reads only',
    run: async (args) => (await import('./deployment-process.ts')).exportProcess(args),
  },
  replay: {
    about: 'recorded history once more, under other policies and beside what others do; offline',
    run: async (args) => (await import('./replay-process.ts')).replayProcess(args),
  },
  uninstall: {
    about: 'what is left of the responder and how to remove it: restore or keep; reads only',
    run: async (args) => (await import('./deployment-process.ts')).uninstallProcess(args),
  },
  watch: {
    about: 'the open cases of a deployment, live in the terminal; reads only',
    run: async (args) => (await import('./watch-process.ts')).watchProcess(args),
  },
};

const usage = [
  'usage: ebs-burst COMMAND [options]',
  '',
  'EBS burst credits: see before you trust.',
  '',
  ...Object.entries(commands).flatMap(([name, { about }]) =>
    hanging(`  ${name.padEnd(11)}`, about, usualColumns),
  ),
  '',
  'ebs-burst COMMAND --help shows the options of one.',
  '',
].join('\n');

/** @returns the exit code; 2 where there is no such command */
export async function main(
  [name, ...rest]: readonly string[],
  write: { readonly out: (text: string) => void; readonly error: (text: string) => void },
): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    write.out(usage);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command.run(rest);
  const known = Object.keys(commands);
  const like = nearest(name, known);
  const meant = like === undefined ? `expected one of ${known.join(', ')}` : `perhaps ${like} was meant`;
  write.error(`got the command "${name}", which there is not; ${meant}. See ebs-burst --help\n`);
  return 2;
}
