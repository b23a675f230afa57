import { beforeAll, describe, expect, test } from 'vitest';
import { doctorReasons } from '../../../cli/commands/doctor-permissions.ts';
import {
  breakages,
  type ExaminedAccount,
  examinedAccount,
  examinedTemplate,
} from '../../../cli/demo/ailing-account.ts';
import { ServiceError } from '../../../twin/service-error.ts';
import type { Template } from '../../../twin/template/load-template.ts';
import { doctorOn, troublesIn } from './doctor-world.ts';

let template: Template;
let healthy: ExaminedAccount;

beforeAll(async () => {
  template = examinedTemplate();
  healthy = await examinedAccount(template);
}, 60_000);

test('a healthy deployment has nothing but quiet lines, and ends with 0', async () => {
  const { code, out, error } = await doctorOn(healthy);
  expect({ code, error, troubles: troublesIn(out) }).toEqual({ code: 0, error: '', troubles: [] });
  expect(out).toContain('EbsBurst in 123456789012 us-east-1, 2026-03-02 08:40 UTC');
  expect(out).toContain('  ok       alarms         3 alarms in step with 3 volumes\n');
  expect(out).toContain('  ok       Slack          the token works and the app is in #storage C0TWIN0001\n');
  expect(out).toContain('18 of 18 checks are well.\n');
  expect(out).toContain("Not proved: IAM's simulation reads");
});

test('it only reads, and posts nothing', async () => {
  const { account } = healthy;
  const said = account.slackWorkspace.messages('C0TWIN0001').length;
  const { calls } = await doctorOn(healthy);
  expect(calls.filter((name) => !/^(Describe|Get|List|Query|BatchGet|Simulate)/.test(name))).toEqual([]);
  expect(account.slackWorkspace.messages('C0TWIN0001')).toHaveLength(said);
});

test('it asks for the permissions that --print-iam names and for no other', async () => {
  const { calls } = await doctorOn(healthy);
  const named = Object.keys(doctorReasons).map((action) => action.replace(/^.*:/, ''));
  // Reading open cases takes it only where some are open.
  expect(calls).toEqual(named.filter((name) => name !== 'BatchGetItem').toSorted());
});

describe('what must not be called a finding', () => {
  const well = async (change: (examined: ExaminedAccount) => void) => {
    const examined = await examinedAccount(template);
    change(examined);
    const { code, out } = await doctorOn(examined);
    expect({ code, troubles: troublesIn(out) }).toEqual({ code: 0, troubles: [] });
    return out;
  };

  test('a volume so young that no census has seen it', async () => {
    await well(({ account: { ebs } }) => {
      const { id } = ebs.volumes.createVolume({ volumeType: 'gp2', sizeGiB: 50 });
      ebs.volumes.attach(id, ebs.volumes.createInstance().id);
    });
  });

  test('the alarm of a volume that was deleted since the last census', async () => {
    const out = await well(({ account: { ebs }, volumeIds: [id = ''] }) => {
      ebs.volumes.detach(id);
      ebs.volumes.deleteVolume(id);
    });
    expect(out).toContain('2 alarms in step with 2 volumes; 1 alarm more than');
  });

  test('a quota on modifications that all volumes exceed, but not those that the caps let move', async () => {
    await well(({ account: { ebs } }) => ebs.volumes.quotas.set('storage modifications', 'gp2', 0.15));
  });

  test('an alarm of somebody else', async () => {
    await well(({ account: { ebs } }) => {
      const ours = ebs.alarms.all[0];
      if (ours !== undefined) ebs.alarms.put({ ...ours.definition, name: 'team/other' }, {});
    });
  });
});

test('as JSON: the same, and nothing else on stdout', async () => {
  const examined = await examinedAccount(template);
  breakages['the kill switch says stop'](examined);
  const { code, out } = await doctorOn(examined, ['--json']);
  const report = JSON.parse(out);
  expect(code).toBe(1);
  expect(report.summary).toEqual({ ok: 17, findings: 1, unknown: 0 });
  expect(report.checks.find(({ check }: { check: string }) => check === 'switch').answers).toEqual([
    {
      kind: 'finding',
      subject: 'parameter /ebs-burst/switch',
      got: '"stop": nothing is modified',
      expected: 'run',
      fix: {
        words: 'set it to run when we may act again',
        command: 'aws ssm put-parameter --overwrite --name /ebs-burst/switch --value run --region us-east-1',
      },
    },
  ]);
});

