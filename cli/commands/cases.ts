import * as v from 'valibot';
import type { OpenCase } from '../../core/domain/cases/case.ts';
import type { CaseNotice } from '../../core/domain/notices/notice.ts';
import { clockSeenFrom } from '../../core/domain/notices/time-text.ts';
import { type Instant, instant } from '../../core/domain/units.ts';
import { table } from '../render/table.ts';
import { optionLines, parseOptions } from './command-options.ts';
import { type Deployment, type DeploymentWorld, onDeployment, withUsage } from './deployment.ts';
import { deploymentEntries, deploymentHelp } from './deployment-options.ts';
import { noticesOf } from './incident-notices.ts';

const schema = v.strictObject(deploymentEntries);

const usage = [
  'usage: ebs-burst cases [options]',
  '',
  'The cases of a deployment that are not over: what state each is in, when its wall was predicted, when it',
  'is looked at again, and when its next word comes at the latest.',
  '',
  ...optionLines(deploymentHelp),
  '',
  'reads with: cloudformation:DescribeStacks; dynamodb:BatchGetItem, GetItem and Query on the table and its',
  '            index. Never writes.',
  '',
  'exit code: 0 here they are, also when there is none,',
  '           1 something could not be read,',
  '           2 an option or a file is wrong',
  '',
].join('\n');

/** @returns the exit code: 0 listed, 1 not readable, 2 wrong options */
export const cases = (args: readonly string[], world: DeploymentWorld): Promise<number> =>
  withUsage(world, async () => {
    const options = parseOptions(args, deploymentHelp, schema);
    if (!options.help) return onDeployment(options, world, (deployment) => list(deployment, world));
    world.out(usage);
    return 0;
  });

/** The last instant there is: every case is due before it. */
const ever = instant(8.64e15);

async function list({ ports, access, account, now }: Deployment, world: DeploymentWorld): Promise<number> {
  const open = [...(await ports.cases.openCases(await ports.cases.due(ever))).values()];
  const told = await noticesOf(open, ports);
  const at = now();
  const where = `${account} ${access.region}, ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  world.out(`${world.paint.bold(`${counted(open.length)} in ${where}`)}\n`);
  if (open.length === 0) return 0;
  const rows = open
    .toSorted((a, b) => a.openedAt - b.openedAt)
    .map((one) => rowOf(one, told.get(one.id) ?? [], at));
  world.out(`\n${table(['case', 'volume', 'name', 'state', 'since', 'wall', 'due', 'next word'], rows)}\n`);
  world.out('\nebs-burst explain VOLUME says why each stands where it stands.\n');
  return 0;
}

const counted = (cases: number): string => (cases === 1 ? '1 open case' : `${cases} open cases`);

function rowOf(one: OpenCase, told: readonly CaseNotice[], now: Instant): readonly string[] {
  const { id, volumeId, subject, state, openedAt, dueAt } = one;
  const time = (at: Instant | undefined) => (at === undefined ? '-' : clockSeenFrom(at, now));
  const next = told.at(-1)?.nextNewsAt;
  const name = subject.name === volumeId ? '-' : subject.name;
  return [id, volumeId, name, state, time(openedAt), time(wallOf(one)), time(dueAt), time(next)];
}

/** As last predicted; of a case that acted, as it was when it did. */
function wallOf(one: OpenCase): Instant | undefined {
  switch (one.state) {
    case 'announced':
      return one.lastSeen?.wall;
    case 'intended':
    case 'upgrading':
      return one.predictedWall;
    default:
      return undefined;
  }
}
