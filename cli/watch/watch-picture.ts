import { between, type Instant, inSeconds } from '../../core/domain/units.ts';
import type { Paint } from '../render/paint.ts';
import type { Board } from './board.ts';
import type { SeenCase } from './look-at-cases.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What is the same in every picture. */
export interface Frame {
  /** Account and Region. */
  readonly where: string;
  /** What else is to be known of all that is seen; `undefined` where nothing is. */
  readonly note: string | undefined;
  readonly paint: Paint;
}

interface Column {
  readonly title: string;
  readonly width: number;
  readonly text: (one: SeenCase, now: Instant) => string;
}

const clockText = (at: Instant): string => `${new Date(at).toISOString().slice(11, 19)} UTC`;

const id: Column = { title: 'case', width: 11, text: (one) => one.id };
const state: Column = { title: 'state', width: 27, text: ({ standing }) => standing.words };
const lasting: Column = {
  title: 'for',
  width: 7,
  text: ({ standing }, now) => lastingText(standing.since, now),
};
const wall: Column = { title: 'wall in', width: 7, text: (one, now) => countdown(one.wall, now, 'passed') };
const look: Column = { title: 'look in', width: 7, text: (one, now) => countdown(one.dueAt, now, 'due') };
const word: Column = {
  title: 'next word by',
  width: 12,
  text: nextWordText,
};
const volume: Column = { title: 'volume', width: 21, text: (one) => one.volumeId };
const gap = 2;
const leastName = 11;
const mostName = 32;

/** The lines of one picture, each at most as wide as the window, and together no more than it has rows. */
export function watchPicture(
  board: Board,
  now: Instant,
  { columns, rows }: Size,
  frame: Frame,
): readonly string[] {
  const { note, paint } = frame;
  const head = [
    titleLine(board, now, columns, frame),
    statusLine(board, now, columns, paint),
    ...(note === undefined ? [] : [paint.dim(fitted(note, columns))]),
  ];
  const cases = [...board.open, ...board.ended];
  if (cases.length === 0) return head.slice(0, rows);
  const shown = columnsFor(columns);
  const header = paint.dim(
    rowText(
      shown.map(({ title }) => title),
      shown,
      columns,
    ),
  );
  const room = Math.max(0, rows - head.length - 2);
  const fitting = cases.length <= room ? cases : cases.slice(0, Math.max(0, room - 1));
  const lines = fitting.map((one) =>
    toned(
      rowText(
        shown.map(({ text }) => text(one, now)),
        shown,
        columns,
      ),
      one,
      paint,
    ),
  );
  const left = cases.length - fitting.length;
  const rest =
    left === 0
      ? []
      : [paint.dim(fitted(`… and ${left} more, less urgent; a taller window shows them`, columns))];
  return [...head, '', header, ...lines, ...rest].slice(0, rows);
}

function titleLine({ open }: Board, now: Instant, columns: number, { where, paint }: Frame): string {
  const needed = open.filter(({ standing }) => standing.tone === 'needed').length;
  const count = open.length === 1 ? '1 open case' : `${open.length} open cases`;
  const called = needed === 0 ? '' : `, ${needed} ${needed === 1 ? 'needs' : 'need'} you`;
  const text = fitted(`${count}${called}  ${where}`, columns);
  const clock = clockText(now);
  const space = columns - text.length - clock.length;
  const line = space < gap ? text : `${text}${' '.repeat(space)}${clock}`;
  return needed === 0 ? paint.bold(line) : paint.bold(paint.red(line));
}

function statusLine(
  { asOf, trouble, nextLookAt }: Board,
  now: Instant,
  columns: number,
  paint: Paint,
): string {
  const wait = nextLookAt <= now ? 'asking' : `again in ${countdown(nextLookAt, now, '')}`;
  const seen = asOf === undefined ? 'nothing read yet' : `as of ${clockText(asOf)}`;
  if (trouble === undefined) return paint.dim(fitted(`${seen}, ${wait}; Ctrl-C ends it`, columns));
  return paint.yellow(fitted(`${seen}, ${wait}: ${trouble.words}`, columns));
}

/** The narrower the window, the fewer columns; who it is and where it stands are never left out. */
function columnsFor(columns: number): readonly Column[] {
  const wanted = [
    [id, state, lasting, wall, look, word, volume],
    [id, state, lasting, wall, look, word],
    [id, state, lasting, wall, look],
    [id, state, wall, look],
    [id, state, wall],
    [id, state],
  ];
  const taken = (set: readonly Column[]) => set.reduce((total, { width }) => total + width + gap, 0);
  const set = wanted.find((one) => taken(one) + leastName <= columns) ?? [id, state];
  const width = Math.min(mostName, Math.max(leastName, columns - taken(set)));
  const name: Column = { title: 'name', width, text: (one) => one.name };
  return [id, name, ...set.filter((one) => one !== id)];
}

const rowText = (cells: readonly string[], shown: readonly Column[], columns: number): string =>
  fitted(
    shown
      .map(({ width }, index) => fitted(cells[index] ?? '', width).padEnd(width))
      .join(' '.repeat(gap))
      .trimEnd(),
    columns,
  );

function toned(line: string, { standing }: SeenCase, paint: Paint): string {
  switch (standing.tone) {
    case 'needed':
      return paint.bold(paint.red(line));
    case 'warned':
      return paint.yellow(line);
    case 'moving':
      return paint.cyan(line);
    case 'ended':
      return paint.dim(line);
    default:
      return line;
  }
}

/** Of what was told and promises no time, the next word comes when it changes. */
function nextWordText({ nextWordAt, incident, standing }: SeenCase): string {
  if (nextWordAt !== undefined) return clockText(nextWordAt);
  return incident === undefined || standing.tone === 'ended' ? '-' : 'on change';
}

const fitted = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;

/** `4:12`, `1 h 05`, `3 d 4 h`; `over` once it is reached, `-` where there is none. */
function countdown(at: Instant | undefined, now: Instant, over: string): string {
  if (at === undefined) return '-';
  const left = Math.ceil(inSeconds(between(now, at)));
  if (left <= 0) return over;
  const minutes = Math.floor(left / 60);
  return minutes < 60 ? `${minutes}:${twoDigits(left % 60)}` : longSpan(minutes);
}

/** `42 s`, `26 min`, `1 h 05`, `3 d 4 h`. */
function lastingText(since: Instant, now: Instant): string {
  const passed = Math.max(0, Math.floor(inSeconds(between(since, now))));
  if (passed < 60) return `${passed} s`;
  const minutes = Math.floor(passed / 60);
  return minutes < 60 ? `${minutes} min` : longSpan(minutes);
}

function longSpan(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${twoDigits(minutes % 60)}`;
  const days = Math.floor(hours / 24);
  return days < 10 ? `${days} d ${hours % 24} h` : `${days} d`;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
