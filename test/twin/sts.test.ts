import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { createAccount } from '../../twin/account.ts';

const accountWith = (authorise: () => boolean) =>
  createAccount({ accountId: '123456789012', region: 'us-east-1', startAt: 0, seed: 1, authorise });

test('tells everybody whose credentials they have, whatever they may do', async () => {
  const account = accountWith(() => false);
  const sts = account.connected(STSClient, 'ana');
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '123456789012',
    Arn: 'arn:aws:iam::123456789012:user/ana',
  });
});
