import { parseArgs } from 'node:util';
import { mostDollars } from './estimate.ts';

export const usage = `Deploys the responder into an AWS account of yours, drains one 1 GiB gp2 volume there, follows the alarm to
the notice, and removes everything again. Written and proved on the simulated account; see docs/smoke-aws.md.

  npm run smoke:aws -- --account ID --region REGION [--profile NAME] [--act] [--yes]
      [--at-most DOLLARS] [--report FOLDER]
  npm run smoke:aws -- --account ID --region REGION [--profile NAME] --clean-up-only RUN

  --account ID         the account that may be used; refused when your credentials are of another one
  --region REGION      where, e.g. eu-west-1; it must be bootstrapped for the CDK and have a default VPC
  --profile NAME       of your AWS configuration (default: what the environment says)
  --act                also let the responder move the volume to gp3, then put it back by hand
  --yes                do not ask before anything is created; needed where nobody can answer
  --at-most DOLLARS    refuse a run that may cost as much (default: 0.10)
  --report FOLDER      where the two files of what was seen go (default: .)
  --clean-up-only RUN  remove what is left of that run, e.g. 1a2b3c4d, and nothing else
  --help               this text

Exit code 0: all was seen and nothing is left; 1: something was not, or is left; 2: asked for wrongly, nothing was made.`;

const options = {
  account: { type: 'string' },
  region: { type: 'string' },
  profile: { type: 'string' },
  act: { type: 'boolean' },
  yes: { type: 'boolean' },
  'at-most': { type: 'string' },
  report: { type: 'string' },
  'clean-up-only': { type: 'string' },
  help: { type: 'boolean' },
} as const;

export interface SmokeOptions {
  readonly account: string;
  readonly region: string;
  readonly profile: string | undefined;
  readonly mode: 'notify' | 'act';
  readonly isConfirmed: boolean;
  /** In dollars. */
  readonly atMost: number;
  readonly reportFolder: string;
  /** The run to clean up after, when nothing else is wanted. */
  readonly cleanUpOnly: string | undefined;
}

/** Eight hexadecimal digits. */
const isRun = (text: string): boolean => /^[0-9a-f]{8}$/.test(text);

/** @returns a text when the arguments make no sense: what was got, what was expected. */
export function smokeOptions(args: readonly string[]): SmokeOptions | 'help' | { readonly fault: string } {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    return { fault: `${error instanceof Error ? error.message : error}; see below` };
  }
  if (values.help === true) return 'help';
  const { account = '', region = '', profile, act, yes, report = '.' } = values;
  const cleanUpOnly = values['clean-up-only'];
  const mode = act === true ? 'act' : 'notify';
  const atMost = values['at-most'] ?? String(mostDollars);
  const fault = faultIn(account, region, cleanUpOnly, atMost);
  if (fault !== undefined) return { fault };
  return {
    account,
    region,
    profile,
    mode,
    isConfirmed: yes === true,
    atMost: Number(atMost),
    reportFolder: report,
    cleanUpOnly,
  };
}

const parse = (args: readonly string[]) => parseArgs({ args: [...args], options, strict: true }).values;

function faultIn(
  account: string,
  region: string,
  run: string | undefined,
  atMost: string,
): string | undefined {
  if (!/^\d+(\.\d+)?$/.test(atMost))
    return `--at-most: got ${JSON.stringify(atMost)}, expected dollars such as 0.25`;
  if (!/^\d{12}$/.test(account))
    return `--account: got ${JSON.stringify(account)}, expected the 12 digits of the account that may be used`;
  if (!/^[a-z]{2,}(-[a-z]+)+-\d$/.test(region))
    return `--region: got ${JSON.stringify(region)}, expected a Region such as eu-west-1`;
  if (run !== undefined && !isRun(run))
    return `--clean-up-only: got ${JSON.stringify(run)}, expected the eight hexadecimal digits of a run`;
  return undefined;
}
