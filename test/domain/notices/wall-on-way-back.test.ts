import { expect, test } from 'vitest';
import { messageOf } from '../../../core/domain/notices/notice-message.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { caseNotice, said, time, toIo1 } from '../../fakes/case-notices.ts';
import {
  actedOnIo1,
  emptyCredits,
  ended,
  later,
  returning,
  steadyCredits,
  walledOnWayBack,
} from '../../fakes/scene-parts.ts';
import { labels, lines, stamp } from './facts-under-test.ts';

const called = [actedOnIo1, returning, walledOnWayBack] as const;

test('a call while AWS puts a volume back says what to do, and offers no move that AWS would refuse', () => {
  const message = messageOf(called, stamp);
  expect(message).toMatchObject({ need: 'YOU ARE NEEDED', lead: expect.stringMatching(/^Take load off it/) });
  expect(lines('Expect', ...called)).toEqual([
    'Never slower than gp2 without credits while AWS works on it.',
    'When that completes we look whether to move it again.',
  ]);
  expect(labels(...called)).not.toEqual(expect.arrayContaining(['By hand']));
  expect(labels(...called)).not.toEqual(expect.arrayContaining(['Limits']));
  expect(lines('Cost', ...called).join(' ')).not.toMatch(/A move|Instead/);
});

test('a call about a volume that could be moved says what that costs and what the caps leave', () => {
  const needed = caseNotice(said.needed);
  expect(labels(needed)).toEqual(expect.arrayContaining(['Limits']));
  expect(labels(needed)).not.toEqual(expect.arrayContaining(['Expect']));
  expect(lines('Cost', needed).join(' ')).toMatch(/A move/);
});

const backWith = (credits: typeof emptyCredits) => {
  const end = later(
    ended('put-back', { code: 'demand-fits-bucket-again' }, toIo1),
    9,
    time('16:40'),
    {},
    { credits },
  );
  const { need, title, lead } = messageOf([...called, end], stamp);
  return { need, title, lead, next: lines('Next', ...called, end).join(' ') };
};

test.each([
  ['asks for as much as it gets', read(600, time('16:39'))],
  ['asks for nobody knows what', unread('Throttling')],
])('the end of a way back into the wall does not deny the call where the volume %s', (_, demand) => {
  expect(backWith({ ...emptyCredits, demand })).toEqual({
    need: 'FYI',
    title: 'FYI: prod checkout-db-2 disk is back on gp2, out of burst credits',
    lead: 'For your information: it is still throttled; a new case opens while it is, and says what is done.',
    next: 'This case is closed; if the disk still runs out, a new one opens.',
  });
});

test.each([
  ['that has credits again', steadyCredits],
  ['that asks for less than it may', { ...emptyCredits, demand: read(539, time('16:39')) }],
])('the end of the way back of a volume %s needs nobody', (_, credits) => {
  expect(backWith(credits)).toEqual({
    need: 'NO ACTION NEEDED',
    title: 'NO ACTION NEEDED: prod checkout-db-2 disk is back on gp2',
    lead: 'No action needed; this is the last word on it.',
    next: 'Nothing more: this case is closed.',
  });
});
