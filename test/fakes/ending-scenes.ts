import type { Dispatch } from '../../core/domain/notices/dispatch.ts';
import { unread } from '../../core/domain/reading.ts';
import { iops, percent } from '../../core/domain/units.ts';
import { backToGp2, caseNotice, draining, said, time, toGp3, toIo1, usual } from './case-notices.ts';
import {
  acted,
  actedOnIo1,
  averted,
  blindWarned,
  completedOnIo1,
  emptyCredits,
  ended,
  follow,
  later,
  onGp3,
  onItsBridge,
  returning,
  silentCredits,
  unnamed,
  walledOnWayBack,
} from './scene-parts.ts';

/** How a disk's story ends, and how a bridge goes back or does not, as it is sent to a channel that cannot edit. */
export const endingScenes: Readonly<Record<string, Dispatch>> = {
  returning: follow('digest', [actedOnIo1], returning),
  'wall-on-way-back': follow('digest', [actedOnIo1, returning], walledOnWayBack),
  'return-failed': follow(
    'digest',
    [actedOnIo1, returning],
    later(
      { kind: 'warned', reason: { code: 'modification-failed' }, refusals: [], wouldDo: backToGp2 },
      8,
      time('10:41', '2026-11-23'),
      { configuration: toIo1.to },
      onItsBridge,
    ),
  ),
  'return-unjudgeable': follow(
    'digest',
    [actedOnIo1, completedOnIo1],
    later(
      {
        kind: 'warned',
        reason: { code: 'return-unproved' },
        refusals: [{ code: 'unjudgeable', got: 'state error' }],
        wouldDo: backToGp2,
      },
      7,
      time('10:30', '2026-11-23'),
      { configuration: { type: 'unjudgeable', got: 'state error' } },
      onItsBridge,
    ),
  ),
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
  'ended-put-back-at-wall': follow(
    'end',
    [actedOnIo1, returning, walledOnWayBack],
    later(
      ended('put-back', { code: 'demand-fits-bucket-again' }, toIo1),
      10,
      time('16:40', '2026-11-23'),
      {},
      { credits: emptyCredits },
    ),
  ),
  'ended-recovered': follow('end', [caseNotice(said.warned)], later(said.recovered, 5, time('03:50'))),
  'ended-readable-again': follow(
    'end',
    [blindWarned],
    later(
      { kind: 'ended', ending: 'recovered', reason: { code: 'readable-again' }, plan: undefined },
      5,
      time('03:50'),
      unnamed,
    ),
  ),
  'ended-silent': follow(
    'end',
    [caseNotice(said.warned)],
    later(
      { kind: 'ended', ending: 'silent', reason: { code: 'silent-for-long' }, plan: undefined },
      9,
      time('03:12', '2026-11-23'),
      {},
      { credits: silentCredits, felt: unread('CloudWatch has no datapoint') },
    ),
  ),
  'ended-yielded': follow(
    'end',
    [acted],
    later(ended('yielded', { code: 'changed-by-others' }), 3, time('09:10'), {
      configuration: { type: 'io2', iops: iops(6_000) },
    }),
  ),
};
