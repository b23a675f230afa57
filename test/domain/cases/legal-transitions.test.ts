import { expect, test } from 'vitest';
import { answerCase, type ModifyAnswer } from '../../../core/domain/cases/answer-case.ts';
import { legalTransitions, type OpenCase } from '../../../core/domain/cases/case.ts';
import { stepCase } from '../../../core/domain/cases/step-case.ts';
import type { Forecast } from '../../../core/domain/credits/forecast.ts';
import type { Decision } from '../../../core/domain/deciding/decision.ts';
import { minutes, percent } from '../../../core/domain/units.ts';
import { announced, bridged, intended, returning, someSubject, upgrading, watching } from '../some-case.ts';
import { ahead, bridge, fix, wayBack } from '../some-situation.ts';
import { noon } from '../some-volume.ts';

const dueAt = ahead(minutes(1));
const forecast: Forecast = { kind: 'at-wall', balance: percent(0), asOf: noon, age: minutes(0) } as Forecast;
const telling = {
  reason: { code: 'at-wall' },
  forecast,
  refusals: [{ code: 'notify-mode' }],
  wouldDo: fix(),
  dueAt,
} as const;
const verdict = { kind: 'too-early' } as const;

const decisions: readonly Decision[] = [
  { kind: 'watch', reason: { code: 'recovering' }, forecast, dueAt },
  { kind: 'warn', ...telling },
  { kind: 'page', ...telling },
  { kind: 'act', reason: { code: 'at-wall' }, forecast, plan: bridge() },
  {
    kind: 'await',
    reason: { code: 'modification-running' },
    progress: { modification: 'modifying', percent: 1, verdict },
    dueAt,
  },
  { kind: 'adopt', reason: { code: 'modification-running' }, startedAt: noon, dueAt } as Decision,
  { kind: 'release', reason: { code: 'intent-unresolved' }, dueAt },
  { kind: 'hold', reason: { code: 'bridge-still-needed' }, verdict, refused: undefined, dueAt },
  { kind: 'conclude', ending: 'recovered', reason: { code: 'recovered' } },
];
const answers: readonly ModifyAnswer[] = [
  { kind: 'accepted', at: noon, requestId: 'req-1' },
  { kind: 'refused', refusal: { code: 'aws-no-capacity' }, message: 'no', requestId: 'req-1' },
  { kind: 'refused', refusal: { code: 'aws-volume-gone' }, message: 'no', requestId: 'req-1' },
];

const back = intended({ plan: wayBack(), bridge: bridged().bridge });
const context = { now: noon, subject: someSubject, mutedUntil: undefined, requests: [] };
const fresh = { id: 'EB-NEW', volumeId: someSubject.volumeId };

function follows(held: OpenCase | undefined, decision: Decision): boolean {
  try {
    return stepCase(held, decision, context, fresh) !== undefined;
  } catch (error) {
    if (error instanceof Error && error.message.includes('cannot follow on state')) return false;
    throw error;
  }
}

const undecided = ['watch', 'warn', 'page', 'act'];
const may: readonly (readonly [
  string,
  OpenCase | undefined,
  readonly Decision['kind'][] | readonly string[],
])[] = [
  ['a volume without a case', undefined, undecided],
  ['a watch', watching(), [...undecided, 'conclude']],
  ['what was announced', announced(), [...undecided, 'conclude']],
  ['an intent', intended(), ['warn', 'page', 'await', 'adopt', 'release', 'conclude']],
  ['an intended way back', back, ['warn', 'page', 'await', 'adopt', 'release', 'conclude']],
  ['an upgrade', upgrading(), ['await', 'hold', 'conclude']],
  ['a bridge', bridged(), ['act', 'hold', 'conclude']],
  ['a way back', returning(), ['warn', 'page', 'await', 'release', 'conclude']],
];

test.each(may)('on %s these decisions may follow, and no other', (_, held, kinds) => {
  expect(decisions.filter((decision) => follows(held, decision)).map(({ kind }) => kind)).toEqual(kinds);
});

const statesAfter = (held: OpenCase): readonly string[] => [
  ...decisions
    .filter((each) => follows(held, each))
    .map((each) => stepCase(held, each, context, fresh)?.next.state ?? ''),
  ...(held.state === 'intended'
    ? answers.map((each) => answerCase(held, each, minutes(15), noon)?.next.state ?? '')
    : []),
];

test.each([watching(), announced(), intended(), back, upgrading(), bridged(), returning()])(
  'every step from $state is one that the table of transitions lists',
  (held) => {
    expect(legalTransitions[held.state]).toEqual(expect.arrayContaining([...statesAfter(held)]));
  },
);

test('the table of transitions lists no step that nothing takes', () => {
  const taken = (state: OpenCase['state']) =>
    [watching(), announced(), intended(), back, upgrading(), bridged(), returning()]
      .filter((held) => held.state === state)
      .flatMap(statesAfter);
  const untaken = Object.entries(legalTransitions).flatMap(([from, listed]) =>
    listed.filter((to) => !taken(from as OpenCase['state']).includes(to)).map((to) => `${from} to ${to}`),
  );
  expect(untaken).toEqual([]);
});
