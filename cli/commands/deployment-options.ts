import * as v from 'valibot';
import { UsageError } from '../usage-error.ts';

export const flag = v.optional(v.boolean('no value; write it alone'), false);
export const named = (what: string) => v.optional(v.pipe(v.string(what), v.nonEmpty(what)));

/** Which deployment is asked, and as whom; the same for every command that looks into one. */
export const deploymentEntries = {
  profile: named('the name of a profile; name one'),
  region: v.optional(
    v.pipe(
      v.string('a Region like us-east-1'),
      v.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a Region like us-east-1; correct it'),
    ),
  ),
  'role-arn': v.optional(
    v.pipe(
      v.string('the ARN of a role'),
      v.regex(/^arn:[^:]+:iam::\d{12}:role\/.+$/, 'arn:aws:iam::ACCOUNT:role/NAME; correct it'),
    ),
  ),
  stack: named('the name of a stack; name one'),
  table: named('the name of a table; name one'),
  policy: named('a file name; name one'),
  demo: flag,
  help: flag,
};

const schema = v.strictObject(deploymentEntries);
export type DeploymentOptions = v.InferOutput<typeof schema>;

export const deploymentHelp: Readonly<
  Record<keyof DeploymentOptions, readonly [value: string, ...lines: readonly string[]]>
> = {
  profile: ['NAME', 'profile of the AWS configuration (AWS_PROFILE, or the default one)'],
  region: ['R', 'Region of the deployment (the one of the profile)'],
  'role-arn': ['ARN', 'role to take on, in this account or another'],
  stack: ['NAME', 'stack of the responder, whose outputs name table and policy (EbsBurst)'],
  table: ['NAME', 'its table, where the stack is your own and has no output CaseTableName'],
  policy: ['FILE', 'its policy as JSON, e.g. {"mode":"act"}, instead of the output Policy'],
  demo: ['', 'on a simulated account with the responder, after half an hour of an incident'],
  help: ['', 'this text'],
};

const ofAws = ['profile', 'region', 'role-arn', 'stack', 'table'] as const;

/** @throws UsageError for what contradicts `--demo` */
export function refuseBesideDemo(options: DeploymentOptions): void {
  const faults = ofAws
    .filter((name) => options.demo && options[name] !== undefined)
    .map((name) => `--${name}: got it beside --demo, which asks no AWS; remove one of them`);
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
}
