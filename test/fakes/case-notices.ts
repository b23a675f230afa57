import { hash } from 'node:crypto';
import type { Forecast } from '../../core/domain/credits/forecast.ts';
import type { Plan } from '../../core/domain/deciding/decision.ts';
import type { CaseNotice, Said } from '../../core/domain/notices/notice.ts';
import type { Subject } from '../../core/domain/notices/subject.ts';
import { read } from '../../core/domain/reading.ts';
import type { Refusal } from '../../core/domain/reasons.ts';
import {
  dollars,
  gibibytes,
  type Instant,
  instant,
  iops,
  mebibytesPerSecond,
  minutes,
  percent,
  seconds,
} from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';

/** `time('03:11')` is that minute of one night. */
export const time = (clock: string, day = '2026-11-22'): Instant =>
  instant(Date.parse(`${day}T${clock.length === 5 ? `${clock}:00` : clock}Z`));

const subject: Subject = {
  volumeId: 'vol-0a1b2c3d4e5f67890',
  name: 'checkout-db-2',
  size: gibibytes(200),
  configuration: { type: 'gp2' },
  device: '/dev/sdf',
  instanceIds: ['i-0f9e8d7c6b5a43210'],
  zone: 'eu-west-1b',
  account: '111122223333',
  region: 'eu-west-1',
  owner: 'team-checkout',
  environment: 'prod',
  stack: 'shop-db-prod',
};

/** 200 GiB gp2 at 2,450 IOPS: 1,850 credits a second of 5.4 million are 2.06 % a minute. */
export const draining = {
  kind: 'draining',
  balance: percent(34),
  asOf: time('03:09:50'),
  age: seconds(70),
  earliestWall: time('03:22'),
  percentPerMinute: -2.06,
  wall: { earliest: time('03:24'), likely: time('03:27'), latest: time('03:31') },
} as const satisfies Forecast;

/** At 1,230 IOPS, so little above its baseline that nobody can tell when. */
export const vague = {
  ...draining,
  balance: percent(80),
  earliestWall: time('03:40'),
  percentPerMinute: -0.7,
  wall: { earliest: time('03:40'), likely: time('05:04'), latest: time('09:30') },
} as const satisfies Forecast;

export const atWall = {
  kind: 'at-wall',
  balance: percent(0),
  asOf: time('03:09:50'),
  age: seconds(70),
  earliestWall: time('03:09:50'),
} as const satisfies Forecast;

const gp3 = { type: 'gp3', iops: iops(3000), throughput: mebibytesPerSecond(250) } as const;
const io1 = { type: 'io1', iops: iops(3000) } as const;
const io2 = { type: 'io2', iops: iops(3000) } as const;

export const toGp3: Plan = {
  purpose: 'fix',
  from: { type: 'gp2' },
  to: gp3,
  price: {
    now: dollars(20),
    after: dollars(21),
    difference: dollars(1),
    alternatives: [
      { configuration: { type: 'gp2' }, monthly: dollars(20) },
      { configuration: io1, monthly: dollars(220) },
      { configuration: io2, monthly: dollars(220) },
    ],
    listOf: { checked: '2026-10-07', region: 'us-east-1' },
  },
  slowerThanBurst: undefined,
};

/** The article's own cure: io1 at 1,000 IOPS. */
export const toIo1: Plan = {
  purpose: 'bridge',
  from: { type: 'gp2' },
  to: { type: 'io1', iops: iops(1000) },
  price: {
    now: dollars(20),
    after: dollars(90),
    difference: dollars(70),
    alternatives: [{ configuration: gp3, monthly: dollars(21) }],
    listOf: { checked: '2026-10-07', region: 'eu-west-1' },
  },
  slowerThanBurst: { burst: 3000, target: 1000 },
};

export const backToGp2: Plan = {
  ...toIo1,
  purpose: 'return',
  from: toIo1.to,
  to: { type: 'gp2' },
  price: { ...toIo1.price, now: dollars(90), after: dollars(20), difference: dollars(-70), alternatives: [] },
  slowerThanBurst: undefined,
};

export const noConsent: Refusal = {
  code: 'no-consent',
  tagKey: 'ebs-burst:mode',
  values: ['act'],
  got: undefined,
};

export const requestId = '4f1e2d3c-0000-4000-8000-5b6a79881234';

/** As it was before the trouble. */
export const usual = { latency: 3.1, queue: 2 };

export const said = {
  warned: {
    kind: 'warned',
    reason: { code: 'heading-for-wall' },
    refusals: [{ code: 'notify-mode' }],
    wouldDo: toGp3,
  },
  needed: { kind: 'needed', reason: { code: 'heading-for-wall' }, refusals: [noConsent], wouldDo: toGp3 },
  acted: {
    kind: 'acted',
    reason: { code: 'heading-for-wall' },
    plan: toGp3,
    acceptedAt: time('03:11:22'),
    requestId,
  },
  averted: { kind: 'judged', plan: toGp3, verdict: { kind: 'averted', usual } },
  relieved: { kind: 'judged', plan: toGp3, verdict: { kind: 'relieved', usual } },
  notRelieved: {
    kind: 'judged',
    plan: toGp3,
    verdict: { kind: 'not-relieved', latency: 84, queue: 31, usualLatency: 3.1, usualQueue: 2 },
  },
  completed: { kind: 'completed', plan: toGp3, took: minutes(85) },
  recovered: { kind: 'ended', ending: 'recovered', reason: { code: 'recovered' }, plan: undefined },
} as const satisfies Record<string, Said>;

interface Wish {
  readonly version?: number;
  readonly at?: Instant;
  readonly about?: Partial<Subject>;
  readonly forecast?: Forecast;
  readonly caseId?: string;
  readonly other?: Partial<CaseNotice>;
}

const volumeOf = (caseId: string): VolumeId => `vol-${hash('sha1', caseId).slice(0, 17)}`;

/** What one step of a case tells; what is not wished is the incident that most tests are about. */
export function caseNotice(what: Said, wish: Wish = {}): CaseNotice {
  const { version = 1, at = time('03:11'), about = {}, forecast = draining, caseId = 'EB-7Q2F81KD' } = wish;
  return {
    kind: 'case',
    id: `${caseId}#${version}`,
    caseId,
    incident: 'incident-1',
    at,
    since: time('03:09'),
    // Another case is another disk's, unless it is said to be the same one's.
    subject: { ...subject, ...(wish.caseId === undefined ? {} : { volumeId: volumeOf(caseId) }), ...about },
    credits: { forecast, demand: read(2450, at), baseline: 600, burst: 3000, unit: 'IOPS' },
    felt: read({ latency: 3.1, queue: 2 }, at),
    otherCauses: { instanceLimit: read({ kind: 'clear' }, at), health: read({ kind: 'ok' }, at) },
    said: what,
    slotsUsed: read(1, at),
    caps: read(
      { committed: dollars(1), maxMonthlyIncrease: dollars(100), changedThisHour: 1, changesAllowed: 10 },
      at,
    ),
    consent: { tagKey: 'ebs-burst:mode', value: 'act' },
    mutedUntil: undefined,
    mode: 'act',
    nextNewsAt: time('03:40'),
    ...wish.other,
  };
}
