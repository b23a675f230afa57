import type { Paint } from './paint.ts';
import { span } from './quantities.ts';
import { wrap } from './wrap.ts';

/** What one of us or of AWS saw or did. A `quiet` one looked and changed nothing. */
export interface TimelineEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly who: string;
  readonly kind: 'quiet' | 'step' | 'turn';
  readonly text: string;
}

const WHO = 15;
const TIME = 10;

type Style = (text: string) => string;

interface Styles {
  readonly time: Style;
  readonly who: Style;
  readonly text: Style;
}

const unstyled: Style = (text) => text;

/**
 * One line for each step, in the order given; turns (an alarm, an act, a wall) stand out. Quiet stretches become one
 * line that counts who looked how often, however long they last. The day of a step is named when it is a new one.
 */
export function timeline(entries: readonly TimelineEntry[], width: number, paint: Paint): string {
  let today = day(entries[0]?.at ?? 0);
  return stretches(entries)
    .flatMap((stretch) => {
      const newDay = day(stretch[0].at) === today ? [] : [paint.dim(`── ${day(stretch[0].at)} ──`)];
      today = day(stretch[0].at);
      return [...newDay, ...stretchLines(stretch, width, paint)];
    })
    .join('\n');
}

type Stretch = [TimelineEntry, ...TimelineEntry[]];

/** Quiet entries that follow each other belong together; every other entry stands alone. */
function stretches(entries: readonly TimelineEntry[]): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const entry of entries) {
    const last = found.at(-1);
    if (last?.[0].kind === 'quiet' && entry.kind === 'quiet') last.push(entry);
    else found.push([entry]);
  }
  return found;
}

function stretchLines(stretch: Stretch, width: number, paint: Paint): readonly string[] {
  const [first] = stretch;
  if (first.kind === 'quiet') return quietLines(stretch, width).map(paint.dim);
  const text = first.kind === 'turn' ? paint.bold : unstyled;
  return entryLines(first, width, { time: paint.dim, who: paint.cyan, text });
}

function entryLines({ at, who, text }: TimelineEntry, width: number, styles: Styles): readonly string[] {
  const [first = '', ...rest] = wrap(text, Math.max(30, width - TIME - WHO));
  return [
    `${styles.time(time(at).padEnd(TIME))}${styles.who(who.padEnd(WHO))}${styles.text(first)}`,
    ...rest.map((line) => `${' '.repeat(TIME + WHO)}${styles.text(line)}`),
  ];
}

function quietLines(entries: Stretch, width: number): readonly string[] {
  const [first] = entries;
  const counts = new Map<string, number>();
  for (const { who } of entries) counts.set(who, (counts.get(who) ?? 0) + 1);
  const names = [...counts].map(([who, count]) => (count === 1 ? who : `${who} ${count}×`)).join(', ');
  const text = `${duration((entries.at(-1) ?? first).at - first.at)}nothing to change: ${names}`;
  return entryLines({ ...first, who: '·', text }, width, { time: unstyled, who: unstyled, text: unstyled });
}

function duration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  return minutes === 0 ? '' : `${span(minutes)} `;
}

/** `20:00:07`, UTC. */
const time = (at: number): string => new Date(at).toISOString().slice(11, 19);

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
