import * as v from 'valibot';
import { channels } from './channels.ts';
import { text } from './parse-environment.ts';

/** What `clean-up` reads; its keys are the contract with the construct, a missing one does not compile there. */
export const cleanUpEnvironment = v.object({
  TABLE_NAME: text,
  DEPLOYMENT_ID: text,
  ACCOUNT_ID: text,
  CHANNELS: channels,
});

export type CleanUpEnvironment = v.InferInput<typeof cleanUpEnvironment>;
