import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { codeOf, messageOf } from './aws-errors.ts';

export interface DescribedStack {
  readonly id: string;
  /** In CloudFormation's words, e.g. `UPDATE_COMPLETE`. */
  readonly status: string;
  readonly account: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** `undefined` where there is no such stack. @throws what the SDK throws */
export async function describedStack(
  client: CloudFormationClient,
  name: string,
): Promise<DescribedStack | undefined> {
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    // By its ARN also a stack is found that was deleted (API reference, DescribeStacks).
    if (stack?.StackId === undefined || stack.StackStatus === 'DELETE_COMPLETE') return undefined;
    const outputs = (stack.Outputs ?? []).flatMap(({ OutputKey, OutputValue }) =>
      OutputKey === undefined || OutputValue === undefined ? [] : [[OutputKey, OutputValue] as const],
    );
    return {
      id: stack.StackId,
      status: stack.StackStatus ?? 'of no state',
      account: stack.StackId.split(':')[4] ?? 'unknown account',
      outputs: Object.fromEntries(outputs),
    };
  } catch (error) {
    // CloudFormation has no code of its own for a stack that there is not (API reference, DescribeStacks).
    if (codeOf(error) === 'ValidationError' && /does not exist/.test(messageOf(error))) return undefined;
    throw error;
  }
}
