import { CloudWatchClient, DeleteAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DeleteTagsCommand, EC2Client, ModifyVolumeCommand } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { uninstall } from '../../cli/commands/uninstall.ts';
import { type DeployedDemo, deployedDemo, settledAt } from '../../cli/demo/deployed-account.ts';
import { onDemo } from '../cli/commands/deployment-world.ts';

const minute = 60_000;
const hour = 60 * minute;
const lambdasName = 'ebs-burst/vol-0000000000000dead';
const earlierName = 'ebs-burst/vol-0000000000000beef';
const earlierId = 'arn:aws:cloudformation:us-east-1:123456789012:stack/EbsBurst/earlier';

/** After an incident: one disk moved by us, one by a person, and what others have put beside ours. */
async function account(until = settledAt): Promise<DeployedDemo> {
  const demo = await deployedDemo(until);
  const { alarms, volumes } = demo.account.ebs;
  const [ours] = alarms.all;
  if (ours === undefined) throw new Error('expected an alarm of ours, found none');
  alarms.put({ ...ours.definition, name: lambdasName, description: 'put up by another team' }, {});
  alarms.put(
    { ...ours.definition, name: earlierName, description: `x [ebs-burst deployment ${earlierId}]` },
    {},
  );
  const [withoutTag = '', , , quiet = ''] = demo.volumeIds;
  volumes.setTag(quiet, 'ebs-burst:state-of-mind', 'theirs');
  volumes.modifyByPerson(withoutTag, { volumeType: 'gp3', iops: 4_000, throughput: 200 });
  await demo.account.simulation.runFor(10 * minute);
  demo.account.parameters.put('/another-team/secret', 'x', 'SecureString');
  return demo;
}

interface Step {
  readonly title: string;
  readonly commands: readonly (readonly string[])[];
}

async function planOf(demo: DeployedDemo, ...args: readonly string[]) {
  const { code, out } = await onDemo(uninstall, demo, ['--plan', '--json', ...args]);
  expect(code).toBe(0);
  return JSON.parse(out) as {
    readonly steps: readonly Step[];
    readonly upgraded: readonly { readonly volume: string; readonly wayBack: { readonly kind: string } }[];
    readonly tags: readonly unknown[];
    readonly alarms: { readonly orphaned: readonly string[]; readonly foreign: readonly string[] };
  };
}

const commandsOf = ({ steps }: { readonly steps: readonly Step[] }): readonly string[] =>
  steps.flatMap(({ commands }) => commands.map((lines) => lines.join('\n').replaceAll(/ \\\n\s*/g, ' ')));

/** Types one command of the plan; what only asks or waits changes nothing. */
async function type(command: string, { account: { connect, parameters }, account, deployed }: DeployedDemo) {
  const config = { region: 'us-east-1' };
  const one = (option: string) => new RegExp(`--${option} (\\S+)`).exec(command)?.[1];
  const all = (option: string) => command.split(`--${option} `)[1]?.split(' --')[0]?.split(' ') ?? [];
  const [program = '', , operation = ''] = command.split(' ');
  if (operation === 'delete-stack') return void (await deployed.stack.delete());
  if (program !== 'aws' || operation === 'wait' || operation === 'delete-table') return;
  const ec2 = connect.call(account, new EC2Client(config), 'an operator') as EC2Client;
  switch (operation) {
    case 'put-parameter':
      parameters.put(one('name') ?? '', one('value') ?? '');
      return;
    case 'modify-volume':
      await ec2.send(
        new ModifyVolumeCommand({
          VolumeId: one('volume-id'),
          VolumeType: one('volume-type') as 'gp2',
        }),
      );
      return;
    case 'delete-tags': {
      const Tags = all('tags').map((pair) => ({ Key: pair.replace('Key=', '') }));
      await ec2.send(new DeleteTagsCommand({ Resources: all('resources'), Tags }));
      return;
    }
    case 'delete-alarms': {
      const cloudWatch = connect.call(
        account,
        new CloudWatchClient(config),
        'an operator',
      ) as CloudWatchClient;
      await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: all('alarm-names') }));
      return;
    }
    default:
      throw new Error(`the plan says ${command}, which nobody here knows how to type`);
  }
}

