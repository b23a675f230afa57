import { stateAtTagKey, stateTagKey } from '../../tag-keys.ts';
import { before, between, instant, minutes } from '../../units.ts';
import type { Situation } from '../situation.ts';
import type { Guard } from './guard.ts';

export const noGenesis: Guard = {
  name: 'no genesis item',
  codes: ['no-genesis'],
  scope: 'every',
  fact: 'genesis item written at deployment',
  source: 'our table, GetItem',
  unknown: 'a table without it may have lost cases: observe only',
  veto: ({ situation }) => (situation.memory.kind === 'whole' ? undefined : { code: 'no-genesis' }),
};

/**
 * A tag names `<case id>#<version>`; a table that lacks that case, or holds it older, was lost or restored. The tag of a
 * case that begins with its claim is written beside the claim, so that a crash may leave it without one.
 */
export const unknownCaseTag: Guard = {
  name: 'unknown case tag',
  codes: ['unknown-case-tag'],
  scope: 'every',
  fact: `tags ${stateTagKey} and ${stateAtTagKey} against our table and the latest modification`,
  source: 'EC2 DescribeVolumes (tags), DescribeVolumesModifications; our table, BatchGetItem',
  unknown: 'an untagged volume without a case is simply new',
  veto: ({ situation }) => {
    const tag = situation.volume.tags[stateTagKey];
    if (tag === undefined) return undefined;
    const [caseId, version] = tag.split('#');
    const held = situation.openCase;
    const isHeld = held !== undefined && held.id === caseId && held.version >= Number(version);
    return isHeld || (version === '1' && cameToNothing(situation))
      ? undefined
      : { code: 'unknown-case-tag', tag };
  },
};

/** After this the claim of a tag is in the table, or its worker is dead; modifications are then shown as well. */
const certainAfter = minutes(5);
/** Clocks of AWS and ours may differ. */
const skew = minutes(2);

/** Whether nothing was modified since the tag was written: what its case asked for never reached AWS. */
function cameToNothing({ volume, modification, now }: Situation): boolean {
  const writtenAt = Date.parse(volume.tags[stateAtTagKey] ?? '');
  if (Number.isNaN(writtenAt) || modification.kind === 'unread') return false;
  const newest = modification.value;
  const isUntouched = newest === 'never' || newest.startedAt < before(instant(writtenAt), skew);
  return isUntouched && between(instant(writtenAt), now) >= certainAfter;
}
