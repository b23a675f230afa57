import { describe, expect, test } from 'vitest';
import { type CaseStep, noEffect } from '../../../core/domain/cases/case-step.ts';
import type { Situation } from '../../../core/domain/deciding/situation.ts';
import { caseNoticeOf, factsOf, factsOfGone } from '../../../core/domain/notices/case-notice.ts';
import type { Said } from '../../../core/domain/notices/notice.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { dollars, hours, minutes } from '../../../core/domain/units.ts';
import { announced, asked, bridged, upgrading } from '../some-case.ts';
import {
  ago,
  ahead,
  bridge,
  consent,
  fallingTo,
  fix,
  minutely,
  policyFor,
  someSituation,
} from '../some-situation.ts';
import { noon, someVolume } from '../some-volume.ts';

/** A step worth a word. */
type Heard = CaseStep & { readonly said: Said };

const warned: Heard = {
  next: announced({ version: 3 }),
  said: {
    kind: 'warned',
    reason: { code: 'at-wall' },
    refusals: [{ code: 'notify-mode' }],
    wouldDo: undefined,
  },
  ledger: noEffect,
};
const noticeOf = (step: Heard, given: Partial<Situation> = {}) => {
  const situation = someSituation(given);
  return caseNoticeOf(step.said, 'IN-1', factsOf(step.next, situation, policyFor(situation)));
};

describe('the notice of a step', () => {
  test('has the same id whenever the step is told, so that it is told once', () => {
    expect(noticeOf(warned)).toMatchObject({ id: 'EB-00000001#3', caseId: 'EB-00000001', incident: 'IN-1' });
  });

  test('shows credits, demand and what people feel, as read', () => {
    expect(noticeOf(warned)).toMatchObject({
      at: noon,
      credits: { forecast: { kind: 'draining', balance: 30 }, baseline: 300, burst: 3_000, unit: 'IOPS' },
      felt: { kind: 'read', value: { latency: 1, queue: 0.5 }, at: ago(minutes(1)) },
      otherCauses: { instanceLimit: { value: { kind: 'clear' } }, health: { value: { kind: 'ok' } } },
      consent: { tagKey: 'ebs-burst:mode', value: 'act' },
      mode: 'act',
    });
  });

  test('says "unknown" with why for what could not be read, and never a zero', () => {
    const why = unread('Throttling');
    expect(noticeOf(warned, { symptom: why, demand: why, ledger: why, balance: why })).toMatchObject({
      felt: why,
      caps: why,
      credits: { demand: why, forecast: { kind: 'unknown', why: 'unread', detail: 'Throttling' } },
    });
    const empty = { latency: [], queue: [] };
    expect(noticeOf(warned, { symptom: read(empty, noon) }).felt).toEqual(
      unread('CloudWatch has no datapoint'),
    );
  });

  test('shows what the caps have left', () => {
    const ledger = { version: 2, committed: dollars(40), recentClaims: [ago(minutes(10)), ago(hours(2))] };
    expect(noticeOf(warned, { ledger: read(ledger, noon) }).caps).toEqual(
      read({ committed: 40, maxMonthlyIncrease: 100, changedThisHour: 1, changesAllowed: 5 }, noon),
    );
  });

  test('counts the modification of this very step among the slots, and those of others', () => {
    const acted: Heard = {
      ...warned,
      next: upgrading({ requests: [ago(hours(2)), ago(minutes(1))].map(asked) }),
    };
    const slots = { ours: [asked(ago(hours(2)))], others: [ago(hours(5))] };
    expect(noticeOf(acted, { slots }).slotsUsed).toEqual(read(3, noon));
  });

  test('promises the verdict after an act', () => {
    expect(noticeOf({ ...warned, next: upgrading() }).nextNewsAt).toBe(ahead(minutes(69 + 2)));
  });

  test('promises nothing after the verdict', () => {
    const next = upgrading({ verdict: { kind: 'unknown', why: 'Throttling' } });
    expect(noticeOf({ ...warned, next }).nextNewsAt).toBeUndefined();
  });

  test('promises the call for help after a warning, and nothing after that call', () => {
    const promisedAt = ahead(minutes(15));
    const promised = announced({ told: { ...announced().told, promisedAt } });
    expect(noticeOf({ ...warned, next: promised }).nextNewsAt).toBe(promisedAt);
    expect(noticeOf(warned).nextNewsAt).toBeUndefined();
  });

  test('names no consent that was not given', () => {
    expect(noticeOf(warned, { volume: someVolume() }).consent).toBeUndefined();
    const other = someVolume({ tags: { ...consent, 'ebs-burst:mode': 'notify' } });
    expect(noticeOf(warned, { volume: other })).toMatchObject({ consent: undefined, mode: 'notify' });
  });
});

describe('the credits of a volume that we moved', () => {
  const moved = { volume: someVolume({ configuration: fix().to, tags: consent }) };

  test('are those of the type it was moved from', () => {
    const balance = read(minutely(fallingTo(30, 3)), noon);
    expect(noticeOf({ ...warned, next: upgrading() }, { ...moved, balance }).credits).toMatchObject({
      baseline: 300,
      forecast: { kind: 'draining' },
    });
  });

  test('are those of the type a bridge goes back to', () => {
    const next = bridged({ bridge: { ...bridged().bridge, plan: bridge({ from: { type: 'st1' } }) } });
    const volume = someVolume({ size: 1_024, configuration: bridge().to, tags: consent });
    expect(noticeOf({ ...warned, next }, { volume }).credits).toMatchObject({ baseline: 40, unit: 'MiB/s' });
  });
});

test('the last word on a volume that is gone claims to know nothing about it', () => {
  const gone = unread('the volume no longer exists');
  expect(caseNoticeOf(warned.said, 'IN-1', factsOfGone(warned.next, noon, 'act'))).toMatchObject({
    id: 'EB-00000001#3',
    subject: announced().subject,
    credits: { forecast: { kind: 'unknown', detail: 'the volume no longer exists' }, demand: gone },
    felt: gone,
    slotsUsed: gone,
    caps: gone,
    nextNewsAt: undefined,
  });
});
