import type { Mode, TargetWish } from '../core/domain/policy.ts';

/** Bot token: messages are edited as things move and answered in their thread. */
export interface SlackBot {
  /** Channel id, e.g. `C0STORAGE`; invite the bot to it, else Slack refuses every message. */
  readonly channel: string;
  /**
   * Name of the SecureString with the bot token; you create it, CloudFormation cannot. The token itself is refused, for
   * a template is no secret.
   */
  readonly tokenParameter: string;
  /**
   * ARN of the customer key that encrypts the SecureString; the function that sends may then decrypt with that key.
   * @default the key alias/aws/ssm
   */
  readonly keyArn?: string;
}

/** Incoming webhook: cannot edit messages and cannot use threads, and says so. Its URL names the channel. */
export interface SlackWebhook {
  /** Name of the SecureString with the webhook's URL; you create it, CloudFormation cannot. */
  readonly webhookParameter: string;
  /**
   * ARN of the customer key that encrypts the SecureString; the function that sends may then decrypt with that key.
   * @default the key alias/aws/ssm
   */
  readonly keyArn?: string;
}

/** Which tag on a volume consents. A volume without it is told about and never modified. */
export interface ActProps {
  /**
   * Key of the tag, 1 to 128 characters. Keys that begin with `ebs-burst:state` are refused: the responder writes those
   * and could consent for you.
   * @default 'ebs-burst:mode'
   */
  readonly tagKey?: string;
  /**
   * Values that consent, 1 to 20 of them; any other value does not.
   * @default ['act']
   */
  readonly values?: readonly string[];
}

/** The lower of the two counts, and at least 1. Volumes beyond it are told about and not modified within that hour. */
export interface BlastRadiusProps {
  /**
   * Volumes per rolling hour.
   * @default 10
   */
  readonly volumes?: number;
  /**
   * Per cent of the volumes with an alarm, per rolling hour, rounded down.
   * @default 5
   */
  readonly percentOfWatched?: number;
}

/**
 * What people set, as construct props or as the object `ebs-burst` in the context of cdk.json. Everything has a default;
 * `{ mode: 'act', mailTo: ['storage@example.com'] }` is a whole configuration. Tags on a volume narrow it further.
 */
export interface EbsBurstResponderProps {
  /**
   * `off` starts nothing and follows open cases to their end, `notify` only tells and holds no right to modify, `act` also
   * modifies volumes that carry the consent tag.
   * @default 'notify'
   */
  readonly mode?: Mode;

  /**
   * What to move to: `auto` takes gp3 for gp2, which stays, and a profile-sized type for the rest, which goes back; `gp3`,
   * `io2` and `io1` are explicit. io1 and io2 are paid per IOPS.
   * @default 'auto'
   */
  readonly target?: TargetWish;

  /**
   * IOPS for target io1 or io2 instead of what the demand profile asks for; refused with any other target. Below the
   * volume's burst it is slower than what it replaces.
   * @default the demand profile's
   */
  readonly fixedIops?: number;

  /**
   * How many minutes before the wall people want to know. Longer means alarms with a higher threshold, which wake the
   * responder more often.
   * @default 15
   */
  readonly leadTimeMinutes?: number;

  /**
   * Minutes from a drop of the balance to our decision, at worst: publication, period, evaluation and queue; 5 to 60. Set
   * too low, word can come that much later than `leadTimeMinutes` promises.
   * @default 10
   */
  readonly detectionLagMinutes?: number;

  /**
   * Most alarms we keep; the riskiest volumes get them, the rest are reported as unwatched. Each costs $0.10 a month.
   * @default 1000
   */
  readonly maxAlarms?: number;

  /**
   * Consent to act: the tag people or IaC set on a volume. It is the guard and the IAM condition in one. Only with mode
   * `act`.
   * @default { tagKey: 'ebs-burst:mode', values: ['act'] }
   */
  readonly act?: ActProps;

  /**
   * Spend cap in USD a month: the sum of positive monthly price differences of what we changed and have not put back. What
   * would go beyond it is told about and not modified. Only with mode `act`.
   * @default 100
   */
  readonly maxMonthlyIncrease?: number;

  /**
   * Volumes we may modify per account, Region and rolling hour: the lower of the two, at least 1. Only with mode `act`.
   * @default { volumes: 10, percentOfWatched: 5 }
   */
  readonly blastRadius?: BlastRadiusProps;

  /**
   * Mail addresses to subscribe to the topic; each gets a mail from AWS and nothing more until it confirms.
   * @default []
   */
  readonly mailTo?: readonly string[];

  /**
   * Slack, beside the topic: by bot token or by incoming webhook, not both.
   * @default no Slack
   */
  readonly slack?: SlackBot | SlackWebhook;

  /**
   * http or https address where your people read docs/runbook.md; messages and alarms link to it.
   * @default no link
   */
  readonly runbookUrl?: string;

  /**
   * Days the log groups keep their records; a value that CloudWatch Logs knows.
   * @default 90
   */
  readonly logRetentionDays?: number;

  /**
   * ARNs of further SNS topics for the alarms on the responder itself; its own topic always gets them.
   * @default []
   */
  readonly alarmActions?: readonly string[];
}
