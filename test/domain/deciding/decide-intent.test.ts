import { describe, expect, test } from 'vitest';
import { unread } from '../../../core/domain/reading.ts';
import { hours, minutes } from '../../../core/domain/units.ts';
import { bridged, intended } from '../some-case.ts';
import { ago, ahead, bridge, fix, wayBack } from '../some-situation.ts';
import { noon } from '../some-volume.ts';
import { answer, become, modification } from './follow-answers.ts';

describe('an intent without an outcome', () => {
  test('is adopted when AWS shows the modification', () => {
    expect(answer(intended(), modification())).toEqual({
      kind: 'adopt',
      reason: { code: 'modification-running' },
      startedAt: ago(minutes(1)),
    });
  });

  test('is adopted when the volume has become what was asked for', () => {
    expect(answer(intended(), become(fix().to))).toMatchObject({
      kind: 'adopt',
      startedAt: intended().intendedAt,
    });
  });

  test('is adopted from when AWS says, when the volume has become it, however fast the clock was that noted the intent', () => {
    const given = { ...become(fix().to), ...modification({ startedAt: ago(minutes(10)) }) };
    expect(answer(intended({ intendedAt: ahead(minutes(5)) }), given)).toMatchObject({
      kind: 'adopt',
      startedAt: ago(minutes(10)),
    });
  });

  test.each([
    { what: 'AWS shows nothing yet', given: {} },
    { what: 'an older modification is shown', given: modification({ startedAt: ago(hours(2)) }) },
    { what: 'a modification to something else is shown', given: modification({ to: bridge().to }) },
    { what: 'modifications cannot be read', given: { modification: unread('Throttling') } },
  ])('is neither released nor asked again within five minutes: $what', ({ given }) => {
    const held = intended({ intendedAt: ago(minutes(4.99)), predictedWall: ahead(minutes(15.01)) });
    expect(answer(held, given)).toMatchObject({
      kind: 'await',
      reason: { code: 'intent-unresolved' },
      progress: { modification: 'unknown' },
      dueAt: ahead(minutes(1)),
    });
  });

  test('is released when AWS still shows nothing after five minutes', () => {
    expect(answer(intended({ intendedAt: ago(minutes(5)) }))).toEqual({
      kind: 'release',
      reason: { code: 'intent-unresolved' },
      dueAt: ahead(minutes(1)),
    });
  });

  test('is not released while modifications cannot be read, however late', () => {
    const held = intended({ intendedAt: ago(hours(2)) });
    expect(answer(held, { modification: unread('Throttling') })).toMatchObject({ kind: 'page' });
  });

  const unseen = { modification: unread('Throttling') };

  test.each([
    { when: 'it has stayed open for five minutes', part: { intendedAt: ago(minutes(5)) } },
    { when: 'the wall comes within the lead time', part: { predictedWall: ahead(minutes(15)) } },
  ])('calls the team once $when', ({ part }) => {
    const held = intended({ predictedWall: undefined, ...part });
    expect(answer(held, unseen)).toMatchObject({
      kind: 'page',
      reason: { code: 'intent-unresolved' },
      refusals: [{ code: 'unread-fact', fact: 'modifications', why: 'Throttling' }],
      wouldDo: held.plan,
      dueAt: ahead(minutes(1)),
    });
  });

  test('calls nobody while there is time: neither five minutes old nor within the lead time', () => {
    const held = intended({ intendedAt: ago(minutes(4.99)), predictedWall: ahead(minutes(15.01)) });
    expect(answer(held, unseen)).toMatchObject({ kind: 'await' });
    expect(answer({ ...held, predictedWall: undefined }, unseen)).toMatchObject({ kind: 'await' });
  });

  test('only warns where the alarm is muted, and of a way back', () => {
    const held = intended({ intendedAt: ago(minutes(5)) });
    expect(answer(held, { ...unseen, mutedUntil: { at: ahead(minutes(1)), end: 'told' } })).toMatchObject({
      kind: 'warn',
    });
    expect(answer(held, { ...unseen, mutedUntil: { at: noon, end: 'told' } })).toMatchObject({
      kind: 'page',
    });
    const back = { ...held, plan: wayBack(), bridge: bridged().bridge };
    expect(answer(back, { ...become(bridge().to), ...unseen })).toMatchObject({ kind: 'warn' });
  });

  test('is adopted on the way back as well', () => {
    const held = intended({ plan: wayBack(), bridge: bridged().bridge });
    const given = { ...become(bridge().to), ...modification({ to: wayBack().to, from: bridge().to }) };
    expect(answer(held, given)).toMatchObject({ kind: 'adopt' });
  });
});
