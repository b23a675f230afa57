import { describe, expect, test } from 'vitest';
import type { Situation } from '../../../core/domain/deciding/situation.ts';
import { caseNoticeOf, factsOf, factsOfGone } from '../../../core/domain/notices/case-notice.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { iops, minutes } from '../../../core/domain/units.ts';
import { announced } from '../some-case.ts';
import { ago, calm, consent, minutely, policyFor, someSituation } from '../some-situation.ts';
import { noon, someVolume } from '../some-volume.ts';

const warned = {
  next: announced({ version: 3 }),
  said: { kind: 'warned', reason: { code: 'at-wall' }, refusals: [], wouldDo: undefined },
} as const;
const noticeOf = (given: Partial<Situation> = {}) => {
  const situation = someSituation(given);
  return caseNoticeOf(warned.said, 'IN-1', factsOf(warned.next, situation, policyFor(situation)));
};
const noDatapoint = unread('CloudWatch has no datapoint');

describe('a notice about a volume without a burst bucket', () => {
  test('invents neither credits nor rates', () => {
    const volume = someVolume({ configuration: { type: 'io1', iops: iops(1_000) }, tags: consent });
    expect(noticeOf({ volume }).credits).toEqual({
      forecast: { kind: 'unknown', why: 'no-data', detail: 'the volume has no burst bucket' },
      demand: read(3_000, ago(minutes(1))),
      baseline: 0,
      burst: 0,
      unit: 'IOPS',
    });
  });

  test('is not one about a volume that has a bucket in another unit', () => {
    const volume = someVolume({ size: 1_024, configuration: { type: 'st1' }, tags: consent });
    expect(noticeOf({ volume }).credits).toMatchObject({
      forecast: { kind: 'draining' },
      baseline: 40,
      burst: 250,
      unit: 'MiB/s',
    });
  });
});

describe('what CloudWatch published', () => {
  test('is told by its newest sample', () => {
    expect(noticeOf({ demand: read(minutely([10, 20, 30]), noon) }).credits.demand).toEqual(
      read(30, ago(minutes(1))),
    );
  });

  test('is unknown where there is no sample', () => {
    expect(noticeOf({ demand: read([], noon) }).credits.demand).toEqual(noDatapoint);
  });

  test.each(['latency', 'queue'] as const)('is not told of what people feel without the %s', (which) => {
    expect(noticeOf({ symptom: read({ ...calm(), [which]: [] }, noon) }).felt).toEqual(noDatapoint);
  });

  test('is told as of the older of latency and queue', () => {
    const late = ago(minutes(5));
    expect(noticeOf({ symptom: read({ ...calm(), queue: calm(late).queue }, noon) }).felt).toEqual(
      read({ latency: 1, queue: 0.5 }, ago(minutes(6))),
    );
    expect(noticeOf({ symptom: read({ ...calm(), latency: calm(late).latency }, noon) }).felt).toEqual(
      read({ latency: 1, queue: 0.5 }, ago(minutes(6))),
    );
  });
});

test('caps are unknown where the number of watched volumes is, on which they are based', () => {
  const why = unread('no census yet');
  expect(noticeOf({ watchedVolumes: why }).caps).toEqual(why);
  expect(noticeOf().caps.kind).toBe('read');
});

test('the last word on a volume that is gone is a notice of its case, and knows nothing', () => {
  const gone = unread('the volume no longer exists');
  const { next, said } = warned;
  expect(caseNoticeOf(said, 'IN-1', factsOfGone(next, noon, 'notify'))).toEqual({
    kind: 'case',
    id: 'EB-00000001#3',
    caseId: 'EB-00000001',
    incident: 'IN-1',
    at: noon,
    since: next.openedAt,
    subject: next.subject,
    credits: {
      forecast: { kind: 'unknown', why: 'unread', detail: 'the volume no longer exists' },
      demand: gone,
      baseline: 0,
      burst: 0,
      unit: 'IOPS',
    },
    felt: gone,
    otherCauses: { instanceLimit: gone, health: gone },
    said,
    slotsUsed: gone,
    caps: gone,
    consent: undefined,
    mutedUntil: undefined,
    mode: 'notify',
    nextNewsAt: undefined,
  });
});
