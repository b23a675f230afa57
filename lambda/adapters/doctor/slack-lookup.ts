import * as v from 'valibot';
import type { BotSight, SlackAnswer, SlackChannelSight } from '../../../core/domain/doctoring/slack-sight.ts';

const api = 'https://slack.com/api';
const timeout = 10_000;

const refused = v.object({
  ok: v.literal(false),
  error: v.string(),
  needed: v.optional(v.string()),
});
const answered = v.object({
  ok: v.literal(true),
  channel: v.optional(
    v.object({
      name: v.optional(v.string()),
      is_member: v.optional(v.boolean()),
      is_archived: v.optional(v.boolean()),
    }),
  ),
});
const schema = v.pipe(v.string(), v.parseJson(), v.union([answered, refused]));

interface Said {
  readonly body: v.InferOutput<typeof answered>;
  readonly scopes: readonly string[] | undefined;
}

/**
 * Whether a bot token works and its app is in the channel. Says nothing in any channel: auth.test takes any token,
 * conversations.info the scope channels:read, or groups:read for a private channel (Slack API docs).
 */
export async function botSight(fetchIt: typeof fetch, token: string, channel: string): Promise<BotSight> {
  const auth = await asked(fetchIt, token, 'auth.test', {});
  const info =
    auth.kind === 'answered' ? await asked(fetchIt, token, 'conversations.info', { channel }) : auth;
  return {
    auth: auth.kind === 'answered' ? { kind: 'answered', value: { scopes: auth.value.scopes } } : auth,
    channel: info.kind === 'answered' ? channelIn(info.value) : info,
  };
}

function channelIn({ body: { channel } }: Said): SlackAnswer<SlackChannelSight> {
  if (channel === undefined) return { kind: 'unreached', why: 'Slack answered without a channel' };
  const { name = '', is_member: isMember, is_archived: isArchived = false } = channel;
  // Of a direct message it says nothing: the app is in it, or would not find it.
  return { kind: 'answered', value: { name, isMember: isMember ?? true, isArchived } };
}

/** Nothing of the request, which holds the token, gets into an answer. */
async function asked(
  fetchIt: typeof fetch,
  token: string,
  method: 'auth.test' | 'conversations.info',
  parameters: Readonly<Record<string, string>>,
): Promise<SlackAnswer<Said>> {
  let response: Response;
  let text: string;
  try {
    response = await fetchIt(`${api}/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      // Methods that look things up take forms, not JSON.
      body: new URLSearchParams(parameters),
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
    });
    text = await response.text();
  } catch {
    return { kind: 'unreached', why: `Slack's ${method} cannot be reached; check the network and a proxy` };
  }
  const parsed = v.safeParse(schema, text);
  if (!parsed.success)
    return {
      kind: 'unreached',
      why: `Slack's ${method} answered status ${response.status} without its JSON`,
    };
  if (!parsed.output.ok)
    return { kind: 'refused', code: codeIn(parsed.output.error), needed: parsed.output.needed };
  return { kind: 'answered', value: { body: parsed.output, scopes: scopesIn(response) } };
}

/** Slack names a token's scopes in this header of every answer (Slack API docs, OAuth scopes). */
const scopesIn = (response: Response): readonly string[] | undefined =>
  response.headers
    .get('x-oauth-scopes')
    ?.split(',')
    .map((scope) => scope.trim());

const codeIn = (error: string): string =>
  /^[a-z_]{2,60}$/.test(error) ? error : 'something we do not understand';
