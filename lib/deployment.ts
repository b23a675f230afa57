import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { encodePolicy } from '../lambda/environments/policy-text.ts';
import type { StackConfig } from './stack-config.ts';

/** What several functions are told in their environments, said once. */
export interface Deployment {
  readonly config: StackConfig;
  /** The policy as it travels in a variable. */
  readonly policy: string;
  /** In the description of every alarm of ours; the stack's ARN, so that a person who finds an alarm finds its owner. */
  readonly id: string;
  readonly account: string;
  /** Every notice gets a row for each of these, e.g. `sns,slack`. */
  readonly channels: string;
}

export const deploymentOf = (scope: IConstruct, config: StackConfig): Deployment => ({
  config,
  policy: encodePolicy(config.policy),
  id: Stack.of(scope).stackId,
  account: Stack.of(scope).account,
  channels: config.slack === undefined ? 'sns' : 'sns,slack',
});
