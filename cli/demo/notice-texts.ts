import { visibleText } from '../../twin/slack/visible-text.ts';
import type { SlackMessage } from '../../twin/slack/workspace.ts';
import { clockFrom } from '../render/chart.ts';
import type { Paint } from '../render/paint.ts';
import { wrap } from '../render/wrap.ts';
import { type Message, messages } from './account-log.ts';
import { unescaped } from './story.ts';
import { LOAD_FROM, SLACK_CHANNEL_NAME, type World } from './world.ts';

export interface NoticeStyle {
  /** `first` shows one mail and its Slack conversation whole and names the rest. */
  readonly which: 'first' | 'all';
  readonly width: number;
  readonly paint: Paint;
}

/** The notices as a person would see them. */
export function noticeTexts(world: World, style: NoticeStyle): string {
  const mails = messages(world).filter(({ channel }) => channel === 'mail');
  const posts = world.account.slackWorkspace.messages(world.slackChannelId);
  const threads = posts.filter(({ threadTs }) => threadTs === undefined);
  if (style.which === 'all') {
    return [
      ...mails.map((mail) => mailBox(mail, style)),
      ...threads.map((post) => slackBox(post, posts, style)),
    ].join('\n\n');
  }
  const first = mails.find(({ text }) => text.includes(world.volumeId));
  if (first === undefined) return 'none about this volume';
  const post = threads.find(({ blocks }) => JSON.stringify(blocks).includes(world.volumeId));
  const others = mails.filter((mail) => mail !== first);
  return [
    mailBox(first, style),
    ...(post === undefined ? [] : [slackBox(post, posts, style)]),
    [
      `${others.length} more mails, whole with --notices all:`,
      ...subjectLines(others).map((line) => cut(line, style.width)),
    ].join('\n'),
  ].join('\n\n');
}

/** One line for each subject, and one more where it came again in the same words. */
function subjectLines(mails: readonly Message[]): readonly string[] {
  const bySubject = Map.groupBy(mails, ({ subject }) => subject);
  return [...bySubject].flatMap(([subject, [first, ...again]]) => {
    const last = again.at(-1);
    return [
      ...(first === undefined ? [] : [`  ${clockFrom(LOAD_FROM, first.at)}  ${subject}`]),
      ...(last === undefined
        ? []
        : [`    the same ${again.length}× more, last ${clockFrom(LOAD_FROM, last.at)}`]),
    ];
  });
}

function mailBox({ at, subject, text }: Message, style: NoticeStyle): string {
  return box(`Mail, ${clockFrom(LOAD_FROM, at)} UTC: ${subject}`, text.trimEnd().split('\n'), style);
}

/** The first message as it stands at the end, with its thread below. */
function slackBox(post: SlackMessage, posts: readonly SlackMessage[], style: NoticeStyle): string {
  const edits = post.earlier.length;
  const heading = `Slack #${SLACK_CHANNEL_NAME}, ${clockFrom(LOAD_FROM, post.postedAt)} UTC${edits === 0 ? '' : `, as edited ${edits}×`}`;
  const replies = posts
    .filter(({ threadTs }) => threadTs === post.ts)
    .map((reply) => `↳ ${plain(visibleText(reply))}`);
  const lines = [...plain(visibleText(post)).split('\n'), ...(replies.length === 0 ? [] : ['', ...replies])];
  return box(
    heading,
    lines.flatMap((line) => wrap(line, style.width - 2)),
    style,
  );
}

/** Slack's markup without its signs: `*bold*` labels, links, code. */
const plain = (text: string): string =>
  unescaped(
    text
      .replaceAll(/^\*([^*\n]{1,14})\*\n/gm, '$1: ')
      .replaceAll(/\*([^*\n]+)\*/g, '$1')
      .replaceAll('`', '')
      .replaceAll(/<[^|>\s]+\|([^>]+)>/g, '$1'),
  );

function box(heading: string, lines: readonly string[], { width, paint }: NoticeStyle): string {
  return [
    paint.bold(cut(heading, width)),
    ...lines.map((line) => `${paint.dim('│')} ${cut(line, width - 2)}`.trimEnd()),
  ].join('\n');
}

/** Only links are longer than a line, and nobody types them off a terminal. */
const cut = (line: string, width: number): string =>
  line.length > width ? `${line.slice(0, width - 1)}…` : line;
