import { beforeAll, describe, expect, test } from 'vitest';
import { explain } from '../../../cli/commands/explain.ts';
import { type DeployedDemo, deployedDemo } from '../../../cli/demo/deployed-account.ts';
import { ServiceError } from '../../../twin/service-error.ts';
import { onDemo } from './deployment-world.ts';

let demo: DeployedDemo;

beforeAll(async () => {
  demo = await deployedDemo();
}, 60_000);

const explained = (...args: readonly string[]) => onDemo(explain, demo, args);
const volume = (index: number): string => demo.volumeIds[index] as string;

describe('a volume of a deployment', () => {
  test('without consent: who decided, on which numbers, and what would change it', async () => {
    const { code, out, error } = await explained('--demo');
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toContain(
      `${volume(0)} (ci-runner-1 docker) in 123456789012 us-east-1, 2026-03-02 08:50 UTC`,
    );
    expect(out).toContain('It calls for help and does not act: its burst credits are gone');
    expect(out).toMatch(/refuse {4}no consent {2,}no tag ebs-burst:mode; wanted ebs-burst:mode=act/);
    expect(out).toMatch(/pass {6}kill switch {2,}says "run"/);
    expect(out).toContain('no consent: tag it ebs-burst:mode=act to let us act, or modify it by hand');
    expect(out).toMatch(/08:\d\d UTC {2}YOU ARE NEEDED: ci-runner-1 docker disk/);
  });

  test('tells the look that is scheduled from the one that would follow if it looked now', async () => {
    const { out } = await explained('--demo');
    const { case: its, decision } = JSON.parse((await explained('--demo', '--json')).out);
    const [scheduled, instead] = [its.dueAt, decision.looksAgainAt].map((time) => time.slice(11, 16));
    expect(scheduled).not.toBe(instead);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      `next look scheduled by ${scheduled} UTC; if it looked now, again by ${instead} UTC Decision, if it looked now `,
    );
    expect(out.replaceAll(/\s+/g, ' ')).toContain(`It looks again at ${instead} UTC.`);
  });

  test('names no look that is scheduled where no case is open', async () => {
    const { out } = await explained(volume(3), '--demo');
    expect(out).not.toMatch(/scheduled|again by/);
  });

  test('that was moved: what AWS is waited for, and no guard', async () => {
    const { code, out } = await explained(volume(1), '--demo');
    expect(code).toBe(0);
    expect(out).toContain('It waits for AWS: the modification is running.');
    expect(out).toContain('None is asked: a modification of ours is under way');
    expect(out).not.toContain('What would change this');
  });

  test('that nothing presses: the demand from which on something would', async () => {
    const { code, out } = await explained(volume(3), '--demo');
    expect(code).toBe(0);
    expect(out).toContain('case     none is open');
    expect(out).toContain('It leaves the volume alone: its balance of 100 % is above the threshold of 81 %.');
    expect(out).toMatch(/nothing presses: from 100.0 % not even 3,000 IOPS/);
  });

  test('that is not there', async () => {
    const { code, out, error } = await explained('vol-0123456789abcdef0', '--demo');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toBe(
      'missing: vol-0123456789abcdef0 is not in 123456789012 us-east-1; check the id and the Region\n',
    );
  });

  test('is read and never written', async () => {
    for (const id of demo.volumeIds) {
      const { calls } = await explained(id, '--demo');
      expect(calls.filter((name) => !/^(Describe|Get|List|BatchGet|Query)/.test(name))).toEqual([]);
      expect(calls).toContain('DescribeVolumes');
    }
  });
});

