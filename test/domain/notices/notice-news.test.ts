import { describe, expect, test } from 'vitest';
import type { Ending, Plan } from '../../../core/domain/deciding/decision.ts';
import type { CaseNotice, Said } from '../../../core/domain/notices/notice.ts';
import { figure, newsLine, newsLines } from '../../../core/domain/notices/notice-news.ts';
import { unread } from '../../../core/domain/reading.ts';
import { minutes, percent } from '../../../core/domain/units.ts';
import {
  backToGp2,
  caseNotice,
  draining,
  requestId,
  said,
  time,
  toGp3,
  toIo1,
  usual,
} from '../../fakes/case-notices.ts';

const noStack = { about: { stack: undefined } } as const;
const unfelt = { other: { felt: unread('Throttling') } } as const;
const keptOnGp3: Plan = { ...toGp3, purpose: 'keep' };
const completed = (plan: Plan): Said => ({ kind: 'completed', plan, took: minutes(85) });
const judged = (verdict: Extract<Said, { kind: 'judged' }>['verdict']): Said => ({
  kind: 'judged',
  plan: toGp3,
  verdict,
});

describe('the news of a case that is open', () => {
  test.each<[Said, string]>([
    [
      said.warned,
      'WARNED. Its burst credits are about to run out. Not moved: this deployment only notifies.',
    ],
    [
      { ...said.needed, refusals: [{ code: 'notify-mode' }, { code: 'opted-out' }] },
      'YOU ARE NEEDED. Its burst credits are about to run out. Not moved: this deployment only notifies; mode is off for it, by its tag or in the whole deployment.',
    ],
    [
      { ...said.needed, refusals: [], wouldDo: undefined },
      'YOU ARE NEEDED. Its burst credits are about to run out.',
    ],
    [
      { ...said.warned, wouldDo: backToGp2 },
      'NOT BACK ON gp2. Its burst credits are about to run out. Not put back: this deployment only notifies.',
    ],
    [
      { ...said.warned, reason: { code: 'intent-unresolved' } },
      "WARNED. AWS's answer to our request was lost, we are finding out whether it was accepted. Not known to be moved: this deployment only notifies.",
    ],
    [
      { ...said.warned, reason: { code: 'intent-unresolved' }, wouldDo: backToGp2 },
      "NOT BACK ON gp2. AWS's answer to our request was lost, we are finding out whether it was accepted. Not known to be put back: this deployment only notifies.",
    ],
    [
      { kind: 'eased', reason: { code: 'not-heading-for-wall' } },
      'EASED. It dips but is not heading for the wall. Nothing was changed; we go on watching it.',
    ],
    [said.acted, 'MOVING. gp2 -> gp3, 3,000 IOPS, 250 MiB/s, accepted by AWS.'],
    [
      { kind: 'returning', plan: backToGp2, acceptedAt: time('03:11'), requestId },
      'GOING BACK TO gp2. io1, 1,000 IOPS -> gp2, accepted by AWS: it no longer needs io1.',
    ],
    [judged({ kind: 'too-early' }), 'TOO EARLY TO TELL. Latency and queue have not settled yet.'],
    [
      said.averted,
      'AVERTED. Latency and queue stayed as usual until 10 min past the predicted wall. Now average latency 3.1 ms (usual 3.1), queue 2 (usual 2).',
    ],
    [
      said.relieved,
      'RELIEVED. Latency and queue have been back to usual for 10 min. Now average latency 3.1 ms (usual 3.1), queue 2 (usual 2).',
    ],
    [said.notRelieved, 'ACCEPTED BUT NOT RELIEVED. Average latency 84 ms (usual 3.1), queue 31 (usual 2).'],
    [judged({ kind: 'unknown', why: 'Throttling' }), 'EFFECT UNKNOWN. It could not be measured: Throttling.'],
  ])('%o is told in one line', (what, words) => {
    expect(newsLine(caseNotice(what))).toBe(`03:11 UTC ${words}`);
  });

  test('what nobody could measure is left out beside a verdict', () => {
    expect(newsLine(caseNotice(said.relieved, unfelt))).toBe(
      '03:11 UTC RELIEVED. Latency and queue have been back to usual for 10 min.',
    );
  });
});

