import { creditBucketOf } from '../credits/credit-bucket.ts';
import { after, before, type Dollars, type Duration, dollars, type Instant, minutes } from '../units.ts';
import { lastDrain, settling } from './foresight.ts';
import type { RecordedVolume } from './recording.ts';
import type { Replayed, VolumeReplay } from './replayed.ts';
import { type Wall, wallsIn } from './walls.ts';
import { isGroundless, leadOn, wordsIn } from './words.ts';

/** What a policy, or anything else that watches volumes, came to over a record: one measure for all. */
export interface Score {
  /** Walls that were hit under it. */
  readonly walls: number;
  /** Walls of the record that were not. */
  readonly averted: number;
  /** Walls that a word was due about: those hit, and those averted that one was about. */
  readonly due: number;
  /** Of those, how many people heard of before. */
  readonly announced: number;
  /** How far ahead the earliest word on each of those came. */
  readonly leads: readonly Duration[];
  /** Words about a wall: announcements, and acts that name one. */
  readonly words: number;
  /** Words with no wall within twice the announced time; where none was named, within six hours. */
  readonly groundless: number;
  readonly acts: number;
  readonly stallMinutes: number;
  /** On top of what was paid anyway, over the time replayed; watching not counted. */
  readonly extraCost: Dollars;
}

/** A word that names no time is taken for one about any wall of the next six hours, which is twice this. */
const halfAWord: Duration = minutes(180);

/** @param begin of the record */
export function scoreOf(recorded: RecordedVolume, replay: VolumeReplay, begin: Instant): Score {
  const { timeline, stallMinutes, extraCost } = replay;
  const came = wallsOf(timeline);
  const averted = wallsOfRecord(recorded).filter((wall) => !came.some((other) => overlap(wall, other)));
  const walls = [...came, ...averted].toSorted((a, b) => a.from - b.from);
  const words = wordsIn(timeline, halfAWord);
  const shown = recorded.balance.kind === 'read' ? recorded.balance.value : [];
  const leadOnWall = (wall: Wall) =>
    leadOn(wall, words, walls, before(wall.from, lastDrain(shown, wall.from)));
  // What was averted long after the last word, by what had been changed for good, is nobody's to announce any more.
  const due = walls
    .filter(({ from }) => from >= after(begin, settling))
    .filter((wall) => came.includes(wall) || leadOnWall(wall) !== undefined);
  const leads = due.flatMap((wall) => leadOnWall(wall) ?? []);
  return {
    walls: came.length,
    averted: averted.length,
    due: due.length,
    announced: leads.length,
    leads,
    words: words.length,
    groundless: words.filter((word) => isGroundless(word, walls)).length,
    acts: timeline.filter(({ kind }) => kind === 'acted' || kind === 'returned').length,
    stallMinutes,
    extraCost,
  };
}

/** They do not interlace: a volume leaves one wall before it hits the next. */
function wallsOf(timeline: readonly Replayed[]): readonly Wall[] {
  const ends = timeline.flatMap(({ kind, at }) => (kind === 'left-wall' ? [at] : []));
  return timeline
    .flatMap(({ kind, at }) => (kind === 'hit-wall' ? [at] : []))
    .map((from, index) => ({ from, until: ends[index] ?? from }));
}

function wallsOfRecord({ volume, balance, iops, throughput }: RecordedVolume): readonly Wall[] {
  const bucket = creditBucketOf(volume);
  if (bucket === undefined || balance.kind === 'unread') return [];
  return wallsIn(balance.value, bucket.unit === 'IOPS' ? iops : throughput, bucket);
}

const overlap = (a: Wall, b: Wall): boolean => a.from <= b.until && b.from <= a.until;

export const scoreSum = (scores: readonly Score[]): Score =>
  scores.reduce(
    (a, b) => ({
      walls: a.walls + b.walls,
      averted: a.averted + b.averted,
      due: a.due + b.due,
      announced: a.announced + b.announced,
      leads: [...a.leads, ...b.leads].toSorted((one, other) => one - other),
      words: a.words + b.words,
      groundless: a.groundless + b.groundless,
      acts: a.acts + b.acts,
      stallMinutes: a.stallMinutes + b.stallMinutes,
      extraCost: dollars(a.extraCost + b.extraCost),
    }),
    nothing,
  );

const nothing: Score = {
  walls: 0,
  averted: 0,
  due: 0,
  announced: 0,
  leads: [],
  words: 0,
  groundless: 0,
  acts: 0,
  stallMinutes: 0,
  extraCost: dollars(0),
};
