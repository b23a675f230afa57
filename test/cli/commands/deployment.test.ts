import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cases } from '../../../cli/commands/cases.ts';
import { explain } from '../../../cli/commands/explain.ts';
import { type DeployedDemo, deployedDemo } from '../../../cli/demo/deployed-account.ts';
import { ServiceError } from '../../../twin/service-error.ts';
import { onDemo } from './deployment-world.ts';

let demo: DeployedDemo;
let folder = '';
let policy = '';
let table = '';
let volume = '';

beforeAll(async () => {
  demo = await deployedDemo();
  folder = await mkdtemp(join(tmpdir(), 'deployment-'));
  policy = join(folder, 'policy.json');
  await writeFile(policy, '{"mode":"act"}');
  table = demo.account.ebs.stacks.describe('EbsBurst').outputs['CaseTableName'] ?? '';
  volume = demo.volumeIds[0] ?? '';
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => demo.account.endpoint.heal());

const forever = 1_000;
const named = () => ['--region', 'us-east-1', '--table', table];
const noStacks = () =>
  demo.account.endpoint.fail(
    { operation: 'DescribeStacks' },
    new ServiceError('AccessDenied', 'not authorized to perform: cloudformation:DescribeStacks'),
    forever,
  );

describe('a deployment whose table and policy are named', () => {
  test('is listed without asking CloudFormation, with the account that the credentials belong to', async () => {
    noStacks();
    const { code, out, error, calls } = await onDemo(cases, demo, named());
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toContain(' in 123456789012 us-east-1, ');
    expect(calls).not.toContain('DescribeStacks');
    expect(calls).toContain('GetCallerIdentity');
  });

  test('has the kill switch by its fixed name', async () => {
    const { out, calls } = await onDemo(explain, demo, [volume, ...named(), '--policy', policy]);
    expect(out).toMatch(/switch.*run/);
    expect(calls).toContain('GetParameter');
  });

  test('is read all the same where nobody tells whose account it is', async () => {
    demo.account.endpoint.fail(
      { operation: 'GetCallerIdentity' },
      new ServiceError('AccessDenied', 'no'),
      forever,
    );
    const { code, out } = await onDemo(cases, demo, named());
    expect(code).toBe(0);
    expect(out).toContain(' in unknown account us-east-1, ');
  });

  test('needs CloudFormation for a policy that is not named, and for a table that is not', async () => {
    noStacks();
    const words =
      'no permission in us-east-1 (not authorized to perform: cloudformation:DescribeStacks); --help lists what this reads\n';
    expect(await onDemo(explain, demo, [volume, '--table', table])).toMatchObject({ code: 1, error: words });
    expect(await onDemo(cases, demo)).toMatchObject({ code: 1, error: words });
  });
});

describe('a deployment that AWS does not let us read', () => {
  test.each([
    [
      'ExpiredTokenException',
      'The security token is expired',
      'the AWS credentials have expired (The security token is expired); sign in again (aws sso login) and run the same command\n',
    ],
    [
      'AccessDeniedException',
      'not authorized to perform: dynamodb:Query',
      'no permission in us-east-1 (not authorized to perform: dynamodb:Query); --help lists what this reads\n',
    ],
    [
      'UnrecognizedClientException',
      'The security token is invalid',
      'us-east-1 does not accept these credentials (The security token is invalid); the Region may be off in this account: leave it out or turn it on, else check the keys\n',
    ],
    [
      'ThrottlingException',
      'Rate exceeded',
      'AWS throttled a read in us-east-1 for minutes (Rate exceeded); others use up its quota: run it again later\n',
    ],
    [
      'RoleDeniedError',
      'ana may not take on the role; its trust policy needs a statement',
      'ana may not take on the role; its trust policy needs a statement\n',
    ],
  ])('says %s in words, and lists nothing', async (name, said, error) => {
    demo.account.endpoint.fail({ service: 'DynamoDB' }, new ServiceError(name, said), forever);
    expect(await onDemo(cases, demo)).toMatchObject({ code: 1, out: '', error });
  });
});
