import type { SlackWorkspace } from './workspace.ts';

/** What a bot token may do; Slack names a token's scopes in the header `x-oauth-scopes` of every answer to it. */
export type Scope = 'chat:write' | 'channels:read' | 'groups:read';

interface Asked {
  readonly workspace: SlackWorkspace;
  readonly scopes: ReadonlySet<Scope>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Source: Slack API docs, auth.test: any valid token, no scope. */
const authTest = (): object => ({
  ok: true,
  url: 'https://twin.slack.com/',
  team: 'Twin',
  user: 'ebs-burst',
  team_id: 'T0TWIN',
  user_id: 'U0TWIN',
  bot_id: 'B0TWIN',
});

/**
 * Source: Slack API docs, conversations.info: channels:read for public channels, and a name is no id. The twin's channels
 * are public.
 */
function conversationsInfo({ workspace, scopes, body }: Asked): object {
  if (!scopes.has('channels:read'))
    return { ok: false, error: 'missing_scope', needed: 'channels:read', provided: [...scopes].join(',') };
  const channel = workspace.channel(String(body['channel']));
  if (channel === undefined) return { ok: false, error: 'channel_not_found' };
  const { id, name, isArchived, isMember } = channel;
  return { ok: true, channel: { id, name, is_archived: isArchived, is_member: isMember, is_private: false } };
}

/** Methods that say nothing in any channel. */
export const LOOKUPS: Readonly<Record<string, (asked: Asked) => object>> = {
  '/api/auth.test': authTest,
  '/api/conversations.info': conversationsInfo,
};
