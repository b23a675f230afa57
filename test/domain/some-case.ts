import type {
  Announced,
  Bridged,
  Common,
  Intended,
  ModifyRequest,
  Returning,
  Upgrading,
  Watching,
} from '../../core/domain/cases/case.ts';
import { type Subject, subjectOf } from '../../core/domain/notices/subject.ts';
import { after, hours, type Instant, minutes } from '../../core/domain/units.ts';
import { ago, bridge, consent, fix, wayBack } from './some-situation.ts';
import { noon, someVolume } from './some-volume.ts';

export const somePlace = { account: '111122223333', region: 'us-east-1' };
export const someSubject: Subject = subjectOf(someVolume({ tags: consent }), somePlace);

/** That the volume be moved to gp3. */
export const asked = (at: Instant): ModifyRequest => ({ at, to: fix().to });

const common = (): Common => ({
  id: 'EB-00000001',
  volumeId: someVolume().id,
  incident: undefined,
  openedAt: ago(minutes(20)),
  version: 1,
  dueAt: noon,
  mutedUntil: undefined,
  subject: someSubject,
  absentSince: undefined,
  told: undefined,
  requests: [],
  typesNotInZone: [],
});

export const watching = (rest: Partial<Watching> = {}): Watching => ({
  ...common(),
  state: 'watching',
  ...rest,
});

export const announced = (rest: Partial<Announced> = {}): Announced => ({
  ...common(),
  state: 'announced',
  incident: 'IN-00000001',
  told: { what: 'warned', at: ago(minutes(5)), codes: ['notify-mode'], easedAt: undefined },
  refusals: [{ code: 'notify-mode' }],
  lastSeen: undefined,
  putOff: undefined,
  ...rest,
});

/** Claimed a minute ago, ten minutes before the wall. */
export const intended = (rest: Partial<Intended> = {}): Intended => ({
  ...common(),
  state: 'intended',
  requests: [asked(ago(minutes(1)))],
  plan: fix(),
  reason: { code: 'heading-for-wall' },
  intendedAt: ago(minutes(1)),
  predictedWall: after(noon, minutes(9)),
  bridge: undefined,
  ...rest,
});

export const upgrading = (rest: Partial<Upgrading> = {}): Upgrading => ({
  ...common(),
  state: 'upgrading',
  incident: 'IN-00000001',
  requests: [asked(ago(minutes(1)))],
  plan: fix(),
  acceptedAt: ago(minutes(1)),
  requestId: 'req-1',
  predictedWall: after(noon, minutes(9)),
  verdict: { kind: 'too-early' },
  completedAt: undefined,
  ...rest,
});

/** On its bridge since 25 hours. */
export const bridged = (rest: Partial<Bridged> = {}): Bridged => ({
  ...common(),
  state: 'bridged',
  incident: 'IN-00000001',
  bridge: { plan: bridge(), since: ago(hours(25)), verdict: { kind: 'relieved' } },
  ...rest,
});

export const returning = (rest: Partial<Returning> = {}): Returning => ({
  ...common(),
  state: 'returning',
  incident: 'IN-00000001',
  plan: wayBack(),
  bridge: { plan: bridge(), since: ago(hours(25)), verdict: { kind: 'relieved' } },
  acceptedAt: ago(minutes(30)),
  requestId: 'req-2',
  completedAt: undefined,
  ...rest,
});
