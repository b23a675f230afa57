import { beforeAll, describe, expect, test } from 'vitest';
import {
  breakages,
  type ExaminedAccount,
  examinedAccount,
  examinedTemplate,
} from '../../../cli/demo/ailing-account.ts';
import type { Template } from '../../../twin/template/load-template.ts';
import { doctorOn, troublesIn } from './doctor-world.ts';

let template: Template;

beforeAll(() => {
  template = examinedTemplate();
}, 60_000);

const minute = 60_000;
/** Of the second line of a long subject. */
const indent = ' '.repeat(26);
const tableOf = ({ account }: ExaminedAccount) =>
  account.tables.get(account.ebs.stacks.describe('EbsBurst').outputs['CaseTableName']);
const roleOf = ({ account, physicalName }: ExaminedAccount, path: string) =>
  account.roles.arn(physicalName(path));

describe('one thing broken is one finding, and no other', () => {
  type Break = (examined: ExaminedAccount) => void | Promise<void>;
  const cases: Readonly<Record<string, readonly [breakIt: Break, finding: string, text: string]>> = {
    ...Object.fromEntries(
      (
        [
          [
            'somebody set the reserved concurrency of sweep to 0',
            'concurrency: function sweep',
            'delete-function-concurrency',
          ],
          [
            'the census rule was disabled',
            'rules: rule ResponderAlarmKeeperCensus',
            'aws events enable-rule --name ResponderAlarmKeeperCensus',
          ],
          ['a dead letter waits', 'dead letters: dead-letter queue ResponderUnanswered', '1 message'],
          [
            'nobody confirmed the mail subscription',
            'subscribers: subscription email storage-team@example.com',
            'not confirmed',
          ],
          [
            'the app was taken out of its Slack channel',
            'Slack: Slack channel C0TWIN0001',
            'the app is not in #storage',
          ],
          [
            'respond lost the permission to modify volumes',
            'roles: role of respond',
            'ec2:ModifyVolume on a volume tagged ebs-burst:mode=act is denied',
          ],
          ['the kill switch says stop', 'switch: parameter /ebs-burst/switch', '--value run'],
        ] as const
      ).map(([name, finding, text]) => [name, [breakages[name], finding, text] as const]),
    ),
    'a deployment that failed': [
      ({ account }) => account.ebs.stacks.setStackStatus('EbsBurst', 'UPDATE_ROLLBACK_FAILED'),
      'stack: stack EbsBurst',
      'UPDATE_ROLLBACK_FAILED',
    ],
    'a function whose update failed': [
      ({ account, physicalName }) => {
        account.functions.settings(physicalName('Responder/Respond/Function')).lastUpdateStatus = 'Failed';
      },
      'functions: function respond',
      'Active, last update Failed',
    ],
    'a function that is gone': [
      ({ account, physicalName }) =>
        account.functions.delete(physicalName('DemandProfiler/ProfileDemand/Function')),
      'functions: function profile-demand',
      'is not there',
    ],
    'a policy changed by hand': [
      ({ account, physicalName }) => {
        const name = physicalName('Responder/Respond/Function');
        const { environment } = account.functions.definition(name);
        const POLICY = (environment['POLICY'] ?? '').replace('"maxAlarms":1000', '"maxAlarms":5');
        account.functions.reconfigure(name, { environment: { ...environment, POLICY } });
      },
      'configuration: function respond, variable POLICY',
      'got       maxAlarms 5\n    expected  maxAlarms 1000',
    ],
    'a stream nobody polls': [
      ({ account, physicalName }) => {
        account.mappings.get(physicalName('Notices/NewNotices')).source.isEnabled = false;
      },
      'event sources: event source ResponderNoticesNewNotices',
      '--enabled',
    ],
    'a mapping that was deleted': [
      ({ account, physicalName }) => account.mappings.delete(physicalName('Responder/Poll')),
      'event sources: event source ResponderPoll',
      'it is not there',
    ],
    'a table without its genesis item': [
      (examined) => tableOf(examined).delete({ pk: { S: 'GENESIS' }, sk: { S: 'GENESIS' } }),
      'memory: table ResponderCases0233D21A',
      'no genesis item',
    ],
    'no census yet': [
      (examined) => tableOf(examined).delete({ pk: { S: 'CENSUS' }, sk: { S: 'LATEST' } }),
      'census: census',
      'no census has been taken yet',
    ],
    'a case nobody looks at': [
      ({ account, physicalName }) => {
        const item = { pk: { S: 'VOLUME#vol-0a0a0a0a0a0a0a0a0' }, sk: { S: 'CASE' }, queue: { S: 'case' } };
        const volumeId = { S: 'vol-0a0a0a0a0a0a0a0a0' };
        const dueAt = { N: String(account.simulation.now - 6 * minute) };
        account.tables.get(physicalName('Responder/Cases')).put({ ...item, volumeId, dueAt });
      },
      'cases: cases',
      '1 open case not looked at when due: vol-0a0a0a0a0a0a0a0a0',
    ],
    'an alarm deleted by hand': [
      ({ account, volumeIds }) => account.ebs.alarms.delete(`ebs-burst/${volumeIds[0]}`),
      'alarms: alarms',
      '1 volume without an alarm, or with an outdated one:\n',
    ],
    'a tag mistyped': [
      ({ account, volumeIds: [id = ''] }) => account.ebs.volumes.setTag(id, 'ebs-burst:mode', 'atc'),
      'tags: tag ebs-burst:mode of vol-',
      'got       "atc"\n    expected  off, notify or act',
    ],
    'a quota that is nearly used up': [
      ({ account: { ebs } }) => {
        ebs.volumes.createVolume({ volumeType: 'gp3', sizeGiB: 100, iops: 3_000, throughput: 125 });
        ebs.volumes.quotas.set('storage', 'gp3', 0.1);
      },
      'quotas: quota "Storage for General Purpose SSD (gp3) volumes,',
      `${indent}in TiB"\n    got       100 GiB of 102.4 GiB used\n`,
    ],
    'a quota on modifications that one move exceeds': [
      ({ account: { ebs } }) => ebs.volumes.quotas.set('storage modifications', 'gp2', 0.05),
      'quotas: quota "Storage modifications for General Purpose SSD',
      `${indent}(gp2) volumes, in TiB"\n    got       51.2 GiB at once; the largest move takes 100 GiB\n`,
    ],
    'a token that was rotated without a word': [
      ({ account }) => {
        account.slackBotToken = 'xoxb-another';
      },
      'Slack: Slack token',
      'Slack says invalid_auth',
    ],
    'a token without chat:write': [
      ({ account }) => {
        account.slack.settings.scopes = new Set(['channels:read'] as const);
      },
      'Slack: Slack token',
      'scopes channels:read',
    ],
    'an archived channel': [
      ({ account }) => {
        const channel = account.slackWorkspace.channel('C0TWIN0001');
        if (channel !== undefined) channel.isArchived = true;
      },
      'Slack: Slack channel C0TWIN0001',
      '#storage is archived',
    ],
    'a text that would move the cursor of whoever reads it': [
      ({ account }) => account.parameters.put('/ebs-burst/switch', 'stop\u001b[2J'),
      'switch: parameter /ebs-burst/switch',
      'got       "stop [2J": nothing is modified',
    ],
    'a token nobody stored': [
      ({ account }) => account.parameters.delete('/ebs-burst/slack-token'),
      'Slack: parameter /ebs-burst/slack-token',
      'it is not there, or empty',
    ],
    'a switch that was deleted': [
      ({ account }) => account.parameters.delete('/ebs-burst/switch'),
      'switch: parameter /ebs-burst/switch',
      'it is not there, which stops all modifications',
    ],
    'a role that may act without consent': [
      (examined) =>
        examined.account.roles.rewrite(roleOf(examined, 'Responder/Respond/Role'), (statements) => [
          ...statements,
          { Effect: 'Allow', Action: 'ec2:ModifyVolume', Resource: '*' },
        ]),
      'roles: role of respond',
      'ec2:ModifyVolume on a volume without ebs-burst:mode is allowed',
    ],
    'a second hand on volumes': [
      (examined) =>
        examined.account.roles.rewrite(roleOf(examined, 'Sweep/Sweep/Role'), (statements) => [
          ...statements,
          { Effect: 'Allow', Action: 'ec2:Modify*', Resource: '*' },
        ]),
      'roles: role of sweep',
      'ec2:ModifyVolume on a volume tagged ebs-burst:mode is allowed',
    ],
  };

  test.each(Object.entries(cases))('%s', async (_, [breakIt, finding, text]) => {
    const examined = await examinedAccount(template);
    await breakIt(examined);
    const { code, out } = await doctorOn(examined);
    expect(troublesIn(out)).toEqual([expect.stringContaining(`FINDING ${finding}`)]);
    expect(out).toContain(text);
    expect(out).toContain('1 finding.\n');
    expect(code).toBe(1);
  });

  test('a keeper that stopped: the rule at once, the census when it is overdue', async () => {
    const examined = await examinedAccount(template);
    const { account } = examined;
    breakages['the census rule was disabled'](examined);
    await account.simulation.runFor(40 * minute);
    const { out } = await doctorOn(examined);
    expect(troublesIn(out)).toEqual([
      'FINDING rules: rule ResponderAlarmKeeperCensus',
      'FINDING census: census',
    ]);
    expect(out).toContain('the last one ended 50 min ago');
  });

  test('a table that is gone: what it held is unknown, not well', async () => {
    const examined = await examinedAccount(template);
    examined.account.tables.delete(examined.physicalName('Responder/Cases'));
    const { code, out } = await doctorOn(examined);
    expect(code).toBe(1);
    expect(troublesIn(out).filter((line) => line.startsWith('FINDING'))).toEqual([
      'FINDING memory: table ResponderCases0233D21A',
    ]);
    expect(troublesIn(out).filter((line) => line.startsWith('unknown'))).toEqual([
      'unknown census: the table',
      'unknown cases: the table',
      'unknown notices: the table',
    ]);
  });
});
