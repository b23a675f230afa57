import { describe, expect, test } from 'vitest';
import type { OpenCase, Told } from '../../../core/domain/cases/case.ts';
import { type StepContext, stepCase } from '../../../core/domain/cases/step-case.ts';
import type { Forecast } from '../../../core/domain/credits/forecast.ts';
import type { Decision } from '../../../core/domain/deciding/decision.ts';
import type { Refusal } from '../../../core/domain/reasons.ts';
import { hours, minutes, percent } from '../../../core/domain/units.ts';
import { announced, bridged, intended, returning, someSubject, upgrading, watching } from '../some-case.ts';
import { ago, ahead, bridge, fix, wayBack } from '../some-situation.ts';
import { noon } from '../some-volume.ts';

const context: StepContext = { now: noon, subject: someSubject, mutedUntil: undefined, requests: [] };
const fresh = { id: 'EB-NEW', volumeId: someSubject.volumeId };
const step = (open: OpenCase | undefined, decision: Decision, rest: Partial<StepContext> = {}) =>
  stepCase(open, decision, { ...context, ...rest }, fresh);

const steady: Forecast = {
  kind: 'steady',
  balance: percent(60),
  asOf: noon,
  age: minutes(0),
  earliestWall: ahead(minutes(20)),
};
const atWall: Forecast = { ...steady, kind: 'at-wall', balance: percent(0) };
const dueAt = ahead(minutes(1));
const watch: Decision = { kind: 'watch', reason: { code: 'recovering' }, forecast: steady, dueAt };
const telling = (kind: 'warn' | 'page'): Decision => ({
  kind,
  reason: { code: 'at-wall' },
  forecast: atWall,
  refusals: [{ code: 'notify-mode' }],
  wouldDo: fix(),
  dueAt,
});
const act: Decision = { kind: 'act', reason: { code: 'at-wall' }, forecast: atWall, plan: bridge() };
const conclude = (ending: 'recovered' | 'averted' | 'failed' | 'put-back'): Decision => ({
  kind: 'conclude',
  ending,
  reason: { code: 'recovered' },
});

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

describe('what is told', () => {
  test('is a warning once', () => {
    const first = step(watching(), telling('warn'));
    expect(first).toMatchObject({ next: { state: 'announced' }, said: { kind: 'warned' } });
    expect(step(announced(), telling('warn'))).toMatchObject({ next: { version: 2 }, said: undefined });
  });

  test('is again when a warning becomes a call for help, and never the other way round', () => {
    const needed = announced({
      told: { what: 'needed', at: ago(minutes(5)), codes: [], easedAt: undefined },
    });
    expect(step(announced(), telling('page'))).toMatchObject({ said: { kind: 'needed' } });
    expect(step(needed, telling('page'))).toMatchObject({ said: undefined });
    expect(step(needed, telling('warn'))).toMatchObject({ next: { told: needed.told }, said: undefined });
  });

  describe('of the next wall in the same case', () => {
    const paged = (minutesAgo: number, rest: Partial<Told> = {}) =>
      announced({
        told: {
          what: 'needed',
          at: ago(minutes(minutesAgo)),
          codes: ['notify-mode'],
          easedAt: undefined,
          ...rest,
        },
      });

    test('is a call again, once it had ceased to head for the first', () => {
      const calm = step(paged(90), watch)?.next as OpenCase;
      expect(calm).toMatchObject({ state: 'announced', told: { what: 'needed', easedAt: noon } });
      expect(step(calm, telling('page'))).toMatchObject({
        said: { kind: 'needed' },
        next: { told: { what: 'needed', at: noon, easedAt: undefined } },
      });
      expect(step(calm, telling('warn'))).toMatchObject({ said: { kind: 'warned' } });
      expect(step(paged(90), telling('page'))).toMatchObject({ said: undefined });
    });

    test('is not told within an hour of the last word, unless a warning becomes a call', () => {
      const easedAt = ago(minutes(20));
      expect(step(paged(59, { easedAt }), telling('page'))).toMatchObject({
        said: undefined,
        next: { told: { easedAt } },
      });
      expect(step(paged(60, { easedAt }), telling('page'))).toMatchObject({ said: { kind: 'needed' } });
      const warned = paged(30, { easedAt, what: 'warned' });
      expect(step(warned, telling('page'))).toMatchObject({ said: { kind: 'needed' } });
    });
  });

  test('is another reason why nothing was done, and none that was given before', () => {
    const told = (codes: readonly string[], minutesAgo = 60) =>
      announced({ told: { what: 'needed', at: ago(minutes(minutesAgo)), codes, easedAt: undefined } });
    expect(step(told(['muted']), telling('page'))).toMatchObject({
      said: { kind: 'needed', refusals: [{ code: 'notify-mode' }] },
      next: { told: { codes: ['muted', 'notify-mode'] } },
    });
    expect(step(told(['muted'], 59), telling('page'))).toMatchObject({ said: undefined });
    expect(step(told(['muted', 'notify-mode']), telling('page'))).toMatchObject({ said: undefined });
  });

  test('waits for nothing longer than for AWS, which is asked when it said', () => {
    const putOff = { until: ahead(minutes(0.5)), refusal: { code: 'aws-throttled' } as const };
    expect(step(announced({ putOff }), telling('page'))?.next).toMatchObject({ putOff, dueAt: putOff.until });
    const over = { ...putOff, until: noon };
    expect(step(announced({ putOff: over }), telling('page'))?.next).toMatchObject({
      putOff: undefined,
      dueAt,
    });
  });

  test('is nothing at the end of a watch nobody heard of', () => {
    expect(step(watching(), conclude('recovered'))).toMatchObject({
      next: { state: 'closed', ending: 'recovered', closedAt: noon, stays: undefined },
      said: undefined,
    });
  });

  test('is the end of every case that somebody heard of', () => {
    const said = { kind: 'ended', ending: 'recovered' };
    expect(step(announced(), conclude('recovered'))).toMatchObject({ said });
    const told = { what: 'warned' as const, at: ago(minutes(9)), codes: [], easedAt: undefined };
    expect(step(watching({ told }), conclude('recovered'))).toMatchObject({ said });
  });

  test('is a verdict when it is first clear, and not again', () => {
    const following = (verdict: 'relieved' | 'too-early'): Decision => ({
      kind: 'await',
      reason: { code: 'modification-running' },
      progress: { modification: 'optimizing', percent: 10, verdict: { kind: verdict } },
      dueAt,
    });
    expect(step(upgrading(), following('too-early'))).toMatchObject({ said: undefined });
    expect(step(upgrading(), following('relieved'))).toMatchObject({ said: { kind: 'judged' } });
    const judged = upgrading({ verdict: { kind: 'relieved' } });
    expect(step(judged, following('relieved'))).toMatchObject({ said: undefined });
  });
});

