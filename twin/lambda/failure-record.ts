import type { Outcome } from './run.ts';

/** What a failure destination says about the run that failed. Source: Lambda developer guide, "Capturing records of asynchronous invocations" and "of a Kinesis or DynamoDB stream". */
export interface FailedInvocation {
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
    functionArn: `${functionArn}:$LATEST`,
    condition,
    approximateInvokeCount: invokeCount,
  },
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
});

export function errorPayload(outcome: Outcome | { readonly kind: 'throttled' }): object {
  if (outcome.kind === 'failed') return { errorType: outcome.errorType, errorMessage: outcome.errorMessage };
  return { errorMessage: `Task ${outcome.kind}` };
}
