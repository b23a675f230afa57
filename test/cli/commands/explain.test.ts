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
    ['vol-0123456789abcdef0', '--at', '2026-03-02T09:30Z'],
    '--at: got it without --history, expected the record of that time; name what ebs-burst assess --save wrote\n',
  ],
  [
    ['vol-0123456789abcdef0', '--history', 'x', '--at', 'noon'],
    '--at: got "noon", expected a time like 2026-03-02T09:30Z; correct it\n',
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
