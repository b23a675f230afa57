import { describe, expect, test } from 'vitest';
import type { FactLabel } from '../../../core/domain/notices/fact.ts';
import type { CaseNotice, Said } from '../../../core/domain/notices/notice.ts';
import { messageOf } from '../../../core/domain/notices/notice-message.ts';
import {
  backToGp2,
  caseNotice,
  draining,
  noConsent,
  said,
  time,
  toGp3,
  toIo1,
} from '../../fakes/case-notices.ts';

type Wish = NonNullable<Parameters<typeof caseNotice>[1]>;
const stamp = { version: '1.2.3', runbook: 'https://example.org/runbook.md' };

/** A step of the case of the disk `db-<which>`. */
const of = (which: number, what: Said, { about = {}, ...wish }: Wish = {}): CaseNotice =>
  caseNotice(what, { caseId: `EB-${which}`, about: { name: `db-${which}`, ...about }, ...wish });
const upTo = (count: number, what: Said, wish: (which: number) => Wish = () => ({})): readonly CaseNotice[] =>
  Array.from({ length: count }, (_, which) => of(which, what, wish(which)));

function lines(label: FactLabel, notices: readonly CaseNotice[], runbook?: string): readonly string[] {
  const value = messageOf(notices, { ...stamp, runbook }).facts.find((fact) => fact.label === label)?.value;
  if (value === undefined) return [];
  return value.kind === 'link' ? [value.url] : value.lines;
}
const labels = (notices: readonly CaseNotice[], runbook: string | undefined = stamp.runbook) =>
  messageOf(notices, { ...stamp, runbook }).facts.map(({ label }) => label);

const failed: Said = {
  kind: 'ended',
  ending: 'failed',
  reason: { code: 'modification-failed' },
  plan: toGp3,
};
const emptyAt = (likely: string): Wish => ({
  forecast: {
    ...draining,
    wall: { earliest: time(likely), likely: time(likely), latest: undefined },
  },
});

describe('what is the matter with many disks', () => {
  test('is told as how many of each there are', () => {
    const notices = [
      of(1, said.needed),
      of(2, said.acted),
      of(3, said.acted),
      of(4, said.warned),
      of(5, said.recovered),
    ];
    expect(lines('What', notices)).toEqual([
      '5 disks low on burst credits in one incident: 1 needs you, 2 moved or moving, 1 watched, 1 closed. The next one runs out about 03:27 UTC.',
    ]);
  });

  test('counts a disk that was moved and still needs a person once, as the table does', () => {
    const notices = [
      of(1, said.acted),
      of(1, said.notRelieved, { version: 2 }),
      of(2, said.acted),
      of(3, said.warned),
    ];
    expect(lines('What', notices)[0]).toContain(
      '3 disks low on burst credits in one incident: 1 needs you, 1 moved or moving, 1 watched.',
    );
  });

  test('leaves out what no disk is', () => {
    expect(lines('What', [of(1, said.warned), of(2, said.warned)])[0]).toContain(
      'in one incident: 2 watched. ',
    );
    expect(lines('What', [of(1, said.needed), of(2, said.needed)])[0]).toContain(
      'in one incident: 2 need you. ',
    );
    expect(lines('What', [of(1, said.recovered), of(2, said.recovered)])).toEqual([
      '2 disks low on burst credits in one incident: 2 closed.',
    ]);
  });

  test('names the next wall of a disk that is open and not moved, whatever was told first', () => {
    const notices = [
      of(1, said.warned, emptyAt('03:50')),
      of(2, said.warned, emptyAt('03:40')),
      of(3, said.warned, emptyAt('03:45')),
      of(4, said.acted, emptyAt('03:20')),
      of(5, said.warned, emptyAt('03:15')),
      of(5, said.recovered, { version: 2 }),
    ];
    expect(lines('What', notices)[0]).toMatch(/ The next one runs out about 03:40 UTC\.$/);
  });

  test('names no wall where every disk that heads for one is moving', () => {
    expect(lines('What', [of(1, said.acted), of(2, said.acted)])).toEqual([
      '2 disks low on burst credits in one incident: 2 moved or moving.',
    ]);
  });

  test('counts a closed disk as closed alone, also where it could not be moved', () => {
    const notices = [of(1, said.warned), of(2, said.acted), of(2, failed, { version: 2 })];
    expect(lines('What', notices)[0]).toContain('in one incident: 1 watched, 1 closed.');
  });
});

