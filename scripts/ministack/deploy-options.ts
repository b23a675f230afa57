import { parseArgs } from 'node:util';

export interface DeployOptions {
  /** Whether a machine that cannot run MiniStack fails; else it says why and passes. */
  readonly ministack: 'required' | 'if it can be run';
}

export const usage = `npm run deploy:ministack -- [--require]

Deploys the whole stack on MiniStack, an emulator of AWS by others, on loopback; sends events through it, deletes it,
and says what that proved and what not.

  --require   fail when MiniStack cannot be run here (it needs python3 with venv, and pip once)`;

/** @throws Error for what it cannot read */
export function deployOptions(args: readonly string[]): DeployOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      require: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  return { ministack: values.require ? 'required' : 'if it can be run' };
}
