import { creditBucketOf } from '../credits/credit-bucket.ts';
import {
  after,
  before,
  type Dollars,
  type Duration,
  dollars,
  type Instant,
  minutes,
  seconds,
} from '../units.ts';
import { type Foresight, foresightOf, longestWord } from './foresight.ts';
import type { RecordedVolume } from './recording.ts';
import type { Replayed, VolumeReplay } from './replayed.ts';
import { type Wall, wallsIn } from './walls.ts';

/** What a policy, or anything else that watches volumes, came to over a record: one measure for all. */
export interface Score {
  /** Walls that were hit under it. */
  readonly walls: number;
  /** Walls of the record that were not. */
  readonly averted: number;
  /** Walls that a word was due about: those hit, and those averted within six hours of one. */
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

/** SNS within seconds, and the queue's window of 5 s before it. */
const delivery: Duration = seconds(20);
/** Nobody can be told of a wall in time that the record begins with. */
const settling: Duration = minutes(60);
/** A word that names no time is taken for one about any wall that it would count for; foresightOf waits for twice as long. */
const halfAWord: Duration = (longestWord / 2) as Duration;
const anyLead: Duration = minutes(0);

/** @param begin of the record */
export function scoreOf(recorded: RecordedVolume, replay: VolumeReplay, begin: Instant): Score {
  const { timeline, stallMinutes, extraCost } = replay;
  const came = wallsOf(timeline);
  const averted = wallsOfRecord(recorded).filter((wall) => !came.some((other) => overlap(wall, other)));
  const { leads, ...foresight } = foreseen(timeline, came, averted, recorded, begin);
  return {
    walls: came.length,
    averted: averted.length,
    due: foresight.walls,
    announced: foresight.announced,
    leads,
    words: foresight.announcements,
    groundless: foresight.groundless,
    acts: timeline.filter(({ kind }) => kind === 'acted' || kind === 'returned').length,
    stallMinutes,
    extraCost,
  };
}

/**
 * Groundless is a word after which neither a wall came nor one of the record was due. A wall that was averted long after the
 * last word, by what had been changed for good, is nobody's to announce any more.
 */
function foreseen(
  timeline: readonly Replayed[],
  came: readonly Wall[],
  averted: readonly Wall[],
  { balance }: RecordedVolume,
  begin: Instant,
): Foresight {
  const words = timeline.flatMap(wordsOf);
  const isSpokenOf = ({ from }: Wall): boolean =>
    words.some(({ at }) => at <= from && at > before(from, longestWord));
  const foreseeable = [...came, ...averted.filter(isSpokenOf)]
    .filter(({ from }) => from >= after(begin, settling))
    .toSorted((a, b) => a.from - b.from);
  const terms = { lead: anyLead, shortestDrain: anyLead, delivery };
  const shown = balance.kind === 'read' ? balance.value : [];
  const { groundless } = foresightOf(words, [...came, ...averted], shown, terms);
  return { ...foresightOf(words, foreseeable, shown, terms), groundless };
}

/** Who moves a volume because of a wall tells people so; who moves it for another reason announces none. */
function wordsOf(one: Replayed): readonly Extract<Replayed, { kind: 'announced' }>[] {
  if (one.kind === 'announced') return [{ ...one, wall: one.wall ?? after(one.at, halfAWord) }];
  if (one.kind !== 'acted' || one.wall === undefined) return [];
  const { at, volumeId, wall } = one;
  return [{ kind: 'announced', at, volumeId, said: 'needed', wall, refusals: [] }];
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
