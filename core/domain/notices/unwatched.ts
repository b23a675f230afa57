import type { VolumeId } from '../volume.ts';

/** All are counted, only the first are named: an item of the table holds 400 KB (DynamoDB developer guide, "quotas"). */
export interface Excerpt<Of> {
  readonly total: number;
  readonly first: readonly Of[];
}

export interface UnwatchedVolume {
  readonly volumeId: VolumeId;
  readonly why:
    | 'over-max-alarms'
    | 'opted-out'
    | 'alarm-write-failed'
    | 'alarm-not-yet-written'
    | 'foreign-alarm'
    | 'unjudgeable';
}

/** Riskiest first. */
export interface Unwatched extends Excerpt<UnwatchedVolume> {
  readonly byReason: readonly { readonly why: UnwatchedVolume['why']; readonly count: number }[];
}

/** A tag of ours whose value nobody can read. */
export interface InvalidTag {
  readonly volumeId: VolumeId;
  readonly key: string;
  readonly got: string;
}

const mostVolumes = 1_000;
const mostTags = 100;

export const unwatchedOf = (volumes: readonly UnwatchedVolume[]): Unwatched => ({
  ...excerptOf(volumes, mostVolumes),
  byReason: [...Map.groupBy(volumes, ({ why }) => why)].map(([why, { length }]) => ({ why, count: length })),
});

export const invalidTagsOf = (tags: readonly InvalidTag[]): Excerpt<InvalidTag> => excerptOf(tags, mostTags);

const excerptOf = <Of>(all: readonly Of[], most: number): Excerpt<Of> => ({
  total: all.length,
  first: all.slice(0, most),
});