describe('the news of a completion', () => {
  const took = '03:11 UTC COMPLETED. gp2 -> gp3, 3,000 IOPS, 250 MiB/s took 85 min.';

  test('allows deploys again, and names the template that would undo a move that stays', () => {
    const set =
      'Set gp3 in the template of stack shop-db-prod, or its next change of this volume undoes ours.';
    for (const plan of [toGp3, keptOnGp3])
      expect(newsLine(caseNotice(completed(plan)))).toBe(`${took} Deploys are safe again. ${set}`);
  });

  test('names no template where the volume has none', () => {
    expect(newsLine(caseNotice(completed(toGp3), noStack))).toBe(`${took} It may be changed again.`);
  });

  test('does not ask that a template follow a bridge, or a way back', () => {
    expect(newsLine(caseNotice(completed(toIo1)))).toBe(
      '03:11 UTC COMPLETED. gp2 -> io1, 1,000 IOPS took 85 min. Deploys are safe again.',
    );
    expect(newsLine(caseNotice(completed(backToGp2)))).toBe(
      '03:11 UTC COMPLETED. io1, 1,000 IOPS -> gp2 took 85 min. Deploys are safe again.',
    );
  });
});

const ended = (ending: Ending, rest: Partial<Extract<Said, { kind: 'ended' }>> = {}): Said => ({
  kind: 'ended',
  ending,
  reason: { code: 'symptom-gone' },
  plan: toIo1,
  ...rest,
});

describe('the news of an ending', () => {
  const now = 'Now average latency 3.1 ms (usual 3.1), queue 2 (usual 2).';
  const stays = 'It stays on io1. Deploys are safe again.';

  test.each<[Said, string]>([
    [ended('averted', { usual }), `CLOSED, AVERTED. It never throttled. ${now} ${stays}`],
    [ended('relieved', { usual }), `CLOSED, RELIEVED. Latency and queue are back to usual. ${now} ${stays}`],
    [
      ended('unproved', { usual }),
      `CLOSED, EFFECT UNKNOWN. Latency and queue could not be compared with before. ${stays}`,
    ],
    [
      ended('not-relieved', { usual }),
      `CLOSED, NOT RELIEVED. More IOPS did not help, so the cause is elsewhere. ${now} ${stays}`,
    ],
    [
      ended('failed', { reason: { code: 'modification-failed' } }),
      'CLOSED, FAILED. AWS gave the modification up; the volume is unchanged. The volume is gp2.',
    ],
    [said.recovered, 'RECOVERED. Its credits came back, nothing was changed.'],
    [
      ended('recovered', { reason: { code: 'readable-again' } }),
      'READABLE AGAIN. Its credits can be read again and have held above the threshold for 15 minutes. Nothing was changed.',
    ],
    [
      ended('silent', { reason: { code: 'silent-for-long' } }),
      'CLOSED, SILENT. It has published no balance for 24 hours, as a volume of a stopped instance. Its alarm wakes us when it publishes again and is low.',
    ],
    [ended('gone'), 'CLOSED, DELETED. The volume no longer exists.'],
    [ended('detached'), 'CLOSED, DETACHED. A detached volume burns no credits.'],
    [ended('cannot-run-out'), 'CLOSED. The volume can no longer run out of burst credits.'],
    [
      ended('yielded', { reason: { code: 'changed-by-others' } }),
      'CLOSED, LEFT TO OTHERS. Somebody else changed the volume since. We do not put it back.',
    ],
  ])('%o is told in one line', (what, words) => {
    expect(newsLine(caseNotice(what))).toBe(`03:11 UTC ${words}`);
  });

  test('asks that the template follow a move that stays, and not where the volume has none', () => {
    const line = '03:11 UTC CLOSED, AVERTED. It never throttled. Now average latency 3.1 ms, queue 2.';
    expect(newsLine(caseNotice(ended('averted', { plan: toGp3 })))).toBe(
      `${line} It stays on gp3. Deploys are safe again. Set gp3 in the template of stack shop-db-prod, or its next change of this volume undoes ours.`,
    );
    expect(newsLine(caseNotice(ended('averted', { plan: toGp3 }), noStack))).toBe(
      `${line} It stays on gp3. It may be changed again.`,
    );
  });

  test('claims no type to stay on where the plan is not known', () => {
    expect(newsLine(caseNotice(ended('averted', { plan: undefined }), unfelt))).toBe(
      '03:11 UTC CLOSED, AVERTED. It never throttled.',
    );
  });
});

