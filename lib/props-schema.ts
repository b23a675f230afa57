import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as v from 'valibot';
import { list, matching, policyEntries, text } from '../lambda/environments/policy-props.ts';

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
/**
 * The shape of EbsBurstResponderProps. A message is the second half of an error line, `expected …; what to do`;
 * stack-config.ts puts the key and what was got before it.
 */
export const propsSchema = v.strictObject({
  ...policyEntries,
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
