import { describe, expect, test } from 'vitest';
import { answerCase, type ModifyAnswer } from '../../../core/domain/cases/answer-case.ts';
import type { Intended, Told } from '../../../core/domain/cases/case.ts';
import type { AwsRefusal } from '../../../core/domain/reasons.ts';
import { hours, type Instant, minutes } from '../../../core/domain/units.ts';
import { bridged, intended } from '../some-case.ts';
import { ago, ahead, bridge, wayBack } from '../some-situation.ts';
import { noon } from '../some-volume.ts';

const refusedWith = (refusal: AwsRefusal): ModifyAnswer => ({
  kind: 'refused',
  refusal,
  message: 'no',
  requestId: 'req-1',
});
const off: ModifyAnswer = { kind: 'stop', refusal: { code: 'switched-off', got: 'stop' } };
const answered = (answer: ModifyAnswer, held: Intended = intended()) =>
  answerCase(held, answer, minutes(15), noon);

describe('an intent that AWS answered', () => {
  test('becomes an upgrade that is told when it was accepted', () => {
    const step = answered({ kind: 'accepted', at: ago(minutes(0)), requestId: 'req-1' });
    expect(step).toMatchObject({
      next: {
        state: 'upgrading',
        version: 2,
        acceptedAt: noon,
        requestId: 'req-1',
        dueAt: ahead(minutes(1)),
      },
      said: { kind: 'acted', reason: { code: 'heading-for-wall' }, acceptedAt: noon },
      ledger: { kind: 'none' },
    });
  });

  test('becomes a way back that is told when it was one', () => {
    const held = intended({ plan: wayBack(), bridge: bridged().bridge });
    expect(answered({ kind: 'accepted', at: noon, requestId: undefined }, held)).toMatchObject({
      next: { state: 'returning', bridge: bridged().bridge, completedAt: undefined },
      said: { kind: 'returning', plan: wayBack() },
    });
  });

  test('tells the id of the request that AWS refused, and none where AWS was not asked', () => {
    const refused = answered(refusedWith({ code: 'aws-no-capacity' }));
    const asked = { plan: intended().plan, state: 'refused', requestId: 'req-1' };
    expect(refused?.said).toMatchObject({ kind: 'needed', asked });
    const gone = answered(refusedWith({ code: 'aws-volume-gone' }));
    expect(gone?.said).toMatchObject({ kind: 'ended', ending: 'gone', asked });
    expect(answered(off)?.said).toMatchObject({ kind: 'needed' });
    expect(answered(off)?.said).not.toHaveProperty('asked');
  });

  test('stays an intent when the answer was lost: it is never asked again blindly', () => {
    expect(answered({ kind: 'unknown', why: 'socket hang up' })).toBeUndefined();
  });

  test('is announced when AWS refused, gives its claim back and does not count as a request', () => {
    const step = answered(refusedWith({ code: 'aws-no-capacity' }), intended({ plan: bridge() }));
    expect(step).toMatchObject({
      next: {
        state: 'announced',
        requests: [],
        refusals: [{ code: 'aws-no-capacity' }],
        dueAt: ahead(minutes(15)),
      },
      said: { kind: 'needed', refusals: [{ code: 'aws-no-capacity' }], wouldDo: bridge() },
      ledger: { kind: 'release', monthlyIncrease: 67.5, claimedAt: intended().intendedAt },
    });
  });

  test('is announced the same way when the kill switch is off', () => {
    expect(answered(off)).toMatchObject({
      next: { state: 'announced', requests: [], dueAt: ahead(minutes(15)) },
      said: { kind: 'needed', refusals: [{ code: 'switched-off', got: 'stop' }] },
    });
  });

  test('is announced the same way when its tag could not be written, and tried again in five minutes', () => {
    const refusal = { code: 'state-untagged', why: 'TagLimitExceeded' } as const;
    expect(answered({ kind: 'stop', refusal })).toMatchObject({
      next: { state: 'announced', requests: [], dueAt: ahead(minutes(5)) },
      said: { kind: 'needed', refusals: [refusal] },
    });
  });

  test('only warns while the wall is further away than the lead time', () => {
    const held = intended({ predictedWall: ahead(minutes(16)) });
    expect(answered(off, held)).toMatchObject({ said: { kind: 'warned' } });
    expect(answered(off, intended({ predictedWall: undefined }))).toMatchObject({ said: { kind: 'warned' } });
    expect(answered(off, intended({ predictedWall: ahead(minutes(15)) }))).toMatchObject({
      said: { kind: 'needed' },
    });
  });

  test('is not told the same refusal twice, but a new one', () => {
    const told: Told = {
      what: 'needed',
      at: ago(minutes(15)),
      codes: ['aws-no-capacity'],
      easedAt: undefined,
    };
    const again = answered(refusedWith({ code: 'aws-no-capacity' }), intended({ told }));
    expect(again).toMatchObject({ next: { told }, said: undefined });
    const other = answered(refusedWith({ code: 'aws-iops-quota' }), intended({ told }));
    expect(other).toMatchObject({
      next: { told: { codes: ['aws-no-capacity', 'aws-iops-quota'] } },
      said: { kind: 'needed' },
    });
  });

  test('goes on with its bridge when AWS refused the way back, and says once why', () => {
    const held = intended({ plan: wayBack(), bridge: bridged().bridge });
    const refusal = { code: 'aws-throttled' } as const;
    const step = answered(refusedWith(refusal), held);
    expect(step).toMatchObject({
      next: { state: 'bridged', requests: [], dueAt: ahead(minutes(1)), told: { codes: ['aws-throttled'] } },
      said: { kind: 'warned', refusals: [refusal], wouldDo: wayBack() },
      ledger: { kind: 'release', monthlyIncrease: 0, claimedAt: held.intendedAt },
    });
    const told = step?.next.told;
    expect(answered(refusedWith(refusal), { ...held, told })).toMatchObject({ said: undefined });
  });

  test('ends when the volume is gone', () => {
    expect(answered(refusedWith({ code: 'aws-volume-gone' }))).toMatchObject({
      next: { state: 'closed', ending: 'gone' },
      said: { kind: 'ended' },
      ledger: { kind: 'release' },
    });
  });

  test('remembers that the zone lacks the type, and no other refusal as such', () => {
    expect(answered(refusedWith({ code: 'aws-type-not-in-zone' }))).toMatchObject({
      next: { typesNotInZone: ['gp3'] },
    });
    expect(answered(refusedWith({ code: 'aws-no-capacity' }))).toMatchObject({
      next: { typesNotInZone: [] },
    });
  });
});

