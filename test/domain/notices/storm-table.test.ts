import { describe, expect, test } from 'vitest';
import type { Forecast } from '../../../core/domain/credits/forecast.ts';
import { storiesOf } from '../../../core/domain/notices/case-story.ts';
import type { CaseNotice, Said } from '../../../core/domain/notices/notice.ts';
import { titleOf } from '../../../core/domain/notices/notice-title.ts';
import { stormTable } from '../../../core/domain/notices/storm-table.ts';
import { atWall, caseNotice, draining, said, time, toGp3 } from '../../fakes/case-notices.ts';

const volumeId = 'vol-0a1b2c3d4e5f67890';
const rowsOf = (...notices: readonly CaseNotice[]) => stormTable(storiesOf(notices)).rows;
const failed: Said = {
  kind: 'ended',
  ending: 'failed',
  reason: { code: 'modification-failed' },
  plan: toGp3,
};
const unknown = { kind: 'unknown', why: 'stale', detail: 'newest reading 14 min old' } as const;
const steady = { ...atWall, kind: 'steady' } as const satisfies Forecast;

describe('a row of the table', () => {
  test.each<[readonly string[], readonly CaseNotice[]]>([
    [['34 %', '03:27', 'watched'], [caseNotice(said.warned)]],
    [['34 %', '03:27', 'needs you'], [caseNotice(said.needed)]],
    [['0 %', 'now', 'watched'], [caseNotice(said.warned, { forecast: atWall })]],
    [['0 %', '-', 'watched'], [caseNotice(said.warned, { forecast: steady })]],
    [['?', '-', 'watched'], [caseNotice(said.warned, { forecast: unknown })]],
    [['34 %', '03:27', 'moving to gp3'], [caseNotice(said.acted)]],
    [
      ['34 %', '03:27', 'moved to gp3'],
      [caseNotice(said.acted), caseNotice(said.completed, { version: 2 })],
    ],
    [
      ['-', '-', 'moving to gp3'],
      [caseNotice(said.acted), caseNotice(said.relieved, { version: 2 })],
    ],
    [
      ['-', '-', 'needs you'],
      [caseNotice(said.acted), caseNotice(said.notRelieved, { version: 2 })],
    ],
    [['-', '-', 'recovered'], [caseNotice(said.recovered)]],
    [
      ['-', '-', 'failed'],
      [caseNotice(said.acted), caseNotice(failed, { version: 2 })],
    ],
  ])('reads %o', (cells, notices) => {
    expect(rowsOf(...notices)).toEqual([['checkout-db-2', volumeId, ...cells]]);
  });

  test('has a dash for the name of a disk that has none', () => {
    expect(rowsOf(caseNotice(said.warned, { about: { name: volumeId } }))[0]).toEqual([
      '-',
      volumeId,
      '34 %',
      '03:27',
      'watched',
    ]);
  });
});

const of = (name: string, what: Said, forecast: Forecast = draining): CaseNotice =>
  caseNotice(what, { caseId: name, about: { name }, forecast });
const emptyAt = (likely: string): Forecast => ({
  ...draining,
  wall: { ...draining.wall, likely: time(likely) },
});
const namesOf = (...notices: readonly CaseNotice[]) => rowsOf(...notices).map(([name]) => name);

describe('the riskiest disk', () => {
  test('stands first: who needs a person, who is watched, who moves, who is closed', () => {
    const sorted = [
      of('failed', failed),
      of('watched', said.warned, emptyAt('03:31')),
      of('moving', said.acted, emptyAt('03:25')),
      of('closed', said.recovered),
    ];
    const inOrder = ['failed', 'watched', 'moving', 'closed'];
    expect(namesOf(...sorted)).toEqual(inOrder);
    expect(namesOf(...sorted.toReversed())).toEqual(inOrder);
    const [, ...open] = inOrder;
    const needed = of('needed', said.needed, emptyAt('03:31'));
    expect(namesOf(...sorted.slice(1).toReversed(), needed)).toEqual(['needed', ...open]);
  });

  test('is empty already, then empties first, then nobody can time', () => {
    const sorted = [
      of('empty', said.warned, atWall),
      of('soon', said.warned, emptyAt('03:25')),
      of('later', said.warned, emptyAt('03:27')),
      of('untimed', said.warned, steady),
    ];
    const inOrder = ['empty', 'soon', 'later', 'untimed'];
    expect(namesOf(...sorted)).toEqual(inOrder);
    expect(namesOf(...sorted.toReversed())).toEqual(inOrder);
  });
});

test('the table has twenty rows at most, and says how many it leaves out', () => {
  const tableOf = (count: number) =>
    stormTable(storiesOf(Array.from({ length: count }, (_, index) => of(`db-${index}`, said.warned))));
  expect([tableOf(20).rows.length, tableOf(20).more]).toEqual([20, 0]);
  expect([tableOf(23).rows.length, tableOf(23).more]).toEqual([20, 3]);
  expect(tableOf(2).more).toBe(0);
});

describe('the title of several disks', () => {
  test('is of those that are over only where every one is', () => {
    expect(titleOf([of('a', said.recovered), of('b', said.warned)])).toBe(
      'FYI: 2 prod disks low on burst credits in eu-west-1',
    );
  });

  test('calls a person where one closed without success, and counts no other', () => {
    expect(titleOf([of('a', said.recovered), of('b', failed), of('c', said.recovered)])).toBe(
      'YOU ARE NEEDED: 3 prod disks in eu-west-1 closed, 1 without success',
    );
  });

  test('names no environment where none of the disks has one', () => {
    const bare = (caseId: string) => caseNotice(said.warned, { caseId, about: { environment: undefined } });
    expect(titleOf([bare('a'), bare('b')])).toBe('FYI: 2 disks low on burst credits in eu-west-1');
  });
});
