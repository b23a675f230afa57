import * as v from 'valibot';
import { channels } from './channels.ts';
import { text } from './parse-environment.ts';
import { policyText } from './policy-text.ts';

/** What `respond` reads; its keys are the contract with the construct, a missing one does not compile there. */
export const respondEnvironment = v.object({
  TABLE_NAME: text,
  SWITCH_PARAMETER: text,
  POLICY: policyText,
  ACCOUNT_ID: text,
  CHANNELS: channels,
});

export type RespondEnvironment = v.InferInput<typeof respondEnvironment>;
