import * as v from 'valibot';
import { UsageError } from '../usage-error.ts';
import {
  besideDemo,
  flag,
  identityEntries,
  identityHelp,
  named,
  type OptionHelp,
  regionOption,
} from './command-options.ts';

/** Which deployment is asked, and as whom; the same for every command that looks into one. */
export const deploymentEntries = {
  ...identityEntries,
  region: regionOption,
  stack: named('the name of a stack; name one'),
  table: named('the name of a table; name one'),
  policy: named('a file name; name one'),
  demo: flag,
  help: flag,
};

const schema = v.strictObject(deploymentEntries);
export type DeploymentOptions = v.InferOutput<typeof schema>;

export const deploymentHelp: OptionHelp<keyof DeploymentOptions> = {
  profile: identityHelp.profile,
  region: ['R', 'Region of the deployment (the one of the profile)'],
  'role-arn': identityHelp['role-arn'],
  stack: ['NAME', 'stack of the responder, whose outputs name table and policy (EbsBurst)'],
  table: ['NAME', 'its table, where the stack is your own and has no output CaseTableName'],
  policy: ['FILE', 'its policy as JSON, e.g. {"mode":"act"}, instead of the output Policy'],
  demo: ['', 'on a simulated account with the responder, after half an hour of an incident'],
  help: ['', 'this text'],
};

const { policy: _entry, ...entries } = deploymentEntries;
const { policy: _help, ...help } = deploymentHelp;
/** For commands that only tell what the table holds: no policy decides anything there. */
export const tableEntries = entries;
export const tableHelp = help;

const ofAws = ['profile', 'region', 'role-arn', 'stack', 'table'] as const;

/** @throws UsageError for what contradicts `--demo` */
export function refuseBesideDemo(options: DeploymentOptions): void {
  const faults = besideDemo(options, ofAws);
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
}
