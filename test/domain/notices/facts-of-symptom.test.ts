import { describe, expect, test } from 'vitest';
import type { Forecast } from '../../../core/domain/credits/forecast.ts';
import type { VolumeHealth } from '../../../core/domain/deciding/situation.ts';
import { storiesOf } from '../../../core/domain/notices/case-story.ts';
import type { FactLabel } from '../../../core/domain/notices/fact.ts';
import type { CaseNotice, Said } from '../../../core/domain/notices/notice.ts';
import { factsOf } from '../../../core/domain/notices/notice-facts.ts';
import { read } from '../../../core/domain/reading.ts';
import { percent } from '../../../core/domain/units.ts';
import { atWall, caseNotice, draining, said, time, toGp3, type vague } from '../../fakes/case-notices.ts';

function lines(label: FactLabel, ...notices: readonly CaseNotice[]): readonly string[] {
  const facts = storiesOf(notices).flatMap((story) =>
    factsOf(story, { version: '1.2.3', runbook: undefined }),
  );
  const value = facts.find((fact) => fact.label === label)?.value;
  if (value === undefined) return [];
  return value.kind === 'link' ? [value.url] : value.lines;
}

const recovering = {
  ...atWall,
  kind: 'recovering',
  balance: percent(12.4),
  percentPerMinute: 1.26,
  full: { earliest: time('04:00'), likely: time('04:10'), latest: time('04:20') },
} as const satisfies Forecast;
const unknown = { kind: 'unknown', why: 'stale', detail: 'newest reading 14 min old' } as const;
const felt = 'Average latency 3.1 ms, queue 2.';

describe('what is the matter', () => {
  test.each<[string, Forecast, string]>([
    [
      'at the wall',
      atWall,
      'is out of burst credits and throttled to its baseline of 600 IOPS; everything on it waits.',
    ],
    [
      'draining',
      draining,
      'runs out of burst credits about 03:27 UTC (03:24-03:31) and then drops to 600 IOPS.',
    ],
    [
      'unknown',
      unknown,
      'has an alarm on its burst credits, but they are unknown (newest reading 14 min old).',
    ],
    ['rising', recovering, 'needs a look: its burst credits are about to run out.'],
  ])('is told of credits that are %s', (_what, forecast, matter) => {
    expect(lines('What', caseNotice(said.warned, { forecast }))).toEqual([
      `checkout-db-2 (prod) ${matter} ${felt}`,
      'Case open since 03:09 UTC.',
    ]);
  });

  test('is what would have been the matter with a disk that moves', () => {
    expect(lines('What', caseNotice(said.acted))[0]).toBe(
      `checkout-db-2 (prod) would have run out of burst credits about 03:27 UTC (03:24-03:31). ${felt}`,
    );
  });

  test('is the reason where a disk moves that does not head for its wall', () => {
    const born = { ...said.acted, reason: { code: 'born-right' } } as const;
    expect(lines('What', caseNotice(born, { forecast: { ...atWall, kind: 'steady' } }))[0]).toBe(
      `checkout-db-2 (prod) needs a look: it is marked latency-critical and must not burst. ${felt}`,
    );
  });

  test('names no environment where there is none', () => {
    expect(lines('What', caseNotice(said.acted, { about: { environment: undefined } }))[0]).toMatch(
      /^checkout-db-2 would have run out/,
    );
  });
});

describe('the credits', () => {
  const rest = 'Demand 2,450 IOPS, baseline 600 IOPS, burst 3,000 IOPS.';
  const until = (wall: Partial<typeof vague.wall> | { readonly latest: undefined }): Forecast => ({
    ...draining,
    wall: { ...draining.wall, ...wall },
  });

  test.each<[Forecast, string]>([
    [recovering, '12 %, rising 1.3 %/min.'],
    [until({ latest: undefined }), '34 %, falling 2.1 %/min; 13 min to empty at the earliest.'],
    [
      until({ earliest: time('03:05'), latest: undefined }),
      '34 %, falling 2.1 %/min; 0 min to empty at the earliest.',
    ],
    [until({ latest: time('05:10') }), '34 %, falling 2.1 %/min; 13-119 min to empty.'],
    [until({ latest: time('05:11') }), '34 %, falling 2.1 %/min; 13 min to 2 h to empty.'],
    [until({ earliest: time('03:00'), latest: time('03:05') }), '34 %, falling 2.1 %/min; 0-0 min to empty.'],
  ])('are told with their trend: %o', (forecast, words) => {
    expect(lines('Credits', caseNotice(said.warned, { forecast }))).toEqual([`${words} ${rest}`]);
  });

  test('are told of a move that failed, and not of one that was judged', () => {
    const ended = (ending: 'failed' | 'averted'): Said => ({
      kind: 'ended',
      ending,
      reason: { code: 'modification-failed' },
      plan: toGp3,
    });
    expect(lines('Credits', caseNotice(ended('failed')))).toEqual([
      `34 %, falling 2.1 %/min; 13-20 min to empty. ${rest}`,
    ]);
    expect(lines('Credits', caseNotice(ended('averted')))).toEqual([]);
    expect(lines('Credits', caseNotice(said.acted), caseNotice(said.averted, { version: 2 }))).toEqual([]);
  });
});

describe('the cause', () => {
  const clear = read({ kind: 'clear' } as const, time('03:11'));
  const causes = (otherCauses: Partial<CaseNotice['otherCauses']>, what: Said = said.warned) =>
    lines(
      'Cause',
      caseNotice(what, {
        other: {
          otherCauses: {
            instanceLimit: clear,
            health: read({ kind: 'ok' }, time('03:11')),
            ...otherCauses,
          },
        },
      }),
    );

  test('is credits where all else is ruled out', () => {
    expect(causes({})).toEqual(['Burst credits. Ruled out: instance limit, volume fault.']);
  });

  test('is not credits alone where the move did not help', () => {
    expect(causes({}, said.notRelieved)).toEqual([
      'Not, or not only, burst credits. Ruled out: instance limit, volume fault.',
    ]);
    expect(causes({}, said.relieved)).toEqual([]);
  });

  test('is not known without a balance', () => {
    expect(lines('Cause', caseNotice(said.warned, { forecast: unknown }))).toEqual([
      'Unknown without a balance. Ruled out: instance limit, volume fault.',
    ]);
  });

  test('may be the instance, which is named with the sign', () => {
    const reached = { kind: 'reached', instanceId: 'i-1', sign: 'EBSIOBalance 0 %' } as const;
    expect(causes({ instanceLimit: read(reached, time('03:11')) })).toEqual([
      'Burst credits. Ruled out: volume fault. NOT ruled out: instance limit (i-1: EBSIOBalance 0 %).',
    ]);
  });

  test.each<[VolumeHealth, string]>([
    [{ kind: 'stalled' }, 'stalled'],
    [{ kind: 'initialising' }, 'initialising'],
    [{ kind: 'impaired', status: 'io-disabled' }, 'status io-disabled'],
  ])('may be the volume: %o', (health, words) => {
    expect(causes({ health: read(health, time('03:11')) })).toEqual([
      `Burst credits. Ruled out: instance limit. NOT ruled out: volume fault (${words}).`,
    ]);
  });
});
