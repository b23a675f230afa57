import { describe, expect, test } from 'vitest';
import type { OpenCase, Told } from '../../../core/domain/cases/case.ts';
import type { Decision } from '../../../core/domain/deciding/decision.ts';
import type { Refusal } from '../../../core/domain/reasons.ts';
import { hours, minutes } from '../../../core/domain/units.ts';
import { announced, bridged, intended, returning, upgrading, watching } from '../some-case.ts';
import { ago, ahead, bridge, fix, wayBack } from '../some-situation.ts';
import { noon } from '../some-volume.ts';
import { conclude, dueAt, step, telling, watch } from './stepping.ts';

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

test('what stood against moving a volume is news again when it stands against going back', () => {
  const told: Told = { what: 'needed', at: ago(hours(1)), codes: ['unread-fact'], easedAt: undefined };
  const moving = step(intended({ told }), {
    kind: 'adopt',
    reason: { code: 'modification-running' },
    startedAt: noon,
  })?.next as OpenCase;
  expect(moving).toMatchObject({ state: 'upgrading', told: undefined });
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
