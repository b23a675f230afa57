import { describe, expect, test } from 'vitest';
import type { OpenCase, Told } from '../../../core/domain/cases/case.ts';
import type { Decision } from '../../../core/domain/deciding/decision.ts';
import { hours, minutes } from '../../../core/domain/units.ts';
import { intended, returning } from '../some-case.ts';
import { ago } from '../some-situation.ts';
import { noon } from '../some-volume.ts';
import { dueAt, steady, step } from './stepping.ts';

const word = (kind: 'warn' | 'page'): Decision => ({
  kind,
  reason: { code: 'at-wall' },
  forecast: { ...steady, kind: 'at-wall' },
  refusals: [{ code: 'modification-in-flight', state: 'optimizing' }],
  wouldDo: undefined,
  dueAt,
});
const goesOn: Decision = {
  kind: 'await',
  reason: { code: 'modification-running' },
  progress: { modification: 'optimizing', percent: 40, verdict: { kind: 'relieved' } },
  dueAt,
};
const told = (rest: Partial<Told> = {}): Told => ({
  what: 'needed',
  at: ago(minutes(10)),
  codes: ['modification-in-flight'],
  easedAt: undefined,
  ...rest,
});

describe('a wall on the way back', () => {
  test('is told, and the case goes on going back', () => {
    expect(step(returning(), word('page'))).toStrictEqual({
      next: { ...returning(), version: 2, dueAt, told: told({ at: noon }) },
      said: {
        kind: 'needed',
        reason: { code: 'at-wall' },
        refusals: [{ code: 'modification-in-flight', state: 'optimizing' }],
        wouldDo: undefined,
      },
      ledger: { kind: 'none' },
    });
  });

  test('only warns of where nobody is to be called', () => {
    expect(step(returning(), word('warn'))).toMatchObject({
      next: { state: 'returning', told: { what: 'warned' } },
      said: { kind: 'warned' },
    });
  });

  test('calls where it was only warned of before', () => {
    const held = returning({ told: told({ what: 'warned' }) });
    expect(step(held, word('page'))).toMatchObject({ said: { kind: 'needed' } });
  });

  test('is not told twice, however long it lasts', () => {
    const held = returning({ acceptedAt: ago(hours(5)), told: told({ at: ago(hours(4)) }) });
    expect(step(held, word('page'))).toMatchObject({ next: { told: held.told, dueAt }, said: undefined });
  });

  test('is told although the same was told of the volume before it went back', () => {
    const { bridge, plan } = returning();
    const held = intended({ bridge, plan, told: told({ at: ago(minutes(1)) }) });
    const accepted = step(held, {
      kind: 'adopt',
      reason: { code: 'modification-running' },
      startedAt: noon,
    })?.next;
    expect(accepted).toMatchObject({ state: 'returning' });
    expect(step(accepted as OpenCase, word('page'))).toMatchObject({
      next: { told: { at: noon, codes: ['modification-in-flight'] } },
      said: { kind: 'needed' },
    });
  });

  test.each([
    { lasted: 60, said: { kind: 'needed' } },
    { lasted: 59, said: undefined },
  ])(
    'that comes again after it had eased is told $lasted minutes after the last word: $said',
    ({ lasted, said }) => {
      const at = ago(minutes(lasted));
      const held = returning({ acceptedAt: ago(hours(5)), told: told({ at }) });
      const eased = step(held, goesOn)?.next;
      expect(eased).toMatchObject({ state: 'returning', told: { at, easedAt: noon } });
      expect(step(eased as OpenCase, word('page'))?.said).toEqual(said && expect.objectContaining(said));
    },
  );

  test('that eases is no word: it was promised none', () => {
    expect(step(returning({ told: told() }), goesOn)?.said).toBeUndefined();
  });
});
