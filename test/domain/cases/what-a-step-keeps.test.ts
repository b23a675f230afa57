import { describe, expect, test } from 'vitest';
import { absentCase } from '../../../core/domain/cases/absent-case.ts';
import { answerCase, type ModifyAnswer } from '../../../core/domain/cases/answer-case.ts';
import type { Intended, OpenCase, Told } from '../../../core/domain/cases/case.ts';
import { emptyLedger } from '../../../core/domain/cases/ledger.ts';
import { stepCase } from '../../../core/domain/cases/step-case.ts';
import type { Forecast } from '../../../core/domain/credits/forecast.ts';
import type { Conclusion, Decision, Progress, Verdict } from '../../../core/domain/deciding/decision.ts';
import type { AwsRefusal } from '../../../core/domain/reasons.ts';
import { hours, type Instant, minutes, percent } from '../../../core/domain/units.ts';
import {
  announced,
  asked,
  bridged,
  intended,
  returning,
  someSubject,
  upgrading,
  watching,
} from '../some-case.ts';
import { ago, ahead, bridge, fix, keep, wayBack } from '../some-situation.ts';
import { noon } from '../some-volume.ts';

type DecisionOf<Kind extends Decision['kind']> = Extract<Decision, { kind: Kind }>;

const dueAt = ahead(minutes(1));
const fresh = { id: 'EB-NEW', volumeId: someSubject.volumeId };
const step = (open: OpenCase | undefined, decision: Decision) =>
  stepCase(open, decision, { now: noon, subject: someSubject, mutedUntil: undefined, requests: [] }, fresh);

const seen = { balance: percent(40), asOf: ago(minutes(2)), age: minutes(2) };
const steady: Forecast = { ...seen, kind: 'steady', earliestWall: ahead(minutes(20)) };
const atWall: Forecast = { ...steady, kind: 'at-wall' };
const wall = { earliest: ahead(minutes(10)), likely: ahead(minutes(12)), latest: undefined };
const draining: Forecast = { ...steady, kind: 'draining', percentPerMinute: -2, wall };
const unseen: Forecast = { kind: 'unknown', why: 'unread', detail: 'Throttling' };

const telling = (kind: 'warn' | 'page', rest: Partial<DecisionOf<'page'>> = {}): Decision => ({
  reason: { code: 'at-wall' },
  forecast: atWall,
  refusals: [{ code: 'notify-mode' }],
  wouldDo: fix(),
  dueAt,
  ...rest,
  kind,
});
const watch = (forecast: Forecast): Decision => ({
  kind: 'watch',
  reason: { code: 'recovering' },
  forecast,
  dueAt,
});
const following = (modification: Progress['modification'], verdict: Verdict): Decision => ({
  kind: 'await',
  reason: { code: 'modification-running' },
  progress: { modification, percent: 10, verdict },
  dueAt,
});
const tooEarly = { kind: 'too-early' } as const;
const relieved = { kind: 'relieved' } as const;
const back = intended({ plan: wayBack(), bridge: bridged().bridge });

describe('when and where it was last seen', () => {
  test.each([
    { what: 'draining: its likely wall', forecast: draining, lastSeen: { at: seen.asOf, wall: wall.likely } },
    { what: 'at its wall: now', forecast: atWall, lastSeen: { at: seen.asOf, wall: noon } },
    { what: 'steady: no wall', forecast: steady, lastSeen: { at: seen.asOf, wall: undefined } },
  ])('is as forecast, $what', ({ forecast, lastSeen }) => {
    expect(step(watching(), telling('warn', { forecast }))?.next).toHaveProperty('lastSeen', lastSeen);
  });

  test('is not known where it was never seen', () => {
    expect(step(watching(), telling('warn', { forecast: unseen }))?.next).toHaveProperty(
      'lastSeen',
      undefined,
    );
  });

  test('is taken as of the samples by a watch, and as of now without any', () => {
    const lastSeen = (forecast: Forecast) => step(announced(), watch(forecast))?.next;
    expect(lastSeen(steady)).toHaveProperty('lastSeen', { at: seen.asOf, wall: undefined });
    expect(lastSeen(unseen)).toHaveProperty('lastSeen', { at: noon, wall: undefined });
  });

  test('is what the intent rested on where AWS refused it', () => {
    expect(refusedWith({ code: 'aws-no-capacity' })?.next).toHaveProperty('lastSeen', {
      at: intended().intendedAt,
      wall: intended().predictedWall,
    });
  });
});

