import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

export interface TortureOptions {
  readonly histories: number;
  readonly seed: number;
  readonly workers: number;
  /** A file with one history, lived through instead of drawn ones. */
  readonly replay: string | undefined;
  /** Shows what happened in the (first) history, minute by minute. */
  readonly timeline: boolean;
}

export const usage = `npm run torture -- [--histories N] [--seed S] [--workers W]
npm run torture -- --seed S --timeline       one drawn history, with everything that happened in it
npm run torture -- --replay FILE             one kept history, the same way

  --histories N   how many, one for each seed from S on; 1,000 when left out
  --seed S        the first seed; 1 when left out
  --workers W     processes at once; as many as there are processors when left out`;

/** @throws Error for what it cannot read; the message says what was got, what is expected and what to do */
export function tortureOptions(args: readonly string[]): TortureOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      histories: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string', default: String(availableParallelism()) },
      replay: { type: 'string' },
      timeline: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    histories: values.timeline ? 1 : whole('--histories', values.histories, 100_000_000),
    seed: whole('--seed', values.seed, 2_000_000_000),
    workers: whole('--workers', values.workers, 256),
    replay: values.replay,
    timeline: values.timeline || values.replay !== undefined,
  };
}

function whole(flag: string, got: string, most: number): number {
  const number = Number(got);
  if (/^\d+$/.test(got) && number >= 1 && number <= most) return number;
  throw new Error(`${flag}: got "${got}", expected a whole number from 1 to ${most}; e.g. ${flag} 1000`);
}
