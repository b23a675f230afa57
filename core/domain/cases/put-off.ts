import type { Instant } from '../units.ts';
import type { OpenCase, PutOff } from './case.ts';

/** AWS's last answer to this case, while it keeps us from asking again. */
export const putOffOf = (
  held: OpenCase | { readonly state: 'new' } | undefined,
  now: Instant,
): PutOff | undefined =>
  held?.state === 'announced' && held.putOff !== undefined && held.putOff.until > now
    ? held.putOff
    : undefined;