const answered = (answer: ModifyAnswer, held: Intended = intended()) =>
  answerCase(held, answer, minutes(15), noon);
const refusedWith = (refusal: AwsRefusal, held: Intended = intended()) =>
  answered({ kind: 'refused', refusal, message: 'no', requestId: 'req-1' }, held);

describe('what the team was told', () => {
  const told = (rest: Partial<Told>): Told => ({
    what: 'warned',
    at: ago(minutes(60)),
    codes: ['muted'],
    easedAt: undefined,
    ...rest,
  });

  test('is kept as a warning or as a call for help', () => {
    expect(step(watching(), telling('warn'))?.next.told?.what).toBe('warned');
    expect(step(watching(), telling('page'))?.next.told?.what).toBe('needed');
    expect(step(intended(), telling('warn'))).toMatchObject({
      next: { told: { what: 'warned' } },
      said: { kind: 'warned' },
    });
    expect(step(intended(), telling('page'))).toMatchObject({
      next: { told: { what: 'needed' } },
      said: { kind: 'needed' },
    });
  });

  test('remains "nothing could be seen" only while nothing else was ever told', () => {
    const blind = telling('warn', {
      reason: { code: 'blind' } as DecisionOf<'page'>['reason'],
      forecast: unseen,
    });
    const toldBy = (saw: Partial<Told>) => step(announced({ told: told(saw) }), blind)?.next.told;
    expect(toldBy({ saw: 'nothing' })).toMatchObject({ codes: ['muted', 'notify-mode'], saw: 'nothing' });
    expect(toldBy({})).toMatchObject({ codes: ['muted', 'notify-mode'] });
    expect(toldBy({})).not.toHaveProperty('saw');
  });

  test('is said again for one new reason among known ones, and not for a milder word', () => {
    const refusals = [{ code: 'muted', until: ahead(hours(1)) }, { code: 'notify-mode' }] as const;
    const page = telling('page', { refusals });
    expect(step(announced({ told: told({ what: 'needed' }) }), page)).toMatchObject({
      said: { kind: 'needed' },
    });
    expect(step(announced({ told: told({ what: 'needed' }) }), telling('warn'))).toMatchObject({
      said: undefined,
    });
  });

  test('is what AWS answered, also where it is the first word', () => {
    expect(refusedWith({ code: 'aws-no-capacity' })?.next.told?.codes).toEqual(['aws-no-capacity']);
  });

  test('becomes a call when AWS refuses again near the wall, and no second warning further away', () => {
    const warned = told({ at: ago(minutes(5)), codes: ['aws-no-capacity'] });
    const again = (wallIn: number) =>
      refusedWith(
        { code: 'aws-no-capacity' },
        intended({ told: warned, predictedWall: ahead(minutes(wallIn)) }),
      );
    expect(again(9)).toMatchObject({ said: { kind: 'needed' }, next: { told: { what: 'needed' } } });
    expect(again(30)).toMatchObject({ said: undefined, next: { told: warned } });
  });

  test('holds the promise to call in time, only with a warning and only ahead of a wall', () => {
    const toldAt = (predictedWall: Intended['predictedWall']) =>
      refusedWith({ code: 'aws-no-capacity' }, intended({ predictedWall }))?.next.told;
    expect(toldAt(ahead(minutes(25)))).toMatchObject({ what: 'warned', promisedAt: ahead(minutes(15)) });
    expect(toldAt(ahead(minutes(9)))).not.toHaveProperty('promisedAt');
    expect(toldAt(undefined)).not.toHaveProperty('promisedAt');
  });

  test('of a way back that AWS refused is a warning', () => {
    expect(refusedWith({ code: 'aws-throttled' }, back)?.next.told?.what).toBe('warned');
  });
});

test('a refusal exactly a lead time ahead of the wall is looked at again in a quarter of an hour: the team was called', () => {
  const held = intended({ predictedWall: ahead(minutes(15)) });
  expect(refusedWith({ code: 'aws-no-capacity' }, held)?.next.dueAt).toBe(ahead(minutes(15)));
});

