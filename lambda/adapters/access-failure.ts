import type { AccessFailure } from '../../core/application/assess/history-ports.ts';
import { codeOf, isThrottled, messageOf } from './aws-errors.ts';

/**
 * Why a call made with a person's own credentials failed. Codes: "Common errors" of the EC2, CloudWatch and STS API
 * references; provider errors are the SDK's own (no profile, no keys, a sign-in that ran out).
 */
const kinds: ReadonlyMap<string, AccessFailure['kind']> = new Map([
  ['CredentialsProviderError', 'no-credentials'],
  ['TokenProviderError', 'expired'],
  ['ExpiredToken', 'expired'],
  ['ExpiredTokenException', 'expired'],
  ['RequestExpired', 'expired'],
  ['AccessDenied', 'denied'],
  ['AccessDeniedException', 'denied'],
  ['UnauthorizedOperation', 'denied'],
  ['RoleDeniedError', 'role-denied'],
  // A Region that is off does not know the account's keys; so answers any Region to keys that are wrong.
  ['AuthFailure', 'not-accepted'],
  ['InvalidClientTokenId', 'not-accepted'],
  ['OptInRequired', 'not-accepted'],
  ['RegionDisabledException', 'not-accepted'],
  ['UnrecognizedClientException', 'not-accepted'],
  ['ENOTFOUND', 'unreachable'],
  ['ECONNREFUSED', 'unreachable'],
  ['ECONNRESET', 'unreachable'],
  ['ETIMEDOUT', 'unreachable'],
  ['EAI_AGAIN', 'unreachable'],
  ['TimeoutError', 'unreachable'],
]);

export function accessFailureOf(error: unknown, action: string): AccessFailure {
  return { kind: kindOf(error), action, said: messageOf(error) };
}

function kindOf(error: unknown): AccessFailure['kind'] {
  if (isThrottled(error)) return 'throttled';
  const kind = kinds.get(codeOf(error)) ?? kinds.get(socketCodeOf(error)) ?? 'other';
  // The SDK tells a sign-in that ran out as a lack of credentials.
  return kind === 'no-credentials' && /expired|refresh/i.test(messageOf(error)) ? 'expired' : kind;
}

const socketCodeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';