/** All that is in the account and outlives a stack, by what it is. */
const snapshot = ({ account: { ebs, tables, parameters }, deployed }: DeployedDemo) => ({
  volumes: Object.fromEntries(
    ebs.volumes
      .views()
      .map((view) => [view.id, { tags: Object.fromEntries(view.tags), is: view.configuration }]),
  ),
  alarms: ebs.alarms.all.map(({ definition }) => definition.name),
  table: tables.get(deployed.stack.outputs['CaseTableName']).snapshot().length > 0,
  secret: parameters.get('/another-team/secret').value,
});

describe('following the plan to uninstall', () => {
  test('to restore: what we moved is what it was, nothing of ours is left, and nothing foreign was touched', async () => {
    const demo = await account();
    const before = snapshot(demo);
    const [withoutTag = '', moved = ''] = demo.volumeIds;
    const plan = await planOf(demo, '--restore');
    for (const command of commandsOf(plan)) await type(command, demo);
    await demo.account.simulation.runFor(2 * hour);
    const left = snapshot(demo);
    expect(left.alarms).toEqual([lambdasName]);
    expect(left.volumes[moved]?.is).toMatchObject({ volumeType: 'gp2' });
    expect(left.volumes[withoutTag]?.is).toMatchObject({ volumeType: 'gp3', iops: 4_000 });
    const { [moved]: _was, ...others } = before.volumes;
    const { [moved]: _is, ...othersNow } = left.volumes;
    expect(othersNow).toEqual(others);
    expect({ table: left.table, secret: left.secret }).toEqual({ table: true, secret: 'x' });
  }, 120_000);

  test('to keep: no volume is changed', async () => {
    const demo = await account();
    const before = snapshot(demo);
    for (const command of commandsOf(await planOf(demo, '--keep'))) await type(command, demo);
    await demo.account.simulation.runFor(2 * hour);
    expect(snapshot(demo)).toEqual({ ...before, alarms: [lambdasName] });
  }, 120_000);

  test('stopped in the middle and planned again: less is left to do, until nothing is', async () => {
    const demo = await account();
    const table = demo.deployed.stack.outputs['CaseTableName'] ?? '';
    const plan = await planOf(demo, '--restore');
    const titles = ({ steps }: { readonly steps: readonly Step[] }) => steps.map(({ title }) => title);
    expect(titles(plan)).toEqual([
      'Stop it',
      'To restore, put back what can go back',
      'Delete the stack',
      'Delete the alarms that an earlier stack left behind',
      'Last, when nothing is to be put back any more, delete the table',
    ]);
    for (const command of commandsOf(plan).slice(0, 2)) await type(command, demo);
    const halfway = await planOf(demo, '--restore');
    expect(titles(halfway)).toEqual(titles(plan).slice(2));
    expect(halfway.upgraded).toMatchObject([{ wayBack: { kind: 'returning' } }]);
    for (const command of commandsOf(halfway)) await type(command, demo);
    const done = await planOf(demo, '--restore', '--table', table);
    expect(titles(done)).toEqual(titles(plan).slice(-1));
    expect(done.alarms).toMatchObject({ orphaned: [], foreign: [lambdasName] });
  }, 120_000);

  test('in the middle of a modification: it is waited for, our tags go and theirs stay', async () => {
    const demo = await account(settledAt - 30 * minute);
    const [, moved = '', , quiet = ''] = demo.volumeIds;
    const table = demo.deployed.stack.outputs['CaseTableName'] ?? '';
    const plan = await planOf(demo);
    expect(plan.upgraded).toMatchObject([{ volume: moved, wayBack: { kind: 'in-modification' } }]);
    expect(plan.steps.some(({ title }) => title === 'Let what is under way end')).toBe(true);
    for (const command of commandsOf(plan)) await type(command, demo);
    const { volumes } = snapshot(demo);
    expect(
      Object.keys(volumes[moved]?.tags ?? {}).filter((key) => key.startsWith('ebs-burst:state')),
    ).toEqual([]);
    expect(volumes[moved]?.tags).toMatchObject({ 'ebs-burst:mode': 'act' });
    expect(volumes[quiet]?.tags).toMatchObject({ 'ebs-burst:state-of-mind': 'theirs' });
    await demo.account.simulation.runFor(2 * hour);
    const later = await planOf(demo, '--table', table);
    expect(later.upgraded).toMatchObject([{ volume: moved, wayBack: { kind: 'open' } }]);
    expect(later.tags).toEqual([]);
  }, 120_000);
});
