import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';

/** Whose credentials a client carries. */
export interface Caller {
  readonly accountId: string;
  readonly arn: string;
}

/**
 * Needs no permission: STS answers it to everybody whose credentials are good (STS API reference, GetCallerIdentity).
 * @throws what the SDK throws
 */
export async function callerOf(sts: STSClient): Promise<Caller> {
  const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
  if (Account === undefined || Arn === undefined) throw new Error('sts:GetCallerIdentity named no account');
  return { accountId: Account, arn: Arn };
}
