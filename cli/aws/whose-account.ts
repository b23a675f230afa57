import type { STSClient } from '@aws-sdk/client-sts';
import { accessFailureOf } from '../../lambda/adapters/access-failure.ts';
import { callerOf } from '../../lambda/adapters/caller.ts';
import type { WhoseAccount } from '../commands/assess-access.ts';

/**
 * As the role's ARN says, else the credentials, else STS, which is asked until it has told once.
 * @returns a function of the Region whose STS is asked; it throws what the SDK throws where there are no credentials
 */
export function whoseAccount(
  roleArn: string | undefined,
  stsIn: (region: string) => STSClient,
): (region: string) => Promise<WhoseAccount> {
  let known = roleArn?.split(':')[4];
  return async (region) => {
    if (known !== undefined) return { kind: 'known', id: known };
    const sts = stsIn(region);
    const { accountId } = await sts.config.credentials();
    try {
      const id = accountId ?? (await callerOf(sts)).accountId;
      known = id;
      return { kind: 'known', id };
    } catch (error) {
      return { kind: 'unknown', failure: accessFailureOf(error, 'sts:GetCallerIdentity') };
    }
  };
}
