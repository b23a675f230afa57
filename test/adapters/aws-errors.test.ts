import { describe, expect, test } from 'vitest';
import type { AwsRefusal } from '../../core/domain/reasons.ts';
import { instant } from '../../core/domain/units.ts';
import {
  awsRefusalOf,
  failedOn,
  isConditionFailed,
  isDenied,
  isNotFound,
  isThrottled,
  isWithoutAnswer,
} from '../../lambda/adapters/aws-errors.ts';
import { ServiceError } from '../../twin/service-error.ts';

const error = (code: string, message = '', httpStatusCode = 400) =>
  new ServiceError(code, message, { httpStatusCode });

describe('awsRefusalOf', () => {
  const rows: readonly (readonly [code: string, refusal: AwsRefusal])[] = [
    ['IncorrectModificationState', { code: 'aws-modification-in-flight' }],
    ['VolumeModificationRateExceeded', { code: 'aws-slots-used', nextSlotAt: undefined }],
    ['VolumeModificationSizeLimitExceeded', { code: 'aws-storage-modification-quota' }],
    ['MaxIOPSLimitExceeded', { code: 'aws-iops-quota' }],
    ['VolumeIOPSLimit', { code: 'aws-volume-iops-limit' }],
    ['InvalidParameterValue', { code: 'aws-parameters-rejected' }],
    ['InvalidParameterCombination', { code: 'aws-parameters-rejected' }],
    ['InvalidParameterDependency', { code: 'aws-parameters-rejected' }],
    ['UnsupportedOperation', { code: 'aws-parameters-rejected' }],
    ['UnknownVolumeType', { code: 'aws-parameters-rejected' }],
    ['ValidationError', { code: 'aws-parameters-rejected' }],
    ['IncorrectState', { code: 'aws-wrong-volume-state' }],
    ['InvalidVolume.NotFound', { code: 'aws-volume-gone' }],
    ['RequestLimitExceeded', { code: 'aws-throttled' }],
    ['InsufficientVolumeCapacity', { code: 'aws-no-capacity' }],
    ['VolumeTypeNotAvailableInZone', { code: 'aws-type-not-in-zone' }],
    ['UnauthorizedOperation', { code: 'aws-not-permitted' }],
    ['DryRunOperation', { code: 'aws-unclassified', awsCode: 'DryRunOperation' }],
    ['SomethingNew', { code: 'aws-unclassified', awsCode: 'SomethingNew' }],
  ];

  test.each(rows)('takes %s for a refusal', (code, refusal) => {
    expect(awsRefusalOf(error(code))).toEqual(refusal);
  });

  test.each(['RequestLimitExceeded', 'InsufficientVolumeCapacity'])(
    'takes %s for a refusal although EC2 sends it as a fault of its own',
    (code) => {
      expect(awsRefusalOf(error(code, '', 503))).toEqual(awsRefusalOf(error(code)));
    },
  );

  test.each([
    ['Wait until 2026-11-23T04:05:06.000Z before you can issue the next…', '2026-11-23T04:05:06Z'],
    ['Wait until 2026-11-23T04:05:06+01:00 before…', '2026-11-23T03:05:06Z'],
  ])('reads the next slot out of "%s"', (message, time) => {
    expect(awsRefusalOf(error('VolumeModificationRateExceeded', message))).toEqual({
      code: 'aws-slots-used',
      nextSlotAt: instant(Date.parse(time)),
    });
  });

  test.each([
    "You've reached the maximum modification rate per volume limit. Wait at least 6 hours between modifications per EBS volume.",
    'Wait until 2026-11-23 before you try again.',
    'Wait until 2026-99-99T99:99:99Z before you try again.',
  ])('does not invent a next slot for "%s"', (message) => {
    expect(awsRefusalOf(error('VolumeModificationRateExceeded', message))).toEqual({
      code: 'aws-slots-used',
      nextSlotAt: undefined,
    });
  });

  test.each([
    ['a 500', error('InternalError', '', 500)],
    ['a 503', error('Unavailable', '', 503)],
    ['a timeout', Object.assign(new Error('no reply'), { name: 'TimeoutError' })],
    ['a broken connection', new Error('socket hang up')],
    ['something that is no error', 'oops'],
  ])('does not take %s for a refusal', (_, thrown) => {
    expect(awsRefusalOf(thrown)).toBeUndefined();
    expect(isWithoutAnswer(thrown)).toBe(true);
  });
});

describe('the predicates', () => {
  test.each([
    ['not found', isNotFound, 'InvalidVolume.NotFound', 'AccessDenied'],
    ['throttled', isThrottled, 'ThrottlingException', 'AccessDenied'],
    ['denied', isDenied, 'AccessDenied', 'RequestLimitExceeded'],
    ['condition failed', isConditionFailed, 'ConditionalCheckFailedException', 'ValidationError'],
  ] as const)('know %s and nothing else', (_, predicate, code, other) => {
    expect(predicate(error(code))).toBe(true);
    expect(predicate(error(other))).toBe(false);
    expect(predicate(undefined)).toBe(false);
  });

  test('name the code and the action for people', () => {
    expect(failedOn(error('AccessDenied'), 'cloudformation:DescribeStacks')).toBe(
      'AccessDenied on cloudformation:DescribeStacks',
    );
  });
});
