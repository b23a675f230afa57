/** Every action that assess asks for. All are reads, and none of them can be narrowed to single volumes (IAM service authorization reference). */
const reasons: Readonly<Record<string, string>> = {
  'ec2:DescribeVolumes': 'which volumes there are, their type, size, attachment and tags',
  'cloudwatch:GetMetricData':
    'BurstBalance, operations and bytes of those volumes; AWS bills $0.01 per 1,000 metrics',
  'ec2:DescribeRegions': 'only for --region all: which Regions are on in the account',
};

/** The identity policy as it goes into IAM, after a line for each action that says why. */
export function requiredPermissions(): string {
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Sid: 'EbsBurstAssess', Effect: 'Allow', Action: Object.keys(reasons), Resource: '*' }],
  };
  const why = Object.entries(reasons).map(([action, reason]) => `${action.padEnd(26)}${reason}`);
  return [
    'ebs-burst assess reads only. It asks for:',
    '',
    ...why.map((line) => `  ${line}`),
    '',
    'None of these knows resource-level permissions, hence Resource "*". With --role-arn the caller also',
    'needs sts:AssumeRole on that role.',
    '',
    JSON.stringify(policy, undefined, 2),
    '',
  ].join('\n');
}
