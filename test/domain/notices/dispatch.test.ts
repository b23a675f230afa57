import { expect, test } from 'vitest';
import { planDispatch, type Told } from '../../../core/domain/notices/dispatch.ts';
import type { CaseNotice, Notice } from '../../../core/domain/notices/notice.ts';
import { after, type Instant, minutes, seconds } from '../../../core/domain/units.ts';
import { caseNotice, said, time } from '../../fakes/case-notices.ts';

const now = time('03:30');
const earlier = (duration: ReturnType<typeof minutes>): Instant => (now - duration) as Instant;

interface Past {
  readonly sent?: readonly Notice[];
  readonly pending?: readonly Notice[];
  readonly lastSentAt?: Instant;
  readonly handle?: string;
}

const told = ({ sent = [], pending = [], lastSentAt, handle }: Past): Told => ({
  handle,
  lastSentAt,
  rows: [
    ...sent.map((notice) => ({ notice, state: 'sent' as const })),
    ...pending.map((notice) => ({ notice, state: 'pending' as const })),
  ],
});

const acted = caseNotice(said.acted);
const averted = caseNotice(said.averted, { version: 3 });
const notRelieved = caseNotice(said.notRelieved, { version: 3 });
const warned = caseNotice(said.warned);
const needed = caseNotice(said.needed, { version: 2 });
const recovered = caseNotice(said.recovered, { version: 5 });
const ofOther = (notice: CaseNotice, caseId = 'EB-OTHER'): CaseNotice => ({
  ...notice,
  caseId,
  id: notice.id.replace(notice.caseId, caseId),
  subject: { ...notice.subject, volumeId: `vol-${caseId}` },
});
const test1: Notice = { kind: 'test', id: 'test#1', at: now, account: '1', region: 'eu-west-1' };

for (const edits of ['edits', 'appends'] as const) {
  test(`nothing pending is nothing to send (${edits})`, () => {
    expect(planDispatch(told({ sent: [acted], lastSentAt: now, handle: 'C:1' }), edits, now)).toEqual({
      kind: 'nothing',
    });
  });

  test(`the first word goes out at once, with all there is (${edits})`, () => {
    const plan = planDispatch(told({ pending: [acted, averted] }), edits, now);
    expect(plan).toEqual({ kind: 'first', notices: [acted, averted] });
  });

  test(`a notice that belongs to no case is a first message (${edits})`, () => {
    expect(planDispatch(told({ pending: [test1] }), edits, now)).toEqual({
      kind: 'first',
      notices: [test1],
    });
  });
}

test('a channel that edits shows everything in its first message and news in its thread', () => {
  const plan = planDispatch(
    told({ sent: [acted], pending: [averted], handle: 'C:1', lastSentAt: now }),
    'edits',
    now,
  );
  expect(plan).toEqual({ kind: 'update', handle: 'C:1', all: [acted, averted], fresh: [averted] });
});

test('a lost handle makes a new first message that says it all', () => {
  const plan = planDispatch(told({ sent: [acted], pending: [averted], lastSentAt: now }), 'edits', now);
  expect(plan).toEqual({ kind: 'first', notices: [acted, averted] });
});

const again: CaseNotice = { ...needed, caseId: 'EB-AGAIN', id: 'EB-AGAIN#1' };

const quiet = (version: number) => caseNotice(said.averted, { version });

test('a case gets at most six quiet replies', () => {
  const sent = [acted, ...[2, 3, 4, 5, 6].map(quiet)];
  expect(
    planDispatch(told({ sent, pending: [quiet(7)], handle: 'C:1', lastSentAt: now }), 'edits', now),
  ).toMatchObject({
    fresh: [],
  });
});

test('a reply that needs a person is never dropped', () => {
  const sent = [acted, ...[2, 3, 4, 5, 6, 7].map(quiet)];
  const call = caseNotice(said.notRelieved, { version: 9 });
  expect(
    planDispatch(told({ sent, pending: [quiet(8), call], handle: 'C:1', lastSentAt: now }), 'edits', now),
  ).toMatchObject({
    fresh: [call],
  });
});

test('an incident of several disks replies only where a person is needed', () => {
  const pending = [averted, ofOther(notRelieved)];
  const plan = planDispatch(
    told({ sent: [acted, ofOther(acted)], pending, handle: 'C:1', lastSentAt: now }),
    'edits',
    now,
  );
  expect(plan).toMatchObject({ kind: 'update', fresh: [ofOther(notRelieved)] });
});

test('an incident of several disks replies also with the end of a case that the table no longer shows', () => {
  const sent = [warned, ofOther(warned)];
  const plan = planDispatch(
    told({
      sent,
      pending: [averted, recovered, { ...again, said: said.warned }],
      handle: 'C:1',
      lastSentAt: now,
    }),
    'edits',
    now,
  );
  expect(plan).toMatchObject({ kind: 'update', fresh: [recovered] });
});

test('an incident of several disks does not reply with an end that the table shows', () => {
  const sent = [warned, ofOther(warned)];
  const plan = planDispatch(
    told({ sent, pending: [recovered], handle: 'C:1', lastSentAt: now }),
    'edits',
    now,
  );
  expect(plan).toMatchObject({ kind: 'update', fresh: [] });
});

test('an incident of several disks replies once more when all is over', () => {
  const sent = [warned, ofOther(warned), ofOther(recovered)];
  const plan = planDispatch(
    told({ sent, pending: [recovered], handle: 'C:1', lastSentAt: now }),
    'edits',
    now,
  );
  expect(plan).toMatchObject({ kind: 'update', fresh: [recovered] });
});