describe('what we did about many disks', () => {
  test('is summed by kind of move, with what it costs together', () => {
    const onIo1: Said = { ...said.acted, plan: toIo1 };
    expect(lines('Did', [of(1, said.acted), of(2, onIo1), of(3, said.acted), of(4, said.warned)])).toEqual([
      '2 disks gp2 -> gp3, 1 disk gp2 -> io1, accepted by AWS; +$72.00 a month together.',
    ]);
  });

  test('is told of one disk without a sum', () => {
    expect(lines('Did', [of(1, said.acted), of(2, said.warned)])).toEqual([
      '1 disk gp2 -> gp3, accepted by AWS; +$1.00 a month.',
    ]);
  });

  test('counts a disk once that was moved and goes back', () => {
    const back: Said = { kind: 'returning', plan: backToGp2, acceptedAt: time('10:00'), requestId: 'r-2' };
    const notices = [of(1, { ...said.acted, plan: toIo1 }), of(1, back, { version: 2 }), of(2, said.warned)];
    expect(lines('Did', notices)).toEqual(['1 disk gp2 -> io1, accepted by AWS; +$70.00 a month.']);
  });

  test('is nothing where nothing was changed', () => {
    expect(lines('Did', [of(1, said.warned), of(2, said.warned)])).toEqual(['Nothing was changed.']);
  });
});

describe('what we did not do about many disks', () => {
  const notify =
    '1 not moved: this deployment only notifies. Next: modify the volume by hand, or deploy with mode act and tag the volume.';
  const untagged =
    '2 not moved: the volume does not carry ebs-burst:mode=act (got no such tag). Next: tag it ebs-burst:mode=act to let us act, or modify it by hand.';

  test('is told by its reason, the commonest first', () => {
    expect(lines('Not done', [of(1, said.warned), of(2, said.needed), of(3, said.needed)])).toEqual([
      untagged,
      notify,
    ]);
  });

  test('is told by the first reason of each disk', () => {
    const refusals = [{ code: 'notify-mode' }, noConsent] as const;
    expect(lines('Not done', [of(1, { ...said.needed, refusals }), of(2, said.acted)])).toEqual([notify]);
  });

  test('is left out where nothing stood against us', () => {
    expect(labels([of(1, said.acted), of(2, said.acted)])).not.toContain('Not done');
  });
});

describe('where many disks are', () => {
  const zoned = (elsewhere: number, count: number) =>
    upTo(count, said.needed, (which) => ({
      about: { zone: which < elsewhere ? 'eu-west-1a' : 'eu-west-1b' },
    }));

  test('is told zone by zone, the fullest first', () => {
    expect(lines('Where', zoned(1, 3))).toEqual([
      'Account 111122223333, eu-west-1: eu-west-1b 2, eu-west-1a 1.',
    ]);
  });

  test.each([
    [10, 0],
    [10, 1],
    [11, 1],
  ])(
    '%d disks of which %d are in another zone ask for a look at the Health Dashboard',
    (count, elsewhere) => {
      expect(lines('Health', zoned(elsewhere, count))).toEqual(['https://health.aws.amazon.com/health/home']);
      expect(messageOf(zoned(elsewhere, count), stamp).lead).toBe(
        `${count - elsewhere} of ${count} are in eu-west-1b: check the AWS Health Dashboard first.`,
      );
      expect(labels(zoned(elsewhere, count))).not.toContain('By hand');
    },
  );

  test.each([
    [9, 0],
    [10, 2],
    [11, 2],
  ])('%d disks of which %d are in another zone do not', (count, elsewhere) => {
    expect(labels(zoned(elsewhere, count))).not.toContain('Health');
    expect(labels(zoned(elsewhere, count))).toContain('By hand');
    expect(messageOf(zoned(elsewhere, count), stamp).lead).toMatch(/^Start with db-0: /);
  });
});

describe('the disk to start with', () => {
  test('is the one that is empty first of those that need a person', () => {
    const notices = [
      of(1, said.needed, emptyAt('03:50')),
      of(2, said.warned, emptyAt('03:15')),
      of(3, said.needed, { ...emptyAt('03:40'), about: { volumeId: 'vol-0333' } }),
    ];
    expect(messageOf(notices, stamp).lead).toMatch(/^Start with db-3: /);
    expect(lines('By hand', notices)[1]).toBe('  --volume-id vol-0333 \\');
  });

  test('is looked up in the table where nothing is to be said of it beforehand', () => {
    const notices = [of(1, said.acted), of(1, said.notRelieved, { version: 2 }), of(2, said.warned)];
    expect(messageOf(notices, stamp).lead).toBe('Start with the disk at the top of the table.');
  });

  test('has no command where nobody is needed', () => {
    expect(labels([of(1, said.warned), of(2, said.warned)])).not.toContain('By hand');
  });
});

