import { describe, expect, test } from 'vitest';
import type { Ending, Verdict } from '../../../core/domain/deciding/decision.ts';
import { needOf, needOfAll, needOfNotices, storiesOf } from '../../../core/domain/notices/case-story.ts';
import type { CaseNotice, Notice, Said } from '../../../core/domain/notices/notice.ts';
import { factsOf } from '../../../core/domain/notices/notice-facts.ts';
import { titleOf } from '../../../core/domain/notices/notice-title.ts';
import { backToGp2, caseNotice, said, time, toGp3, toIo1 } from '../../fakes/case-notices.ts';

const story = (...notices: readonly CaseNotice[]) => storiesOf(notices)[0];
const labels = (...notices: readonly CaseNotice[]) =>
  storiesOf(notices).flatMap((each) =>
    factsOf(each, { version: '1.2.3', runbook: undefined }).map(({ label }) => label),
  );
const acted = caseNotice({ ...said.acted, plan: toIo1 });
const completed = caseNotice(said.completed, { version: 2 });
const relieved = caseNotice(said.relieved, { version: 3 });
const ended = (ending: Ending): Said => ({
  kind: 'ended',
  ending,
  reason: { code: 'symptom-gone' },
  plan: toIo1,
});

describe('where a case stands', () => {
  test('is what was said last, of which a completion says nothing', () => {
    expect(story(acted, completed)?.stance).toBe(acted);
    expect(story(acted, relieved, caseNotice(said.completed, { version: 4 }))?.stance).toBe(relieved);
    expect(story(acted, completed, relieved)?.stance).toBe(relieved);
  });

  test('is its completion where nothing else is known', () => {
    expect(story(completed)?.stance).toBe(completed);
  });

  test('is completed also where the act itself was not told', () => {
    expect(story(completed, relieved)?.completed).toBe(completed);
  });

  test('is completed by the completion of its last act, and not of one before', () => {
    const back: Said = { kind: 'returning', plan: backToGp2, acceptedAt: time('03:30'), requestId: 'req-2' };
    const returning = caseNotice(back, { version: 4 });
    const done = caseNotice(said.completed, { version: 5 });
    expect(story(acted, completed)?.completed).toBe(completed);
    expect(story(acted, completed, returning)?.completed).toBeUndefined();
    expect(labels(acted, completed, returning)).toContain('Lock');
    expect(story(acted, completed, returning, done)?.completed).toBe(done);
  });
});

describe('a move is in force', () => {
  test.each<Ending>(['averted', 'relieved', 'not-relieved', 'unproved'])(
    'after the ending %s, with its cost and its way back',
    (ending) => {
      expect(labels(acted, caseNotice(ended(ending), { version: 2 }))).toEqual(
        expect.arrayContaining(['Cost', 'Undo']),
      );
    },
  );

  test.each<Ending>([
    'failed',
    'put-back',
    'recovered',
    'silent',
    'gone',
    'detached',
    'cannot-run-out',
    'yielded',
  ])('not after the ending %s', (ending) => {
    const shown = labels(acted, caseNotice(ended(ending), { version: 2 }));
    expect(shown).not.toContain('Cost');
    expect(shown).not.toContain('Undo');
  });
});

describe('the need', () => {
  test.each<[Verdict, string]>([
    [{ kind: 'too-early' }, 'NO ACTION NEEDED'],
    [said.averted.verdict, 'NO ACTION NEEDED'],
    [said.relieved.verdict, 'NO ACTION NEEDED'],
    [said.notRelieved.verdict, 'YOU ARE NEEDED'],
    [{ kind: 'unknown', why: 'Throttling' }, 'FYI'],
  ])('after the verdict %o is %s', (verdict, need) => {
    expect(needOf(caseNotice({ kind: 'judged', plan: toGp3, verdict }))).toBe(need);
  });

  test.each<[Said, string]>([
    [said.needed, 'FYI'],
    [said.warned, 'FYI'],
    [said.acted, 'NO ACTION NEEDED'],
  ])('of a muted disk is never a person, and not more than it was: %o', (what, need) => {
    const muted = { mutedUntil: { at: time('06:00'), end: 'told' } } as const;
    expect(needOf(caseNotice(what, { other: muted }))).toBe(need);
  });

  const other = (what: Said) => caseNotice(what, { caseId: 'EB-2' });
  test.each<[Said, Said, string]>([
    [said.acted, said.needed, 'YOU ARE NEEDED'],
    [said.warned, said.needed, 'YOU ARE NEEDED'],
    [said.acted, said.warned, 'FYI'],
    [said.acted, said.recovered, 'NO ACTION NEEDED'],
  ])('of several disks is that of the one that needs people most', (one, two, need) => {
    expect(needOfNotices([caseNotice(one), other(two)])).toBe(need);
    expect(needOfNotices([other(two), caseNotice(one)])).toBe(need);
    expect(titleOf([caseNotice(one), other(two)]).startsWith(`${need}: `)).toBe(true);
  });

  test('of a message about no case is a word, and of a test message nothing', () => {
    const house = { id: 'x#1', at: time('08:00'), account: '111122223333', region: 'eu-west-1' } as const;
    const farewell: Notice = { ...house, kind: 'farewell', deletedAlarms: 3, stillUpgraded: [] };
    expect(needOfNotices([{ ...house, kind: 'test' }])).toBe('NO ACTION NEEDED');
    expect(needOfNotices([farewell])).toBe('FYI');
    expect(needOfNotices([])).toBe('FYI');
    expect(needOfAll([])).toBe('FYI');
  });
});

describe('a disk whose case ended and that runs out again', () => {
  const over = caseNotice(said.recovered, { caseId: 'EB-1' });
  const { volumeId } = over.subject;
  const again = caseNotice(said.needed, { caseId: 'EB-2', about: { volumeId } });

  test('is one story, that of its newest case', () => {
    expect(storiesOf([over, again]).map(({ latest }) => latest)).toEqual([again]);
    expect(titleOf([over, again])).toBe(titleOf([again]));
  });

  test('does not hide the story of another disk', () => {
    expect(storiesOf([over, caseNotice(said.needed, { caseId: 'EB-3' }), again])).toHaveLength(2);
  });
});
