import { describe, expect, test } from 'vitest';
import { Simulation } from '../../../twin/simulation.ts';
import { SlackFetch } from '../../../twin/slack/slack-fetch.ts';
import { visibleText } from '../../../twin/slack/visible-text.ts';
import { SlackWorkspace } from '../../../twin/slack/workspace.ts';

const TOKEN = 'xoxb-right';

function slackUnderTest() {
  const simulation = new Simulation(Date.parse('2026-11-22T10:00:00Z'));
  const workspace = new SlackWorkspace(simulation);
  const channel = workspace.addChannel('storage');
  const webhook = workspace.addWebhook(channel);
  const slack = new SlackFetch({ workspace, simulation, botToken: () => TOKEN });
  const send = (url: string, body: object, token: string | undefined = TOKEN) =>
    slack.fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...(token !== '' && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
  const call = async (method: string, body: object, token?: string) =>
    (await (await send(`https://slack.com/api/${method}`, body, token)).json()) as Record<string, unknown>;
  return { simulation, workspace, channel, webhook, slack, send, call };
}

const section = (length: number) => ({ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(length) } });
const header = (length: number) => ({
  type: 'header',
  text: { type: 'plain_text', text: 'x'.repeat(length) },
});
const fields = (count: number) => ({
  type: 'section',
  fields: Array.from({ length: count }, () => ({ type: 'mrkdwn', text: 'x' })),
});

describe('chat.postMessage and chat.update', () => {
  test('make one message that changes, and a thread below it', async () => {
    const { call, channel, workspace } = slackUnderTest();
    const { ts } = await call('chat.postMessage', { channel: '#storage', text: 'warned' });
    await call('chat.postMessage', { channel, text: 'moved', thread_ts: ts });
    const blocks = [header(3), { type: 'divider' }, section(2), fields(2)];
    await call('chat.update', { channel, ts, text: 'averted', blocks });
    const [first, reply] = workspace.messages(channel);
    expect(first).toMatchObject({ ts, text: 'averted', earlier: [{ text: 'warned' }], threadTs: undefined });
    expect(reply).toMatchObject({ text: 'moved', threadTs: ts, earlier: [] });
    expect(visibleText(first as NonNullable<typeof first>)).toBe('xxx\n---\nxx\nx\nx');
    expect(visibleText(reply as NonNullable<typeof reply>)).toBe('moved');
  });

  test.each([
    ['a wrong token', 'chat.postMessage', { text: 'x' }, 'xoxb-wrong', 'invalid_auth'],
    ['no token', 'chat.postMessage', { text: 'x' }, '', 'not_authed'],
    ['another channel', 'chat.postMessage', { channel: 'nope', text: 'x' }, TOKEN, 'channel_not_found'],
    ['no text', 'chat.postMessage', {}, TOKEN, 'no_text'],
    [
      'a thread that is not there',
      'chat.postMessage',
      { text: 'x', thread_ts: '1.000001' },
      TOKEN,
      'thread_not_found',
    ],
    ['an unknown message', 'chat.update', { ts: '1.000001', text: 'x' }, TOKEN, 'message_not_found'],
    [
      'a channel name for an update',
      'chat.update',
      { channel: '#storage', ts: '1', text: 'x' },
      TOKEN,
      'channel_not_found',
    ],
  ])('refuse %s', async (_, method, body, token, error) => {
    const { call, channel, workspace } = slackUnderTest();
    expect(await call(method, { channel, ...body }, token)).toEqual({ ok: false, error });
    expect(workspace.messages(channel)).toEqual([]);
  });

  test.each([
    ['50 blocks', Array.from({ length: 50 }, () => section(1)), true],
    ['51 blocks', Array.from({ length: 51 }, () => section(1)), false],
    ['a section of 3,000 characters', [section(3000)], true],
    ['a section of 3,001 characters', [section(3001)], false],
    ['a section without text', [section(0)], false],
    ['a header of 150 characters', [header(150)], true],
    ['a header of 151 characters', [header(151)], false],
    ['ten fields', [fields(10)], true],
    ['eleven fields', [fields(11)], false],
    ['an unknown block', [{ type: 'carousel' }], false],
  ])('judge %s', async (_, blocks, ok) => {
    const { call, channel } = slackUnderTest();
    const answer = await call('chat.postMessage', { channel, text: 'x', blocks });
    expect(answer).toMatchObject(ok ? { ok } : { ok, error: 'invalid_blocks' });
  });

  test('allow one message a second and channel only while the limit is on', async () => {
    const { send, channel, slack, simulation } = slackUnderTest();
    const post = () => send('https://slack.com/api/chat.postMessage', { channel, text: 'x' });
    expect([(await post()).status, (await post()).status]).toEqual([200, 200]);
    slack.settings.isRateLimited = true;
    const limited = await post();
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '1']);
    await simulation.runFor(1000);
    expect((await post()).status).toBe(200);
  });
});

describe('an incoming webhook', () => {
  test('posts, and answers nothing that could be edited', async () => {
    const { send, webhook, channel, workspace } = slackUnderTest();
    const response = await send(webhook, { text: 'warned' }, '');
    expect([response.status, await response.text()]).toEqual([200, 'ok']);
    expect(workspace.messages(channel)).toMatchObject([{ text: 'warned', via: 'webhook' }]);
  });

  test('that does not exist, or gets no text, refuses', async () => {
    const { send, webhook } = slackUnderTest();
    const unknown = await send('https://hooks.slack.com/services/T/B/wrong', { text: 'x' }, '');
    expect([unknown.status, await unknown.text()]).toEqual([404, 'no_service']);
    const empty = await send(webhook, {}, '');
    expect([empty.status, await empty.text()]).toEqual([400, 'no_text']);
  });
});

describe('an outage', () => {
  test.each([
    ['server error', 0],
    ['network', 0],
    ['reply lost', 1],
  ] as const)('of kind %s leaves %i messages', async (outage, count) => {
    const { send, channel, slack, workspace } = slackUnderTest();
    slack.settings.outage = outage;
    const answer = send('https://slack.com/api/chat.postMessage', { channel, text: 'x' });
    if (outage === 'server error') expect((await answer).status).toBe(500);
    else await expect(answer).rejects.toThrow(new TypeError('fetch failed'));
    expect(workspace.messages(channel)).toHaveLength(count);
  });
});

test.each([
  ['https://example.com/', 'fetch of https://example.com/ is not imitated'],
  ['https://slack.com/api/users.list', 'fetch of https://slack.com/api/users.list is not imitated'],
])('%s is refused, in an outage too', async (url, message) => {
  const { send, slack } = slackUnderTest();
  slack.settings.outage = 'network';
  await expect(send(url, {})).rejects.toThrow(message);
});
