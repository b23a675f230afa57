import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { type AccountCase, accountOfTwin, twinAccount } from './account.ts';
import { refused, same } from './expectations.ts';

const WHO = 'STS API reference, GetCallerIdentity';
const TAKE = 'STS API reference, AssumeRole';

export const callerIdentityCases: readonly AccountCase[] = [
  {
    fact: 'Whoever calls is told the account of the credentials, the ARN of the principal and its id.',
    source: WHO,
    confidence: 'verified',
    public: true,
    check: async ({ sts }) => {
      const { Account, Arn, UserId } = await sts.send(new GetCallerIdentityCommand({}));
      same(
        'forms',
        [/^\d{12}$/, /^arn:[^:]+:(iam|sts)::\d{12}:/, /./].map((form, index) =>
          form.test([Account, Arn, UserId][index] ?? ''),
        ),
        [true, true, true],
      );
      same('account in the ARN', Arn?.split(':')[4], Account);
    },
  },
  {
    fact: 'It needs no permission, and is answered also where a policy denies it.',
    source: WHO,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { sts } = twinAccount(accountOfTwin({ authorise: () => false }));
      same('account', (await sts.send(new GetCallerIdentityCommand({}))).Account, '123456789012');
    },
  },
];

export const assumeRoleCases: readonly AccountCase[] = [
  {
    fact: 'A role that does not trust the caller, and one that there is not, are both AccessDenied.',
    source: TAKE,
    confidence: 'from memory',
    gap: 'the twin has no trust policies; what the command line makes of the answer is tested with a server of its own',
    public: true,
    check: async ({ sts, mark }) => {
      const { Account } = await sts.send(new GetCallerIdentityCommand({}));
      const RoleArn = `arn:aws:iam::${Account}:role/${mark}-none`;
      const call = sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: mark }));
      await refused(call, 'AccessDenied');
    },
  },
  {
    fact: 'DurationSeconds is at least 900.',
    source: TAKE,
    confidence: 'verified',
    gap: 'the twin does not take on roles; the command line always asks for an hour, which every role allows',
    public: true,
    check: async ({ sts, mark }) => {
      const { Account } = await sts.send(new GetCallerIdentityCommand({}));
      const RoleArn = `arn:aws:iam::${Account}:role/${mark}-none`;
      const call = sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: mark, DurationSeconds: 899 }));
      await refused(call, 'ValidationError');
    },
  },
];
