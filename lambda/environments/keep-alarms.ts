import * as v from 'valibot';
import { channels } from './channels.ts';
import { text } from './parse-environment.ts';
import { policyText } from './policy-text.ts';

/** What `keep-alarms` reads; its keys are the contract with the construct, a missing one does not compile there. */
export const keepAlarmsEnvironment = v.object({
  TABLE_NAME: text,
  QUEUE_URL: text,
  POLICY: policyText,
  DEPLOYMENT_ID: text,
  ACCOUNT_ID: text,
  CHANNELS: channels,
});

export type KeepAlarmsEnvironment = v.InferInput<typeof keepAlarmsEnvironment>;
