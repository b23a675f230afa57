import type { Usual } from '../../core/domain/deciding/decision.ts';
import type { Dispatch } from '../../core/domain/notices/dispatch.ts';
import type { CaseNotice, Notice, Said } from '../../core/domain/notices/notice.ts';
import type { Subject } from '../../core/domain/notices/subject.ts';
import { invalidTagsOf, unwatchedOf } from '../../core/domain/notices/unwatched.ts';
import { read, unread } from '../../core/domain/reading.ts';
import { dollars, hours, iops, minutes, percent } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import {
  atWall,
  backToGp2,
  caseNotice,
  draining,
  noConsent,
  requestId,
  said,
  time,
  toGp3,
  toIo1,
  usual,
  vague,
} from './case-notices.ts';

const house = { account: '111122223333', region: 'eu-west-1', at: time('08:00') } as const;
const first = (...notices: readonly Notice[]): Dispatch => ({ kind: 'first', notices });
const follow = (
  kind: 'digest' | 'end',
  earlier: readonly Notice[],
  ...fresh: readonly Notice[]
): Dispatch => ({
  kind,
  all: [...earlier, ...fresh],
  fresh,
});

const acted = caseNotice(said.acted);
/** The disk as AWS describes it after its move. */
const onGp3 = { configuration: toGp3.to } as const;
const averted = caseNotice(said.averted, {
  version: 2,
  at: time('03:37'),
  about: onGp3,
  other: { nextNewsAt: time('05:00') },
});
const later = (
  what: Said,
  version: number,
  at: ReturnType<typeof time>,
  about: Partial<Subject> = {},
  other: Partial<CaseNotice> = {},
) => caseNotice(what, { version, at, about, other: { nextNewsAt: undefined, ...other } });
const ended = (
  ending: Extract<Said, { kind: 'ended' }>['ending'],
  reason: Extract<Said, { kind: 'ended' }>['reason'],
  plan = toGp3,
  usual?: Usual,
) => ({ kind: 'ended', ending, reason, plan, ...(usual === undefined ? {} : { usual }) }) as const;

const throttled = { read: read({ latency: 84, queue: 31 }, time('03:11')) };
const capsWith = (committed: number, changedThisHour: number) =>
  read(
    {
      committed: dollars(committed),
      maxMonthlyIncrease: dollars(100),
      changedThisHour,
      changesAllowed: 10,
    },
    time('03:11'),
  );
