import type { Context } from 'aws-lambda';

/** Sources: Lambda API reference, CreateFunction and PutFunctionEventInvokeConfig. */
export interface FunctionDefinition {
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds; AWS's default is 3. */
  readonly timeout: number;
  readonly reservedConcurrency?: number;
  readonly deadLetterQueueArn?: string;
}

export interface AsynchronousConfig {
  /** 0 to 2, default 2. */
  readonly maximumRetryAttempts?: number;
  /** Seconds, default 21,600. */
  readonly maximumEventAge?: number;
  readonly onFailureQueueArn?: string;
}

export type Handler = (event: never, context: Context) => unknown;

/** What a cold start runs; an error here is an initialisation error of the function. */
export type Implementation = (environment: Readonly<Record<string, string>>) => Handler | Promise<Handler>;
