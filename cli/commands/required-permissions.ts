interface Permissions {
  /** e.g. `assess` */
  readonly command: string;
  readonly sid: string;
  /** Why each action is asked for. */
  readonly reasons: Readonly<Record<string, string>>;
  /** What else to know, lines of at most 100. */
  readonly notes: readonly string[];
}

/** The identity policy as it goes into IAM, after a line for each action that says why. */
export function permissionsText({ command, sid, reasons, notes }: Permissions): string {
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Sid: sid, Effect: 'Allow', Action: Object.keys(reasons), Resource: '*' }],
  };
  const width = Math.max(...Object.keys(reasons).map((action) => action.length)) + 2;
  return [
    `ebs-burst ${command} reads only. It asks for:`,
    '',
    ...Object.entries(reasons).map(([action, reason]) => `  ${action.padEnd(width)}${reason}`),
    '',
    ...notes,
    '',
    JSON.stringify(policy, undefined, 2),
    '',
  ].join('\n');
}

/** Every action that assess asks for. All are reads, and none of them can be narrowed to single volumes (IAM service authorization reference). */
const reasons: Readonly<Record<string, string>> = {
  'ec2:DescribeVolumes': 'which volumes there are, their type, size, attachment and tags',
  'cloudwatch:GetMetricData':
    'BurstBalance, operations and bytes of those volumes; AWS bills $0.01 per 1,000 metrics',
  'ec2:DescribeRegions': 'only for --region all: which Regions are on in the account',
};

export const requiredPermissions = (): string =>
  permissionsText({
    command: 'assess',
    sid: 'EbsBurstAssess',
    reasons,
    notes: [
      'None of these knows resource-level permissions, hence Resource "*". With --role-arn the caller also',
      'needs sts:AssumeRole on that role, and the role has to trust the caller. Whose account it is says',
      'sts:GetCallerIdentity, which needs no permission.',
    ],
  });
