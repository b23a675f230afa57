import type { SectionBlock } from '@slack/types';
import type { Channel, SendAnswer } from '../../core/application/ports.ts';
import { needOf } from '../../core/domain/notices/case-story.ts';
import type { Dispatch } from '../../core/domain/notices/dispatch.ts';
import type { Stamp } from '../../core/domain/notices/fact.ts';
import { pastEndNews } from '../../core/domain/notices/fresh-news.ts';
import type { Notice } from '../../core/domain/notices/notice.ts';
import { type SlackMessage, slackMessage, slackReply } from './slack-blocks.ts';
import { failure, refusalOf, slackCall, webApiAnswer } from './slack-call.ts';
import type { Secret } from './slack-secret.ts';

export interface SlackOptions {
  readonly fetch: typeof fetch;
  /** Bot token (`chat:write`) of an app that is a member of the channel. */
  readonly token: Secret;
  /** Id (`C…`) or name. */
  readonly channel: string;
  readonly stamp: Stamp;
}

type Failure = Extract<SendAnswer, { kind: 'failed' }>;
type Posted = { readonly kind: 'posted'; readonly handle: string };
/** What of a refusal can be mended at once: another token, a message without blocks, a new first message. */
type Refused = { readonly kind: 'refused'; readonly code: string };

const api = 'https://slack.com/api';
const blockFaults: ReadonlySet<string> = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
]);
const lostMessage: ReadonlySet<string> = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
]);

/**
 * Slack's Web API: the first message of an incident is edited, news goes to its thread. At least once: where Slack took
 * a message and its answer was lost, the next try says it again.
 */
export function slackChannel(options: SlackOptions): Channel {
  return {
    name: 'slack',
    edits: 'edits',
    send: async (dispatch) =>
      dispatch.kind === 'update'
        ? update(options, dispatch)
        : answer(await post(options, firstMessage(options, noticesOf(dispatch)))),
  };
}

const noticesOf = (dispatch: Dispatch): readonly Notice[] =>
  dispatch.kind === 'first' ? dispatch.notices : dispatch.all;

/** With the ends of earlier cases, so that an edit takes away none that could only be told with the first message. */
const firstMessage = ({ stamp }: SlackOptions, all: readonly Notice[]): SlackMessage =>
  slackMessage(all, stamp, { news: pastEndNews(all) });

const answer = (result: Posted | Refused | Failure): SendAnswer => {
  if (result.kind === 'posted') return { kind: 'sent', handle: result.handle };
  return result.kind === 'refused' ? refusalOf(result.code) : result;
};

/** The edit comes first: it can be repeated without harm when the reply fails. */
async function update(
  options: SlackOptions,
  dispatch: Extract<Dispatch, { kind: 'update' }>,
): Promise<SendAnswer> {
  const [channel = '', ts = ''] = dispatch.handle.split(':');
  const message = firstMessage(options, dispatch.all);
  const edited = await call(options, 'chat.update', { channel, ts }, message);
  // Somebody deleted the first message: the incident gets a new one, which says it all.
  if (edited.kind === 'refused' && lostMessage.has(edited.code)) return answer(await post(options, message));
  if (edited.kind !== 'posted') return answer(edited);
  const reply = replyOf(dispatch.fresh, dispatch.all);
  if (reply === undefined) return { kind: 'sent', handle: dispatch.handle };
  const { calls, ...content } = reply;
  const where = { channel, thread_ts: ts, ...quiet, ...(calls ? { reply_broadcast: true } : {}) };
  const replied = await call(options, 'chat.postMessage', where, content);
  return replied.kind === 'posted' ? { kind: 'sent', handle: dispatch.handle } : answer(replied);
}

/** A reply that needs a person is shown in the channel too: an edit and a quiet reply wake nobody. */
function replyOf(
  fresh: readonly Notice[],
  all: readonly Notice[],
): (SlackMessage & { calls: boolean }) | undefined {
  const notices = fresh.filter((notice) => notice.kind === 'case');
  if (notices.length === 0) return undefined;
  const calls = notices.some((notice) => needOf(notice) === 'YOU ARE NEEDED');
  return { ...slackReply(notices, all), calls };
}

const quiet = { unfurl_links: false, unfurl_media: false } as const;

const post = (options: SlackOptions, message: SlackMessage): Promise<Posted | Refused | Failure> =>
  call(options, 'chat.postMessage', { channel: options.channel, ...quiet }, message);

type Method = 'chat.postMessage' | 'chat.update';

/** Once more with a token read afresh when Slack does not know ours, and without blocks when it dislikes them. */
async function call(
  options: SlackOptions,
  method: Method,
  where: object,
  message: SlackMessage,
): Promise<Posted | Refused | Failure> {
  const token = await options.token.current();
  if (token.kind === 'failed') return token;
  const result = await callWith(options, method, token.value, { ...where, ...message });
  if (result.kind !== 'refused') return result;
  if (blockFaults.has(result.code)) {
    return callWith(options, method, token.value, { ...where, text: asText(message), blocks: [] });
  }
  if (result.code !== 'invalid_auth') return result;
  const fresh = await options.token.reread();
  if (fresh.kind === 'failed') return fresh;
  return fresh.value === token.value
    ? result
    : callWith(options, method, fresh.value, { ...where, ...message });
}

/** The same words without layout. */
const asText = ({ text, blocks }: SlackMessage): string =>
  [text, ...blocks.flatMap((block) => (block.type === 'section' ? textsOf(block) : []))]
    .join('\n')
    .slice(0, 12_000);

const textsOf = ({ text, fields = [] }: SectionBlock): readonly string[] =>
  [...(text === undefined ? [] : [text]), ...fields].map((element) => element.text);

async function callWith(
  options: SlackOptions,
  method: Method,
  token: string,
  body: object,
): Promise<Posted | Refused | Failure> {
  const reply = await slackCall(options.fetch, {
    url: `${api}/${method}`,
    authorization: `Bearer ${token}`,
    body,
  });
  if (reply.kind === 'failed') return reply;
  const parsed = webApiAnswer(reply.text);
  if (parsed === undefined)
    return failure('soon', 'outage', `status ${reply.status} without an answer of Slack's`);
  if (!parsed.ok) return { kind: 'refused', code: parsed.error };
  return { kind: 'posted', handle: `${parsed.channel ?? options.channel}:${parsed.ts ?? ''}` };
}
