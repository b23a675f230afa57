import { expect, test } from 'vitest';
import { createAccount } from '../../../twin/account.ts';

function workspace() {
  const account = createAccount({ accountId: '123456789012', region: 'us-east-1', startAt: 0, seed: 1 });
  const id = account.slackWorkspace.addChannel('storage');
  const ask = async (
    method: string,
    parameters: Record<string, string> = {},
    token = account.slackBotToken,
  ) => {
    const response = await account.fetch(`https://slack.com/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(parameters),
    });
    const answer: object = JSON.parse(await response.text());
    return { scopes: response.headers.get('x-oauth-scopes'), ...answer };
  };
  return { account, id, ask };
}

test('auth.test takes a token without any scope, and no other token', async () => {
  const { account, ask } = workspace();
  account.slack.settings.scopes = new Set();
  expect(await ask('auth.test')).toMatchObject({ ok: true, scopes: '' });
  expect(await ask('auth.test', {}, 'xoxb-other')).toMatchObject({ ok: false, error: 'invalid_auth' });
});

test('conversations.info takes an id and the scope for it', async () => {
  const { account, id, ask } = workspace();
  expect(await ask('conversations.info', { channel: id })).toMatchObject({
    ok: true,
    channel: { name: 'storage', is_member: true, is_archived: false },
  });
  expect(await ask('conversations.info', { channel: 'storage' })).toMatchObject({
    error: 'channel_not_found',
  });
  account.slack.settings.scopes = new Set(['chat:write'] as const);
  expect(await ask('conversations.info', { channel: id })).toMatchObject({
    error: 'missing_scope',
    needed: 'channels:read',
    provided: 'chat:write',
  });
});

test('who is out of the channel cannot post there, nor anybody once it is archived', async () => {
  const { account, id } = workspace();
  const post = async () => {
    const response = await account.fetch('https://slack.com/api/chat.postMessage', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${account.slackBotToken}`,
        'content-type': 'application/json; charset=utf-8',
      },
      body: JSON.stringify({ channel: id, text: 'hello' }),
    });
    return response.json();
  };
  expect(await post()).toMatchObject({ ok: true });
  const channel = account.slackWorkspace.channel(id);
  if (channel === undefined) throw new Error(`expected the channel ${id}`);
  channel.isMember = false;
  expect(await post()).toEqual({ ok: false, error: 'not_in_channel' });
  channel.isArchived = true;
  expect(await post()).toEqual({ ok: false, error: 'is_archived' });
});