describe('a bridge that stays', () => {
  const holding = (refusal: Refusal | undefined): Decision => ({
    kind: 'hold',
    reason: refusal ?? { code: 'bridge-still-needed' },
    verdict: { kind: 'relieved' },
    refused: refusal && { reason: { code: 'demand-fits-bucket-again' }, refusal, wouldDo: wayBack() },
    dueAt,
  });
  const refusal: Refusal = { code: 'notify-mode' };

  test('is silent while it is needed', () => {
    expect(step(bridged(), holding(undefined))).toMatchObject({
      next: { state: 'bridged' },
      said: undefined,
    });
  });

  test('says once for each refusal why it could not go back', () => {
    const first = step(bridged(), holding(refusal));
    expect(first?.said).toMatchObject({ kind: 'warned', refusals: [refusal], wouldDo: wayBack() });
    const told = first?.next.told;
    expect(step(bridged({ told }), holding(refusal))).toMatchObject({ said: undefined });
    expect(step(bridged({ told }), holding({ code: 'opted-out' }))).toMatchObject({
      said: { kind: 'warned', refusals: [{ code: 'opted-out' }] },
      next: { told: { codes: ['notify-mode', 'opted-out'] } },
    });
  });
});

describe('the next word that was promised', () => {
  const promisedAt = ahead(minutes(2));
  const promised = (rest: Partial<Told> = {}) =>
    announced({
      told: { what: 'warned', at: ago(minutes(15)), codes: ['notify-mode'], easedAt: undefined, ...rest },
    });

  test('is kept in the case with the warning, for which it is looked at in time', () => {
    const warning: Decision = {
      ...telling('warn'),
      kind: 'warn',
      promisedAt: ahead(minutes(9)),
      dueAt: ahead(hours(1)),
    } as Decision;
    expect(step(watching(), warning)).toMatchObject({
      next: { told: { promisedAt: ahead(minutes(9)) }, dueAt: ahead(minutes(7)) },
    });
  });

  test('is that it has eased, where it has', () => {
    expect(step(promised({ promisedAt }), watch)).toMatchObject({
      said: { kind: 'eased', reason: { code: 'recovering' } },
      next: { state: 'announced', told: { easedAt: noon } },
    });
    const after = step(promised({ promisedAt }), watch)?.next as OpenCase;
    expect(after.told).not.toHaveProperty('promisedAt');
    expect(step(after, watch)).toMatchObject({ said: undefined });
  });

  test('is not given before its time, nor where none was promised', () => {
    expect(step(promised({ promisedAt: ahead(minutes(2.1)) }), watch)).toMatchObject({
      said: undefined,
      next: { told: { promisedAt: ahead(minutes(2.1)) } },
    });
    expect(step(promised(), watch)).toMatchObject({ said: undefined });
  });

  test('is the warning again where the wall came later, without another promise', () => {
    const later = step(promised({ promisedAt }), {
      ...telling('warn'),
      promisedAt: ahead(minutes(12)),
    } as Decision);
    expect(later).toMatchObject({ said: { kind: 'warned' }, next: { told: { at: noon } } });
    expect(later?.next.told).not.toHaveProperty('promisedAt');
    expect(step(promised(), telling('warn'))).toMatchObject({ said: undefined });
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

describe('an upgrade that is judged and completed in one look', () => {
  const verdict = { kind: 'relieved' } as const;
  const hold: Decision = {
    kind: 'hold',
    reason: { code: 'bridge-still-needed' },
    verdict,
    refused: undefined,
    dueAt,
  };

  test('is told of twice: first the verdict, then that deploys are safe', () => {
    const judged = step(upgrading({ plan: bridge() }), hold);
    expect(judged).toMatchObject({
      said: { kind: 'judged' },
      next: { state: 'upgrading', completedAt: undefined },
    });
    expect(step(judged?.next as OpenCase, hold)).toMatchObject({
      said: { kind: 'completed' },
      next: { state: 'bridged' },
    });
  });

  test('is told of once where it was known to be completed', () => {
    expect(step(upgrading({ plan: bridge(), completedAt: ago(minutes(5)) }), hold)).toMatchObject({
      said: { kind: 'judged' },
      next: { state: 'bridged' },
    });
  });
});

describe('a way back', () => {
  test('that AWS gave up is told, and the bridge stays', () => {
    const failed: Decision = { kind: 'release', reason: { code: 'modification-failed' }, dueAt };
    expect(step(returning(), failed)).toMatchObject({
      next: { state: 'bridged', bridge: returning().bridge, dueAt },
      said: { kind: 'warned', reason: { code: 'modification-failed' }, refusals: [], wouldDo: wayBack() },
      ledger: { kind: 'none' },
    });
  });

  test('that was never accepted is not told: nobody heard that it goes back', () => {
    const release: Decision = { kind: 'release', reason: { code: 'intent-unresolved' }, dueAt };
    const back = intended({ plan: wayBack(), bridge: bridged().bridge });
    expect(step(back, release)).toMatchObject({ next: { state: 'bridged' }, said: undefined });
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
    expect(step(announced({ openedAt: ago(hours(9)) }), act)).toMatchObject({
      next: { predictedWall: ago(hours(2)) },
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

describe('an intent that nobody can tell the outcome of', () => {
  const page: Decision = {
    kind: 'page',
    reason: { code: 'intent-unresolved' },
    forecast: { kind: 'unknown', why: 'unread', detail: 'Throttling' },
    refusals: [{ code: 'unread-fact', fact: 'modifications', why: 'Throttling' }],
    wouldDo: fix(),
    dueAt,
  };

  test('is told, and stays an intent', () => {
    const { plan, intendedAt, requests } = intended();
    expect(step(intended(), page)).toMatchObject({
      next: { state: 'intended', plan, intendedAt, requests, told: { what: 'needed', at: noon } },
      said: { kind: 'needed', reason: { code: 'intent-unresolved' }, wouldDo: fix() },
      ledger: { kind: 'none' },
    });
  });

  test('is not told twice', () => {
    const told = { what: 'needed', at: ago(hours(3)), codes: ['unread-fact'], easedAt: undefined } as const;
    expect(step(intended({ told }), page)).toMatchObject({ next: { told }, said: undefined });
  });
});

test('a decision that cannot follow on the state is a defect that says so', () => {
  expect(() => step(upgrading(), act)).toThrow(
    'decision act cannot follow on state upgrading; report this as a defect',
  );
});

test('the subject and the mute are those of the latest look', () => {
  const mutedUntil = ahead(hours(1));
  const subject = { ...someSubject, name: 'renamed' };
  expect(step(watching(), watch, { mutedUntil, subject })).toMatchObject({ next: { mutedUntil, subject } });
});
