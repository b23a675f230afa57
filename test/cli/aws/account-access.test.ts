import { afterEach, describe, expect, test, vi } from 'vitest';
import { accountAccess } from '../../../cli/aws/account-access.ts';
import { instant } from '../../../core/domain/units.ts';
import { simulatedAccount } from '../../application/assess/simulated-fleet.ts';

afterEach(() => vi.unstubAllEnvs());

const keys = { accessKeyId: 'access-key', secretAccessKey: 'secret' };
const mine = { profile: undefined, roleArn: undefined };

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
    const { opened, asked, account } = access();
    const { volumes } = await opened.region('eu-west-1');
    expect(asked).toEqual([
      { name: 'EC2Client', region: 'eu-west-1' },
      { name: 'CloudWatchClient', region: 'eu-west-1' },
    ]);
    for await (const page of volumes.all()) expect(page).toEqual([]);
    expect(account.endpoint.calls.map(({ operation }) => operation)).toEqual(['DescribeVolumes']);
  });

  test('has the number that its credentials tell, or the one of the role', async () => {
    expect((await access(mine, '123456789012').opened.region('us-east-1')).account).toBe('123456789012');
    const roleArn = 'arn:aws:iam::210987654321:role/reader';
    expect((await access({ profile: undefined, roleArn }).opened.region('us-east-1')).account).toBe(
      '210987654321',
    );
  });

  test('does not guess a number that nobody tells', async () => {
    expect((await access().opened.region('us-east-1')).account).toBe('unknown account');
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
