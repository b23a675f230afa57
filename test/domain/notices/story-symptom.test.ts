import { describe, expect, test } from 'vitest';
import type { Forecast } from '../../../core/domain/credits/forecast.ts';
import type { Ending, Verdict } from '../../../core/domain/deciding/decision.ts';
import { storiesOf } from '../../../core/domain/notices/case-story.ts';
import type { CaseNotice, Said } from '../../../core/domain/notices/notice.ts';
import { storySymptoms } from '../../../core/domain/notices/story-symptom.ts';
import type { Refusal } from '../../../core/domain/reasons.ts';
import { percent } from '../../../core/domain/units.ts';
import {
  atWall,
  backToGp2,
  caseNotice,
  noConsent,
  said,
  time,
  toGp3,
  toIo1,
} from '../../fakes/case-notices.ts';

const symptoms = (...notices: readonly CaseNotice[]) => storiesOf(notices).flatMap(storySymptoms);
const onIo1 = { about: { configuration: toIo1.to } } as const;
const unjudgeable = { about: { configuration: { type: 'unjudgeable', got: 'state error' } } } as const;
const notUnderstood: Refusal = { code: 'unjudgeable', got: 'state error' };
type Warned = Extract<Said, { kind: 'warned' }>;
const warned = (
  code: 'demand-fits-bucket-again' | 'intent-unresolved' | 'modification-failed' | 'return-unproved',
  rest: Partial<Warned> = {},
): Said => ({
  ...said.warned,
  reason: { code },
  refusals: [],
  wouldDo: backToGp2,
  ...rest,
});

describe('a disk that we tell of and did not move', () => {
  test.each<[string, CaseNotice]>([
    [
      'disk is latency-critical but can be throttled (gp2)',
      caseNotice({ ...said.warned, reason: { code: 'born-right' } }),
    ],
    ['disk could go back but stays on io1', caseNotice(warned('demand-fits-bucket-again'), onIo1)],
    ["disk may be going back to gp2, AWS's answer was lost", caseNotice(warned('intent-unresolved'), onIo1)],
    ['disk could not go back, stays on io1', caseNotice(warned('modification-failed'), onIo1)],
    ['disk stays on io1, its last day is not known', caseNotice(warned('return-unproved'), onIo1)],
    [
      'disk stays on io1, its last day is not known',
      caseNotice(warned('return-unproved', { refusals: [noConsent] }), onIo1),
    ],
    [
      "disk stays on io1, EC2's answer is not understood",
      caseNotice(warned('return-unproved', { refusals: [noConsent, notUnderstood] }), onIo1),
    ],
    [
      'disk could go back but stays on io1',
      caseNotice(warned('demand-fits-bucket-again', { refusals: [notUnderstood] }), unjudgeable),
    ],
    [
      'disk is latency-critical but can be throttled (an unknown type)',
      caseNotice({ ...said.warned, reason: { code: 'born-right' }, wouldDo: undefined }, unjudgeable),
    ],
  ])('has its symptom: %s', (symptom, notice) => {
    expect(symptoms(notice)).toEqual([symptom]);
  });

  test('runs out of credits where the lost answer is not about a way back', () => {
    const lost = caseNotice({ ...said.warned, reason: { code: 'intent-unresolved' } });
    expect(symptoms(lost)[0]).toBe('disk runs out of burst credits about 03:27 UTC');
    expect(symptoms(caseNotice({ ...said.needed, wouldDo: undefined }))[0]).toBe(
      'disk runs out of burst credits about 03:27 UTC',
    );
  });
});

describe('a disk low on burst credits', () => {
  const low = { ...atWall, balance: percent(12.4) };
  const seen: readonly Forecast[] = [
    { ...low, kind: 'steady' },
    { ...low, kind: 'first-sight' },
    {
      ...low,
      kind: 'recovering',
      percentPerMinute: 1,
      full: { earliest: time('04:00'), likely: time('04:10'), latest: time('04:20') },
    },
  ];

  test.each(seen)('is called low where it does not head for its wall: $kind', (forecast) => {
    expect(symptoms(caseNotice(said.warned, { forecast }))).toEqual(['disk is low on burst credits (12 %)']);
  });

  test.each(seen)(
    'is not said to throttle while it moves where it does not head there: $kind',
    (forecast) => {
      expect(symptoms(caseNotice(said.acted, { forecast }))).toEqual(['disk moving to gp3']);
    },
  );

  test('is told in all words where there is room, and in fewer where there is not', () => {
    expect(symptoms(caseNotice(said.warned, { forecast: atWall }))).toEqual([
      'disk is out of burst credits, throttled to 600 IOPS',
      'disk throttled to 600 IOPS',
    ]);
    expect(symptoms(caseNotice(said.warned))).toEqual([
      'disk runs out of burst credits about 03:27 UTC',
      'disk throttles about 03:27 UTC',
    ]);
    const forecast = { kind: 'unknown', why: 'stale', detail: 'newest reading 14 min old' } as const;
    expect(symptoms(caseNotice(said.warned, { forecast }))).toEqual([
      'disk may run out of burst credits, they cannot be read',
      'disk: burst credits unreadable',
    ]);
    expect(symptoms(caseNotice(said.acted))).toEqual([
      'disk moving to gp3, would throttle about 03:27 UTC',
      'disk moving to gp3 before it throttles',
      'disk moving to gp3',
    ]);
    expect(symptoms(caseNotice({ kind: 'eased', reason: { code: 'recovering' } }))).toEqual([
      'disk no longer heads for the end of its burst credits',
      'disk no longer runs out of burst credits',
      'disk has eased',
    ]);
  });
});

