import type { AccessFailure } from '../../core/application/assess/history-ports.ts';

/** What AWS refused, and what to do about it, for a person; one line. */
export function failureWords(
  { kind, action, said }: AccessFailure,
  region: string,
  profile?: string,
): string {
  const signIn = `aws sso login${profile === undefined ? '' : ` --profile ${profile}`}`;
  switch (kind) {
    case 'no-credentials':
      return `no AWS credentials (${said}); sign in (${signIn}), or name a profile with --profile`;
    case 'expired':
      return `the AWS credentials have expired (${said}); sign in again (${signIn}) and run the same command`;
    case 'denied':
      return `no permission for ${action} in ${region} (${said}); ebs-burst assess --print-iam prints the policy it needs`;
    case 'role-denied':
      return said;
    case 'not-accepted':
      return `${region} does not accept these credentials (${said}); the Region may be off in this account: leave it out or turn it on, else check the keys`;
    case 'throttled':
      return `AWS throttled ${action} in ${region} for minutes (${said}); others use up its quota: run it again later`;
    case 'unreachable':
      return `${action} in ${region} cannot be reached (${said}); check the network, a proxy, and the Region's name`;
    default:
      return `${action} in ${region} failed (${said}); run it again, and if it stays report this line`;
  }
}

/** Would be the same in every other Region. */
export const concernsEveryRegion = ({ kind }: AccessFailure): boolean =>
  kind === 'no-credentials' || kind === 'expired' || kind === 'role-denied';
