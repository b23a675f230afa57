import type { Channel, SendAnswer } from '../../core/application/ports.ts';
import type { Dispatch } from '../../core/domain/notices/dispatch.ts';
import type { Stamp } from '../../core/domain/notices/fact.ts';
import { newsIn } from '../../core/domain/notices/fresh-news.ts';
import { slackMessage } from './slack-blocks.ts';
import { failure, refusalOf, slackCall } from './slack-call.ts';
import type { Secret } from './slack-secret.ts';

export interface WebhookOptions {
  readonly fetch: typeof fetch;
  /** The webhook's whole address; who knows it can post. */
  readonly address: Secret;
  readonly stamp: Stamp;
}

const note =
  'Sent by an incoming webhook: it cannot edit or use a thread, so later news comes as new messages.';

/** The fallback where no bot token can be had; it gets first, digests and end, as SNS does. */
export function slackWebhookChannel(options: WebhookOptions): Channel {
  return {
    name: 'slack',
    edits: 'appends',
    send: async (dispatch) => {
      const address = await options.address.current();
      if (address.kind === 'failed') return address;
      const url = httpsAddress(address.value);
      if (url === undefined) {
        return failure('slowly', 'unauthorised', 'the webhook parameter does not hold an https address');
      }
      return post(options, url, dispatch);
    },
  };
}

/** An address over http would send the secret in the clear. */
const httpsAddress = (text: string): string | undefined =>
  URL.canParse(text) && new URL(text).protocol === 'https:' ? text : undefined;

async function post(
  { fetch: fetchIt, stamp }: WebhookOptions,
  url: string,
  dispatch: Dispatch,
): Promise<SendAnswer> {
  const notices = dispatch.kind === 'first' ? dispatch.notices : dispatch.all;
  const { text, blocks } = slackMessage(notices, stamp, { news: newsIn(dispatch), note });
  const reply = await slackCall(fetchIt, { url, authorization: undefined, body: { text, blocks } });
  if (reply.kind === 'failed') return reply;
  return reply.status === 200 ? { kind: 'sent', handle: undefined } : refusalOf(reply.text.trim());
}
