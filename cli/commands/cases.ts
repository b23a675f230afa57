import * as v from 'valibot';
import { type Instant, instant } from '../../core/domain/units.ts';
import { casesTable } from './cases-table.ts';
import { flag, type OptionHelp, parseOptions } from './command-options.ts';
import { type Deployment, type DeploymentWorld, onDeployment, withUsage } from './deployment.ts';
import { tableEntries, tableHelp } from './deployment-options.ts';
import { noticesOf } from './incident-notices.ts';
import { type ListedCase, listedOf, mostUrgentFirst } from './listed-case.ts';
import { usageText } from './usage-text.ts';

const schema = v.strictObject({ ...tableEntries, json: flag });

const { demo, help: helpLine, ...ofDeployment } = tableHelp;

const help: OptionHelp<keyof typeof schema.entries> = {
  json: ['', 'the same for machines, with a format and its version'],
  ...ofDeployment,
  demo,
  help: helpLine,
};

const usage = usageText({
  usage: ['ebs-burst cases [options]'],
  about: [
    'The cases of a deployment that are not over, those that need a person first: where each stands, when its wall was predicted, when it is looked at again, and when its next word comes at the latest.',
  ],
  options: help,
  notes: {
    'reads with':
      'cloudformation:DescribeStacks, unless --table is named; dynamodb:BatchGetItem, GetItem and Query on the table and its index. Never writes.',
  },
  exitCodes: {
    0: 'here they are, also when there is none',
    1: 'something could not be read',
    2: 'an option or a file is wrong',
  },
});

export interface CasesWorld extends DeploymentWorld {
  /** How wide the terminal is; `undefined` where there is none. */
  readonly columns: number | undefined;
  /** Of this package, as a report names it. */
  readonly version: string;
}

/** @returns the exit code: 0 listed, 1 not readable, 2 wrong options */
export const cases = (args: readonly string[], world: CasesWorld): Promise<number> =>
  withUsage(world, async () => {
    const options = parseOptions(args, help, schema);
    if (!options.help) return onDeployment(options, world, (deployment) => list(options, deployment, world));
    world.out(usage);
    return 0;
  });

/** The last instant there is: every case is due before it. */
const ever = instant(8.64e15);

async function list(
  { json }: { readonly json: boolean },
  { ports, access: { region }, account, now }: Deployment,
  world: CasesWorld,
): Promise<number> {
  const open = [...(await ports.cases.openCases(await ports.cases.due(ever))).values()];
  const told = await noticesOf(open, ports);
  const at = now();
  const listed = open.map((one) => listedOf(one, told.get(one.id) ?? [])).toSorted(mostUrgentFirst);
  if (json) {
    world.out(casesJson(listed, { at, account, region, version: world.version }));
    return 0;
  }
  const where = `${account} ${region}, ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  world.out(`${world.paint.bold(`${counted(listed)} in ${where}`)}\n`);
  if (listed.length === 0) return 0;
  world.out(`\n${casesTable(listed, at, world.columns)}\n`);
  world.out('\nebs-burst explain VOLUME says why each stands where it stands.\n');
  return 0;
}

/** `40 open cases, 3 need you`. */
function counted(listed: readonly ListedCase[]): string {
  const needed = listed.filter(({ standing }) => standing.tone === 'needed').length;
  const open = listed.length === 1 ? '1 open case' : `${listed.length} open cases`;
  return needed === 0 ? open : `${open}, ${needed} ${needed === 1 ? 'needs' : 'need'} you,`;
}

/**
 * What `cases --json` prints. `version` rises when a field goes or changes its meaning; new fields may come at any time.
 * Times are ISO 8601 in UTC; what there is not is null.
 */
function casesJson(
  listed: readonly ListedCase[],
  made: {
    readonly at: Instant;
    readonly account: string;
    readonly region: string;
    readonly version: string;
  },
): string {
  const { at, account, region, version } = made;
  const json = {
    format: 'ebs-burst/cases',
    version: 1,
    madeBy: `ebs-burst ${version}`,
    at: iso(at),
    account,
    region,
    cases: listed.map(jsonOf),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

const iso = (at: Instant | undefined): string | null =>
  at === undefined ? null : new Date(at).toISOString();

const jsonOf = ({ case: one, standing, wall, nextWordAt }: ListedCase) => ({
  caseId: one.id,
  volumeId: one.volumeId,
  name: one.subject.name,
  incident: one.incident ?? null,
  state: one.state,
  standing: { words: standing.words, needsAPerson: standing.tone === 'needed', since: iso(standing.since) },
  openedAt: iso(one.openedAt),
  wall: iso(wall),
  dueAt: iso(one.dueAt),
  nextWordAt: iso(nextWordAt),
});
