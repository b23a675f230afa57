import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StackConfig } from './stack-config.ts';

interface Warning {
  /** For `Annotations.of(…).acknowledgeWarning(id, why)`, or Validations with `Annotation::` before it. */
  readonly id: string;
  readonly applies: (config: StackConfig) => boolean;
  readonly message: string;
}

const warnings: readonly Warning[] = [
  {
    id: 'ebs-burst:no-runbook-link',
    applies: ({ runbookUrl }) => runbookUrl === undefined,
    message:
      'runbookUrl: got nothing, so messages carry no link to the runbook; publish docs/runbook.md where your people ' +
      'can read it at night and set runbookUrl to that address',
  },
  {
    // The topic may have subscribers that we cannot see, so this is no contradiction.
    id: 'ebs-burst:nobody-is-told',
    applies: ({ policy, mailTo, slack }) =>
      policy.mode === 'act' && mailTo.length === 0 && slack === undefined,
    message:
      'mode: got "act" with neither mailTo nor slack, so volumes are modified and only subscribers of the topic ' +
      'NoticeTopicArn hear of it; set mailTo or slack, or subscribe somebody to the topic',
  },
];

export const warningIds: readonly string[] = warnings.map(({ id }) => id);

/** Says at synth what may be meant but is seldom wanted; unlike a contradiction it fails nothing. */
export function warnAbout(scope: Construct, config: StackConfig): void {
  for (const { id, message } of warnings.filter(({ applies }) => applies(config))) {
    Annotations.of(scope).addWarningV2(id, message);
  }
}
