import * as v from 'valibot';
import { text } from './parse-environment.ts';
import { policyText } from './policy-text.ts';

/** What `profile-demand` reads; its keys are the contract with the construct, a missing one does not compile there. */
export const profileDemandEnvironment = v.object({
  TABLE_NAME: text,
  POLICY: policyText,
});

export type ProfileDemandEnvironment = v.InferInput<typeof profileDemandEnvironment>;
