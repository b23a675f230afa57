import { describe, expect, test } from 'vitest';
import type { Forecast } from '../../../core/domain/credits/forecast.ts';
import type { Decision } from '../../../core/domain/deciding/decision.ts';
import { hours, minutes } from '../../../core/domain/units.ts';
import { announced, bridged, intended, returning, someSubject, upgrading, watching } from '../some-case.ts';
import { ago, ahead, bridge, fix, wayBack } from '../some-situation.ts';
import { noon } from '../some-volume.ts';
import { act, conclude, dueAt, fresh, steady, step, telling, watch } from './stepping.ts';

describe('a volume without a case', () => {
  test('gets none when it is left alone', () => {
    expect(step(undefined, { kind: 'leave', reason: { code: 'cannot-run-out' } })).toBeUndefined();
  });

  test('gets a silent one when it is watched', () => {
    expect(step(undefined, watch)).toEqual({
      next: {
        ...fresh,
        state: 'watching',
        incident: undefined,
        openedAt: noon,
        version: 1,
        dueAt,
        mutedUntil: undefined,
        subject: someSubject,
        told: undefined,
        requests: [],
        typesNotInZone: [],
      },
      said: undefined,
      ledger: { kind: 'none' },
    });
  });

  test('gets one that was told when a person has to know', () => {
    expect(step(undefined, telling('page'))).toMatchObject({
      next: { state: 'announced', told: { what: 'needed', at: noon, codes: ['notify-mode'] } },
      said: { kind: 'needed', refusals: [{ code: 'notify-mode' }], wouldDo: fix() },
    });
  });

  test('gets an intent with its claim, silent until AWS has answered', () => {
    expect(step(undefined, act)).toMatchObject({
      next: {
        state: 'intended',
        version: 1,
        plan: bridge(),
        intendedAt: noon,
        requests: [{ at: noon, to: bridge().to }],
      },
      said: undefined,
      ledger: { kind: 'claim', monthlyIncrease: 67.5 },
    });
  });

  test('keeps in mind what earlier cases asked for within the day', () => {
    const { to } = fix();
    const requests = [ago(hours(30)), ago(hours(3))].map((at) => ({ at, to }));
    expect(step(undefined, act, { requests })).toMatchObject({
      next: {
        requests: [
          { at: ago(hours(3)), to },
          { at: noon, to: bridge().to },
        ],
      },
    });
  });
});

describe('what was seen last', () => {
  const unseen: Forecast = { kind: 'unknown', why: 'unread', detail: 'Throttling' };
  const blind = { ...telling('warn'), reason: { code: 'blind' }, forecast: unseen } as Decision;
  const lastSeen = { at: ago(minutes(3)), wall: ahead(minutes(30)) };

  test('is kept while nothing can be seen', () => {
    expect(step(announced({ lastSeen }), blind)).toMatchObject({ next: { lastSeen } });
    expect(step(announced({ lastSeen }), watch)).toMatchObject({
      next: { lastSeen: { at: noon, wall: undefined } },
    });
  });

  test('is nothing where the first word was already that nothing can be', () => {
    expect(step(undefined, blind)).toMatchObject({ next: { told: { saw: 'nothing' } } });
    expect(step(undefined, telling('warn'))?.next.told).not.toHaveProperty('saw');
  });
});

describe('the wall that an upgrade is judged against', () => {
  test('is the predicted one', () => {
    const wall = { earliest: ahead(minutes(10)), likely: ahead(minutes(12)), latest: undefined };
    const draining: Forecast = { ...steady, kind: 'draining', percentPerMinute: -2, wall };
    expect(step(watching(), { ...act, forecast: draining })).toMatchObject({
      next: { predictedWall: ahead(minutes(12)) },
    });
  });

  test('came since the case was opened when the volume is already there', () => {
    expect(step(watching(), act)).toMatchObject({ next: { predictedWall: watching().openedAt } });
    expect(step(undefined, act)).toMatchObject({ next: { predictedWall: noon } });
  });

  test('is taken no further back than what was usual is on record', () => {
    expect(step(announced({ openedAt: ago(hours(13)) }), act)).toMatchObject({
      next: { predictedWall: ago(hours(12)) },
    });
  });

  test('is none where none is in sight', () => {
    expect(step(watching(), { ...act, forecast: steady })).toMatchObject({
      next: { predictedWall: undefined },
    });
  });
});

describe('what stays committed', () => {
  const claimed = { plan: bridge() };

  test.each([
    {
      what: 'a fix that stays',
      from: upgrading(claimed),
      ending: 'averted',
      ledger: { kind: 'none' },
      stays: bridge(),
    },
    {
      what: 'an upgrade that somebody changed',
      from: upgrading(claimed),
      ending: 'yielded',
      ledger: { kind: 'none' },
      stays: bridge(),
    },
    {
      what: 'an upgrade that failed',
      from: upgrading(claimed),
      ending: 'failed',
      ledger: { kind: 'release', monthlyIncrease: 67.5, claimedAt: undefined },
      stays: undefined,
    },
    {
      what: 'a bridge that is back',
      from: returning(),
      ending: 'put-back',
      ledger: { kind: 'release', monthlyIncrease: 67.5, claimedAt: undefined },
      stays: undefined,
    },
    { what: 'a watch', from: watching(), ending: 'recovered', ledger: { kind: 'none' }, stays: undefined },
  ] as const)('is right at the end of $what', ({ from, ending, ledger, stays }) => {
    expect(step(from, conclude(ending))).toMatchObject({ next: { stays }, ledger });
  });

  test('is given back when a request was never accepted', () => {
    const release: Decision = { kind: 'release', reason: { code: 'intent-unresolved' }, dueAt };
    expect(step(intended(claimed), release)).toMatchObject({
      next: { state: 'watching', requests: [] },
      ledger: { kind: 'release', monthlyIncrease: 67.5, claimedAt: intended().intendedAt },
    });
    const back = intended({ plan: wayBack(), bridge: bridged().bridge });
    expect(step(back, release)).toMatchObject({
      next: { state: 'bridged' },
      ledger: { kind: 'release', monthlyIncrease: 0, claimedAt: back.intendedAt },
    });
  });
});

test('a decision that cannot follow on the state is a defect that says so', () => {
  expect(() => step(upgrading(), act)).toThrow(
    'decision act cannot follow on state upgrading; report this as a defect',
  );
});

test('the subject and the mute are those of the latest look', () => {
  const mutedUntil = { at: ahead(hours(1)), end: 'told' } as const;
  const subject = { ...someSubject, name: 'renamed' };
  expect(step(watching(), watch, { mutedUntil, subject })).toMatchObject({ next: { mutedUntil, subject } });
});
