import { describe, expect, test } from 'vitest';
import { decide } from '../../../core/domain/deciding/decide.ts';
import type { Modification, Situation } from '../../../core/domain/deciding/situation.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { minutes } from '../../../core/domain/units.ts';
import { returning } from '../some-case.ts';
import {
  ago,
  ahead,
  bridge,
  fallingTo,
  level,
  minutely,
  rulesFor,
  someSituation,
} from '../some-situation.ts';
import { noon, someVolume } from '../some-volume.ts';
import { modification } from './follow-answers.ts';

/** The gp2 volume of 100 GiB on its way back, of which EC2 shows gp2 from `optimizing` on. */
const goingBack = (state: Modification['state'] = 'optimizing') =>
  modification({ state, startedAt: returning().acceptedAt, from: bridge().to, to: { type: 'gp2' } });

const balanceOf = (values: readonly number[]) => ({ balance: read(minutely(values), noon) });
const demandOf = (value: number) => ({ demand: read(minutely(level(value)), noon) });
const empty = { ...balanceOf(level(0)), ...demandOf(300) };

const answer = (given: Partial<Situation>, held = returning(), policy = {}) => {
  const situation = someSituation({ openCase: held, ...goingBack(), ...given });
  return decide(situation, rulesFor(situation, policy));
};
const awaited = { kind: 'await', reason: { code: 'modification-running' }, dueAt: ahead(minutes(5)) };

describe('the wall on the way back, while AWS works on it', () => {
  test('calls for help where it is reached, says what stands against a move, and names no plan', () => {
    expect(answer(empty)).toEqual({
      kind: 'page',
      reason: { code: 'at-wall' },
      forecast: expect.objectContaining({ kind: 'at-wall' }),
      refusals: [{ code: 'modification-in-flight', state: 'optimizing' }],
      wouldDo: undefined,
      dueAt: ahead(minutes(1)),
    });
  });

  test.each([
    { away: 14, kind: 'page', reason: 'heading-for-wall' },
    { away: 16, kind: 'await', reason: 'modification-running' },
  ])('$away minutes ahead: $kind, and the next look comes within the minute', ({ away, kind, reason }) => {
    expect(answer(balanceOf(fallingTo(away * 2, 2)))).toMatchObject({
      kind,
      reason: { code: reason },
      dueAt: ahead(minutes(1)),
    });
  });

  test('is of the type it goes back to, although EC2 still shows the bridge', () => {
    const volume = someVolume({ configuration: bridge().to });
    expect(answer({ ...empty, ...goingBack('modifying'), volume })).toMatchObject({
      kind: 'page',
      refusals: [{ state: 'modifying' }],
    });
  });

  test.each([
    ['cannot be read', { modification: unread('Throttling') }],
    ['are in a state we do not know', goingBack({ unknown: 'verifying' })],
  ])('calls for help where the modifications %s', (_, given) => {
    expect(answer({ ...empty, ...given })).toMatchObject({
      kind: 'page',
      refusals: [{ code: 'modification-in-flight', state: 'not known to have ended' }],
    });
  });

  test('only warns while its alarm is muted', () => {
    const mutedUntil = { at: ahead(minutes(1)), end: 'told' } as const;
    expect(answer({ ...empty, mutedUntil })).toMatchObject({ kind: 'warn', reason: { code: 'at-wall' } });
  });

  test.each([
    ['of a calm balance', balanceOf(level(60))],
    ['of a balance that falls for an hour yet', balanceOf(fallingTo(60, 0.5))],
    ['without samples', { balance: read([], noon) }],
    ['of a balance that cannot be read', { balance: unread('Throttling') }],
    ['of a balance of long ago', { balance: read(minutely(level(0), ago(minutes(11))), noon) }],
  ])('is no matter %s', (_, given) => {
    expect(answer(given)).toMatchObject(awaited);
  });

  test('is none where AWS gave an empty bucket and nothing is held back', () => {
    expect(answer({ ...empty, ...demandOf(269) })).toMatchObject(awaited);
    expect(answer({ ...empty, ...demandOf(270) })).toMatchObject({ kind: 'page' });
  });

  test('is one where nobody knows the demand', () => {
    expect(answer({ ...empty, demand: unread('Throttling') })).toMatchObject({ kind: 'page' });
    expect(answer({ ...empty, demand: read([], noon) })).toMatchObject({ kind: 'page' });
  });

  test('is no matter where it was told to be left alone, is detached, or has grown out of its bucket', () => {
    expect(answer(empty, returning(), { mode: 'off' })).toMatchObject(awaited);
    expect(answer({ ...empty, volume: someVolume({ attachment: { kind: 'detached' } }) })).toMatchObject(
      awaited,
    );
    expect(answer({ ...empty, volume: someVolume({ size: 1_000 }) })).toMatchObject(awaited);
  });

  test('is left to a new case once it was seen completed', () => {
    expect(answer({ ...empty, ...goingBack('completed') })).toMatchObject({ ending: 'put-back' });
    const held = returning({ completedAt: ago(minutes(5)) });
    expect(answer({ ...empty, modification: unread('Throttling') }, held)).toMatchObject(awaited);
  });
});
