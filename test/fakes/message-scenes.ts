import type { Dispatch } from '../../core/domain/notices/dispatch.ts';
import type { Notice } from '../../core/domain/notices/notice.ts';
import { read } from '../../core/domain/reading.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import { atWall, caseNotice, draining, noConsent, said, time, toGp3, toIo1, vague } from './case-notices.ts';
import {
  acted,
  actedOnIo1,
  averted,
  blindWarned,
  capsWith,
  first,
  follow,
  later,
  onGp3,
  steadyCredits,
  throttled,
} from './scene-parts.ts';

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

/** How a disk's story begins and goes on, as it is sent to a channel that cannot edit. */
export const diskScenes: Readonly<Record<string, Dispatch>> = {
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
  blind: first(blindWarned),
  muted: first(
    caseNotice(
      { ...said.needed, refusals: [{ code: 'muted', until: time('06:00') }] },
      { other: { mutedUntil: { at: time('06:00'), end: 'told' }, caps: capsWith(0, 0) } },
    ),
  ),
  'muted-vaguely': first(
    caseNotice(
      { ...said.needed, refusals: [{ code: 'muted', until: undefined }] },
      { other: { mutedUntil: { at: time('03:09', '2026-11-23'), end: 'assumed' }, caps: capsWith(0, 0) } },
    ),
  ),
  eased: follow(
    'digest',
    [caseNotice(said.warned)],
    later(
      { kind: 'eased', reason: { code: 'not-heading-for-wall' } },
      6,
      time('03:40'),
      {},
      { credits: steadyCredits },
    ),
  ),
  averted: follow('digest', [acted], averted),
  'not-relieved': follow('digest', [acted], later(said.notRelieved, 2, time('03:41'), onGp3)),
  'two-disks': first(
    acted,
    caseNotice(said.needed, {
      caseId: 'EB-3K9W02LM',
      about: { volumeId: 'vol-0b2c3d4e5f6789012', name: 'checkout-db-3', zone: 'eu-west-1a' },
    }),
  ),
  storm: first(...storm),
};
