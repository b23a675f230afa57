import type { Usual } from '../../core/domain/deciding/decision.ts';
import type { Dispatch } from '../../core/domain/notices/dispatch.ts';
import type { CaseNotice, Notice, Said } from '../../core/domain/notices/notice.ts';
import type { Subject } from '../../core/domain/notices/subject.ts';
import { read, unread } from '../../core/domain/reading.ts';
import { dollars, minutes, percent, seconds } from '../../core/domain/units.ts';
import { atWall, backToGp2, caseNotice, requestId, said, time, toGp3, toIo1 } from './case-notices.ts';

export const first = (...notices: readonly Notice[]): Dispatch => ({ kind: 'first', notices });
export const follow = (
  kind: 'digest' | 'end',
  earlier: readonly Notice[],
  ...fresh: readonly Notice[]
): Dispatch => ({
  kind,
  all: [...earlier, ...fresh],
  fresh,
});

export const acted = caseNotice(said.acted);
/** The disk as AWS describes it after its move. */
export const onGp3 = { configuration: toGp3.to } as const;
export const averted = caseNotice(said.averted, {
  version: 2,
  at: time('03:37'),
  about: onGp3,
  other: { nextNewsAt: time('05:00') },
});
export const later = (
  what: Said,
  version: number,
  at: ReturnType<typeof time>,
  about: Partial<Subject> = {},
  other: Partial<CaseNotice> = {},
) => caseNotice(what, { version, at, about, other: { nextNewsAt: undefined, ...other } });
export const ended = (
  ending: Extract<Said, { kind: 'ended' }>['ending'],
  reason: Extract<Said, { kind: 'ended' }>['reason'],
  plan = toGp3,
  usual?: Usual,
) => ({ kind: 'ended', ending, reason, plan, ...(usual === undefined ? {} : { usual }) }) as const;

export const throttled = { read: read({ latency: 84, queue: 31 }, time('03:11')) };
export const capsWith = (committed: number, changedThisHour: number) =>
  read(
    {
      committed: dollars(committed),
      maxMonthlyIncrease: dollars(100),
      changedThisHour,
      changesAllowed: 10,
    },
    time('03:11'),
  );
export const actedOnIo1 = caseNotice(
  { kind: 'acted', reason: { code: 'at-wall' }, plan: toIo1, acceptedAt: time('03:11:22'), requestId },
  { forecast: atWall, other: { felt: throttled.read, caps: capsWith(70, 1) } },
);
export const completedOnIo1 = later({ kind: 'completed', plan: toIo1, took: minutes(50) }, 3, time('04:01'), {
  configuration: toIo1.to,
});
const returnRequestId = '9a2b7c1e-0000-4000-8000-2d3e4f506172';
export const returning = caseNotice(
  {
    kind: 'returning',
    plan: backToGp2,
    acceptedAt: time('10:30', '2026-11-23'),
    requestId: returnRequestId,
  },
  {
    version: 7,
    at: time('10:30', '2026-11-23'),
    about: { configuration: toIo1.to },
    other: { nextNewsAt: time('11:30', '2026-11-23') },
  },
);

/** What a notice about a disk on its bridge carries: a provisioned type has no bucket. */
export const onItsBridge: Partial<CaseNotice> = {
  credits: {
    forecast: { kind: 'unknown', why: 'no-data', detail: 'CloudWatch has no datapoint' },
    demand: read(410, time('10:29', '2026-11-23')),
    baseline: 600,
    burst: 3_000,
    unit: 'IOPS',
  },
};
export const emptyCredits: CaseNotice['credits'] = {
  forecast: { ...atWall, asOf: time('12:59', '2026-11-23') },
  demand: read(600, time('12:59', '2026-11-23')),
  baseline: 600,
  burst: 3_000,
  unit: 'IOPS',
};
/** Its load has come back before AWS had put it back. */
export const walledOnWayBack = later(
  {
    kind: 'needed',
    reason: { code: 'at-wall' },
    refusals: [{ code: 'modification-in-flight', state: 'optimizing' }],
    wouldDo: undefined,
  },
  8,
  time('13:00', '2026-11-23'),
  {},
  { credits: emptyCredits, felt: read({ latency: 84, queue: 31 }, time('12:59', '2026-11-23')) },
);
export const unnamed = {
  name: 'vol-0a1b2c3d4e5f67890',
  owner: undefined,
  environment: undefined,
  stack: undefined,
} as const;
export const steadyCredits: CaseNotice['credits'] = {
  forecast: {
    kind: 'steady',
    balance: percent(31),
    asOf: time('03:38:50'),
    age: seconds(70),
    earliestWall: time('03:50'),
  },
  demand: read(610, time('03:38')),
  baseline: 600,
  burst: 3_000,
  unit: 'IOPS',
};
const noDatapoint = 'CloudWatch has no datapoint';
export const silentCredits: CaseNotice['credits'] = {
  forecast: { kind: 'unknown', why: 'no-data', detail: noDatapoint },
  demand: unread(noDatapoint),
  baseline: 600,
  burst: 3_000,
  unit: 'IOPS',
};

const blind = {
  kind: 'unknown',
  why: 'unread',
  detail: 'AccessDenied on cloudwatch:GetMetricData',
} as const;
const unseen = unread(blind.detail);

export const blindWarned = caseNotice(
  {
    kind: 'warned',
    reason: { code: 'blind' },
    refusals: [{ code: 'unread-fact', fact: 'balance', why: blind.detail }],
    wouldDo: undefined,
  },
  {
    forecast: blind,
    about: unnamed,
    other: {
      credits: {
        forecast: blind,
        demand: unseen,
        baseline: 600,
        burst: 3000,
        unit: 'IOPS',
      },
      felt: unseen,
      otherCauses: {
        instanceLimit: unseen,
        health: read({ kind: 'ok' }, time('03:11')),
      },
      slotsUsed: unread('AccessDenied on ec2:DescribeVolumesModifications'),
      caps: unread('no census yet'),
      consent: undefined,
    },
  },
);