describe('the lock on deploys of many disks', () => {
  const stacked = (which: number): Wish => ({ about: { stack: which % 2 === 0 ? 'workers' : 'shop' } });

  test('names the disks that AWS works on, and their stacks once', () => {
    const notices = [...upTo(3, said.acted, stacked), of(3, said.warned, { about: { stack: 'quiet' } })];
    expect(lines('Lock', notices)).toEqual([
      'Do not change 3 disks until completed: db-0, db-1, db-2.',
      'Stacks: workers, shop.',
    ]);
  });

  test('names five at most', () => {
    const noStack = () => ({ about: { stack: undefined } });
    expect(lines('Lock', upTo(5, said.acted, noStack))).toEqual([
      'Do not change 5 disks until completed: db-0, db-1, db-2, db-3, db-4.',
    ]);
    expect(lines('Lock', upTo(7, said.acted, noStack))).toEqual([
      'Do not change 7 disks until completed: db-0, db-1, db-2, db-3, db-4, and 2 more.',
    ]);
  });

  test('does not name a disk without stack, one that is completed, or one that is over', () => {
    const notices = [
      of(1, said.acted, { about: { stack: undefined } }),
      of(2, said.acted),
      of(2, said.completed, { version: 2 }),
      of(3, said.acted),
      of(3, failed, { version: 2 }),
      of(4, said.acted, stacked(0)),
    ];
    expect(lines('Lock', notices)).toEqual([
      'Do not change 2 disks until completed: db-1, db-4.',
      'Stacks: workers.',
    ]);
  });

  test('is left out where AWS works on none', () => {
    expect(labels([of(1, said.warned), of(2, said.warned)])).not.toContain('Lock');
  });
});

describe('the next word about many disks', () => {
  const nextAt = (clock: string | undefined, day?: string): Wish => ({
    other: { nextNewsAt: clock === undefined ? undefined : time(clock, day) },
  });

  test('is the earliest that was promised of an open one', () => {
    const notices = [
      of(1, said.warned, nextAt(undefined)),
      of(2, said.warned, nextAt('03:50')),
      of(3, said.warned, nextAt('03:35')),
      of(4, said.warned, nextAt('03:55')),
      of(5, said.recovered, nextAt('03:20')),
    ];
    expect(lines('Next', notices)).toEqual(['When it changes, or at 03:35 UTC at the latest.']);
  });

  test('has its date where that is not the date of the newest word', () => {
    const next = nextAt('00:10', '2026-11-23');
    const newer = { at: time('00:01', '2026-11-23') };
    const old = [of(1, said.warned, next), of(2, said.warned, next)];
    expect(lines('Next', old)).toEqual(['When it changes, or at 2026-11-23 00:10 UTC at the latest.']);
    for (const notices of [
      [...old, of(3, said.warned, { ...next, ...newer })],
      [of(3, said.warned, { ...next, ...newer }), ...old],
    ])
      expect(lines('Next', notices)).toEqual(['When it changes, or at 00:10 UTC at the latest.']);
  });

  test('is not promised where nothing is scheduled, and never comes where all is over', () => {
    const open = [of(1, said.warned, nextAt(undefined)), of(2, said.warned, nextAt(undefined))];
    expect(lines('Next', open)).toEqual(['When it changes; nothing is scheduled.']);
    expect(lines('Next', [of(1, said.recovered), of(2, said.recovered)])).toEqual([
      'Nothing more: every case of this incident is closed.',
    ]);
  });
});

test('a runbook is named where there is a link to it, and not where nobody could follow one', () => {
  const notices = [of(1, said.warned), of(2, said.warned)];
  expect(lines('Runbook', notices, stamp.runbook)).toEqual([stamp.runbook]);
  expect(messageOf(notices, { ...stamp, runbook: undefined }).facts.map(({ label }) => label)).toEqual([
    'What',
    'Did',
    'Not done',
    'Where',
    'Next',
  ]);
});
