import { describe, expect, test } from 'vitest';
import { decide } from '../../../core/domain/deciding/decide.ts';
import { guards } from '../../../core/domain/deciding/guards.ts';
import type { Modification, Situation } from '../../../core/domain/deciding/situation.ts';
import { explain } from '../../../core/domain/explaining/explanation.ts';
import { sightOf } from '../../../core/domain/explaining/guard-sights.ts';
import { whatWouldChange } from '../../../core/domain/explaining/what-would-change.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { dollars, minutes } from '../../../core/domain/units.ts';
import { announced, bridged, upgrading } from '../some-case.ts';
import {
  ago,
  consent,
  fix,
  level,
  minutely,
  roomyQuotas,
  rulesFor,
  someSituation,
} from '../some-situation.ts';
import { noon, someVolume } from '../some-volume.ts';

const explained = (rest: Partial<Situation> = {}, policy: Parameters<typeof rulesFor>[1] = {}) => {
  const situation = someSituation(rest);
  return explain(situation, rulesFor(situation, policy));
};

const roomyCaps = {
  maxMonthlyIncrease: dollars(1_000),
  blastRadius: { volumes: 10, percentOfWatched: 5 },
};

const answersOf = (...input: Parameters<typeof explained>) => {
  const { asked } = explained(...input);
  return asked.kind === 'guards' ? asked.answers : [];
};

const notPassed = (...input: Parameters<typeof explained>) =>
  answersOf(...input)
    .filter(({ says }) => says !== 'pass')
    .map(({ guard, says, saw }) => `${guard.name}: ${says}: ${saw}`);

describe('what the guards say', () => {
  test('every guard is asked, in the order of the responder, and shows what it saw', () => {
    const answers = answersOf();
    expect(answers.map(({ guard }) => guard.name)).toEqual(guards.map(({ name }) => name));
    expect(answers.every(({ says }) => says === 'pass')).toBe(true);
    const { policy } = rulesFor(someSituation());
    const input = { situation: someSituation(), policy, plan: fix() };
    for (const guard of guards) expect(sightOf(guard, input)).not.toBe(guard.fact);
  });

  test.each<[string, string]>([
    ['baseline covers burst', 'baseline 300, burst 3,000 IOPS'],
    ['fresh evidence', '30.0 %, 0 s old; at most 10 min'],
    ['a slot for a person', '0 of 4 used in 24 hours, one stays for a person'],
    ['regional quota', '1,000 GiB +100 of 50,000'],
    ['regional modification quota', 'gp2 1,000 GiB +100 of 50,000; gp3 1,000 GiB +100 of 50,000'],
    [
      'spend and blast radius',
      '$0.00 a month committed, this one -$1.88, at most $100.00; changes within the hour: 0, at most 5 (100 watched)',
    ],
  ])('%s saw its numbers', (name, saw) => {
    expect(answersOf().find(({ guard }) => guard.name === name)?.saw).toBe(saw);
  });

  const listed = (volumeId: string): Partial<Situation> => ({
    quota: read({ ...roomyQuotas, underWay: [{ volumeId, state: 'optimizing' }] }, noon),
  });
  const modified = (state: Modification['state']): Partial<Situation> => ({
    modification: read(
      { state, startedAt: ago(minutes(90)), progress: 50, from: undefined, to: undefined },
      noon,
    ),
  });
  const { id } = someVolume();

  test.each<[string, Partial<Situation>, string]>([
    [
      'begun since',
      listed(id),
      'refuse: when looked at, never modified; since then the Region lists it as optimizing',
    ],
    [
      'begun after another had completed',
      { ...listed(id), ...modified('completed') },
      'refuse: when looked at, completed (50 %), begun at 10:30 UTC; since then the Region lists it as optimizing',
    ],
    [
      'seen by itself and listed',
      { ...listed(id), ...modified('modifying') },
      'refuse: modifying (50 %), begun at 10:30 UTC',
    ],
    [
      'seen in a state we do not know',
      { ...listed(id), ...modified({ unknown: 'verifying' }) },
      'refuse: verifying (50 %), begun at 10:30 UTC',
    ],
    ['of another volume', listed('vol-0fffffffffffffff0'), 'pass: never modified'],
  ])('a modification %s is shown by what refuses it', (_what, rest, shown) => {
    const answer = answersOf(rest).find(({ guard }) => guard.name === 'modification in flight');
    expect(`${answer?.says}: ${answer?.saw}`).toBe(shown);
  });

  test('one that refuses does not keep those after it from being asked', () => {
    const volume = someVolume();
    const slots = {
      ours: [
        { at: ago(minutes(90)), to: fix().to },
        { at: ago(minutes(60)), to: fix().to },
      ],
      others: [],
    };
    expect(notPassed({ volume, slots })).toEqual([
      'no consent: refuse: no tag ebs-burst:mode; wanted ebs-burst:mode=act',
      'our modifications of 24 hours: refuse: 2 of 2 by us in 24 hours',
    ]);
  });

  test('a fact that cannot be read is unknown, one that nobody had to read is not', () => {
    const stack = unread('AccessDenied on cloudformation:DescribeStacks');
    const quota = unread('not asked: nothing was to be decided from it');
    expect(notPassed({ stack, quota })).toEqual([
      'CloudFormation update: unknown: AccessDenied on cloudformation:DescribeStacks',
      'regional quota: not-read: not asked: nothing was to be decided from it',
      'regional modification quota: not-read: not asked: nothing was to be decided from it',
    ]);
  });

  test('those that do not concern the plan are not asked', () => {
    const volume = someVolume({ tags: { ...consent, 'ebs-burst:tier': 'latency-critical' } });
    expect(notPassed({ volume }, { caps: roomyCaps })).toEqual([
      'fresh evidence: not-asked: does not concern a volume marked latency-critical',
      'instance bottleneck: not-asked: does not concern a volume marked latency-critical',
    ]);
  });

  test('they are asked about the way back of a bridge, and about nothing while AWS works', () => {
    const { asked } = explained({ openCase: bridged(), volume: someVolume({ tags: consent }) });
    expect(asked.kind === 'guards' && asked.plan.purpose).toBe('return');
    expect(explained({ openCase: upgrading() }).asked).toEqual({ kind: 'followed' });
  });
});

