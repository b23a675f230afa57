import { shellWord } from '../../core/domain/shell-word.ts';
import type { Identity } from './assess-access.ts';

/**
 * The same line for a person who asked as somebody else than the shell would: with that profile, or it would change another
 * account. The AWS CLI has no option for a role, so that with one nothing is put in; see `signInFirst`.
 * @returns a function of a line; one that names no Region is the rest of another
 */
export const typedBy =
  ({ profile, roleArn }: Identity) =>
  (line: string): string => {
    const options = line.startsWith('ebs-burst ')
      ? [...option('profile', profile), ...option('role-arn', roleArn)]
      : roleArn === undefined
        ? option('profile', profile)
        : [];
    return line.replace(/ --region \S+/, (region) => [region, ...options].join(' '));
  };

const option = (name: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [`--${name} ${shellWord(value)}`];

/** What to do before typing lines of `aws`, where they do not say it themselves. */
export const signInFirst = ({ roleArn }: Identity, account: string): string | undefined =>
  roleArn === undefined
    ? undefined
    : `Type the aws commands with the rights of a role in ${account}: they cannot name ${roleArn} themselves.`;