const actedOnIo1 = caseNotice(
  { kind: 'acted', reason: { code: 'at-wall' }, plan: toIo1, acceptedAt: time('03:11:22'), requestId },
  { forecast: atWall, other: { felt: throttled.read, caps: capsWith(70, 1) } },
);
const returnRequestId = '9a2b7c1e-0000-4000-8000-2d3e4f506172';
const returning = caseNotice(
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

/** 512 disks of one zone, each a little later than the one before; ten were moved before the blast radius was used up. */
const storm: readonly Notice[] = Array.from({ length: 512 }, (_, index) => {
  const volumeId: VolumeId = `vol-0${(0xabc000000000 + index).toString(16)}0000`;
  const likely = time(`03:${String(14 + Math.floor(index / 16)).padStart(2, '0')}`);
  return caseNotice(
    index % 52 === 0
      ? said.acted
      : {
          kind: 'needed',
          reason: { code: 'heading-for-wall' },
          refusals: index % 40 === 1 ? [noConsent] : [{ code: 'over-blast-radius', used: 10, limit: 10 }],
          wouldDo: toGp3,
        },
    {
      caseId: `EB-${String(index).padStart(8, '0')}`,
      about: {
        volumeId,
        name: `node-${index}-root`,
        zone: index % 100 === 7 ? 'eu-west-1a' : 'eu-west-1b',
        stack: index % 52 === 0 ? 'workers' : undefined,
      },
      forecast:
        index % 170 === 3 ? atWall : { ...draining, wall: { earliest: likely, likely, latest: undefined } },
    },
  );
});

/** Every kind of message we send, as it is sent to a channel that cannot edit. */
export const scenes: Readonly<Record<string, Dispatch>> = {
  acted: first(acted),
  'acted-slower-than-burst': first(actedOnIo1),
  warned: first(caseNotice(said.warned, { other: { mode: 'notify', consent: undefined } })),
  'warned-vaguely': first(
    caseNotice(said.warned, {
      other: {
        mode: 'notify',
        consent: undefined,
        credits: {
          forecast: vague,
          demand: read(1_230, time('03:11')),
          baseline: 600,
          burst: 3_000,
          unit: 'IOPS',
        },
        nextNewsAt: time('04:49'),
      },
    }),
  ),
  relieved: follow(
    'digest',
    [actedOnIo1],
    later({ ...said.relieved, plan: toIo1 }, 2, time('04:02'), { configuration: toIo1.to }),
  ),
  needed: first(
    caseNotice(
      {
        ...said.needed,
        reason: { code: 'at-wall' },
        refusals: [{ code: 'slots-used', used: 3, nextSlotAt: time('07:40') }],
      },
      {
        forecast: atWall,
        other: { slotsUsed: read(3, time('03:11')), felt: throttled.read, caps: capsWith(0, 0) },
      },
    ),
  ),
  refused: first(
    caseNotice(
      {
        ...said.needed,
        refusals: [noConsent, { code: 'over-blast-radius', used: 10, limit: 10 }],
      },
      { other: { consent: undefined, caps: capsWith(10, 10) } },
    ),
  ),
  blind: first(
    caseNotice(
      {
        kind: 'warned',
        reason: { code: 'blind' },
        refusals: [{ code: 'unread-fact', fact: 'balance', why: 'AccessDenied on cloudwatch:GetMetricData' }],
        wouldDo: undefined,
      },
      {
        forecast: { kind: 'unknown', why: 'unread', detail: 'AccessDenied on cloudwatch:GetMetricData' },
        about: { name: 'vol-0a1b2c3d4e5f67890', owner: undefined, environment: undefined, stack: undefined },
        other: {
          credits: {
            forecast: { kind: 'unknown', why: 'unread', detail: 'AccessDenied on cloudwatch:GetMetricData' },
            demand: unread('AccessDenied on cloudwatch:GetMetricData'),
            baseline: 600,
            burst: 3000,
            unit: 'IOPS',
          },
          felt: unread('AccessDenied on cloudwatch:GetMetricData'),
          otherCauses: {
            instanceLimit: unread('AccessDenied on cloudwatch:GetMetricData'),
            health: read({ kind: 'ok' }, time('03:11')),
          },
          slotsUsed: unread('AccessDenied on ec2:DescribeVolumesModifications'),
          caps: unread('no census yet'),
          consent: undefined,
        },
      },
    ),
  ),
  muted: first(
    caseNotice(
      { ...said.needed, refusals: [{ code: 'muted', until: time('06:00') }] },
      { other: { mutedUntil: time('06:00'), caps: capsWith(0, 0) } },
    ),
  ),
  averted: follow('digest', [acted], averted),
  'not-relieved': follow('digest', [acted], later(said.notRelieved, 2, time('03:41'), onGp3)),
  returning: follow('digest', [actedOnIo1], returning),
  'ended-averted': follow(
    'end',
    [acted, averted],
    later(ended('averted', { code: 'symptom-gone' }, toGp3, usual), 4, time('04:36'), onGp3),
  ),
  'ended-failed': follow(
    'end',
    [acted],
    caseNotice(ended('failed', { code: 'modification-failed' }), {
      version: 2,
      at: time('03:25'),
      forecast: { ...draining, balance: percent(5.2), asOf: time('03:23:50') },
      other: { nextNewsAt: undefined },
    }),
  ),
  'ended-put-back': follow(
    'end',
    [actedOnIo1, returning],
    later(ended('put-back', { code: 'demand-fits-bucket-again' }, toIo1), 9, time('10:52', '2026-11-23')),
  ),
  'ended-recovered': follow('end', [caseNotice(said.warned)], later(said.recovered, 5, time('03:50'))),
  'ended-yielded': follow(
    'end',
    [acted],
    later(ended('yielded', { code: 'changed-by-others' }), 3, time('09:10'), {
      configuration: { type: 'io2', iops: iops(6_000) },
    }),
  ),
  'two-disks': first(
    acted,
    caseNotice(said.needed, {
      caseId: 'EB-3K9W02LM',
      about: { volumeId: 'vol-0b2c3d4e5f6789012', name: 'checkout-db-3', zone: 'eu-west-1a' },
    }),
  ),
  storm: first(...storm),
  coverage: first({
    ...house,
    kind: 'coverage',
    id: 'coverage#1',
    watched: 412,
    unwatched: unwatchedOf([
      { volumeId: 'vol-0123456789abcdef3', why: 'foreign-alarm' },
      { volumeId: 'vol-0123456789abcdef0', why: 'opted-out' },
      { volumeId: 'vol-0123456789abcdef1', why: 'over-max-alarms' },
      { volumeId: 'vol-0123456789abcdef2', why: 'over-max-alarms' },
    ]),
    cannotRunOut: 1_588,
    monthlyCost: dollars(41.2),
  }),
  heartbeat: first({
    ...house,
    kind: 'heartbeat',
    id: 'heartbeat#2026-11-22',
    mode: 'act',
    watched: 412,
    unwatched: 4,
    openCases: 1,
    stillUpgraded: 2,
    committed: dollars(16),
    metricReads: 8_640,
    maxMonthlyIncrease: dollars(100),
    invalidTags: invalidTagsOf([]),
    census: read(minutes(15), house.at),
  }),
  'heartbeat-look-at': first({
    ...house,
    kind: 'heartbeat',
    id: 'heartbeat#2026-11-24',
    mode: 'act',
    watched: 412,
    unwatched: 4,
    openCases: 1,
    stillUpgraded: 2,
    committed: dollars(86),
    maxMonthlyIncrease: dollars(100),
    metricReads: 8_640,
    invalidTags: invalidTagsOf([{ volumeId: 'vol-0123456789abcdef3', key: 'ebs-burst:mode', got: 'yes' }]),
    census: read(minutes(15), house.at),
  }),
  'heartbeat-census-late': first({
    ...house,
    kind: 'heartbeat',
    id: 'heartbeat#2026-11-23',
    mode: 'notify',
    watched: 1,
    unwatched: 0,
    openCases: 0,
    stillUpgraded: 0,
    committed: dollars(0),
    maxMonthlyIncrease: dollars(100),
    metricReads: 0,
    invalidTags: invalidTagsOf([]),
    census: read(hours(7), house.at),
  }),
  farewell: first({
    ...house,
    kind: 'farewell',
    id: 'farewell#1',
    deletedAlarms: 412,
    stillUpgraded: [
      { volumeId: 'vol-0a1b2c3d4e5f67890', was: { type: 'gp2' }, is: toIo1.to },
      { volumeId: 'vol-0a1b2c3d4e5f67891', was: { type: 'st1' }, is: toGp3.to },
    ],
  }),
  test: first({ ...house, kind: 'test', id: 'test#1' }),
};