describe('the news of a bridge that was put back', () => {
  const at = time('03:09', '2026-11-23');
  const back = (
    rest: Partial<Extract<Said, { kind: 'ended' }>>,
    forecast: CaseNotice['credits']['forecast'],
  ) => newsLine(caseNotice(ended('put-back', rest), { at, forecast }));
  const before = '03:09 UTC BACK ON gp2. It is as it was before the case.';
  const low = { ...draining, balance: percent(5.24) };

  test('tells its balance and what the bridge cost while it was held', () => {
    expect(back({ movedAt: time('15:09') }, low)).toBe(
      `${before} Its balance is 5.2 %. 12 h on io1, +$1.15 at list prices.`,
    );
  });

  test('counts from the opening of the case where nobody knows when it was moved', () => {
    expect(back({}, low)).toBe(`${before} Its balance is 5.2 %. 24 h on io1, +$2.30 at list prices.`);
  });

  test('invents neither a balance nor a cost', () => {
    const unknown = { kind: 'unknown', why: 'no-data', detail: 'CloudWatch has no datapoint' } as const;
    expect(back({ plan: undefined }, unknown)).toBe(`${before} No balance was published yet.`);
  });
});

describe('the lines of a thread', () => {
  const many = (count: number) => Array.from({ length: count }, () => caseNotice(said.acted));
  const line = '03:11 UTC MOVING. gp2 -> gp3, 3,000 IOPS, 250 MiB/s, accepted by AWS.';

  test('name the disk where there are several, and not where there is one', () => {
    const other = caseNotice(said.warned, { caseId: 'EB-2' });
    expect(newsLines(many(1), [...many(1), other])).toEqual([`checkout-db-2: ${line}`]);
    expect(newsLines(many(1), many(1))).toEqual([line]);
  });

  test('name the case where the disk has a newer one, and not the newer one', () => {
    const [earlier] = many(1) as [CaseNotice];
    const { volumeId } = earlier.subject;
    const newer = caseNotice(said.acted, { caseId: 'EB-NEW', about: { volumeId } });
    expect(newsLines([earlier, newer], [earlier, newer])).toEqual([
      `earlier case ${earlier.caseId}: ${line}`,
      line,
    ]);
    const other = caseNotice(said.warned, { caseId: 'EB-2' });
    expect(newsLines([earlier], [earlier, newer, other])).toEqual([
      `checkout-db-2: earlier case ${earlier.caseId}: ${line}`,
    ]);
  });

  test('are the newest twenty at most, with a count of the earlier ones', () => {
    const at = (index: number) => time(`04:${String(index).padStart(2, '0')}`);
    const lines = (count: number) => {
      const notices = Array.from({ length: count }, (_, index) => caseNotice(said.acted, { at: at(index) }));
      return newsLines(notices, notices);
    };
    expect(lines(20)).toHaveLength(20);
    const kept = lines(23);
    expect(kept[0]).toMatch(/^04:03 UTC/);
    expect(kept[19]).toMatch(/^04:22 UTC/);
    expect(kept.slice(20)).toEqual(['And 3 earlier ones, left out here.']);
  });
});

test.each([
  [0, '0'],
  [0.04, '0'],
  [3.14, '3.1'],
  [9.94, '9.9'],
  [9.95, '10'],
  [31.4, '31'],
  [1234.5, '1,235'],
])('%d is written %s', (value, words) => {
  expect(figure(value)).toBe(words);
});
