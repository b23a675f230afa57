import type { Duration } from 'aws-cdk-lib';
import { type EventPattern, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { DeadLetterQueue } from './dead-letter-queue.ts';

export interface InvocationTarget {
  readonly function: IFunction;
  /** Takes events that EventBridge cannot hand over; failures after that are the function's own destination. */
  readonly failures: DeadLetterQueue;
  /** How long EventBridge tries; one schedule later a missed tick is worth nothing. */
  readonly tryFor: Duration;
}

export const invokeEvery = (
  scope: Construct,
  id: string,
  every: Duration,
  description: string,
  target: InvocationTarget,
): Rule =>
  new Rule(scope, id, { schedule: Schedule.rate(every), description, targets: [lambdaTarget(target)] });

export const invokeOn = (
  scope: Construct,
  id: string,
  eventPattern: EventPattern,
  description: string,
  target: InvocationTarget,
): Rule => new Rule(scope, id, { eventPattern, description, targets: [lambdaTarget(target)] });

const lambdaTarget = ({ function: handler, failures, tryFor }: InvocationTarget): LambdaFunction =>
  new LambdaFunction(handler, { deadLetterQueue: failures, maxEventAge: tryFor });
