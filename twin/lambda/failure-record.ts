import type { Outcome } from './run.ts';

/** What a failure destination says about the run that failed. Sources: Lambda developer guide, invocation-async-retain-records and services-dynamodb-errors. */
export interface FailedInvocation {
  /** With the version after an asynchronous invocation, without it after one of a stream. */
  readonly functionArn: string;
  readonly requestId: string;
  readonly condition:
    | 'RetriesExhausted'
    | 'RetryAttemptsExhausted'
    | 'EventAgeExceeded'
    | 'MaximumRecordAgeExceeded';
  readonly invokeCount: number;
  readonly at: number;
}

export const failureRecord = ({ functionArn, requestId, condition, invokeCount, at }: FailedInvocation) => ({
  version: '1.0',
  timestamp: new Date(at).toISOString(),
  requestContext: {
    requestId,
    functionArn,
    condition,
    approximateInvokeCount: invokeCount,
  },
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
});

type Ended = Outcome | { readonly kind: 'throttled' };

/** The function's last answer. Crashes are worded as in the guide's sample; of timeouts and throttles there is none. */
export function errorPayload(outcome: Ended, requestId: string): ErrorPayload {
  if (outcome.kind === 'failed') return { errorType: outcome.errorType, errorMessage: outcome.errorMessage };
  if (outcome.kind === 'crashed')
    return { errorMessage: `RequestId: ${requestId} Process exited before completing request` };
  return { errorMessage: `RequestId: ${requestId} Task ${outcome.kind}` };
}

export interface ErrorPayload {
  readonly errorType?: string;
  readonly errorMessage: string;
}

/** Source: Lambda developer guide, invocation-async-retain-records, "Dead-letter queue message attributes". */
export const deadLetterAttributes = (outcome: Ended, requestId: string) => ({
  RequestID: { DataType: 'String', StringValue: requestId },
  ErrorCode: { DataType: 'Number', StringValue: outcome.kind === 'throttled' ? '429' : '200' },
  ErrorMessage: {
    DataType: 'String',
    StringValue: errorPayload(outcome, requestId).errorMessage.slice(0, 1024),
  },
});
