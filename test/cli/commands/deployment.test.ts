import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { doctorAccess, doctorClients } from '../../../cli/aws/doctor-access.ts';
import { cases } from '../../../cli/commands/cases.ts';
import type { DeploymentWorld } from '../../../cli/commands/deployment.ts';
import { explain } from '../../../cli/commands/explain.ts';
import { exportTrail } from '../../../cli/commands/export.ts';
import { uninstall } from '../../../cli/commands/uninstall.ts';
import { watch } from '../../../cli/commands/watch.ts';
import { type DeployedDemo, deployedDemo } from '../../../cli/demo/deployed-account.ts';
import { ServiceError } from '../../../twin/service-error.ts';
import { onDemo } from './deployment-world.ts';
import { doctorOn } from './doctor-world.ts';

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

/** Where a command is refused, and how it puts what its own action and permissions have to do with it. */
interface Refused {
  readonly name: string;
  readonly run: () => Promise<{ readonly code: number; readonly out: string; readonly error: string }>;
  /** Whose calls fail. */
  readonly service: 'DynamoDB' | 'CloudFormation';
  readonly action: string;
  readonly denied: (said: string) => string;
}

/** The table is read in many ways, which nobody but `--help` wants to know apart. */
const ofTheTable = {
  service: 'DynamoDB',
  action: 'a read',
  denied: (said: string) => `no permission in us-east-1 (${said}); --help lists what this reads`,
} as const;

/** Once. Live it goes on asking where waiting, signing in or a network that heals may help (watch.test.ts). */
const watchOnce = (args: readonly string[], world: DeploymentWorld) =>
  watch(['--once', ...args], {
    ...world,
    terminal: undefined,
    stop: new AbortController().signal,
    pause: () => Promise.reject(new Error('did not expect to wait')),
    atExit: () => undefined,
    openLivingDemo: () => Promise.reject(new Error('did not expect a living demo')),
  });

const keys = { accessKeyId: 'demo', secretAccessKey: 'demo' };

/** The doctor on the same deployment, which has a world of its own. */
function doctorOnDemo() {
  const clients = doctorClients({ region: 'us-east-1', credentials: async () => keys });
  for (const client of Object.values(clients)) demo.account.connect(client, 'a person');
  const access = doctorAccess(clients, { region: 'us-east-1', now: demo.now, fetch: demo.account.fetch });
  const { account, volumeIds } = demo;
  return doctorOn({ account, access, volumeIds, physicalName: (pathEnd) => pathEnd });
}

const refused: readonly Refused[] = [
  { name: 'cases', run: () => onDemo(cases, demo), ...ofTheTable },
  { name: 'explain', run: () => onDemo(explain, demo, [volume]), ...ofTheTable },
  { name: 'export', run: () => onDemo(exportTrail, demo), ...ofTheTable },
  { name: 'uninstall --plan', run: () => onDemo(uninstall, demo, ['--plan', '--demo']), ...ofTheTable },
  { name: 'watch --once', run: () => onDemo(watchOnce, demo), ...ofTheTable },
  {
    // Without its stack it cannot begin; what else it may not read makes a check unknown (doctor-unseen.test.ts).
    name: 'doctor',
    run: doctorOnDemo,
    service: 'CloudFormation',
    action: 'cloudformation:DescribeStacks',
    denied: (said) =>
      `no permission for cloudformation:DescribeStacks in us-east-1 (${said}); --print-iam prints what this needs`,
  },
];

const refusal = (name: string, said: string) => new ServiceError(name, said);

describe.each(refused)('$name where AWS does not let it read', ({ run, service, action, denied }) => {
  test.each([
    {
      because: 'there are no credentials',
      fault: refusal('CredentialsProviderError', 'Could not load credentials from any providers'),
      words:
        'no AWS credentials (Could not load credentials from any providers); sign in (aws sso login), or name a profile with --profile',
    },
    {
      because: 'they have expired',
      fault: refusal('ExpiredTokenException', 'The security token is expired'),
      words:
        'the AWS credentials have expired (The security token is expired); sign in again (aws sso login) and run the same command',
    },
    {
      because: 'a permission is missing',
      fault: refusal('AccessDeniedException', 'not authorized to perform: this'),
      words: denied('not authorized to perform: this'),
    },
    {
      because: 'the Region is off',
      fault: refusal('UnrecognizedClientException', 'The security token is invalid'),
      words:
        'us-east-1 does not accept these credentials (The security token is invalid); the Region may be off in this account: leave it out or turn it on, else check the keys',
    },
    {
      because: 'it is throttled',
      fault: refusal('ThrottlingException', 'Rate exceeded'),
      words: `AWS throttled ${action} in us-east-1 for minutes (Rate exceeded); others use up its quota: run it again later`,
    },
    {
      because: 'the role may not be taken on',
      fault: refusal('RoleDeniedError', 'ana may not take on the role; its trust policy needs a statement'),
      words: 'ana may not take on the role; its trust policy needs a statement',
    },
    {
      because: 'AWS cannot be reached',
      fault: Object.assign(new Error('getaddrinfo ENOTFOUND amazonaws.com'), { code: 'ENOTFOUND' }),
      words: `${action} in us-east-1 cannot be reached (getaddrinfo ENOTFOUND amazonaws.com); check the network, a proxy, and the Region's name`,
    },
    {
      because: 'AWS has a fault of its own',
      fault: refusal('InternalServerError', 'we are sorry'),
      words: `${action} in us-east-1 failed (we are sorry); run it again, and if it stays report this line`,
    },
  ])('says in words that $because, and tells nothing', async ({ fault, words }) => {
    demo.account.endpoint.fail({ service }, fault, forever);
    expect(await run()).toMatchObject({ code: 1, out: '', error: `${words}\n` });
  });

  test('says nothing of the kind where it may', async () => {
    const { out, error } = await run();
    expect(out).not.toBe('');
    expect(error).not.toMatch(/credentials|permission|throttled|reached|failed/);
  });
});
