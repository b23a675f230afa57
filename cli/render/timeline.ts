import type { Paint } from './paint.ts';
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
 * line that counts who looked how often, however long they last. A new day is named.
 */
export function timeline(entries: readonly TimelineEntry[], width: number, paint: Paint): string {
  const lines: string[] = [];
  let quiet: TimelineEntry[] = [];
  const flush = (): void => {
    lines.push(...quietLines(quiet, width).map(paint.dim));
    quiet = [];
  };
  for (const [index, entry] of entries.entries()) {
    const isNewDay = index > 0 && day(entry.at) !== day(entries[index - 1]?.at ?? entry.at);
    if (isNewDay || entry.kind !== 'quiet') flush();
    if (isNewDay) lines.push(paint.dim(`── ${day(entry.at)} ──`));
    if (entry.kind === 'quiet') quiet.push(entry);
    else {
      const text = entry.kind === 'turn' ? paint.bold : unstyled;
      lines.push(...entryLines(entry, width, { time: paint.dim, who: paint.cyan, text }));
    }
  }
  flush();
  return lines.join('\n');
}

function entryLines({ at, who, text }: TimelineEntry, width: number, styles: Styles): readonly string[] {
  const [first = '', ...rest] = wrap(text, Math.max(30, width - TIME - WHO));
  return [
    `${styles.time(time(at).padEnd(TIME))}${styles.who(who.padEnd(WHO))}${styles.text(first)}`,
    ...rest.map((line) => `${' '.repeat(TIME + WHO)}${styles.text(line)}`),
  ];
}

function quietLines(entries: readonly TimelineEntry[], width: number): readonly string[] {
  const [first] = entries;
  if (first === undefined) return [];
  const counts = new Map<string, number>();
  for (const { who } of entries) counts.set(who, (counts.get(who) ?? 0) + 1);
  const whos = [...counts].map(([who, count]) => (count === 1 ? who : `${who} ${count}×`)).join(', ');
  const text = `${duration((entries.at(-1) ?? first).at - first.at)}nothing to change: ${whos}`;
  return entryLines({ ...first, who: '·', text }, width, { time: unstyled, who: unstyled, text: unstyled });
}

function duration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes === 0) return '';
  const hours = Math.floor(minutes / 60);
  return `${hours === 0 ? '' : `${hours} h `}${minutes % 60} min `;
}

/** `20:00:07`, UTC. */
const time = (at: number): string => new Date(at).toISOString().slice(11, 19);

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
