import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as v from 'valibot';

/**
 * The shape of EbsBurstResponderProps. A message is the second half of an error line, `expected …; what to do`;
 * stack-config.ts puts the key and what was got before it.
 */
const matching = <T>(message: string, accepts: (input: unknown) => boolean) => v.custom<T>(accepts, message);

const oneOf = <const T extends string>(choices: readonly T[], fallback: T) =>
  matching<T>(`expected one of ${choices.join(', ')}; remove it for ${fallback}`, (input) =>
    choices.some((choice) => choice === input),
  );

interface Range {
  readonly least: number;
  readonly most: number;
  readonly whole?: boolean;
  readonly fallback: string;
}

function number({ least, most, whole = false, fallback }: Range) {
  const kind = whole ? 'a whole number' : 'a number';
  return matching<number>(
    `expected ${kind} from ${least} to ${most}; remove it for ${fallback}`,
    (input) =>
      typeof input === 'number' && input >= least && input <= most && (!whole || Number.isInteger(input)),
  );
}

const text = (pattern: RegExp, what: string) =>
  matching<string>(`expected ${what}`, (input) => typeof input === 'string' && pattern.test(input));

const retentionDays = Object.values(RetentionDays)
  .filter((days): days is RetentionDays => typeof days === 'number' && days !== RetentionDays.INFINITE)
  .sort((a, b) => a - b);

/** AWS Systems Manager user guide, "requirements and constraints for parameter names": letters, digits, `._-`, in levels. */
const parameterName = text(
  /^(?!xox)\/?[\w.-]+(\/[\w.-]+){0,14}$/,
  'the name of an SSM parameter, e.g. /ebs-burst/slack-token; create the SecureString and name it here',
);
const keyArn = text(
  /^arn:[^:]+:kms:[^:]+:\d{12}:key\/.+$/,
  'the ARN of a KMS key (not of an alias); remove it when the parameter uses alias/aws/ssm',
);
const list = (what: string) => `expected a list of ${what}; remove it for none`;

/** Tag limits: EC2 user guide, "tag restrictions" (key 128 characters, value 256). */
const selector = v.strictObject({
  tagKey: v.optional(text(/^.{1,128}$/, 'a tag key of 1 to 128 characters; remove it for ebs-burst:mode')),
  values: v.optional(
    v.pipe(
      v.array(
        text(/^.{1,256}$/, 'a tag value of 1 to 256 characters; name what people set'),
        list('tag values'),
      ),
      v.maxLength(20, 'expected at most 20 tag values, all of which travel in every policy; shorten it'),
      v.minLength(1, 'expected at least one tag value, an empty selector selects nothing; remove it for act'),
    ),
  ),
});

export const propsSchema = v.strictObject({
  mode: v.optional(oneOf(['off', 'notify', 'act'], 'notify')),
  target: v.optional(oneOf(['auto', 'gp3', 'io2', 'io1'], 'auto')),
  fixedIops: v.optional(
    matching<number>(
      "expected a whole number of IOPS; remove it for the demand profile's",
      (input) => Number.isInteger(input) && Number(input) > 0,
    ),
  ),
  leadTimeMinutes: v.optional(number({ least: 1, most: 100_000, fallback: '15' })),
  // The alarm's own period is 5 minutes, so nothing is ever seen sooner.
  detectionLagMinutes: v.optional(number({ least: 5, most: 60, fallback: '10' })),
  maxAlarms: v.optional(number({ least: 0, most: 100_000, whole: true, fallback: '1000' })),
  act: v.optional(selector),
  maxMonthlyIncrease: v.optional(number({ least: 0, most: 1_000_000, fallback: '100' })),
  blastRadius: v.optional(
    v.strictObject({
      volumes: v.optional(number({ least: 0, most: 10_000, whole: true, fallback: '10' })),
      percentOfWatched: v.optional(number({ least: 0, most: 100, fallback: '5' })),
    }),
  ),
  mailTo: v.optional(
    v.array(
      text(/^[^\s@,;]+@[^\s@,;]+$/, 'one mail address, e.g. storage@example.com; correct it or remove it'),
      list('mail addresses'),
    ),
  ),
  slack: v.optional(
    v.strictObject({
      channel: v.optional(
        text(/^[CGD][A-Z0-9]{2,}$/, 'a Slack channel id, e.g. C0STORAGE; copy it from the channel details'),
      ),
      tokenParameter: v.optional(parameterName),
      webhookParameter: v.optional(parameterName),
      keyArn: v.optional(keyArn),
    }),
  ),
  runbookUrl: v.optional(text(/^https?:\/\/\S+$/, 'an http or https address; correct it or remove it')),
  logRetentionDays: v.optional(
    matching<RetentionDays>(`expected one of ${retentionDays.join(', ')}; remove it for 90`, (input) =>
      retentionDays.some((days) => days === input),
    ),
  ),
  alarmActions: v.optional(
    v.array(
      text(/^arn:[^:]+:sns:[^:]+:\d{12}:[\w.-]+$/, 'the ARN of an SNS topic; correct it or remove it'),
      list('SNS topic ARNs'),
    ),
  ),
});

/** Props of the right shape, not yet free of contradictions. */
export type ShapedProps = v.InferOutput<typeof propsSchema>;
