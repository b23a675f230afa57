import { expect, test } from 'vitest';
import { accountAccess } from '../../../cli/aws/account-access.ts';
import { readHistory } from '../../../core/application/assess/read-history.ts';
import { days, instant } from '../../../core/domain/units.ts';
import { addVolume, portsTo, simulatedAccount } from '../../application/assess/simulated-fleet.ts';

/** Stands where the network would be: every attempt fails so, and is counted. */
class FailingEndpoint {
  attempts = 0;
  readonly #error: Error;

  constructor(error: Error) {
    this.#error = error;
  }

  handle = async (): Promise<never> => {
    this.attempts += 1;
    throw this.#error;
  };
}

/** The history of one volume, where EC2 answers and CloudWatch fails so. */
async function readingFrom(error: Error) {
  const account = simulatedAccount();
  addVolume(account, 50);
  await account.simulation.runFor(3_600_000);
  const endpoint = new FailingEndpoint(error);
  const access = accountAccess(
    { profile: undefined, roleArn: undefined },
    {
      now: () => instant(account.simulation.now),
      credentials: async () => ({ accessKeyId: 'key', secretAccessKey: 'secret', accountId: '123456789012' }),
      connect: (client) => {
        if (client.constructor.name !== 'CloudWatchClient') return account.connect(client, 'assess');
        Object.assign(client.config, { requestHandler: endpoint });
        return client;
      },
    },
  );
  const { volumes, reader } = await access.region('us-east-1');
  const { ports, waited } = portsTo(account, { volumes, reader });
  const { calls, failed } = await readHistory(ports, days(14));
  return { attempts: endpoint.attempts, counted: calls['GetMetricData'], failed, waited: waited() };
}

const named = (name: string, said: string) => Object.assign(new Error(said), { name });

test.each(['ThrottlingException', 'Throttling', 'RequestLimitExceeded'])(
  'where CloudWatch answers %s, it is asked no more often than the pace has counted and waited for',
  async (name) => {
    const { attempts, counted, failed, waited } = await readingFrom(named(name, 'Rate exceeded'));
    expect([attempts, counted]).toEqual([8, 8]);
    expect(waited).toBeGreaterThan(100_000);
    expect(failed).toMatchObject([{ why: 'Rate exceeded on cloudwatch:GetMetricData' }]);
  },
);

test.each([
  ['the connection is lost', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })],
  ['AWS fails', Object.assign(new Error('we are sorry'), { $metadata: { httpStatusCode: 503 } })],
])('where %s, the same call is tried again, and the pace does not slow down for it', async (_, error) => {
  const { attempts, counted, waited } = await readingFrom(error);
  expect([attempts, counted]).toEqual([3, 1]);
  expect(waited).toBe(0);
});

test('a refusal is not tried again', async () => {
  const denied = named('AccessDenied', 'not authorized to perform: cloudwatch:GetMetricData');
  const { attempts, counted } = await readingFrom(denied);
  expect([attempts, counted]).toEqual([1, 1]);
});
