import { NotImitatedError } from '../service-error.ts';
import type { Simulation, TwinTime } from '../simulation.ts';
import { blocksError } from './block-limits.ts';
import { LOOKUPS, type Scope } from './lookups.ts';
import type { SlackWorkspace } from './workspace.ts';

/** `rate limited`: 429 to everything. `reply lost`: Slack takes the message and the connection breaks before it answers. */
type SlackOutage = 'none' | 'server error' | 'network' | 'rate limited' | 'reply lost';

export interface SlackSettings {
  outage: SlackOutage;
  /** Enforces one message per second and channel, and 50 edits a minute. */
  isRateLimited: boolean;
  /** Of the bot token. */
  scopes: ReadonlySet<Scope>;
}

export type Fetch = typeof fetch;

export interface SlackFetchOptions {
  readonly workspace: SlackWorkspace;
  readonly simulation: Simulation;
  /** The bot token that Slack accepts; asked at each call, so that a test can rotate it. */
  readonly botToken: () => string;
}

/** Sources: Slack API docs, "Rate limits" (posting: 1 per second and channel), chat.update (tier 3: 50 a minute), chat.postMessage (text). */
const POST_INTERVAL_MS = 1000;
const EDITS = { count: 50, within: 60_000 };
const LONGEST_TEXT = 40_000;

type Json = Readonly<Record<string, unknown>>;

/** Stands in for `fetch` where Slack is called; any other address is refused. */
export class SlackFetch {
  readonly settings: SlackSettings = {
    outage: 'none',
    isRateLimited: false,
    scopes: new Set<Scope>(['chat:write', 'channels:read']),
  };
  readonly #options: SlackFetchOptions;
  readonly #lastPost = new Map<string, TwinTime>();
  #edits: TwinTime[] = [];

  constructor(options: SlackFetchOptions) {
    this.#options = options;
  }

  readonly fetch: Fetch = async (input, init = {}) => {
    if (input instanceof Request) throw new NotImitatedError('fetch of a Request object is not imitated');
    const url = new URL(input);
    const answer = this.#route(url, init);
    if (this.settings.outage === 'network') throw new TypeError('fetch failed');
    if (this.settings.outage === 'server error')
      return new Response('Internal Server Error', { status: 500 });
    if (this.settings.outage === 'rate limited') return rateLimited(30);
    const response = answer();
    if (this.settings.outage === 'reply lost') throw new TypeError('fetch failed');
    return response;
  };