describe('when AWS is asked again', () => {
  test.each([
    { what: 'throttled', refusal: { code: 'aws-throttled' }, at: ahead(minutes(1)) },
    {
      what: 'a slot time',
      refusal: { code: 'aws-slots-used', nextSlotAt: ahead(minutes(90)) },
      at: ahead(minutes(90)),
    },
    {
      what: 'a slot time in the past',
      refusal: { code: 'aws-slots-used', nextSlotAt: ago(minutes(90)) },
      at: ahead(minutes(1)),
    },
    {
      what: 'no slot time',
      refusal: { code: 'aws-slots-used', nextSlotAt: undefined },
      at: ahead(minutes(15)),
    },
    { what: 'anything else', refusal: { code: 'aws-unclassified', awsCode: 'X' }, at: ahead(minutes(15)) },
  ] as const)('follows what AWS said: $what', ({ refusal, at }) => {
    expect(answered(refusedWith(refusal))?.next).toMatchObject({ putOff: { until: at, refusal } });
  });

  test('is not put off by the kill switch, which is read whenever we would act', () => {
    expect(answered(off)?.next).toMatchObject({ putOff: undefined });
  });
});

describe('when the volume is looked at again', () => {
  const nextSlotAt = ahead(hours(9));
  const full = refusedWith({ code: 'aws-slots-used', nextSlotAt });
  const lookedAt = (predictedWall: Instant | undefined, answer = full) =>
    answered(answer, intended({ predictedWall }))?.next.dueAt;

  test('is when the team would be called, however long AWS has to be waited for', () => {
    expect(lookedAt(ahead(minutes(25)))).toBe(ahead(minutes(10)));
    expect(lookedAt(ahead(minutes(15.5)))).toBe(ahead(minutes(1)));
  });

  test('is a quarter of an hour later where it was called or no wall is near', () => {
    expect(lookedAt(ahead(minutes(9)))).toBe(ahead(minutes(15)));
    expect(lookedAt(ahead(hours(5)))).toBe(ahead(minutes(15)));
    expect(lookedAt(undefined)).toBe(ahead(minutes(15)));
  });

  test('is no later than AWS may be asked again', () => {
    expect(lookedAt(ahead(minutes(25)), refusedWith({ code: 'aws-throttled' }))).toBe(ahead(minutes(1)));
  });

  test('is not before AWS may be asked again where it is a way back: nobody has to be called', () => {
    const held = intended({ plan: wayBack(), bridge: bridged().bridge });
    expect(answered(full, held)?.next.dueAt).toBe(nextSlotAt);
  });
});
