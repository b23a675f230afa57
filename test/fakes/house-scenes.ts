import type { Dispatch } from '../../core/domain/notices/dispatch.ts';
import type { Notice } from '../../core/domain/notices/notice.ts';
import { invalidTagsOf, unwatchedOf } from '../../core/domain/notices/unwatched.ts';
import { read } from '../../core/domain/reading.ts';
import { dollars, hours, minutes } from '../../core/domain/units.ts';
import { time, toGp3, toIo1 } from './case-notices.ts';

const house = { account: '111122223333', region: 'eu-west-1', at: time('08:00') } as const;
const first = (...notices: readonly Notice[]): Dispatch => ({ kind: 'first', notices });

/** Every kind of message about the account or about us, as it is sent to a channel that cannot edit. */
export const houseScenes: Readonly<Record<string, Dispatch>> = {
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
