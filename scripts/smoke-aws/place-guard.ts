/** What the run tells the app of its own, in the environment of `cdk`. */
export const placeVariables = ({
  account,
  region,
}: {
  readonly account: string;
  readonly region: string;
}): Readonly<Record<string, string>> => ({
  EBS_BURST_SMOKE_ACCOUNT: account,
  EBS_BURST_SMOKE_REGION: region,
});

/**
 * `cdk` looks for credentials by itself, and in more places than the SDK (AWS_DEFAULT_PROFILE, ~/.cdk.json). What it found
 * it tells the app; elsewhere than in the account that was looked at and agreed to, nothing may be deployed or destroyed.
 * @returns what is wrong with the place, and what to do
 */
export function wrongPlace(variables: Readonly<Record<string, string | undefined>>): string | undefined {
  const place = (account = 'no account', region = 'no Region') => `${account} in ${region}`;
  const expected = place(variables['EBS_BURST_SMOKE_ACCOUNT'], variables['EBS_BURST_SMOKE_REGION']);
  const got = place(variables['CDK_DEFAULT_ACCOUNT'], variables['CDK_DEFAULT_REGION']);
  if (got === expected) return undefined;
  return `cdk would work on ${got}, expected ${expected}; name the --profile of that account, and take away what else leads cdk to another (AWS_PROFILE, ~/.cdk.json)`;
}