describe('a disk that was moved', () => {
  const done = caseNotice(said.completed, { version: 2 });

  test('is not said to throttle once the move is completed', () => {
    expect(symptoms(caseNotice(said.acted), done)).toEqual(['disk moved to gp3']);
  });

  test('is still called throttled by what it was when it was moved', () => {
    expect(symptoms(caseNotice(said.acted, { forecast: atWall }), done)).toEqual([
      'throttled disk moved to gp3',
    ]);
  });

  test('is moved also where nothing but its completion is known', () => {
    expect(symptoms(done)).toEqual(['disk moved to gp3']);
  });

  test('keeps its verdict when the move completes after it', () => {
    const later = caseNotice(said.completed, { version: 3 });
    expect(symptoms(caseNotice(said.acted), caseNotice(said.averted, { version: 2 }), later)).toEqual([
      'disk moved to gp3 before throttling',
    ]);
  });

  test.each<[Verdict, string]>([
    [{ kind: 'too-early' }, 'disk moving to gp3'],
    [said.averted.verdict, 'disk moved to gp3 before throttling'],
    [said.relieved.verdict, 'disk moved to gp3, latency as usual'],
    [said.notRelieved.verdict, 'disk is still slow after its move to gp3'],
    [{ kind: 'unknown', why: 'Throttling' }, 'disk moved to gp3, its effect could not be measured'],
  ])('is judged: %o', (verdict, symptom) => {
    expect(symptoms(caseNotice({ kind: 'judged', plan: toGp3, verdict }))).toEqual([symptom]);
  });

  test('is moved where it is too early to tell but completed', () => {
    const early = caseNotice({ kind: 'judged', plan: toGp3, verdict: { kind: 'too-early' } }, { version: 3 });
    expect(symptoms(caseNotice(said.acted), done, early)).toEqual(['disk moved to gp3']);
  });
});

describe('a disk whose case is over', () => {
  const ended = (ending: Ending, plan: typeof toGp3 | undefined): Said => ({
    kind: 'ended',
    ending,
    reason: { code: 'recovered' },
    plan,
  });

  test.each<[Ending, string]>([
    ['averted', 'disk moved before throttling'],
    ['relieved', 'disk moved, latency as usual'],
    ['unproved', 'disk moved, its effect could not be measured'],
    ['not-relieved', 'disk is still slow after its move'],
    ['failed', 'disk could not be moved, still gp2'],
  ])('names no target where none is known: %s', (ending, symptom) => {
    expect(symptoms(caseNotice(ended(ending, undefined)))).toEqual([symptom]);
  });

  test.each<[Ending, string]>([
    ['averted', 'disk moved to gp3 before throttling'],
    ['relieved', 'disk moved to gp3, latency as usual'],
    ['unproved', 'disk moved to gp3, its effect could not be measured'],
    ['not-relieved', 'disk is still slow after its move to gp3'],
    ['failed', 'disk could not be moved to gp3, still gp2'],
    ['put-back', 'disk is back on gp2'],
    ['silent', 'disk has published nothing for a day'],
  ])('names the target where it is known: %s', (ending, symptom) => {
    expect(symptoms(caseNotice(ended(ending, toGp3)))).toEqual([symptom]);
  });

  test('is fast again only where it was seen throttled', () => {
    const throttled = caseNotice(said.acted, { forecast: atWall });
    const relieved = (plan: typeof toGp3 | undefined) => caseNotice(ended('relieved', plan), { version: 2 });
    expect(symptoms(throttled, relieved(toGp3))).toEqual(['disk is fast again on gp3']);
    expect(symptoms(throttled, relieved(undefined))).toEqual(['disk is fast again']);
    expect(symptoms(caseNotice(said.acted), relieved(toGp3))).toEqual([
      'disk moved to gp3, latency as usual',
    ]);
  });

  test('could not be moved from what the plan knows where EC2 is not understood', () => {
    expect(symptoms(caseNotice(ended('failed', toGp3), unjudgeable))).toEqual([
      'disk could not be moved to gp3, still gp2',
    ]);
    expect(symptoms(caseNotice(ended('failed', undefined), unjudgeable))).toEqual([
      'disk could not be moved, still an unknown type',
    ]);
  });
});
