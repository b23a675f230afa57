import { describe, expect, test } from 'vitest';
import { configurationText } from '../../../core/domain/notices/configuration-text.ts';
import { money, signedMoney } from '../../../core/domain/notices/money-text.ts';
import { titleOf } from '../../../core/domain/notices/notice-title.ts';
import { someOf } from '../../../core/domain/notices/some-of.ts';
import { subjectOf } from '../../../core/domain/notices/subject.ts';
import { durationText, rangeText } from '../../../core/domain/notices/time-text.ts';
import { isVague, wallTime } from '../../../core/domain/notices/wall-text.ts';
import { dollars, minutes, seconds } from '../../../core/domain/units.ts';
import { caseNotice, said, time, toGp3 } from '../../fakes/case-notices.ts';
import { someVolume } from '../some-volume.ts';

test.each([
  [seconds(119), '119 s'],
  [seconds(119.9), '120 s'],
  [seconds(120), '2 min'],
  [minutes(119), '119 min'],
  [minutes(120), '2 h'],
  [minutes(121), '2 h 1 min'],
  [minutes(23 * 60 + 59), '23 h 59 min'],
  [minutes(24 * 60 + 1), '24 h'],
  [minutes(31 * 60 + 40), '32 h'],
])('a duration of %d ms is written %s', (duration, words) => {
  expect(durationText(duration)).toBe(words);
});

describe('a wall that', () => {
  const at = time('03:11');
  const range = (earliest: string, latest: string | undefined) => ({
    earliest: time(earliest),
    likely: time('04:30'),
    latest: latest === undefined ? undefined : time(latest),
  });

  test.each([
    ['03:12', '03:31', '03:12-03:31'],
    ['03:11', '03:31', 'any minute-03:31'],
    ['03:10', '03:31', 'any minute-03:31'],
    ['03:12', undefined, '03:12 at the earliest'],
    ['03:11', undefined, 'any minute at the earliest'],
  ])('comes from %s to %s is a range', (earliest, latest, words) => {
    expect(rangeText(range(earliest, latest), at)).toBe(words);
  });

  test.each([
    ['03:11', undefined, 'any minute or much later'],
    ['03:12', undefined, '03:12 UTC at the earliest'],
    ['03:11', '05:00', 'by 05:00 UTC'],
    ['03:12', '05:00', 'between 03:12 and 05:00 UTC'],
  ])('may come from %s to %s is told so', (earliest, latest, words) => {
    expect(isVague(range(earliest, latest), at)).toBe(true);
    expect(wallTime(range(earliest, latest), at)).toBe(words);
  });
});

test.each([
  [0, '$0.00', '+$0.00'],
  [19, '$19.00', '+$19.00'],
  [-1.005, '-$1.01', '-$1.01'],
  [1234.5, '$1,234.50', '+$1,234.50'],
])('%d dollars are written %s, and as a difference %s', (value, plain, signed) => {
  expect(money(dollars(value))).toBe(plain);
  expect(signedMoney(dollars(value))).toBe(signed);
});

test('ten names are written out, of more the number of the others', () => {
  const names = Array.from({ length: 12 }, (_, index) => `n${index}`);
  const ten = 'n0, n1, n2, n3, n4, n5, n6, n7, n8, n9';
  expect(someOf(names.slice(0, 3), 3)).toBe('n0, n1, n2');
  expect(someOf(names.slice(0, 10), 10)).toBe(ten);
  expect(someOf(names, 12)).toBe(`${ten} and 2 more`);
  expect(someOf(names.slice(0, 2), 1_024)).toBe('n0, n1 and 1,022 more');
});

test.each([
  [{ type: 'standard' }, 'standard (magnetic)'],
  [{ type: 'unjudgeable', got: 'type gp4' }, 'not described in a way we know (type gp4)'],
  [{ type: 'st1' }, 'st1'],
  [toGp3.to, 'gp3, 3,000 IOPS, 250 MiB/s'],
] as const)('the configuration %o is written %s', (configuration, words) => {
  expect(configurationText(configuration)).toBe(words);
});

test.each([
  [{ environment: 'a', Environment: 'b', env: 'c', Env: 'd' }, 'a'],
  [{ Environment: 'b', env: 'c', Env: 'd' }, 'b'],
  [{ env: 'c', Env: 'd' }, 'c'],
  [{ Env: 'd' }, 'd'],
  [{ ENV: 'e' }, undefined],
])('the environment of a disk tagged %j is %s', (tags, environment) => {
  expect(subjectOf(someVolume({ tags }), { account: '1', region: 'eu-west-1' }).environment).toBe(
    environment,
  );
});

describe('a title', () => {
  const named = (name: string, what: keyof typeof said = 'warned') =>
    titleOf([caseNotice(said[what], { about: { name } })]);
  const inRegion = (region: string) =>
    titleOf(
      ['a', 'b'].map((caseId) =>
        caseNotice(said.warned, { caseId, about: { region, environment: undefined } }),
      ),
    );

  test('of 80 characters is not shortened, one of 81 is told in fewer words', () => {
    expect(named('n'.repeat(23))).toBe(
      `FYI: prod ${'n'.repeat(23)} disk runs out of burst credits about 03:27 UTC`,
    );
    expect(named('n'.repeat(23))).toHaveLength(80);
    expect(named('n'.repeat(24))).toBe(`FYI: prod ${'n'.repeat(24)} disk throttles about 03:27 UTC`);
  });

  test('is cut in its name where the shortest words have no room, not in what happens', () => {
    expect(named('n'.repeat(60), 'acted')).toBe(
      `NO ACTION NEEDED: prod ${'n'.repeat(35)}... disk moving to gp3`,
    );
  });

  test('has no blank before the cut', () => {
    expect(named(`${'n'.repeat(34)} ${'n'.repeat(30)}`, 'acted')).toBe(
      `NO ACTION NEEDED: prod ${'n'.repeat(34)}... disk moving to gp3`,
    );
  });

  test('of several disks keeps to 80 characters as well', () => {
    const full = 'r'.repeat(80 - 'FYI: 2 disks low on burst credits in '.length);
    expect(inRegion(full)).toBe(`FYI: 2 disks low on burst credits in ${full}`);
    expect(inRegion(`${full}r`)).toBe(`FYI: 2 disks low in ${full}r`);
    expect(inRegion('r'.repeat(90))).toBe(`FYI: 2 disks low in ${'r'.repeat(57)}...`);
  });
});
