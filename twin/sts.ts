import type { Place } from './aws-event.ts';
import type { Call, Service } from './service.ts';

/** Nobody needs a permission for it, and everybody is a user of the account by the name that calls (STS API reference, GetCallerIdentity). */
export const stsService = ({ account }: Place): Service => ({
  GetCallerIdentity: {
    accepts: [],
    run: (_input: object, { principal }: Call) => ({
      Account: account,
      Arn: `arn:aws:iam::${account}:user/${principal}`,
      UserId: 'AIDA0000000000000000A',
    }),
  },
});
