import { describe, expect, test } from 'vitest';
import { verdictDueAt } from '../../../core/domain/deciding/decide-follow.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { hours, type Instant, iops, minutes } from '../../../core/domain/units.ts';
import { returning, upgrading } from '../some-case.ts';
import { ago, ahead, bridge, calm, fix, keep, level, minutely } from '../some-situation.ts';
import { noon } from '../some-volume.ts';
import { answer, become, modification } from './follow-answers.ts';

describe('an upgrade that AWS accepted', () => {
  /** Accepted at `acceptedAt`, completed since, with calm latency and queue up to now. */
  const done = (acceptedAt: Instant, predictedWall: Instant | undefined, plan = fix()) => {
    const held = upgrading({ plan, acceptedAt, predictedWall });
    const shown = modification({ state: 'completed', startedAt: acceptedAt, progress: 100, to: plan.to });
    return { held, given: { ...become(plan.to), ...shown } };
  };

  test('is followed while it runs, with its progress', () => {
    expect(answer(upgrading(), modification())).toEqual({
      kind: 'await',
      reason: { code: 'modification-running' },
      progress: { modification: 'optimizing', percent: 40, verdict: { kind: 'too-early' } },
      dueAt: ahead(minutes(1)),
    });
  });

  test('has averted the wall ten minutes after it was predicted', () => {
    const { held, given } = done(ago(minutes(30)), ago(minutes(10)));
    expect(answer(held, given)).toEqual({
      kind: 'conclude',
      ending: 'averted',
      reason: { code: 'symptom-gone' },
      usual: { latency: 1, queue: 0.5 },
    });
  });

  test('has not averted it a minute before', () => {
    const { held, given } = done(ago(minutes(30)), ago(minutes(9)));
    expect(answer(held, given)).toMatchObject({
      kind: 'await',
      reason: { code: 'symptom-not-settled' },
      progress: { modification: 'completed', verdict: { kind: 'too-early' } },
    });
  });

  test('has relieved the volume when latency has been back for ten minutes', () => {
    const { held, given } = done(ago(minutes(30)), ago(minutes(30)));
    const latency = minutely([...level(1, 150), ...level(80, 20), ...level(1, 10)]);
    expect(answer(held, { ...given, symptom: read({ ...calm(), latency }, noon) })).toMatchObject({
      kind: 'conclude',
      ending: 'relieved',
    });
  });

  const slow = {
    symptom: read({ ...calm(), latency: minutely([...level(1, 115), ...level(80, 65)]) }, noon),
  };

  test('has not relieved it while latency stays high, and says so only after an hour', () => {
    const early = done(ago(minutes(59)), ago(minutes(59)));
    expect(answer(early.held, { ...early.given, ...slow })).toMatchObject({
      kind: 'await',
      reason: { code: 'symptom-not-settled' },
      progress: { verdict: { kind: 'not-relieved', latency: 80, usualLatency: 1 } },
    });
    const late = done(ago(minutes(61)), ago(minutes(61)));
    expect(answer(late.held, { ...late.given, ...slow })).toEqual({
      kind: 'conclude',
      ending: 'not-relieved',
      reason: { code: 'symptom-stays' },
      usual: { latency: 1, queue: 0.5 },
    });
  });

  test('is judged an hour after acceptance or the predicted wall, whichever is later', () => {
    expect(verdictDueAt(upgrading())).toBe(ahead(minutes(69)));
    expect(verdictDueAt(upgrading({ predictedWall: undefined }))).toBe(ahead(minutes(59)));
  });

  test('is not called a failure when no wall was ever in sight and it is too young to have a history', () => {
    const { held, given } = done(ago(minutes(61)), undefined, keep());
    expect(answer(held, { ...given, symptom: read({ latency: [], queue: [] }, noon) })).toEqual({
      kind: 'conclude',
      ending: 'averted',
      reason: { code: 'born-right' },
    });
  });

  test('is not called averted when its history could not be read', () => {
    const { held, given } = done(ago(minutes(61)), undefined, keep());
    expect(answer(held, { ...given, symptom: unread('Throttling') })).toEqual({
      kind: 'conclude',
      ending: 'unproved',
      reason: { code: 'symptom-unknown' },
    });
  });

  const unhelped = {
    kind: 'not-relieved',
    latency: 80,
    queue: 30,
    usualLatency: 1,
    usualQueue: 0.5,
  } as const;

  test.each([
    { what: 'that cannot be read', symptom: unread('Throttling') },
    { what: 'too short to judge by', symptom: read({ latency: [], queue: [] }, noon) },
  ])('keeps the bad verdict that was told over evidence $what', ({ symptom }) => {
    const { held, given } = done(ago(minutes(61)), ago(minutes(61)));
    expect(answer({ ...held, verdict: unhelped }, { ...given, symptom })).toMatchObject({
      kind: 'conclude',
      ending: 'not-relieved',
      reason: { code: 'symptom-stays' },
    });
  });

  test('does not keep a bad verdict over evidence of a good one', () => {
    const { held, given } = done(ago(minutes(61)), ago(minutes(61)));
    expect(answer({ ...held, verdict: unhelped }, given)).toMatchObject({ ending: 'averted' });
  });

  test.each([
    { what: 'too early by the hour', accepted: 60, verdict: { kind: 'too-early' } },
    { what: 'unknown after it', accepted: 60.5, verdict: { kind: 'unknown', why: 'Throttling' } },
  ])('of which nothing can be read while AWS goes on is $what', ({ accepted, verdict }) => {
    const startedAt = ago(minutes(accepted));
    const held = upgrading({ acceptedAt: startedAt, predictedWall: startedAt });
    const symptom = unread('Throttling');
    expect(answer(held, { ...modification({ startedAt }), symptom })).toMatchObject({
      kind: 'await',
      progress: { modification: 'optimizing', verdict },
    });
  });

  test('is not called unhelpful when nobody could read whether it helped', () => {
    const { held, given } = done(ago(minutes(61)), ago(minutes(61)));
    expect(answer(held, { ...given, symptom: unread('AccessDenied on cloudwatch:GetMetricData') })).toEqual({
      kind: 'conclude',
      ending: 'unproved',
      reason: { code: 'symptom-unknown' },
    });
  });

  test('keeps a good verdict while AWS still optimises, and is then asked about less often', () => {
    const held = upgrading({ verdict: { kind: 'relieved' } });
    expect(answer(held, { ...modification(), ...slow })).toMatchObject({
      kind: 'await',
      reason: { code: 'modification-running' },
      progress: { verdict: { kind: 'relieved' } },
      dueAt: ahead(minutes(5)),
    });
  });

  test('ends as failed when AWS gives it up', () => {
    expect(answer(upgrading(), modification({ state: 'failed' }))).toEqual({
      kind: 'conclude',
      ending: 'failed',
      reason: { code: 'modification-failed' },
    });
  });

  test('does not end as failed when what AWS gave up is a growth that somebody began after the move had ended', () => {
    const growth = modification({ state: 'failed', from: fix().to });
    expect(answer(upgrading(), { ...growth, ...become(fix().to) })).toMatchObject({
      kind: 'await',
      progress: { modification: 'completed' },
    });
  });

  test.each([
    { what: 'the volume is not there', given: modification({ state: 'failed', from: fix().to }) },
    {
      what: 'it began from elsewhere',
      given: { ...modification({ state: 'failed' }), ...become(fix().to) },
    },
    {
      what: 'nobody says from where it began',
      given: { ...modification({ state: 'failed', from: undefined }), ...become(fix().to) },
    },
  ])('ends as failed all the same where $what', ({ given }) => {
    expect(answer(upgrading(), given)).toMatchObject({ kind: 'conclude', ending: 'failed' });
  });

  test('is left to others when somebody moves the volume on from where we took it', () => {
    const other = { type: 'io2', iops: iops(9_000) } as const;
    const given = {
      ...modification({ state: 'optimizing', from: fix().to, to: other }),
      ...become(fix().to),
    };
    expect(answer(upgrading(), given)).toMatchObject({ kind: 'conclude', ending: 'yielded' });
  });

  test('is left to others when somebody changed the volume since', () => {
    expect(answer(upgrading(), modification({ to: { type: 'io2', iops: iops(9_000) } }))).toEqual({
      kind: 'conclude',
      ending: 'yielded',
      reason: { code: 'changed-by-others' },
    });
  });

  test.each([
    { what: 'modifications cannot be read', given: { modification: unread('Throttling') } },
    { what: 'only an older modification is shown', given: modification({ startedAt: ago(hours(3)) }) },
    { what: 'AWS says a state we do not know', given: modification({ state: { unknown: 'verifying' } }) },
    {
      what: 'it is completed but the volume still shows its old type',
      given: modification({ state: 'completed' }),
    },
  ])('is waited for on doubt: $what', ({ given }) => {
    expect(answer(upgrading(), given)).toMatchObject({
      kind: 'await',
      progress: { modification: 'unknown' },
    });
  });

  test('is completed when AWS and the volume say so, however fast the clock was that noted its acceptance', () => {
    const { held, given } = done(ago(minutes(30)), ago(minutes(10)));
    expect(answer({ ...held, acceptedAt: ahead(minutes(5)) }, given)).toMatchObject({
      progress: { modification: 'completed' },
    });
  });

  test('holds a bridge once it is completed and judged', () => {
    const { held, given } = done(ago(minutes(30)), ago(minutes(10)), bridge());
    expect(answer(held, given)).toEqual({
      kind: 'hold',
      reason: { code: 'bridge-still-needed' },
      verdict: { kind: 'averted', usual: { latency: 1, queue: 0.5 } },
      dueAt: ahead(minutes(5)),
    });
  });
});

