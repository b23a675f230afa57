import type {
  Closed,
  Common,
  Intended,
  ModifyRequest,
  Upgrading,
  Watching,
} from '../../core/domain/cases/case.ts';
import type { Plan } from '../../core/domain/deciding/decision.ts';
import type { CaseNotice, TestNotice } from '../../core/domain/notices/notice.ts';
import { dollars, gibibytes, type Instant, iops, mebibytesPerSecond } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import { START, volumeId } from './account-under-test.ts';

export const id = volumeId('vol-0abc0123456789def');

export const fix: Plan = {
  purpose: 'fix',
  from: { type: 'gp2' },
  to: { type: 'gp3', iops: iops(3_000), throughput: mebibytesPerSecond(128) },
  price: {
    now: dollars(10),
    after: dollars(8.12),
    difference: dollars(-1.88),
    alternatives: [{ configuration: { type: 'io2', iops: iops(3_000) }, monthly: dollars(207.5) }],
    listOf: { checked: '2026-10-07', region: 'us-east-1' },
  },
  slowerThanBurst: undefined,
};

export const bridgePlan: Plan = { ...fix, purpose: 'bridge', to: { type: 'io2', iops: iops(1_000) } };

const subject: Common['subject'] = {
  volumeId: id,
  name: 'etcd-1',
  size: gibibytes(100),
  configuration: { type: 'gp2' },
  device: '/dev/xvda',
  instanceIds: ['i-0abc'],
  zone: 'us-east-1a',
  account: '123456789012',
  region: 'us-east-1',
  owner: undefined,
  environment: 'prod',
  stack: undefined,
};

export const asked = (at: Instant): ModifyRequest => ({ at, to: fix.to });

const common = (version: number, volume: VolumeId = id): Common => ({
  id: 'EB-1',
  volumeId: volume,
  incident: 'IN-1',
  openedAt: START,
  version,
  dueAt: START,
  mutedUntil: { at: START, end: 'assumed' },
  subject: { ...subject, volumeId: volume },
  absentSince: undefined,
  told: undefined,
  requests: [],
  typesNotInZone: [],
});

export const watching = (version: number, volume: VolumeId = id): Watching => ({
  ...common(version, volume),
  state: 'watching',
});

export const intended = (version: number, bridge?: Intended['bridge']): Intended => ({
  ...common(version),
  state: 'intended',
  plan: fix,
  reason: { code: 'heading-for-wall' },
  intendedAt: START,
  predictedWall: START,
  bridge,
  requests: [asked(START)],
});

export const upgrading = (version: number, volume: VolumeId = id): Upgrading => ({
  ...common(version, volume),
  state: 'upgrading',
  plan: fix,
  acceptedAt: START,
  requestId: undefined,
  predictedWall: undefined,
  verdict: { kind: 'too-early' },
  completedAt: undefined,
  requests: [asked(START)],
});

export const closed = (version: number, part: Partial<Closed> = {}): Closed => ({
  ...common(version, part.volumeId),
  state: 'closed',
  ending: 'averted',
  closedAt: START,
  stays: undefined,
  ...part,
});

export const caseNotice = (noticeId: string, at: Instant = START, incident = 'IN-1'): CaseNotice => ({
  kind: 'case',
  id: noticeId,
  caseId: 'EB-1',
  incident,
  at,
  since: START,
  subject,
  credits: {
    forecast: { kind: 'unknown', why: 'stale', detail: 'the newest sample is 12 minutes old' },
    demand: { kind: 'read', value: 1_200, at: START },
    baseline: 300,
    burst: 3_000,
    unit: 'IOPS',
  },
  felt: { kind: 'unread', why: 'denied' },
  otherCauses: {
    instanceLimit: { kind: 'read', value: { kind: 'clear' }, at: START },
    health: { kind: 'read', value: { kind: 'impaired', status: 'warning' }, at: START },
  },
  said: {
    kind: 'warned',
    reason: { code: 'heading-for-wall' },
    refusals: [{ code: 'slots-used', used: 3, nextSlotAt: undefined }],
    wouldDo: fix,
  },
  slotsUsed: { kind: 'read', value: 1, at: START },
  caps: { kind: 'unread', why: 'denied' },
  consent: undefined,
  mutedUntil: { at: START, end: 'told' },
  mode: 'notify',
  nextNewsAt: undefined,
});

export const testNotice = (noticeId: string): TestNotice => ({
  kind: 'test',
  id: noticeId,
  at: START,
  account: '123456789012',
  region: 'us-east-1',
});
