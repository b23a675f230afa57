import * as v from 'valibot';
import { UsageError } from '../usage-error.ts';
import { besideDemo, flag, type OptionHelp, parseOptions } from './command-options.ts';
import { deploymentHelp, tableEntries } from './deployment-options.ts';
import { usageText } from './usage-text.ts';

const { table: _, ...entries } = tableEntries;
const schema = v.strictObject({ ...entries, json: flag, 'print-iam': flag });
export type DoctorOptions = v.InferOutput<typeof schema>;

const help: OptionHelp<keyof DoctorOptions> = {
  profile: deploymentHelp.profile,
  region: deploymentHelp.region,
  'role-arn': deploymentHelp['role-arn'],
  stack: ['NAME', 'stack of the responder (EbsBurst)'],
  json: ['', 'the checks as JSON on stdout, and nothing else'],
  'print-iam': ['', 'the permissions this needs and why, and nothing else'],
  demo: ['', 'on a simulated account with some things broken on purpose'],
  help: deploymentHelp.help,
};

export const doctorUsage = usageText({
  usage: ['ebs-burst doctor [options]'],
  about: [
    'Checks a deployed stack and its account: functions, rules, queues, table, alarms, subscribers, Slack, kill switch, roles, quotas.',
    'Every finding says what was got, what was expected and how to mend it.',
    'Changes nothing and posts nothing.',
  ],
  options: help,
  exitCodes: {
    0: 'every check is well',
    1: 'something is not, or could not be checked',
    2: 'an option is wrong, or there is no such stack',
  },
});

const ofAws = ['profile', 'region', 'role-arn', 'stack'] as const;

/** @throws UsageError with a line for every wrong option */
export function parseDoctorOptions(args: readonly string[]): DoctorOptions {
  const options = parseOptions(args, help, schema);
  const faults = besideDemo(options, ofAws);
  if (faults.length > 0 && !options.help) throw new UsageError(faults.join('\n'));
  return options;
}
