import type { Context } from 'aws-lambda';
import { ServiceError } from '../service-error.ts';

/** Sources: Lambda API reference, CreateFunction and PutFunctionEventInvokeConfig. */
export interface FunctionDefinition {
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  /** ARN of the role whose credentials it has. */
  readonly role?: string;
  /** Seconds, 1 to 900; AWS's default is 3. */
  readonly timeout: number;
  /** 0 keeps every event away from the function. */
  readonly reservedConcurrency?: number;
  readonly deadLetterQueueArn?: string;
}

export interface AsynchronousConfig {
  /** 0 to 2, default 2. */
  readonly maximumRetryAttempts?: number;
  /** Seconds, 60 to 21,600, the default. */
  readonly maximumEventAge?: number;
  readonly onFailureQueueArn?: string;
}

export type Handler = (event: never, context: Context) => unknown;

/** What a cold start runs; an error here is an initialisation error of the function. */
export type Implementation = (environment: Readonly<Record<string, string>>) => Handler | Promise<Handler>;

/** @throws InvalidParameterValueException for what CreateFunction refuses. */
export function assertDefinition({ timeout, reservedConcurrency = 0 }: FunctionDefinition): void {
  demandRange('Timeout', timeout, 1, 900);
  demandRange('ReservedConcurrentExecutions', reservedConcurrency, 0, Number.POSITIVE_INFINITY);
}

/** @throws InvalidParameterValueException for what PutFunctionEventInvokeConfig refuses. */
export function assertAsynchronousConfig(config: AsynchronousConfig): void {
  const { maximumRetryAttempts = 2, maximumEventAge = 21_600 } = config;
  demandRange('MaximumRetryAttempts', maximumRetryAttempts, 0, 2);
  demandRange('MaximumEventAgeInSeconds', maximumEventAge, 60, 21_600);
}

function demandRange(name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw new ServiceError(
    'InvalidParameterValueException',
    `${name} must be from ${least} to ${most}, got ${value}`,
  );
}
