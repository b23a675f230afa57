import { parseArgs } from 'node:util';

export interface TwinOptions {
  readonly host: string;
  readonly port: number;
  readonly beyondLoopback: boolean;
  readonly accountId: string;
  readonly region: string;
  readonly speed: number;
  readonly seed: number;
}

export const usage = `npm run twin -- [--port N] [--speed X] [--account ID] [--region R] [--seed S]

A simulated AWS account on http://127.0.0.1:4567, for any SDK, for boto3 and for the AWS CLI (--endpoint-url).

  --port N             4567 when left out; 0 takes one that is free
  --speed X            simulated seconds for each one that passes; 1 when left out, 0 stands still
  --account ID         123456789012 when left out
  --region R           us-east-1 when left out
  --seed S             a whole number; 1 when left out
  --host H             127.0.0.1 when left out
  --beyond-loopback    listen on an address that others reach; signatures are not checked, so they may do everything`;

/** @throws Error for what it cannot read; the message says what was got, what is expected and what to do */
export function twinOptions(args: readonly string[]): TwinOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '4567' },
      'beyond-loopback': { type: 'boolean', default: false },
      account: { type: 'string', default: '123456789012' },
      region: { type: 'string', default: 'us-east-1' },
      speed: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    host: values.host,
    port: number('--port', values.port, /^\d+$/, 65_535),
    beyondLoopback: values['beyond-loopback'],
    accountId: matching('--account', values.account, /^\d{12}$/, 'twelve digits, e.g. 123456789012'),
    region: matching('--region', values.region, /^[a-z]{2}(-[a-z]+)+-\d$/, 'a Region, e.g. eu-west-1'),
    speed: number('--speed', values.speed, /^\d+(\.\d+)?$/, 100_000),
    seed: number('--seed', values.seed, /^\d+$/, 2_000_000_000),
  };
}

function number(flag: string, got: string, pattern: RegExp, most: number): number {
  if (pattern.test(got) && Number(got) <= most) return Number(got);
  throw new Error(`${flag}: got "${got}", expected a number from 0 to ${most}; e.g. ${flag} 1`);
}

function matching(flag: string, got: string, pattern: RegExp, expected: string): string {
  if (pattern.test(got)) return got;
  throw new Error(`${flag}: got "${got}", expected ${expected}`);
}
