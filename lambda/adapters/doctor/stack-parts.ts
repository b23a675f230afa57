import { type CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { DescribeRuleCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import {
  GetEventSourceMappingCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { paginateListSubscriptionsByTopic, type SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { FunctionConfiguration, Mapping, Subscription } from '../../../core/domain/doctoring/facts.ts';
import type { Part } from '../../../core/domain/doctoring/parts.ts';

/** All of them: DescribeStackResources stops at a hundred. */
export async function partsOf(client: CloudFormationClient, StackName: string): Promise<readonly Part[]> {
  const parts: Part[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName })) {
    for (const one of page.StackResourceSummaries ?? []) {
      const { LogicalResourceId: logicalId, PhysicalResourceId: physicalId, ResourceType: type } = one;
      // What has been deleted stays in the list for a while.
      if (one.ResourceStatus === 'DELETE_COMPLETE') continue;
      if (logicalId !== undefined && physicalId !== undefined && type !== undefined)
        parts.push({ logicalId, physicalId, type });
    }
  }
  return parts;
}

export async function configurationOf(
  client: LambdaClient,
  FunctionName: string,
): Promise<FunctionConfiguration> {
  const found = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const reason = found.StateReason ?? found.LastUpdateStatusReason;
  const { Variables, Error: failure } = found.Environment ?? {};
  if (failure !== undefined)
    throw new Error(`Lambda does not show its variables (${failure.ErrorCode}: ${failure.Message})`);
  return {
    state: found.State ?? 'of no state',
    lastUpdate: found.LastUpdateStatus ?? 'unknown',
    reason,
    role: found.Role,
    environment: Variables ?? {},
  };
}

export async function reservedFor(
  client: LambdaClient,
  FunctionName: string,
): Promise<number | 'unreserved'> {
  const { ReservedConcurrentExecutions } = await client.send(
    new GetFunctionConcurrencyCommand({ FunctionName }),
  );
  return ReservedConcurrentExecutions ?? 'unreserved';
}

export async function mappingOf(client: LambdaClient, UUID: string): Promise<Mapping> {
  const { State, EventSourceArn } = await client.send(new GetEventSourceMappingCommand({ UUID }));
  return { state: State ?? 'of no state', source: EventSourceArn ?? '' };
}

export async function ruleStateOf(client: EventBridgeClient, Name: string): Promise<string> {
  const { State } = await client.send(new DescribeRuleCommand({ Name }));
  return State ?? 'of no state';
}

const counts = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;

export async function waitingIn(client: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...counts] }),
  );
  const missing = counts.find((name) => !/^\d+$/.test(Attributes[name] ?? ''));
  if (missing !== undefined) throw new Error(`SQS did not say ${missing} of ${QueueUrl}`);
  return counts.reduce((total, name) => total + Number(Attributes[name]), 0);
}

/** What SNS says instead of an ARN (SNS API reference, Subscribe). */
const pending = 'PendingConfirmation';
/** And for 72 hours after somebody left it (AWS Knowledge Center, "Deleted" SNS topic subscription). */
const deleted = 'Deleted';

export async function subscriptionsTo(client: SNSClient, TopicArn: string): Promise<readonly Subscription[]> {
  const found: Subscription[] = [];
  for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn })) {
    for (const { Protocol = '', Endpoint = '', SubscriptionArn } of page.Subscriptions ?? []) {
      if (SubscriptionArn === deleted) continue;
      found.push({ protocol: Protocol, endpoint: Endpoint, isConfirmed: SubscriptionArn !== pending });
    }
  }
  return found;
}
