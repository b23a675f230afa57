import { expect, test } from 'vitest';
import { accessFailureOf } from '../../lambda/adapters/access-failure.ts';

const named = (name: string, message = 'AWS said so') => Object.assign(new Error(message), { name });

test.each([
  ['CredentialsProviderError', 'no-credentials'],
  ['ExpiredTokenException', 'expired'],
  ['RequestExpired', 'expired'],
  ['UnauthorizedOperation', 'denied'],
  ['AccessDenied', 'denied'],
  ['AuthFailure', 'not-accepted'],
  ['UnrecognizedClientException', 'not-accepted'],
  ['ThrottlingException', 'throttled'],
  ['RequestLimitExceeded', 'throttled'],
  ['TimeoutError', 'unreachable'],
  ['InternalError', 'other'],
])('takes %s for %s', (name, kind) => {
  expect(accessFailureOf(named(name), 'ec2:DescribeVolumes')).toEqual({
    kind,
    action: 'ec2:DescribeVolumes',
    said: 'AWS said so',
  });
});

test('knows a sign-in that ran out from one that never was', () => {
  const { kind } = accessFailureOf(
    named('CredentialsProviderError', 'Token is expired. To refresh this SSO session run aws sso login'),
    'ec2:DescribeVolumes',
  );
  expect(kind).toBe('expired');
});

test('knows a network that is not there', () => {
  const error = Object.assign(new Error('getaddrinfo ENOTFOUND ec2.eu-x-1'), { code: 'ENOTFOUND' });
  expect(accessFailureOf(error, 'ec2:DescribeVolumes').kind).toBe('unreachable');
});
