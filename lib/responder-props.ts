import type { Mode, TargetWish } from '../core/domain/policy.ts';

/** Bot token: messages are edited and answered in their thread. */
interface SlackBot {
  /** Channel id, e.g. `C0STORAGE`. */
  readonly channel: string;
  /** Name of the SecureString with the bot token; you create it, CloudFormation cannot. */
  readonly tokenParameter: string;
  /** ARN of the customer key that encrypts the SecureString.
   * @default the key alias/aws/ssm */
  readonly keyArn?: string;
}

/** Incoming webhook: cannot edit messages and cannot use threads, and says so. */
interface SlackWebhook {
  /** Name of the SecureString with the webhook's URL; you create it, CloudFormation cannot. */
  readonly webhookParameter: string;
  /** ARN of the customer key that encrypts the SecureString.
   * @default the key alias/aws/ssm */
  readonly keyArn?: string;
}

/**
 * What people set, as construct props or as the object `ebs-burst` in the context of cdk.json. Everything has a default;
 * `{ mode: 'act', mailTo: ['storage@example.com'] }` is a whole configuration. Tags on a volume narrow it further.
 */
export interface EbsBurstResponderProps {
  /** `off` starts nothing and follows open cases to their end, `notify` only tells and holds no right to modify, `act` also modifies volumes that carry the consent tag.
   * @default 'notify' */
  readonly mode?: Mode;

  /** What to move to: `auto` takes gp3 for gp2 and a profile-sized type for the rest; `gp3`, `io2` and `io1` are explicit.
   * @default 'auto' */
  readonly target?: TargetWish;

  /** IOPS for target io1 or io2 instead of what the demand profile asks for.
   * @default the demand profile's */
  readonly fixedIops?: number;

  /** How many minutes before the wall people want to know.
   * @default 15 */
  readonly leadTimeMinutes?: number;

  /** Minutes from a drop of the balance to our decision, at worst: publication, period, evaluation and queue.
   * @default 10 */
  readonly detectionLagMinutes?: number;

  /** Most alarms we keep; the riskiest volumes get them, the rest are reported as unwatched. Each costs $0.10 a month.
   * @default 1000 */
  readonly maxAlarms?: number;

  /** Consent to act: the tag people or IaC set on a volume. It is the guard and the IAM condition in one.
   * @default { tagKey: 'ebs-burst:mode', values: ['act'] } */
  readonly act?: { readonly tagKey?: string; readonly values?: readonly string[] };

  /** Spend cap in USD: the sum of positive monthly price differences of what we changed and have not put back.
   * @default 100 */
  readonly maxMonthlyIncrease?: number;

  /** Volumes we may modify per account, Region and rolling hour: the lower of the two, at least 1.
   * @default { volumes: 10, percentOfWatched: 5 } */
  readonly blastRadius?: { readonly volumes?: number; readonly percentOfWatched?: number };

  /** Mail addresses to subscribe to the topic; each must confirm once.
   * @default [] */
  readonly mailTo?: readonly string[];

  /** Slack, beside the topic.
   * @default no Slack */
  readonly slack?: SlackBot | SlackWebhook;

  /** Where your people read docs/runbook.md; messages and alarms link to it.
   * @default no link */
  readonly runbookUrl?: string;

  /** Days the log groups keep their records; a value that CloudWatch Logs knows.
   * @default 90 */
  readonly logRetentionDays?: number;

  /** ARNs of further topics for the alarms on the responder itself; its own topic always gets them.
   * @default [] */
  readonly alarmActions?: readonly string[];
}
