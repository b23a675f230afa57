import { afterEach, describe, expect, test, vi } from 'vitest';
import { accountAccess } from '../../../cli/aws/account-access.ts';
import { instant } from '../../../core/domain/units.ts';
import { simulatedAccount } from '../../application/assess/simulated-fleet.ts';

afterEach(() => vi.unstubAllEnvs());

const keys = { accessKeyId: 'access-key', secretAccessKey: 'secret' };
const mine = { profile: undefined, roleArn: undefined };
const roleArn = 'arn:aws:iam::210987654321:role/reader';

function access(identity: Parameters<typeof accountAccess>[0] = mine, accountId?: string) {
  const account = simulatedAccount();
  const asked: { readonly name: string; readonly region: string }[] = [];
  const opened = accountAccess(identity, {
    now: () => instant(account.simulation.now),
    credentials: async () => (accountId === undefined ? keys : { ...keys, accountId }),
    connect: (client, region) => {
      asked.push({ name: client.constructor.name, region });
      return account.connect(client, 'assess');
    },
  });
  return { opened, asked, account };
}

describe('an account as a person may read it', () => {
  test('makes its clients for the Region that is read', async () => {
    const { opened, asked, account } = access({ profile: undefined, roleArn });
    const { volumes } = await opened.region('eu-west-1');
    expect(asked).toEqual([
      { name: 'EC2Client', region: 'eu-west-1' },
      { name: 'CloudWatchClient', region: 'eu-west-1' },
    ]);
    for await (const page of volumes.all()) expect(page).toEqual([]);
    expect(account.endpoint.calls.map(({ operation }) => operation)).toEqual(['DescribeVolumes']);
  });

  test('has the number that the role or its credentials tell, and asks nobody', async () => {
    const assumed = access({ profile: undefined, roleArn });
    expect((await assumed.opened.region('us-east-1')).account).toEqual({ kind: 'known', id: '210987654321' });
    const told = access(mine, '999999999999');
    expect((await told.opened.region('us-east-1')).account).toEqual({ kind: 'known', id: '999999999999' });
    expect([...assumed.account.endpoint.calls, ...told.account.endpoint.calls]).toEqual([]);
  });

  test('asks STS once where the keys do not tell, whatever Regions are read', async () => {
    const { opened, asked, account } = access();
    for (const region of ['us-east-1', 'eu-west-1'])
      expect((await opened.region(region)).account).toEqual({ kind: 'known', id: '123456789012' });
    expect(account.endpoint.calls.map(({ operation }) => operation)).toEqual(['GetCallerIdentity']);
    expect(asked.filter(({ name }) => name === 'STSClient')).toEqual([
      { name: 'STSClient', region: 'us-east-1' },
    ]);
  });

  test('does not guess a number that nobody tells, and asks again in the next Region', async () => {
    const { opened, account } = access();
    account.endpoint.fail(
      { operation: 'GetCallerIdentity' },
      Object.assign(new Error('getaddrinfo ENOTFOUND sts.us-east-1.amazonaws.com'), { code: 'ENOTFOUND' }),
    );
    expect((await opened.region('us-east-1')).account).toEqual({
      kind: 'unknown',
      failure: {
        kind: 'unreachable',
        action: 'sts:GetCallerIdentity',
        said: 'getaddrinfo ENOTFOUND sts.us-east-1.amazonaws.com',
      },
    });
    expect((await opened.region('us-east-1')).account).toEqual({ kind: 'known', id: '123456789012' });
  });

  test('is at home where the environment says, or nowhere', async () => {
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere');
    vi.stubEnv('AWS_REGION', 'eu-north-1');
    expect(await access().opened.homeRegion()).toBe('eu-north-1');
    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('AWS_DEFAULT_REGION', undefined);
    expect(await access({ profile: 'none', roleArn: undefined }).opened.homeRegion()).toBeUndefined();
  });
});