describe('the wall of a volume that is at it', () => {
  const wallAt = (open: OpenCase, since: Instant | undefined) => {
    const forecast: Forecast = since === undefined ? atWall : { ...steady, kind: 'at-wall', since };
    const act: Decision = { kind: 'act', reason: { code: 'at-wall' }, forecast, plan: bridge() };
    return step(open, act)?.next;
  };
  const opened = (minutesAgo: number) => watching({ openedAt: ago(minutes(minutesAgo)) });

  test.each([
    { what: 'where it came before the case was opened', openedAgo: 0, since: 70, wall: 70 },
    { what: 'since the case was opened, where it was told of before', openedAgo: 40, since: 10, wall: 40 },
    { what: 'since the case was opened, where nobody stored it', openedAgo: 5, since: undefined, wall: 5 },
    { what: 'where it came hours before the case was opened', openedAgo: 0, since: 175, wall: 175 },
    { what: 'since the case was opened, where it is hours old', openedAgo: 540, since: 121, wall: 540 },
    { what: 'not that far back, where it is fresh', openedAgo: 540, since: 120, wall: 120 },
    { what: 'twelve hours ago, where the case is older', openedAgo: 721, since: 175, wall: 720 },
  ])('is $what', ({ openedAgo, since, wall }) => {
    const at = since === undefined ? undefined : ago(minutes(since));
    expect(wallAt(opened(openedAgo), at)).toMatchObject({ predictedWall: ago(minutes(wall)) });
  });
});

describe('what we asked AWS for', () => {
  const act: Decision = { kind: 'act', reason: { code: 'at-wall' }, forecast: atWall, plan: bridge() };

  test('counts for 24 hours and no longer', () => {
    const requests = [ago(hours(24)), ago(hours(23.99))].map(asked);
    expect(step(watching({ requests }), watch(steady))?.next.requests).toEqual([asked(ago(hours(23.99)))]);
  });

  test('counts on where a later request was refused', () => {
    const requests = [asked(ago(hours(3))), asked(intended().intendedAt)];
    expect(refusedWith({ code: 'aws-throttled' }, intended({ requests }))?.next.requests).toEqual([
      asked(ago(hours(3))),
    ]);
  });

  test('is a way back only from a bridge', () => {
    expect(step(bridged(), { ...act, plan: wayBack() } as Decision)?.next).toHaveProperty(
      'bridge',
      bridged().bridge,
    );
    expect(step(watching(), act)?.next).toHaveProperty('bridge', undefined);
  });

  test.each([fix(), bridge(), keep()])('is remembered as missing in the zone: $to.type', (plan) => {
    const held = intended({ plan, typesNotInZone: [] });
    expect(refusedWith({ code: 'aws-type-not-in-zone' }, held)?.next.typesNotInZone).toEqual([plan.to.type]);
  });

  test('is not remembered as missing in the zone where no plan could avoid that type', () => {
    const held = intended({ plan: fix({ to: { type: 'gp2' } }) });
    expect(refusedWith({ code: 'aws-type-not-in-zone' }, held)?.next.typesNotInZone).toEqual([]);
  });
});

