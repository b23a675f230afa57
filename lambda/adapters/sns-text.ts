import type { Dispatch } from '../../core/domain/notices/dispatch.ts';
import type { Fact, Stamp } from '../../core/domain/notices/fact.ts';
import { newsIn } from '../../core/domain/notices/fresh-news.ts';
import { type Message, messageOf } from '../../core/domain/notices/notice-message.ts';
import { type StormTable, stormHeading } from '../../core/domain/notices/storm-table.ts';
import { asciiText, singleLine } from './safe-text.ts';

export interface Mail {
  /** Printable ASCII, under 100 characters, no line break (SNS API reference, Publish). */
  readonly subject: string;
  /** Plain text of 72 columns, at most 256 KiB in UTF-8. */
  readonly body: string;
  /** For the filter policy of a subscription, so that a pager is called only when somebody is needed. */
  readonly need: 'you-are-needed' | 'fyi' | 'no-action-needed';
}

const columns = 72;
const labelColumns = 9;
/** SNS takes 256 KiB; the rest is for the attributes. */
const mostBytes = 255 * 1024;
const cutMark = '\n[cut here: the message was longer than SNS takes]\n';

export function mailOf(dispatch: Dispatch, stamp: Stamp): Mail {
  const notices = dispatch.kind === 'first' ? dispatch.notices : dispatch.all;
  const message = messageOf(notices, stamp);
  return {
    subject: subjectOf(message),
    body: fitted(bodyOf(message, newsIn(dispatch))),
    need: needs[message.need],
  };
}

const needs = {
  'YOU ARE NEEDED': 'you-are-needed',
  FYI: 'fyi',
  'NO ACTION NEEDED': 'no-action-needed',
} as const;

/** Title and case fit together: 80 + 14 < 100. */
const subjectOf = ({ title, reference }: Message): string =>
  asciiText(reference === undefined ? title : `${title} [${reference}]`).slice(0, 99);

const bodyOf = (message: Message, news: readonly string[]): string =>
  message.form === 'line' ? lineOf(message) : letterOf(message, news);

/** One line, and below it what somebody should look at, if there is anything. */
function lineOf({ title, lead, footer, facts }: Message): string {
  const problems = facts.flatMap(factLines);
  return [
    `${singleLine(title)}. ${singleLine(lead)} ${singleLine(footer)}`,
    ...(problems.length === 0 ? [] : ['', ...problems]),
    '',
  ].join('\n');
}

const letterOf = (message: Message, news: readonly string[]): string =>
  [
    ...wrapped(singleLine(message.title), 0),
    '',
    ...wrapped(singleLine(message.lead), 0),
    '',
    ...(news.length === 0 ? [] : [...labelled('NEW', news), '']),
    ...message.facts.flatMap(factLines),
    ...(message.table === undefined ? [] : ['', ...tableLines(message.table)]),
    '--',
    ...wrapped(singleLine(message.footer), 0),
    '',
  ].join('\n');

const factLines = ({ label, value }: Fact): readonly string[] =>
  labelled(label.toUpperCase(), value.kind === 'link' ? [value.url] : value.lines);

/** The label in its column, the lines beside it; what is to be pasted is short enough never to be wrapped. */
function labelled(label: string, lines: readonly string[]): readonly string[] {
  const beside = lines.flatMap((line) => wrapped(singleLine(line), labelColumns));
  return beside.map((line, index) => `${(index === 0 ? label : '').padEnd(labelColumns)}${line}`.trimEnd());
}

/** Lines of at most 72 columns after `indent`; a word longer than that, such as a link, keeps its own line. */
function wrapped(line: string, indent: number): readonly string[] {
  const width = columns - indent;
  if (line.length <= width) return [line];
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}

const widths = [19, 21, 6, 6, 16] as const;

/** 72 columns: 68 of cells and a space between each two. */
export function tableLines({ rows, more }: StormTable): readonly string[] {
  const lines = [stormHeading, ...rows].map((cells) => cells.map(cell).join(' ').trimEnd());
  return more === 0 ? lines : [...lines, `... and ${more.toLocaleString('en-US')} more`];
}

function cell(value: string, column: number): string {
  const width = widths[column] ?? 0;
  const characters = [...singleLine(value)];
  return characters.length <= width
    ? `${characters.join('')}${' '.repeat(width - characters.length)}`
    : `${characters.slice(0, width - 2).join('')}..`;
}

function fitted(body: string): string {
  const bytes = Buffer.from(body, 'utf8');
  if (bytes.length <= mostBytes) return body;
  const kept = bytes.subarray(0, mostBytes - Buffer.byteLength(cutMark)).toString('utf8');
  return `${kept.replace(/\uFFFD+$/u, '')}${cutMark}`;
}
