import { describe, expect, it } from 'vitest';
import type { ReasonCode } from '../../core/domain/reasons.ts';
import { ServiceError } from '../../twin/service-error.ts';
import {
  caseNotices,
  closedCases,
  modifyCalls,
  openCases,
  refusalsTold,
  saidInOrder,
} from './account-history.ts';
import { type Drain, drainWith, prompt, refusalTexts, until } from './refused-drains.ts';
import { minute, startsAt } from './responder-account.ts';

const modifyVolume = { operation: 'ModifyVolume' };
const nextSlot = startsAt + 56 * minute;

/** The error codes of ModifyVolume (EC2 developer guide, errors-overview, and the codes that the EBS CSI driver handles). */
const refusals: readonly (readonly [
  awsCode: string,
  message: string,
  code: ReasonCode,
  retryAfter: number,
])[] = [
  [
    'IncorrectModificationState',
    'cannot be modified in modification state OPTIMIZING',
    'aws-modification-in-flight',
    15,
  ],
  [
    'VolumeModificationRateExceeded',
    'Wait at least 6 hours between modifications per EBS volume.',
    'aws-slots-used',
    15,
  ],
  ['VolumeModificationSizeLimitExceeded', 'storage modification limit', 'aws-storage-modification-quota', 15],
  ['MaxIOPSLimitExceeded', 'IOPS limit', 'aws-iops-quota', 15],
  ['VolumeIOPSLimit', 'IOPS limit of a volume', 'aws-volume-iops-limit', 15],
  ['InvalidParameterValue', 'Volume iops of 3000 is too high; maximum is 100', 'aws-parameters-rejected', 15],
  ['InvalidParameterCombination', 'not supported', 'aws-parameters-rejected', 15],
  ['InvalidParameterDependency', 'not supported', 'aws-parameters-rejected', 15],
  ['UnsupportedOperation', 'not supported', 'aws-parameters-rejected', 15],
  ['UnknownVolumeType', 'unknown', 'aws-parameters-rejected', 15],
  ['ValidationError', 'invalid', 'aws-parameters-rejected', 15],
  ['IncorrectState', 'is not available', 'aws-wrong-volume-state', 15],
  ['RequestLimitExceeded', 'Request limit exceeded.', 'aws-throttled', 1],
  ['InsufficientVolumeCapacity', 'not enough capacity', 'aws-no-capacity', 15],
  ['UnauthorizedOperation', 'You are not authorized', 'aws-not-permitted', 15],
  ['SomethingNobodyHasSeen', 'new', 'aws-unclassified', 15],
];

/** The sweep rounds to its minute. */
const tick = 0.5 * minute;

const outcomes = (drain: Drain) => modifyCalls(drain).map(({ error }) => error ?? 'accepted');
const gapOf = (drain: Drain): number => {
  const [first, second] = modifyCalls(drain);
  return (second?.at ?? 0) - (first?.at ?? 0);
};