describe('whoever asked as somebody else', () => {
  const stopped = async (...args: readonly string[]) => {
    const examined = await examinedAccount(template);
    breakages['the kill switch says stop'](examined);
    return doctorOn(examined, args);
  };
  const line = 'aws ssm put-parameter --overwrite --name /ebs-burst/switch --value run --region us-east-1';

  test('by a profile types commands with it', async () => {
    const { out, error } = await stopped('--profile', 'my prod');
    expect(out).toContain(`    $ ${line} --profile 'my prod'\n`);
    expect(error).toBe('');
    expect((await stopped()).out).toContain(`    $ ${line}\n`);
  });

  test('by a role is told to sign in, as the AWS CLI cannot be told a role', async () => {
    const role = 'arn:aws:iam::123456789012:role/reader';
    const { out, error } = await stopped('--profile', 'hub', '--role-arn', role);
    expect(out).toContain(`    $ ${line}\n`);
    expect(error).toBe(
      `Type the aws commands with the rights of a role in 123456789012: they cannot name ${role} themselves.\n`,
    );
    expect((await doctorOn(healthy, ['--role-arn', role])).error).toBe('');
  });
});

test('who left a subscription is no subscriber any more', async () => {
  const examined = await examinedAccount(template);
  const { topics, ebs } = examined.account;
  const { subscriptions } = topics.get(ebs.stacks.describe('EbsBurst').outputs['NoticeTopicArn']);
  expect((await doctorOn(examined)).out).toContain('ok       subscribers    1 subscriber confirmed\n');
  for (const one of subscriptions) one.isDeleted = true;
  const { out, code } = await doctorOn(examined);
  expect({ code, troubles: troublesIn(out) }).toEqual({ code: 0, troubles: [] });
  expect(out).toContain('ok       subscribers    0 subscribers confirmed\n');
});

test('a stack that was deleted is not there, though CloudFormation still finds it by its ARN', async () => {
  const examined = await examinedAccount(template);
  const { stacks } = examined.account.ebs;
  stacks.setStackStatus('EbsBurst', 'DELETE_COMPLETE');
  const { id } = stacks.describe('EbsBurst');
  const { code, error } = await doctorOn(examined, ['--stack', id]);
  expect({ code, error }).toEqual({ code: 2, error: expect.stringContaining(`there is no stack ${id}`) });
});

test('fits 80 columns, but for lines that are to be copied', async () => {
  const examined = await examinedAccount(template);
  for (const breakIt of Object.values(breakages)) breakIt(examined);
  const { code, out } = await doctorOn(examined);
  expect(code).toBe(1);
  expect(out).toContain('11 of 18 checks are well; 7 findings.');
  const long = out.split('\n').filter((line) => line.length > 80 && !line.startsWith('    $ '));
  expect(long).toEqual([]);
});

test('the demo says what was broken, beside the result', async () => {
  const { error, out } = await doctorOn(healthy, ['--demo']);
  expect(error).toBe('A simulated account, in which this was broken on purpose: this; that.\n\n');
  expect(out).toMatch(/^EbsBurst in 123456789012/);
});

test('--print-iam prints a policy, --help the exit codes', async () => {
  const { code, out, calls } = await doctorOn(healthy, ['--print-iam']);
  expect({ code, calls }).toEqual({ code: 0, calls: [] });
  expect(JSON.parse(out.slice(out.indexOf('\n{')))).toMatchObject({
    Statement: [{ Sid: 'EbsBurstDoctor', Action: Object.keys(doctorReasons) }],
  });
  expect((await doctorOn(healthy, ['--help'])).out).toContain('1 something is not, or could not be checked,');
});

test.each([
  [
    ['--stack', 'Other'],
    "there is no stack Other in us-east-1, expected the responder's; name it with --stack, or another Region with --region\n",
  ],
  [['--demo', '--stack', 'Other'], '--stack: got it beside --demo, which asks no AWS; remove one of them\n'],
  [['--jsn'], '--jsn: got an unknown option, expected perhaps --json; see --help\n'],
])('refuses %j', async (args, line) => {
  expect(await doctorOn(healthy, args)).toMatchObject({ code: 2, out: '', error: line });
});

test('without a Region there is nothing to ask', async () => {
  const { code, error } = await doctorOn(healthy, [], { open: async () => undefined });
  expect(code).toBe(2);
  expect(error).toContain('--region: got none');
});

test('says where credentials or the first permission are missing', async () => {
  const examined = await examinedAccount(template);
  examined.account.endpoint.fail(
    { operation: 'DescribeStacks' },
    new ServiceError('ExpiredToken', 'The security token included in the request is expired'),
  );
  const expired = await doctorOn(examined);
  expect(expired).toMatchObject({ code: 1, out: '' });
  expect(expired.error).toContain('the AWS credentials have expired');
  examined.account.endpoint.fail({ operation: 'DescribeStacks' }, new ServiceError('AccessDenied', 'no'));
  expect((await doctorOn(examined)).error).toBe(
    'no permission for cloudformation:DescribeStacks in us-east-1 (no); --print-iam prints what this needs\n',
  );
});
