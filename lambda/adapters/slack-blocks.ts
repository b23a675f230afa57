import type { ContextBlock, HeaderBlock, MrkdwnElement, SectionBlock } from '@slack/types';
import type { Fact, FactLabel, Stamp } from '../../core/domain/notices/fact.ts';
import type { CaseNotice, Notice } from '../../core/domain/notices/notice.ts';
import { type Message, messageOf } from '../../core/domain/notices/notice-message.ts';
import { newsLines } from '../../core/domain/notices/notice-news.ts';
import type { StormTable } from '../../core/domain/notices/storm-table.ts';
import { slackText } from './safe-text.ts';
import { tableLines } from './sns-text.ts';

type NoticeBlock = HeaderBlock | SectionBlock | ContextBlock;

export interface SlackMessage {
  /** What a lock screen and a screen reader get; already escaped. */
  readonly text: string;
  readonly blocks: readonly NoticeBlock[];
}

/**
 * Slack's limits (Block Kit reference: header 150, section text 3,000, 10 fields of 2,000; 50 blocks are far). The sum
 * is documented nowhere; `msg_blocks_too_long` was met at about 13,200 characters of JSON (slackapi/bolt-js#2509).
 */
const limits = { header: 150, section: 3_000, fields: 10, field: 2_000, allBlocks: 13_000 } as const;
/** Tried in turn until the whole message fits. */
const valueLimits = [1_500, 600, 250, 120] as const;

/** Facts that are sentences get the whole width; the others stand in two columns. */
const wide: ReadonlySet<FactLabel> = new Set([
  'What',
  'Look at',
  'Did',
  'Expect',
  'Not done',
  'By hand',
  'Lock',
  'Undo',
]);

/** The message as it stands; `news` is what that does not show, `note` what a channel cannot do. */
export function slackMessage(
  notices: readonly Notice[],
  stamp: Stamp,
  { news = [], note }: { readonly news?: readonly string[]; readonly note?: string } = {},
): SlackMessage {
  const message = messageOf(notices, stamp);
  const variants = valueLimits.map((limit) => blocksOf(message, limit, news, note));
  const blocks = variants.find((variant) => JSON.stringify(variant).length <= limits.allBlocks);
  return {
    text: slackText(message.title),
    blocks: blocks ?? blocksOf({ ...message, facts: [] }, 120, news, note),
  };
}

/** What is new, for the thread under the first message. */
export function slackReply(fresh: readonly CaseNotice[], all: readonly Notice[]): SlackMessage {
  const lines = newsLines(fresh, all);
  return { text: slackText(lines[0] ?? '', 600), blocks: [newsSection(lines, 600)] };
}

function blocksOf(
  message: Message,
  limit: number,
  news: readonly string[],
  note: string | undefined,
): readonly NoticeBlock[] {
  return [
    {
      type: 'header',
      text: { type: 'plain_text', text: slackText(message.title, limits.header), emoji: false },
    },
    section(`*${slackText(message.lead, limit)}*`),
    ...(news.length === 0 ? [] : [newsSection(news, limit)]),
    ...factBlocks(message.facts, limit),
    ...(message.table === undefined ? [] : [section(tableText(message.table))]),
    context([message.footer, ...(note === undefined ? [] : [note])]),
  ];
}

/** Whole lines, oldest first; what a section does not take is left out of the oldest. */
function newsSection(lines: readonly string[], limit: number): SectionBlock {
  const kept = lines.map((line) => slackText(line, limit));
  const isTooLong = () => kept.join('\n').length > limits.section - 100;
  if (!isTooLong()) return section(kept.join('\n'));
  while (isTooLong()) kept.shift();
  return section(['...', ...kept].join('\n'));
}

function factBlocks(facts: readonly Fact[], limit: number): readonly NoticeBlock[] {
  const blocks: NoticeBlock[] = [];
  let narrow: MrkdwnElement[] = [];
  const flush = () => {
    if (narrow.length > 0) blocks.push({ type: 'section', fields: narrow });
    narrow = [];
  };
  for (const fact of facts.filter(({ value }) => value.kind !== 'link')) {
    if (wide.has(fact.label)) {
      flush();
      blocks.push(section(factText(fact, limit)));
    } else {
      if (narrow.length === limits.fields) flush();
      narrow.push(mrkdwn(factText(fact, Math.min(limit, limits.field - 100))));
    }
  }
  flush();
  const links = facts.flatMap(linkText);
  return links.length === 0 ? blocks : [...blocks, section(links.join('  |  '))];
}

/** The label is ours and bold; the value is escaped, so that a tag can format and mention nothing. */
function factText({ label, value }: Fact, limit: number): string {
  if (value.kind === 'link') return '';
  const lines = value.lines.map((line) => slackText(line));
  if (value.kind === 'command') return `*${label}*\n${fenced(lines)}`;
  return `*${label}*\n${cut(lines.join('\n'), limit)}`;
}

const linkText = ({ label, value }: Fact): readonly string[] => {
  if (value.kind !== 'link') return [];
  return /^https?:\/\//.test(value.url)
    ? [`<${value.url.replaceAll('&', '&amp;').replaceAll('|', '%7C').replaceAll('>', '%3E')}|${label}>`]
    : [`${label}: ${slackText(value.url)}`];
};

const fenced = (lines: readonly string[]): string => `\`\`\`\n${lines.join('\n')}\n\`\`\``;

/** Whole rows only, as many as a section takes. */
function tableText(table: StormTable): string {
  const lines = tableLines(table).map((line) => slackText(line));
  while (fenced(lines).length > limits.section) lines.splice(-2, 1);
  return fenced(lines);
}

/** Cuts escaped text without leaving half an entity behind. */
const cut = (escaped: string, limit: number = limits.section - 100): string =>
  escaped.length <= limit ? escaped : `${escaped.slice(0, limit - 3).replace(/&[a-z]{0,3}$/, '')}...`;

/** `verbatim` keeps Slack from making links and mentions out of bare words. */
const mrkdwn = (text: string): MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true });
const section = (text: string): SectionBlock => ({ type: 'section', text: mrkdwn(text) });
const context = (lines: readonly string[]): ContextBlock => ({
  type: 'context',
  elements: lines.map((line) => mrkdwn(slackText(line, 500))),
});
