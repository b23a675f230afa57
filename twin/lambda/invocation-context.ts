import type { Context } from 'aws-lambda';
import { NotImitatedError } from '../service-error.ts';
import type { Simulation } from '../simulation.ts';
import type { FunctionDefinition } from './function-definition.ts';

const refuse = (): never => {
  throw new NotImitatedError(
    'context.done, fail and succeed are not imitated: Node.js 24 handlers return promises',
  );
};

/** The second argument of a handler; its remaining time passes in simulated time. */
export function invocationContext(
  { simulation, accountId, region }: { simulation: Simulation; accountId: string; region: string },
  { name, timeout }: FunctionDefinition,
  requestId: string,
): Context {
  const deadline = simulation.now + timeout * 1000;
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${region}:${accountId}:function:${name}`,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'twin',
    memoryLimitInMB: '128',
    getRemainingTimeInMillis: () => Math.max(0, deadline - simulation.now),
    done: refuse,
    fail: refuse,
    succeed: refuse,
  };
}