test.each<[string, Partial<Situation>]>([
  ['at the wall', { balance: read(minutely(level(0)), noon) }],
  ['calm', { balance: read(minutely(level(100)), noon) }],
  ['unseen', { balance: unread('throttled') }],
  ['announced', { openCase: announced() }],
])('the decision is that of the responder: %s', (_name, rest) => {
  const situation = someSituation(rest);
  const rules = rulesFor(situation);
  expect(explain(situation, rules).decision).toEqual(decide(situation, rules));
});

describe('what would change it', () => {
  test('the next step of everything that stands in the way', () => {
    const mode = { mode: 'notify' } as const;
    expect(whatWouldChange(explained({ volume: someVolume() }, mode))).toEqual([
      { of: 'notify mode', change: 'modify the volume by hand, or deploy with mode act and tag the volume' },
      { of: 'no consent', change: 'tag it ebs-burst:mode=act to let us act, or modify it by hand' },
    ]);
  });

  test('nothing where the responder acts', () => {
    expect(whatWouldChange(explained())).toEqual([]);
  });

  test('a demand that brings the wall near, where nothing presses', () => {
    const calm = { balance: read(minutely(level(55)), noon) };
    expect(whatWouldChange(explained(calm))).toEqual([
      {
        of: 'nothing presses',
        change:
          'from 55.0 % a demand of 2,658 IOPS would bring the wall within 21 min, and the guards would decide',
      },
    ]);
  });

  test('or a lower balance, where no demand could', () => {
    const calm = { balance: read(minutely(level(100)), noon) };
    expect(whatWouldChange(explained(calm))).toEqual([
      {
        of: 'nothing presses',
        change:
          'from 100.0 % not even 3,000 IOPS of full burst brings the wall within 21 min; it is nearer from 63 % on',
      },
    ]);
  });

  test('a target that fits, where none does', () => {
    const volume = someVolume({ configuration: { type: 'st1' }, size: 500, tags: consent });
    const profile = unread('no profile was computed yet; one is made every day');
    const balance = read(minutely(level(0)), noon);
    expect(whatWouldChange(explained({ volume, profile, balance }))).toEqual([
      {
        of: 'no target',
        change: 'wait for the daily profile, set fixedIops, or modify the volume by hand',
      },
    ]);
  });
});
