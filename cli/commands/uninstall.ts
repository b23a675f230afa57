import * as v from 'valibot';
import { planUninstall } from '../../core/application/plan-uninstall.ts';
import type { UninstallPlan } from '../../core/domain/leaving/uninstall-plan.ts';
import { priceListOf } from '../../core/domain/prices.ts';
import { writeWhole } from '../history/atomic-file.ts';
import { uninstallCsv } from '../report/uninstall-csv.ts';
import { uninstallJson } from '../report/uninstall-json.ts';
import { UsageError } from '../usage-error.ts';
import { flag, named, type OptionHelp, parseOptions } from './command-options.ts';
import {
  type Deployment,
  type DeploymentWorld,
  defaultStack,
  onDeployment,
  withUsage,
} from './deployment.ts';
import type { DescribedStack } from './deployment-access.ts';
import { tableEntries, tableHelp } from './deployment-options.ts';
import { type Choice, type Leaving, uninstallSteps } from './uninstall-steps.ts';
import { uninstallText } from './uninstall-text.ts';
import { usageText } from './usage-text.ts';

const schema = v.strictObject({
  plan: flag,
  restore: flag,
  keep: flag,
  csv: named('a file name; name one'),
  json: flag,
  ...tableEntries,
});

type Options = v.InferOutput<typeof schema>;

const help: OptionHelp<keyof Options> = {
  plan: ['', 'what is there and what to do, in which order; changes nothing'],
  restore: ['', 'with --plan: only the way that puts volumes back'],
  keep: ['', 'with --plan: only the way that leaves them as they are'],
  csv: ['FILE', 'also writes the volumes that we moved, a line each, for whoever takes over'],
  json: ['', 'the plan as JSON on stdout, and nothing else'],
  ...tableHelp,
  stack: ['NAME', 'stack of the responder, whose outputs name its table (EbsBurst)'],
  table: ['NAME', 'its table, e.g. the one that a deleted stack left behind'],
  demo: ['', 'on a simulated account with the responder, after an incident'],
};

const usage = usageText({
  usage: ['ebs-burst uninstall --plan [options]'],
  about: [
    'What has to be settled before the responder goes: volumes it moved and did not put back, and whether they can go back now; open cases; its alarms, tags and table; and the commands that leave nothing behind but what is not ours.',
    'It executes none of them.',
  ],
  options: help,
  notes: {
    'reads with':
      'cloudformation:DescribeStacks; dynamodb:BatchGetItem, GetItem and Query on the table and its index; ec2:DescribeVolumes, DescribeVolumesModifications; cloudwatch:DescribeAlarms; ssm:GetParameter. Never writes.',
  },
  exitCodes: {
    0: 'the plan is whole',
    1: 'something could not be read, and the plan says so',
    2: 'an option or a file is wrong',
  },
});

/** @returns the exit code: 0 planned, 1 not all could be read, 2 wrong options */
export const uninstall = (args: readonly string[], world: DeploymentWorld): Promise<number> =>
  withUsage(world, async () => {
    const options = parseOptions(args, help, schema);
    if (options.help) {
      world.out(usage);
      return 0;
    }
    const choice = choiceOf(options);
    const asked = { ...options, policy: undefined };
    return onDeployment(asked, world, (deployment) => show(deployment, options, choice, world));
  });

/** @throws UsageError for what is no plan */
function choiceOf({ plan, restore, keep }: Options): Choice {
  if (restore && keep)
    throw new UsageError(
      '--keep: got it beside --restore, expected one of them; remove one, or both to see both ways',
    );
  if (!plan) {
    const name = restore ? '--restore: got it' : keep ? '--keep: got it' : 'got no option';
    throw new UsageError(
      `${name} without --plan, expected --plan: this version executes nothing itself; the plan has every command to type, in its order`,
    );
  }
  if (restore) return 'restore';
  return keep ? 'keep' : 'both';
}

async function show(
  deployment: Deployment,
  { stack: stackName = defaultStack, csv, json, profile, 'role-arn': roleArn }: Options,
  choice: Choice,
  world: DeploymentWorld,
): Promise<number> {
  const { access, ports, switchParameter, table } = deployment;
  const { region } = access;
  const [stack, switchSays] = await Promise.all([access.stack(stackName), ports.readSwitch(switchParameter)]);
  refuseOthersTable(table, stackName, stack, region);
  const account = stack?.account ?? deployment.account;
  const prices = priceListOf(region, []);
  const settings = { prices, account, region, stack: stackName, stackId: stack?.id };
  const plan = await planUninstall(settings, ports);
  const isStackThere = stack !== undefined;
  const leaving: Leaving = {
    identity: { profile, roleArn },
    account,
    region,
    stack: stackName,
    isStackThere,
    table,
    switchParameter,
    switchSays,
  };
  if (csv !== undefined) await writeWhole(csv, uninstallCsv(plan.upgraded));
  world.out(
    json
      ? uninstallJson(plan, leaving, uninstallSteps(plan, leaving, choice))
      : uninstallText(plan, leaving, choice, prices, world.paint),
  );
  if (csv !== undefined && !json) world.out(`\n${csv} has the list of the volumes.\n`);
  const missing = missingIn(plan, leaving);
  for (const line of missing) world.error(`missing: ${line}\n`);
  return missing.length === 0 ? 0 : 1;
}

/** @throws UsageError where a living stack would be deleted for a table that is not its own */
function refuseOthersTable(
  table: string,
  name: string,
  stack: DescribedStack | undefined,
  region: string,
): void {
  const own = stack?.outputs['CaseTableName'];
  if (own === undefined || own === table) return;
  throw new UsageError(
    `--table: got ${table}, but stack ${name} in ${region} lives with ${own}, and a plan of both would delete that stack; leave --table out to remove ${name}, or name the stack that left ${table} behind with --stack`,
  );
}

function missingIn(
  { alarms, upgraded }: UninstallPlan,
  { isStackThere, switchSays }: Leaving,
): readonly string[] {
  return [
    ...(alarms.kind === 'unread' ? [`our alarms (${alarms.why})`] : []),
    ...(isStackThere && switchSays.kind === 'unread' ? [`the kill switch (${switchSays.why})`] : []),
    ...upgraded.flatMap(({ volumeId, wayBack }) =>
      wayBack.kind === 'unknown' ? [`whether ${volumeId} can go back (${wayBack.why})`] : [],
    ),
  ];
}