test('the end of a case whose disk has a newer one is told however many replies there were', () => {
  const sent = [acted, ...[2, 3, 4, 5, 6, 7].map(quiet)];
  const ended = caseNotice(said.recovered, { version: 8 });
  const pending = [ended, { ...again, said: said.warned }];
  expect(planDispatch(told({ sent, pending, handle: 'C:1', lastSentAt: now }), 'edits', now)).toMatchObject({
    fresh: [ended],
  });
});

const appended = (sent: readonly Notice[], pending: readonly Notice[], ago: ReturnType<typeof minutes>) =>
  planDispatch(told({ sent, pending, lastSentAt: earlier(ago) }), 'appends', now);

test('a person newly needed is told at once, however recent the last message', () => {
  expect(appended([warned], [needed], seconds(1))).toEqual({
    kind: 'digest',
    all: [warned, needed],
    fresh: [needed],
  });
});

test('a person needed again is told two minutes after the last message', () => {
  const sent = [warned, needed];
  expect(appended(sent, [ofOther(needed)], minutes(1))).toEqual({
    kind: 'hold',
    until: after(now, minutes(1)),
  });
  expect(appended(sent, [ofOther(needed)], minutes(2))).toMatchObject({ kind: 'digest' });
});

test('the first warning about one more disk is told two minutes after the last message', () => {
  expect(appended([warned], [ofOther(warned)], minutes(1))).toEqual({
    kind: 'hold',
    until: after(now, minutes(1)),
  });
  expect(appended([warned], [ofOther(warned)], minutes(2))).toMatchObject({ kind: 'digest' });
});

test('everything else waits for the digest, 15 minutes after the last message', () => {
  expect(appended([acted], [averted], minutes(14))).toEqual({ kind: 'hold', until: after(now, minutes(1)) });
  expect(appended([acted], [averted], minutes(15))).toEqual({
    kind: 'digest',
    all: [acted, averted],
    fresh: [averted],
  });
});

test('the end is told at once', () => {
  expect(appended([warned], [recovered], seconds(1))).toEqual({
    kind: 'end',
    all: [warned, recovered],
    fresh: [recovered],
  });
});

test('one case that is over does not end an incident with another', () => {
  expect(appended([warned, ofOther(warned)], [recovered], minutes(15))).toMatchObject({ kind: 'digest' });
});

const test2: Notice = { ...test1, id: 'test#2' };
const thread = (sent: readonly Notice[], pending: readonly Notice[]) =>
  planDispatch(told({ sent, pending, handle: 'C:1', lastSentAt: now }), 'edits', now);

test('a second notice that belongs to no case is a message of its own, without the first', () => {
  for (const edits of ['edits', 'appends'] as const) {
    const past = told({ sent: [test1], pending: [test2], handle: 'C:1', lastSentAt: now });
    expect(planDispatch(past, edits, now)).toEqual({ kind: 'first', notices: [test2] });
  }
});

test('a notice that belongs to no case is no news of an incident', () => {
  expect(thread([acted], [test1, averted])).toMatchObject({ kind: 'update', fresh: [averted] });
  expect(thread([recovered, ofOther(warned)], [test1, ofOther(recovered)])).toMatchObject({
    kind: 'update',
    fresh: [ofOther(recovered)],
  });
  expect(appended([acted], [test1, averted], minutes(15))).toMatchObject({
    kind: 'digest',
    fresh: [averted],
  });
});

test('a warning is no reply, what comes of it is', () => {
  expect(thread([warned], [caseNotice(said.warned, { version: 2 })])).toMatchObject({ fresh: [] });
  expect(thread([warned], [caseNotice(said.acted, { version: 2 })])).toMatchObject({
    fresh: [{ said: { kind: 'acted' } }],
  });
});

test('six replies are counted from what was sent, warnings and loose notices apart', () => {
  const five = [2, 3, 4, 5, 6].map(quiet);
  expect(thread([warned, test1, ...five], [quiet(7)])).toMatchObject({ fresh: [quiet(7)] });
  expect(thread([warned, test1, ...five], [quiet(7), quiet(8)])).toMatchObject({ fresh: [quiet(7)] });
  expect(thread([warned, ...five, quiet(7)], [quiet(8)])).toMatchObject({ fresh: [] });
});

test('another warning about a disk that was warned of waits for the digest', () => {
  const again = caseNotice(said.warned, { version: 2 });
  expect(appended([warned], [again], minutes(14))).toEqual({ kind: 'hold', until: after(now, minutes(1)) });
  expect(appended([warned], [again], minutes(15))).toMatchObject({ kind: 'digest' });
});

test('a move of one more disk waits for the digest as well', () => {
  expect(appended([warned], [ofOther(acted)], minutes(14))).toEqual({
    kind: 'hold',
    until: after(now, minutes(1)),
  });
});

test('one that needs a person among others is told at once', () => {
  expect(appended([warned], [ofOther(acted), needed], seconds(1))).toMatchObject({ kind: 'digest' });
});

test('one more call waits where any disk of the incident called already', () => {
  const sent = [needed, ofOther(warned)];
  expect(appended(sent, [ofOther(needed, 'EB-3')], minutes(1))).toEqual({
    kind: 'hold',
    until: after(now, minutes(1)),
  });
});

test('one more warning among other news is told two minutes after the last message', () => {
  const more = [caseNotice(said.warned, { version: 2 }), ofOther(warned)];
  expect(appended([warned], more, minutes(2))).toMatchObject({ kind: 'digest' });
});