describe('in a terminal', () => {
  const longest = (out: string): number => Math.max(...out.split('\n').map((line) => line.length));

  test('of 80 columns no line is longer, and of more or none lines stay readable', async () => {
    for (const id of demo.volumeIds) {
      const { out } = await onDemo(explain, demo, [id, '--demo'], { columns: 80 });
      expect(longest(out)).toBeLessThanOrEqual(80);
    }
    const wide = await onDemo(explain, demo, ['--demo'], { columns: 300 });
    expect(longest(wide.out)).toBeLessThanOrEqual(102);
    expect(wide.out).toBe((await explained('--demo')).out);
  });

  test('a tag that would command it is harmless', async () => {
    const { volumes } = demo.account.ebs;
    volumes.setTag(volume(3), 'ebs-burst:mode', 'x\u001b]0;owned\u0007\u202ey');
    const { out } = await explained(volume(3), '--demo');
    volumes.removeTag(volume(3), 'ebs-burst:mode');
    expect(out).toContain('ebs-burst:mode=x');
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe('the kill switch', () => {
  test.each([
    ['says "stop"', 'stop'],
    ['says "halt"', 'halt'],
  ])('that %s has the headline say that nothing is done', async (words, value) => {
    const { account } = demo;
    const name = account.ebs.stacks.describe('EbsBurst').outputs['SwitchParameter'] as string;
    account.parameters.put(name, value, 'String');
    const { out } = await explained(volume(0), '--demo');
    const json = JSON.parse((await explained(volume(0), '--demo', '--json')).out);
    account.parameters.put(name, 'run', 'String');
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      `No modification is asked for, as the kill switch ${words}.`,
    );
    expect(out).toMatch(/kill switch: set the parameter to run when we may act again/);
    expect(json.decision.stopped).toBe(`the kill switch ${words}`);
    expect(json.killSwitch).toEqual({ says: value });
  });
});

describe('--json', () => {
  test('is all that the text says, under names that stay', async () => {
    const { code, out, error } = await explained('--demo', '--json');
    expect({ code, error }).toEqual({ code: 0, error: '' });
    await expect(out).toMatchFileSnapshot('../../golden/explain-demo.json');
  });

  test('of a volume that is not there prints no half an answer', async () => {
    const { code, out } = await explained('vol-0123456789abcdef0', '--demo', '--json');
    expect({ code, out }).toEqual({ code: 1, out: '' });
  });

  test.each([1, 2, 3])('has every guard and every change that the text has, of volume %i', async (index) => {
    const { out: text } = await explained(volume(index), '--demo');
    const json = JSON.parse((await explained(volume(index), '--demo', '--json')).out);
    const flat = text.replaceAll(/\s+/g, ' ');
    for (const { guard, saw } of json.guards.answers ?? []) expect(flat).toContain(`${guard} ${saw}`);
    for (const { of, change } of json.whatWouldChange) expect(flat).toContain(`${of}: ${change}`);
    for (const { title } of json.said) expect(flat).toContain(title);
    expect(flat).toContain(json.decision.words);
    expect(json.killSwitch).toEqual({ says: 'run' });
  });
});

describe('a deployment', () => {
  test('that is not there', async () => {
    const { code, error } = await explained(volume(0), '--stack', 'Other');
    expect(code).toBe(2);
    expect(error).toBe(
      "there is no stack Other in us-east-1, expected the responder's; name it with --stack, another Region with --region, or its table with --table\n",
    );
  });

  test('of another construct: its table and policy are named', async () => {
    const table = demo.account.ebs.stacks.describe('EbsBurst').outputs['CaseTableName'] as string;
    const asked = [volume(0), '--stack', 'Other', '--table', table];
    expect((await explained(...asked)).error).toBe(
      'stack Other has no output Policy; deploy this version of it, or name its policy with --policy FILE\n',
    );
  });

  test('that may not be read', async () => {
    const denied = new ServiceError('AccessDenied', 'not authorized to perform: dynamodb:GetItem');
    demo.account.endpoint.fail({ service: 'DynamoDB', principal: 'a person' }, denied, 20);
    const { code, error } = await explained(volume(0), '--demo');
    demo.account.endpoint.heal();
    expect(code).toBe(1);
    expect(error).toBe(
      'no permission in us-east-1 (not authorized to perform: dynamodb:GetItem); --help lists what this reads\n',
    );
  });

  test('in no Region', async () => {
    const { code, error } = await onDemo(explain, demo, [volume(0)], { open: async () => undefined });
    expect({ code, error }).toEqual({
      code: 2,
      error:
        '--region: got none, and neither profile nor AWS_REGION names one; expected e.g. --region us-east-1\n',
    });
  });
});

test.each<[readonly string[], string]>([
  [[], 'got no volume, expected the id of a volume like vol-0123456789abcdef0; name it\n'],
  [['db-1'], 'got "db-1", expected the id of a volume like vol-0123456789abcdef0; name it\n'],
  [['--demo', '--profile', 'x'], '--profile: got it beside --demo, which asks no AWS; remove one of them\n'],
  [
    ['vol-0123456789abcdef0', '--at', '2026-03-02T09:30Z', '--policy', 'act.json'],
    '--policy: got it beside --at without --history, but what is recorded was decided by the policy of then; remove it\n',
  ],
  [
    ['--demo', '--history', 'x', '--at', '2026-03-02T09:30Z'],
    '--demo: got it beside --history, expected one of them; remove the other\n',
  ],
  [
    ['vol-0123456789abcdef0', '--history', 'x', '--at', 'noon'],
    '--at: got "noon", expected a time like 2026-03-02T09:30Z; correct it\n',
  ],
  [
    ['--demo', '--consent', 'as-tagged'],
    '--consent: got it without --history, expected a record to live through; name one, or remove it\n',
  ],
  [
    ['vol-0123456789abcdef0', '--history', 'x', '--at', '2026-03-02T09:30Z', '--consent', 'yes'],
    '--consent: got "yes", expected assumed or as-tagged; leave it out for assumed\n',
  ],
  [['--tables', 'x'], '--tables: got an unknown option, expected perhaps --table; see --help\n'],
])('refuses %j', async (args, line) => {
  expect(await explained(...args)).toEqual({ code: 2, out: '', error: line, calls: [] });
});

test('--help shows the options and what is read', async () => {
  const { code, out } = await explained('--help');
  expect(code).toBe(0);
  expect(out).toContain('usage: ebs-burst explain vol-');
  expect(out).toContain('reads with: cloudformation:DescribeStacks');
});