describe('a way back that AWS accepted', () => {
  const { acceptedAt } = returning();
  const done = {
    ...become({ type: 'gp2' }),
    ...modification({ state: 'completed', startedAt: acceptedAt, from: bridge().to, to: { type: 'gp2' } }),
  };

  test('is followed while it runs', () => {
    const running = modification({ startedAt: acceptedAt, from: bridge().to, to: { type: 'gp2' } });
    const balance = read(minutely(level(60)), noon);
    expect(answer(returning(), { ...become(bridge().to), ...running, balance })).toMatchObject({
      kind: 'await',
      reason: { code: 'modification-running' },
      dueAt: ahead(minutes(5)),
    });
  });

  test('ends with the first balance seen afterwards', () => {
    const balance = read(minutely([12], noon), noon);
    expect(answer(returning(), { ...done, balance })).toEqual({
      kind: 'conclude',
      ending: 'put-back',
      reason: { code: 'demand-fits-bucket-again' },
    });
  });

  test('does not end with a balance from before', () => {
    const balance = read(minutely([99], ago(minutes(31))), noon);
    expect(answer(returning(), { ...done, balance })).toMatchObject({
      kind: 'await',
      reason: { code: 'first-balance-awaited' },
      dueAt: ahead(minutes(1)),
    });
  });

  test.each([
    { waited: 29, kind: 'await' },
    { waited: 30, kind: 'conclude' },
  ])('waits for that balance half an hour: after $waited minutes it is $kind', ({ waited, kind }) => {
    const held = returning({ completedAt: ago(minutes(waited)) });
    expect(answer(held, { ...done, balance: read([], noon) })).toMatchObject({ kind });
  });

  test('goes on with its bridge when AWS gives it up', () => {
    const [from, to] = [fix().to, fix().from];
    const given = { ...modification({ state: 'failed', startedAt: acceptedAt, from, to }), ...become(from) };
    expect(answer(returning(), given)).toMatchObject({
      kind: 'release',
      reason: { code: 'modification-failed' },
      dueAt: ahead(minutes(5)),
    });
  });

  test('is left to others when somebody changed the volume since', () => {
    const given = modification({ startedAt: ago(minutes(5)), to: { type: 'io2', iops: iops(9_000) } });
    expect(answer(returning(), given)).toMatchObject({ kind: 'conclude', ending: 'yielded' });
  });
});
