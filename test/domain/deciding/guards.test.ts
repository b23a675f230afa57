import { describe, expect, test } from 'vitest';
import type { Plan } from '../../../core/domain/deciding/decision.ts';
import { looksAt } from '../../../core/domain/deciding/guards/guard.ts';
import { firstVeto, guards } from '../../../core/domain/deciding/guards.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { hours, minutes } from '../../../core/domain/units.ts';
import { ago, ahead, bridge, fix, keep, minutely, wayBack } from '../some-situation.ts';
import { noon } from '../some-volume.ts';
import { type Given, inputOf } from './guards/veto-table.ts';

test('nothing stands against acting in the situation that all guard tests start from', () => {
  expect(firstVeto(inputOf({}))).toBeUndefined();
});

describe('the order of guards', () => {
  test('is consent, then what can never change, then what passes, and the caps last', () => {
    expect(guards.map(({ name }) => name)).toEqual([
      'opted out',
      'invalid tag',
      'notify mode',
      'no consent',
      'no genesis item',
      'unknown case tag',
      'muted',
      'unjudgeable volume',
      'standard volume',
      'not burstable',
      'baseline covers burst',
      'detached',
      'multi-attach',
      'managed by another operator',
      'VolumeAttributesClass',
      'already there',
      'AWS asked us to wait',
      'fresh evidence',
      'modification in flight',
      'a slot for a person',
      'changed by somebody else',
      'our modifications of 24 hours',
      'volume health',
      'instance bottleneck',
      'CloudFormation update',
      'regional quota',
      'regional modification quota',
      'spend and blast radius',
    ]);
  });

  const wrong: readonly (readonly [code: string, given: Given])[] = [
    ['opted-out', { policy: { mode: 'off' } }],
    ['no-genesis', { situation: { memory: { kind: 'no-genesis' } } }],
    ['muted', { situation: { mutedUntil: { at: ahead(hours(1)), end: 'told' } } }],
    ['detached', { volume: { attachment: { kind: 'detached' } } }],
    ['managed', { volume: { operator: 'eks.amazonaws.com' } }],
    ['stale-evidence', { situation: { balance: read(minutely([30], ago(minutes(11))), noon) } }],
    ['foreign-change', { situation: { slots: { ours: [], others: [ago(hours(1))] } } }],
    ['volume-stalled', { situation: { health: read({ kind: 'stalled' }, noon) } }],
    ['unread-fact', { situation: { quota: unread('denied') } }],
  ];
  const pairs = wrong.flatMap(([first, a], index) =>
    wrong.slice(index + 1).map(([second, b]) => ({ first, second, a, b })),
  );

  test.each(pairs)('answers $first before $second', ({ first, a, b }) => {
    const both: Given = {
      situation: { ...b.situation, ...a.situation },
      volume: { ...b.volume, ...a.volume },
      policy: { ...b.policy, ...a.policy },
    };
    expect(firstVeto(inputOf(both))?.code).toBe(first);
  });
});

describe('the scope of guards', () => {
  const skippedFor = (plan: Plan) => guards.filter((guard) => !looksAt(guard, plan)).map(({ name }) => name);

  test('skips none for an upgrade that rests on a forecast', () => {
    expect(skippedFor(fix())).toEqual([]);
    expect(skippedFor(bridge())).toEqual([]);
  });

  test('skips the evidence of a bucket for a volume that is moved before it has any history', () => {
    expect(skippedFor(keep())).toEqual(['fresh evidence', 'instance bottleneck']);
  });

  test('skips what only an upgrade needs on the way back', () => {
    expect(skippedFor(wayBack())).toEqual([
      'muted',
      'not burstable',
      'baseline covers burst',
      'detached',
      'fresh evidence',
      'instance bottleneck',
      'regional quota',
    ]);
  });
});

describe('a fact that could not be read', () => {
  const unknown = unread('AccessDenied');

  test.each([
    ['balance', 'balance'],
    ['modification', 'modifications'],
    ['health', 'volume status'],
    ['instanceLimit', 'instance limit'],
    ['stack', 'CloudFormation stack'],
    ['quota', 'quota'],
    ['ledger', 'ledger'],
    ['watchedVolumes', 'census'],
  ])('refuses where a guard needs %s', (key, fact) => {
    const refusal = firstVeto(inputOf({ situation: { [key]: unknown } }));
    expect(refusal).toEqual({ code: 'unread-fact', fact, why: 'AccessDenied' });
  });

  test.each(['demand', 'symptom', 'profile'])('does not refuse where none needs %s', (key) => {
    expect(firstVeto(inputOf({ situation: { [key]: unknown } }))).toBeUndefined();
  });
});

test.each(guards)('guard "$name" says what it reads, from where, and what unknown means', (guard) => {
  const { fact, source, unknown } = guard;
  expect([fact, source, unknown].filter((text) => text.trim().length < 3)).toEqual([]);
  expect(source).toMatch(
    /EC2|CloudWatch|our table|CloudFormation|Service Quotas|EventBridge|stack configuration/,
  );
});
