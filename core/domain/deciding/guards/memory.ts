import { stateTagKey } from '../../tag-keys.ts';
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

/** A tag names `<case id>#<version>`; a table that lacks that case, or holds it older, was lost or restored. */
export const unknownCaseTag: Guard = {
  name: 'unknown case tag',
  codes: ['unknown-case-tag'],
  scope: 'every',
  fact: `tag ${stateTagKey} against our table`,
  source: 'EC2 DescribeVolumes (tags); our table, BatchGetItem',
  unknown: 'an untagged volume without a case is simply new',
  veto: ({ situation }) => {
    const tag = situation.volume.tags[stateTagKey];
    if (tag === undefined) return undefined;
    const [caseId, version] = tag.split('#');
    const held = situation.openCase;
    const isHeld = held !== undefined && held.id === caseId && held.version >= Number(version);
    return isHeld ? undefined : { code: 'unknown-case-tag', tag };
  },
};