describe('AWS refuses ModifyVolume', () => {
  it.each(refusals)(
    'with %s (%s): told as %s, asked again %i minutes later and not sooner',
    async (awsCode, message, code, retryAfter) => {
      const drain = await drainWith({});
      drain.account.endpoint.fail(modifyVolume, new ServiceError(awsCode, message));
      await until(drain, 60);
      // Once as a warning, and as a call for help if AWS still has to be waited for when it is time for one.
      expect(refusalsTold(drain)).toEqual(retryAfter < 15 ? [code] : [code, code]);
      expect(saidInOrder(drain).slice(0, -1)).toEqual(retryAfter < 15 ? ['warned'] : ['warned', 'needed']);
      const [told] = refusalTexts(drain);
      expect(told).toEqual({ ...told, isMailed: true });
      expect(outcomes(drain)).toEqual([awsCode, 'accepted']);
      expect(gapOf(drain)).toBeGreaterThanOrEqual(retryAfter * minute - tick);
      expect(gapOf(drain)).toBeLessThan((retryAfter + 2) * minute);
      expect(saidInOrder(drain).at(-1)).toBe('acted');
    },
  );

  it('and names the next slot: it is told, and waited for', async () => {
    const message = `Wait until ${new Date(nextSlot).toISOString()} before you can issue the next modification request for this volume.`;
    const drain = await drainWith({});
    drain.account.endpoint.fail(modifyVolume, new ServiceError('VolumeModificationRateExceeded', message));
    await until(drain, 60);
    expect(caseNotices(drain)[0]?.said).toMatchObject({
      refusals: [{ code: 'aws-slots-used', nextSlotAt: nextSlot }],
    });
    const told = { text: expect.stringContaining('the next is free at 09:56 UTC'), isMailed: true };
    expect(refusalTexts(drain)).toMatchObject([told, told]);
    expect(modifyCalls(drain)[1]?.at).toBeGreaterThanOrEqual(nextSlot - tick);
    expect(outcomes(drain)).toEqual(['VolumeModificationRateExceeded', 'accepted']);
  });

  it('until tomorrow: the team is called when it was told it would be, and AWS is left alone', async () => {
    const drain = await drainWith({});
    const tomorrow = new Date(startsAt + 24 * 60 * minute).toISOString();
    drain.account.endpoint.fail(
      modifyVolume,
      new ServiceError('VolumeModificationRateExceeded', `Wait until ${tomorrow} before the next request.`),
    );
    await until(drain, 60);
    const [warned, needed, ...more] = caseNotices(drain);
    expect(more).toEqual([]);
    expect([warned?.said.kind, needed?.said.kind]).toEqual(['warned', 'needed']);
    const early = (warned?.nextNewsAt ?? 0) - (needed?.at ?? 0);
    expect(early).toBeGreaterThanOrEqual(0);
    expect(early).toBeLessThan(6 * minute);
    expect(outcomes(drain)).toEqual(['VolumeModificationRateExceeded']);
    expect(openCases(drain)).toMatchObject([{ state: 'announced', putOff: { until: Date.parse(tomorrow) } }]);
  });

  it('and names no next slot: none is invented', async () => {
    const drain = await drainWith({});
    drain.account.endpoint.fail(modifyVolume, new ServiceError('VolumeModificationRateExceeded', 'too many'));
    await until(drain, 45);
    expect(caseNotices(drain)[0]?.said).not.toHaveProperty('refusals.0.nextSlotAt');
    expect(refusalTexts(drain)[0]?.text).not.toContain('free at');
  });

  it('of a type that the zone lacks: it is told and never asked for again', async () => {
    const drain = await drainWith({
      options: { metrics: prompt, volumes: { zonesWithout: { 'us-east-1a': ['gp3'] } } },
    });
    await until(drain, 120);
    expect(outcomes(drain)).toEqual(['VolumeTypeNotAvailableInZone']);
    expect(refusalsTold(drain)[0]).toBe('aws-type-not-in-zone');
    expect(openCases(drain)).toMatchObject([
      {
        typesNotInZone: ['gp3'],
        refusals: [{ code: 'no-fitting-target', why: 'zone us-east-1a offers no gp3' }],
      },
    ]);
  });

  it('because the volume was deleted a moment before: the case ends', async () => {
    const drain = await drainWith({});
    const { account, volumeId } = drain;
    const deletion = () => {
      account.ebs.volumes.deleteVolume(volumeId);
      return false;
    };
    account.endpoint.fail({ ...modifyVolume, input: deletion }, new Error('never used'));
    await until(drain, 60);
    expect(outcomes(drain)).toEqual(['InvalidVolume.NotFound']);
    expect(openCases(drain)).toEqual([]);
    expect(closedCases(drain)).toMatchObject([{ ending: 'gone', stays: undefined }]);
    expect(account.functions.log.filter(({ outcome }) => outcome.kind !== 'succeeded')).toEqual([]);
  });
});

describe('AWS gives no answer', () => {
  const faults = [
    [
      'a fault of its own',
      new ServiceError('InternalError', 'oops', { $fault: 'server', httpStatusCode: 500 }),
    ],
    ['a broken connection', Object.assign(new Error('socket hang up'), { name: 'TimeoutError' })],
  ] as const;

  it.each(faults)(
    'after %s and had accepted: it is found out by describing, and not asked twice',
    async (_what, fault) => {
      const drain = await drainWith({});
      drain.account.endpoint.afterAcceptance(modifyVolume, fault);
      await until(drain, 120);
      expect(modifyCalls(drain)).toHaveLength(1);
      expect(saidInOrder(drain)[0]).toBe('acted');
      expect(closedCases(drain)).toMatchObject([{ ending: 'averted', stays: { to: { type: 'gp3' } } }]);
    },
  );

  it.each(faults)(
    'after %s and had not accepted: it is asked again once that is certain',
    async (_what, fault) => {
      const quick = { metrics: prompt, volumes: { optimizingTime: () => 10 * minute } };
      const drain = await drainWith({ options: quick });
      drain.account.endpoint.fail(modifyVolume, fault);
      await until(drain, 120);
      expect(modifyCalls(drain)).toHaveLength(2);
      expect(gapOf(drain)).toBeGreaterThanOrEqual(5 * minute);
      expect(saidInOrder(drain)[0]).toBe('acted');
      expect(closedCases(drain)).toMatchObject([{ ending: 'averted' }]);
    },
  );
});
