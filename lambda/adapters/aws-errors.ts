import type { AwsRefusal } from '../../core/domain/reasons.ts';
import { type Instant, instant } from '../../core/domain/units.ts';

/**
 * Every AWS error code we act on, classified once; nowhere else is a code or a message compared.
 * Sources: EC2 developer guide "Error codes for the Amazon EC2 API", "Common errors" of each API reference, and the
 * codes that the EBS CSI driver handles for ModifyVolume.
 */
const notFound = new Set(['InvalidVolume.NotFound', 'ParameterNotFound', 'ResourceNotFoundException']);
const throttled = new Set([
  'RequestLimitExceeded',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'LimitExceededException',
]);
const denied = new Set([
  'UnauthorizedOperation',
  'AccessDenied',
  'AccessDeniedException',
  'AuthFailure',
  'Blocked',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'OptInRequired',
  'UnrecognizedClientException',
]);
const conditionFailed = new Set(['ConditionalCheckFailedException']);
const rejectedParameters = new Set([
  'InvalidParameter',
  'InvalidParameterCombination',
  'InvalidParameterValue',
  'MissingParameter',
  'UnknownParameter',
  'UnknownVolumeType',
  'UnsupportedOperation',
  'ValidationError',
]);

interface AwsError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

const isError = (error: unknown): error is AwsError => error instanceof Error;
const has = (codes: ReadonlySet<string>, error: unknown): boolean => isError(error) && codes.has(error.name);

export const isNotFound = (error: unknown): boolean => has(notFound, error);
export const isThrottled = (error: unknown): boolean => has(throttled, error);
export const isDenied = (error: unknown): boolean => has(denied, error);
export const isConditionFailed = (error: unknown): boolean => has(conditionFailed, error);

/** The item is in a transaction this moment (the SDK's model of DynamoDB's single writes). */
export const isInTransaction = (error: unknown): boolean =>
  isError(error) && error.name === 'TransactionConflictException';

/** With DynamoDB's reason for each part of the transaction, in its order. */
export const isTransactionCancelled = (
  error: unknown,
): error is AwsError & { readonly CancellationReasons?: readonly { readonly Code?: string }[] } =>
  isError(error) && error.name === 'TransactionCanceledException';

export const codeOf = (error: unknown): string => (isError(error) ? error.name : String(error));
export const messageOf = (error: unknown): string => (isError(error) ? error.message : String(error));
export const requestIdOf = (error: unknown): string | undefined =>
  isError(error) ? error.$metadata?.requestId : undefined;

/** Why a fact is unread, for people: `AccessDenied on cloudformation:DescribeStacks`. */
export const failedOn = (error: unknown, action: string): string => `${codeOf(error)} on ${action}`;

const refusals: ReadonlyMap<string, (error: AwsError) => AwsRefusal> = new Map<
  string,
  (error: AwsError) => AwsRefusal
>([
  ['IncorrectModificationState', () => ({ code: 'aws-modification-in-flight' })],
  [
    'VolumeModificationRateExceeded',
    ({ message }) => ({ code: 'aws-slots-used', nextSlotAt: nextSlotAt(message) }),
  ],
  ['VolumeModificationSizeLimitExceeded', () => ({ code: 'aws-storage-modification-quota' })],
  ['MaxIOPSLimitExceeded', () => ({ code: 'aws-iops-quota' })],
  ['VolumeIOPSLimit', () => ({ code: 'aws-volume-iops-limit' })],
  ['IncorrectState', () => ({ code: 'aws-wrong-volume-state' })],
  ['InvalidVolume.NotFound', () => ({ code: 'aws-volume-gone' })],
  ['InsufficientVolumeCapacity', () => ({ code: 'aws-no-capacity' })],
  ['VolumeTypeNotAvailableInZone', () => ({ code: 'aws-type-not-in-zone' })],
]);

/** Every code that has its own answer below, for docs/reference/reasons.md. */
export const modifyVolumeErrorCodes: readonly string[] = [
  ...refusals.keys(),
  ...rejectedParameters,
  ...throttled,
  ...denied,
];

/** ModifyVolume's refusal, `undefined` where AWS did not refuse: no reply, or a fault of its own (isWithoutAnswer). */
export function awsRefusalOf(error: unknown): AwsRefusal | undefined {
  if (!isError(error)) return undefined;
  const refusal = refusals.get(error.name);
  if (refusal !== undefined) return refusal(error);
  if (isThrottled(error)) return { code: 'aws-throttled' };
  if (isDenied(error)) return { code: 'aws-not-permitted' };
  if (rejectedParameters.has(error.name) || error.name.startsWith('InvalidParameter')) {
    return { code: 'aws-parameters-rejected' };
  }
  return isWithoutAnswer(error) ? undefined : { code: 'aws-unclassified', awsCode: error.name };
}

/** A lost reply, a broken connection or AWS's own 5xx: the call may or may not have taken effect. */
export function isWithoutAnswer(error: unknown): boolean {
  const status = isError(error) ? error.$metadata?.httpStatusCode : undefined;
  return status === undefined || status >= 500;
}

/**
 * "Wait until 2026-11-23T04:05:06.000Z before you can issue the next modification request for this volume."
 * Older messages name no time ("Wait at least 6 hours…"); then there is none.
 */
function nextSlotAt(message: string): Instant | undefined {
  const text = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})/.exec(message)?.[0];
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : instant(time);
}
