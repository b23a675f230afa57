import * as v from 'valibot';
import { text } from './parse-environment.ts';

/** What `sweep` reads; its keys are the contract with the construct, a missing one does not compile there. */
export const sweepEnvironment = v.object({
  TABLE_NAME: text,
  QUEUE_URL: text,
  DEPLOYMENT_ID: text,
});

export type SweepEnvironment = v.InferInput<typeof sweepEnvironment>;