  /** Refuses what is not Slack before any outage can hide it. */
  #route(url: URL, init: RequestInit): () => Response {
    if (init.method !== 'POST')
      throw new NotImitatedError(`Slack: ${init.method ?? 'GET'} ${url.origin} is not imitated`);
    const headers = new Headers(init.headers);
    if (url.origin === 'https://hooks.slack.com') {
      return () => this.#webhook(url.pathname, parseBody(headers, init.body));
    }
    const method = url.origin === 'https://slack.com' ? this.#method(url.pathname) : undefined;
    if (method === undefined)
      throw new NotImitatedError(`fetch of ${url.origin}${url.pathname} is not imitated`);
    return () => {
      const error = this.#authenticationError(headers.get('authorization'));
      const body = parseBody(headers, init.body);
      if (error !== undefined) return refusal(error);
      return body === undefined ? refusal('invalid_json') : method(body);
    };
  }

  #method(pathname: string): ((body: Json) => Response) | undefined {
    const lookup = LOOKUPS[pathname];
    if (lookup === undefined) return this.#methods[pathname];
    const { scopes } = this.settings;
    const headers = { 'x-oauth-scopes': [...scopes].join(',') };
    return (body) => Response.json(lookup({ workspace: this.#options.workspace, scopes, body }), { headers });
  }

  readonly #methods: Readonly<Record<string, (body: Json) => Response>> = {
    '/api/chat.postMessage': (body) => this.#postMessage(body),
    '/api/chat.update': (body) => this.#update(body),
  };

  #authenticationError(authorization: string | null): string | undefined {
    if (authorization === null) return 'not_authed';
    return authorization === `Bearer ${this.#options.botToken()}` ? undefined : 'invalid_auth';
  }

  #postMessage(body: Json): Response {
    assertImitated(body, [
      'channel',
      'text',
      'blocks',
      'thread_ts',
      'reply_broadcast',
      'unfurl_links',
      'unfurl_media',
      'mrkdwn',
    ]);
    const { workspace } = this.#options;
    const channelId = workspace.channelId(String(body['channel']));
    if (channelId === undefined) return refusal('channel_not_found');
    if (workspace.channel(channelId)?.isArchived === true) return refusal('is_archived');
    if (workspace.channel(channelId)?.isMember === false) return refusal('not_in_channel');
    const threadTs = body['thread_ts'] === undefined ? undefined : String(body['thread_ts']);
    if (threadTs !== undefined && workspace.find(channelId, threadTs) === undefined)
      return refusal('thread_not_found');
    const error = contentError(body);
    if (error !== undefined) return refusal(error);
    if (this.#isTooSoon(channelId)) return rateLimited(1);
    const { ts } = workspace.post({
      channelId,
      ...content(body),
      threadTs,
      isBroadcast: body['reply_broadcast'] === true,
      via: 'bot',
    });
    return Response.json({
      ok: true,
      channel: channelId,
      ts,
      message: { type: 'message', ...content(body), ts },
    });
  }

  #update(body: Json): Response {
    assertImitated(body, ['channel', 'ts', 'text', 'blocks']);
    const { workspace, simulation } = this.#options;
    const channel = String(body['channel']);
    // Unlike chat.postMessage it takes ids only.
    if (workspace.channelId(channel) !== channel) return refusal('channel_not_found');
    const message = workspace.find(channel, String(body['ts']));
    if (message === undefined) return refusal('message_not_found');
    if (message.via !== 'bot') return refusal('cant_update_message');
    const error = contentError(body);
    if (error !== undefined) return refusal(error);
    this.#edits = this.#edits.filter((at) => at > simulation.now - EDITS.within);
    const [oldest] = this.#edits;
    if (this.settings.isRateLimited && this.#edits.length >= EDITS.count && oldest !== undefined) {
      return rateLimited(Math.ceil((oldest + EDITS.within - simulation.now) / 1000));
    }
    this.#edits.push(simulation.now);
    workspace.edit(message, content(body));
    return Response.json({ ok: true, channel, ts: message.ts, text: content(body).text });
  }

  /** An incoming webhook answers in plain text and never says which message it made. */
  #webhook(path: string, body: Json | undefined): Response {
    const { workspace } = this.#options;
    const channelId = workspace.webhookChannel(path);
    if (channelId === undefined) return new Response('no_service', { status: 404 });
    if (body === undefined) return new Response('invalid_payload', { status: 400 });
    assertImitated(body, ['text', 'blocks', 'unfurl_links', 'unfurl_media']);
    const error = contentError(body);
    if (error !== undefined) return new Response(error, { status: 400 });
    if (this.#isTooSoon(channelId)) return rateLimited(1);
    workspace.post({ channelId, ...content(body), threadTs: undefined, isBroadcast: false, via: 'webhook' });
    return new Response('ok');
  }

  #isTooSoon(channelId: string): boolean {
    const { now } = this.#options.simulation;
    const previous = this.#lastPost.get(channelId) ?? Number.NEGATIVE_INFINITY;
    if (this.settings.isRateLimited && now - previous < POST_INTERVAL_MS) return true;
    this.#lastPost.set(channelId, now);
    return false;
  }
}

function parseBody(headers: Headers, body: RequestInit['body']): Json | undefined {
  if (body instanceof URLSearchParams) return Object.fromEntries(body);
  if (typeof body !== 'string' || !headers.get('content-type')?.startsWith('application/json')) {
    throw new NotImitatedError('Slack: only JSON texts with content-type application/json are imitated');
  }
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Json) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function assertImitated(body: Json, accepted: readonly string[]): void {
  const other = Object.keys(body).find((name) => !accepted.includes(name));
  if (other === undefined) return;
  throw new NotImitatedError(`Slack argument ${other} is not imitated; imitated: ${accepted.join(', ')}`);
}

function contentError({ text, blocks }: Json): string | undefined {
  const hasText = typeof text === 'string' && text !== '';
  if (!hasText && (!Array.isArray(blocks) || blocks.length === 0)) return 'no_text';
  if (hasText && text.length > LONGEST_TEXT) return 'msg_too_long';
  return blocksError(blocks);
}

const content = ({ text, blocks }: Json) => ({
  text: typeof text === 'string' ? text : '',
  blocks: Array.isArray(blocks) ? (blocks as readonly unknown[]) : [],
});

/** Slack answers errors with HTTP 200. */
const refusal = (error: string): Response => Response.json({ ok: false, error });

const rateLimited = (seconds: number): Response =>
  Response.json(
    { ok: false, error: 'ratelimited' },
    { status: 429, headers: { 'retry-after': String(seconds) } },
  );
