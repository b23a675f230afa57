import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { type AccountCase, accountOfTwin, type ConformanceAccount, twinAccount } from './account.ts';
import { holds, refused, same } from './expectations.ts';

const GET = 'SSM API reference, GetParameter';

const parameterOf = async ({ ssm }: ConformanceAccount, Name: string, WithDecryption?: boolean) =>
  (await ssm.send(new GetParameterCommand({ Name, WithDecryption }))).Parameter;

export const getParameterCases: readonly AccountCase[] = [
  {
    fact: 'A parameter is answered with its value, type and version, and the version grows with every change.',
    source: GET,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const name = `/${account.mark}/switch`;
      const told = async () => {
        const { Name, Value, Type, Version } = (await parameterOf(account, name)) ?? {};
        return [Name, Value, Type, Version];
      };
      await account.putParameter(name, 'on', 'String');
      same('first', await told(), [name, 'on', 'String', 1]);
      await account.putParameter(name, 'off', 'String');
      same('second', await told(), [name, 'off', 'String', 2]);
    },
  },
  {
    fact: 'A parameter that does not exist is answered with ParameterNotFound.',
    source: GET,
    confidence: 'verified',
    public: true,
    check: async (account) => refused(parameterOf(account, `/${account.mark}/never`), 'ParameterNotFound'),
  },
  {
    fact: 'A SecureString is answered decrypted where WithDecryption says so.',
    source: GET,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const name = `/${account.mark}/token`;
      await account.putParameter(name, 'xoxb-secret', 'SecureString');
      const { Value, Type } = (await parameterOf(account, name, true)) ?? {};
      same('parameter', [Value, Type], ['xoxb-secret', 'SecureString']);
    },
  },
  {
    fact: 'WithDecryption means nothing for a String.',
    source: GET,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const name = `/${account.mark}/switch`;
      await account.putParameter(name, 'on', 'String');
      same('value', (await parameterOf(account, name, true))?.Value, 'on');
    },
  },
  {
    fact: 'Without WithDecryption a SecureString is answered, but not with its secret.',
    source: GET,
    confidence: 'from memory',
    gap: 'the twin has no cipher and refuses the call, which the responder never makes',
    public: true,
    check: async (account) => {
      const name = `/${account.mark}/token`;
      await account.putParameter(name, 'xoxb-secret', 'SecureString');
      const value = (await parameterOf(account, name))?.Value;
      holds(
        'there is a value, and it is not the secret',
        value !== undefined && !value.includes('xoxb-secret'),
      );
    },
  },
  {
    fact: 'GetParameter may be called 40 times a second in an account; more is ThrottlingException.',
    source:
      'AWS General Reference, Systems Manager quotas, as third parties cite it; SSM API reference, GetParameter',
    confidence: 'secondary',
    public: false,
    check: async () => {
      const twin = accountOfTwin();
      const account = twinAccount(twin);
      twin.parameters.put('/switch', 'on');
      const call = () => parameterOf(account, '/switch');
      for (let count = 0; count < 40; count += 1) await call();
      await refused(call(), 'ThrottlingException');
      await twin.simulation.runFor(1_000);
      await call();
    },
  },
];