describe('a modification that is followed', () => {
  test('is not judged when AWS accepts it', () => {
    expect(answered({ kind: 'accepted', at: noon, requestId: 'req-1' })?.next).toHaveProperty(
      'verdict',
      tooEarly,
    );
  });

  test('stays an intent as it is while its outcome is awaited', () => {
    expect(step(intended(), following('modifying', tooEarly))).toStrictEqual({
      next: { ...intended(), version: 2, dueAt },
      said: undefined,
      ledger: { kind: 'none' },
    });
  });

  test('back to its bucket is completed when that is first seen, silently', () => {
    const stepOf = (held: OpenCase, modification: Progress['modification']) =>
      step(held, following(modification, relieved));
    const next = { ...returning(), version: 2, dueAt };
    const rest = { said: undefined, ledger: { kind: 'none' } };
    expect(stepOf(returning(), 'optimizing')).toStrictEqual({ next, ...rest });
    expect(stepOf(returning(), 'completed')).toStrictEqual({ next: { ...next, completedAt: noon }, ...rest });
    const completedAt = ago(minutes(5));
    expect(stepOf(returning({ completedAt }), 'completed')).toStrictEqual({
      next: { ...next, completedAt },
      ...rest,
    });
    expect(stepOf(returning({ completedAt }), 'unknown')?.next).toMatchObject({ completedAt });
  });

  test('is told as completed once', () => {
    expect(step(upgrading(), following('completed', tooEarly))).toMatchObject({
      next: { state: 'upgrading', completedAt: noon, verdict: tooEarly },
      said: { kind: 'completed', plan: fix(), took: minutes(1) },
    });
    const completedAt = ago(minutes(5));
    expect(step(upgrading({ completedAt }), following('completed', tooEarly))).toMatchObject({
      next: { completedAt },
      said: undefined,
    });
    expect(step(upgrading(), following('optimizing', tooEarly))).toMatchObject({
      next: { completedAt: undefined },
      said: undefined,
    });
  });

  test('is told of its verdict first where both are new, and forgets no completion it knew', () => {
    expect(step(upgrading(), following('completed', relieved))).toMatchObject({
      next: { completedAt: undefined, verdict: relieved },
      said: { kind: 'judged', plan: fix(), verdict: relieved },
    });
    const completedAt = ago(minutes(5));
    expect(step(upgrading({ completedAt }), following('completed', relieved))).toMatchObject({
      next: { completedAt },
      said: { kind: 'judged' },
    });
  });

  test('is told when its verdict turns, and not when one is no longer possible', () => {
    const held = upgrading({ verdict: relieved });
    const unknown = { kind: 'unknown', why: 'Throttling' } as const;
    expect(step(held, following('optimizing', unknown))).toMatchObject({
      said: { kind: 'judged', verdict: unknown },
    });
    expect(step(held, following('optimizing', tooEarly))).toMatchObject({ said: undefined });
  });

  test('becomes a bridge since the moment AWS accepted it', () => {
    const hold: Decision = {
      kind: 'hold',
      reason: { code: 'bridge-still-needed' },
      verdict: relieved,
      refused: undefined,
      dueAt,
    };
    const next = (held: OpenCase) => step(held, hold)?.next;
    expect(next(upgrading({ plan: bridge(), verdict: relieved }))).toHaveProperty('bridge', {
      plan: bridge(),
      since: upgrading().acceptedAt,
      verdict: relieved,
    });
    expect(next(upgrading({ plan: bridge() }))).not.toHaveProperty('bridge');
    const known = upgrading({ plan: bridge(), verdict: relieved, completedAt: ago(minutes(5)) });
    expect(step(known, hold)).toMatchObject({ next: { state: 'bridged' }, said: undefined });
  });
});

describe('the end of a case', () => {
  const end = (held: OpenCase, ending: Conclusion['ending'] = 'recovered', rest: Partial<Conclusion> = {}) =>
    step(held, { kind: 'conclude', ending, reason: { code: 'recovered' }, ...rest });

  test.each([
    ['an upgrade: when AWS accepted it', upgrading(), upgrading().acceptedAt],
    ['a bridge: since when it is one', bridged(), bridged().bridge.since],
    ['a way back: since when it was a bridge', returning(), returning().bridge.since],
    ['an intended way back: the same', back, bridged().bridge.since],
  ])('says since when the volume was moved, of %s', (_, held, movedAt) => {
    expect(end(held)?.said).toMatchObject({ kind: 'ended', movedAt });
  });

  test.each([announced(), intended()])('does not say so where nothing was moved: $state', (held) => {
    expect(end(held)?.said).toMatchObject({ kind: 'ended' });
    expect(end(held)?.said).not.toHaveProperty('movedAt');
  });

  test('says what is usual where a verdict knew it, and nothing where none did', () => {
    const usual = { latency: 1, queue: 0.5 };
    expect(end(announced(), 'recovered', { usual })?.said).toMatchObject({ usual });
    expect(end(announced())?.said).not.toHaveProperty('usual');
  });

  test.each(['averted', 'relieved', 'not-relieved', 'unproved'] as const)(
    'keeps the cost committed where the modification stays: %s',
    (ending) => {
      expect(end(upgrading({ plan: bridge() }), ending)).toMatchObject({
        next: { stays: bridge() },
        said: { plan: bridge() },
        ledger: { kind: 'none' },
      });
    },
  );

  test.each([
    ['a bridge', bridged(), bridge()],
    ['a way back', returning(), bridge()],
    ['an intended way back', back, bridge()],
    ['an intended upgrade', intended({ plan: bridge() }), bridge()],
    ['an upgrade', upgrading({ plan: bridge() }), bridge()],
  ])('gives back the cost of what does not stay: %s', (_, held, plan) => {
    expect(end(held, 'gone')).toMatchObject({
      next: { stays: undefined },
      said: { plan },
      ledger: { kind: 'release', monthlyIncrease: 67.5 },
    });
  });

  test('of an absent volume says that it is gone', () => {
    expect(absentCase(announced(), noon).said).toMatchObject({
      ending: 'gone',
      reason: { code: 'volume-gone' },
    });
  });
});

test('an account in which nothing was done yet has spent and claimed nothing', () => {
  expect(emptyLedger).toStrictEqual({ version: 0, committed: 0, recentClaims: [] });
});
