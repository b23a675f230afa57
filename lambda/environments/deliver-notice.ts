import * as v from 'valibot';
import { channels } from './channels.ts';
import { optionalText, text } from './parse-environment.ts';

/** What `deliver-notice` reads; its keys are the contract with the construct, a missing one does not compile there. */
export const deliverNoticeEnvironment = v.object({
  TABLE_NAME: text,
  CHANNELS: channels,
  TOPIC_ARN: optionalText,
  SLACK_CHANNEL: optionalText,
  SLACK_TOKEN_PARAMETER: optionalText,
  SLACK_WEBHOOK_PARAMETER: optionalText,
  /** Where docs/runbook.md can be read; messages leave the link out without it. */
  RUNBOOK_URL: optionalText,
});

export type DeliverNoticeEnvironment = v.InferInput<typeof deliverNoticeEnvironment>;
