import { describe, expect, test } from 'vitest';
import type { Dispatch } from '../../core/domain/notices/dispatch.ts';
import type { CaseNotice } from '../../core/domain/notices/notice.ts';
import { seconds } from '../../core/domain/units.ts';
import { ServiceError } from '../../twin/service-error.ts';
import { visibleText } from '../../twin/slack/visible-text.ts';
import { caseNotice, said, time } from '../fakes/case-notices.ts';
import { slackUnderTest, tokenParameter, webhookParameter } from './slack-under-test.ts';

const acted = caseNotice(said.acted);
const averted = caseNotice(said.averted, { version: 2, at: time('03:37') });
const notRelieved = caseNotice(said.notRelieved, { version: 2, at: time('03:41') });
const first: Dispatch = { kind: 'first', notices: [acted] };
const update = (handle: string, ...fresh: readonly CaseNotice[]): Dispatch => ({
  kind: 'update',
  handle,
  all: [acted, ...fresh],
  fresh,
});

const handleOf = (answer: { readonly kind: string; readonly handle?: string | undefined }): string =>
  answer.handle ?? '';

test('the first message is posted and gives the handle that edits it', async () => {
  const { bot, messages, channelId } = slackUnderTest();
  const answer = await bot().send(first);
  const [message] = messages();
  expect(answer).toEqual({ kind: 'sent', handle: `${channelId}:${message?.ts}` });
  expect(message?.text).toBe('NO ACTION NEEDED: prod checkout-db-2 disk moving to gp3 before it throttles');
});

test('news edits the first message and goes to its thread, quietly', async () => {
  const { bot, messages } = slackUnderTest();
  const channel = bot();
  const handle = handleOf(await channel.send(first));
  await expect(channel.send(update(handle, averted))).resolves.toEqual({ kind: 'sent', handle });
  const [parent, reply] = messages();
  expect(parent?.text).toBe('NO ACTION NEEDED: prod checkout-db-2 disk moved to gp3 before throttling');
  expect(parent?.earlier).toHaveLength(1);
  expect(reply).toMatchObject({ threadTs: parent?.ts, isBroadcast: false });
  expect(reply && visibleText(reply)).toBe(
    '03:37 UTC AVERTED. Latency and queue stayed as usual until 10 min past the predicted wall. Now average latency 3.1 ms (usual 3.1), queue 2 (usual 2).',
  );
});

test('news that needs a person is shown in the channel too', async () => {
  const { bot, messages } = slackUnderTest();
  const channel = bot();
  await channel.send(update(handleOf(await channel.send(first)), notRelieved));
  expect(messages()[1]).toMatchObject({ isBroadcast: true });
});

test('an update without news does not reply', async () => {
  const { bot, messages } = slackUnderTest();
  const channel = bot();
  await channel.send(update(handleOf(await channel.send(first))));
  expect(messages()).toHaveLength(1);
});

test('a first message that somebody deleted is posted anew', async () => {
  const { bot, messages, channelId } = slackUnderTest();
  const answer = await bot().send(update(`${channelId}:1.000`, averted));
  expect(messages()).toHaveLength(1);
  expect(answer).toEqual({ kind: 'sent', handle: `${channelId}:${messages()[0]?.ts}` });
});

const over = caseNotice(said.recovered, { caseId: 'EB-1' });
const again = caseNotice(said.needed, { caseId: 'EB-2', about: { volumeId: over.subject.volumeId } });
const line = 'earlier case EB-1: 03:11 UTC RECOVERED. Its credits came back, nothing was changed.';

test('a first message through a webhook tells how an earlier case of its disk ended, and nothing where there is none', async () => {
  const { messages, webhook } = slackUnderTest();
  const channel = webhook();
  await channel.send({ kind: 'first', notices: [over, again] });
  await channel.send({ kind: 'first', notices: [again] });
  const [told, alone] = messages().map(visibleText);
  expect(told).toContain(line);
  expect(alone).not.toContain('earlier case');
});

describe('the message of a disk that has a newer case', () => {
  test('tells how the earlier one ended, and still does after each edit', async () => {
    const { bot, messages } = slackUnderTest();
    const sent = await bot().send({ kind: 'first', notices: [over, again] });
    expect(messages().map(visibleText).join()).toContain(line);
    const { volumeId } = over.subject;
    const moving = caseNotice(said.acted, { caseId: 'EB-2', about: { volumeId }, version: 2 });
    const all = [over, again, moving];
    await bot().send({ kind: 'update', handle: handleOf(sent), all, fresh: [] });
    expect(messages()).toMatchObject([{ text: expect.stringContaining('moving to gp3'), earlier: [{}] }]);
    expect(messages().map(visibleText).join()).toContain(line);
  });

  test('tells it also where it is posted anew', async () => {
    const { bot, messages, channelId } = slackUnderTest();
    await bot().send({ kind: 'update', handle: `${channelId}:1.000`, all: [over, again], fresh: [over] });
    expect(messages().map(visibleText).join()).toContain(line);
  });

  test('tells nothing of an earlier one that has not ended', async () => {
    const { bot, messages } = slackUnderTest();
    const going = caseNotice(said.acted, { caseId: 'EB-1' });
    await bot().send({ kind: 'first', notices: [going, again] });
    expect(messages().map(visibleText).join()).not.toContain('earlier case');
  });
});

test('of more news than a section takes, the oldest is left out, and the newest never', async () => {
  const { bot, messages } = slackUnderTest();
  const channel = bot();
  const news = Array.from({ length: 20 }, (_, index) =>
    caseNotice(said.averted, { version: 2, at: time(`04:${10 + index}`), caseId: `EB-${index}` }),
  );
  const handle = handleOf(await channel.send(first));
  await channel.send(update(handle, ...news.slice(0, 5)));
  await channel.send(update(handle, ...news));
  const [, short, long] = messages().map(visibleText);
  expect(short).toContain('04:10 UTC');
  expect(long).toMatch(/^\.\.\.\n/);
  expect(long).not.toContain('04:10 UTC');
  expect(long).toMatch(/04:29 UTC AVERTED\. .*\(usual 2\)\.$/);
});

test('nothing in a tag mentions or formats', async () => {
  const { bot, messages } = slackUnderTest();
  const name = '<!channel> `x` *y* <@U1>\n```';
  await bot().send({
    kind: 'first',
    notices: [caseNotice(said.warned, { about: { name, owner: name } })],
  });
  expect(JSON.stringify(messages())).not.toMatch(/<!|<@|`x`|\*y\*/);
  expect(messages()[0]?.text).toContain('&lt;!channel&gt; ʼxʼ ∗y∗ &lt;@U1&gt;');
});

test('the token is read once within five minutes and again after', async () => {
  const { bot, endpoint, simulation } = slackUnderTest();
  const channel = bot();
  await channel.send(first);
  await channel.send(first);
  expect(endpoint.calls).toHaveLength(1);
  expect(endpoint.calls[0]?.input).toEqual({ Name: tokenParameter, WithDecryption: true });
  await simulation.runFor(5 * 60_000);
  await channel.send(first);
  expect(endpoint.calls).toHaveLength(2);
});

test('a rotated token is read again at once', async () => {
  const { bot, parameters, valid, endpoint, messages } = slackUnderTest();
  const channel = bot();
  await channel.send(first);
  valid.token = 'xoxb-second-secret';
  parameters.put(tokenParameter, valid.token, 'SecureString');
  await expect(channel.send(first)).resolves.toMatchObject({ kind: 'sent' });
  expect(endpoint.calls).toHaveLength(2);
  expect(messages()).toHaveLength(2);
});

test('a token that stays wrong is read again once and not more', async () => {
  const { bot, valid, endpoint } = slackUnderTest();
  valid.token = 'xoxb-other';
  await expect(bot().send(first)).resolves.toEqual({
    kind: 'failed',
    retry: 'slowly',
    reason: 'unauthorised',
    detail: 'Slack: invalid_auth',
    retryAfter: undefined,
  });
  expect(endpoint.calls).toHaveLength(2);
});

test('a rate limit says when to come back', async () => {
  const { bot, slack } = slackUnderTest();
  slack.settings.isRateLimited = true;
  const channel = bot();
  await channel.send(first);
  await expect(channel.send(first)).resolves.toMatchObject({
    retry: 'soon',
    reason: 'rate-limited',
    retryAfter: seconds(1),
  });
});

test.each([
  ['network', 'Slack: no connection'],
  ['server error', 'Slack: status 500'],
  ['reply lost', 'Slack: no connection'],
] as const)('%s is an outage', async (outage, detail) => {
  const { bot, slack } = slackUnderTest();
  slack.settings.outage = outage;
  await expect(bot().send(first)).resolves.toMatchObject({ retry: 'soon', reason: 'outage', detail });
});

const answering =
  (response: () => Response): typeof fetch =>
  () =>
    Promise.resolve(response());

test.each([
  ['channel_not_found', 'slowly', 'rejected'],
  ['not_in_channel', 'slowly', 'rejected'],
  ['token_revoked', 'slowly', 'unauthorised'],
  ['internal_error', 'soon', 'outage'],
  ['ratelimited', 'soon', 'rate-limited'],
] as const)('Slack answering %s means retry %s', async (error, retry, reason) => {
  const { bot } = slackUnderTest();
  const answer = await bot(answering(() => Response.json({ ok: false, error }))).send(first);
  expect(answer).toMatchObject({ kind: 'failed', retry, reason, detail: `Slack: ${error}` });
});

test('an answer that is not from Slack is an outage', async () => {
  const { bot } = slackUnderTest();
  const answer = await bot(answering(() => new Response('<html>proxy</html>', { status: 403 }))).send(first);
  expect(answer).toMatchObject({
    reason: 'outage',
    detail: "Slack: status 403 without an answer of Slack's",
  });
});

test('blocks that Slack dislikes are sent again as plain text', async () => {
  const { bot } = slackUnderTest();
  const bodies: { text: string; blocks: unknown[] }[] = [];
  const picky: typeof fetch = (_url, init) => {
    const body = JSON.parse(String(init?.body));
    bodies.push(body);
    const ok = body.blocks.length === 0;
    return Promise.resolve(
      Response.json(ok ? { ok, channel: 'C1', ts: '1.0' } : { ok, error: 'invalid_blocks' }),
    );
  };
  await expect(bot(picky).send(first)).resolves.toEqual({ kind: 'sent', handle: 'C1:1.0' });
  expect(bodies).toHaveLength(2);
  expect(bodies[1]?.text).toContain('request id 4f1e2d3c');
});

test('an unreadable token parameter is told by its name', async () => {
  const { bot, parameters } = slackUnderTest();
  parameters.delete(tokenParameter);
  await expect(bot().send(first)).resolves.toEqual({
    kind: 'failed',
    retry: 'slowly',
    reason: 'unauthorised',
    detail: `parameter ${tokenParameter} is unreadable: ParameterNotFound on ssm:GetParameter`,
    retryAfter: undefined,
  });
});

test('a parameter store that does not answer is asked again soon', async () => {
  const { bot, endpoint } = slackUnderTest();
  endpoint.fail({ service: 'SSM' }, new ServiceError('InternalServerError', 'x', { httpStatusCode: 500 }));
  await expect(bot().send(first)).resolves.toMatchObject({ retry: 'soon', reason: 'outage' });
});

test('an empty token parameter is not sent', async () => {
  const { bot, parameters, messages } = slackUnderTest();
  parameters.put(tokenParameter, ' ', 'SecureString');
  await expect(bot().send(first)).resolves.toMatchObject({
    detail: `parameter ${tokenParameter} is unreadable: it is empty`,
  });
  expect(messages()).toEqual([]);
});

test('a webhook posts every message anew and says what it cannot do', async () => {
  const { webhook, messages } = slackUnderTest();
  const channel = webhook();
  expect(channel.edits).toBe('appends');
  await expect(channel.send(first)).resolves.toEqual({ kind: 'sent', handle: undefined });
  await channel.send({ kind: 'digest', all: [acted, averted], fresh: [averted] });
  expect(messages()).toHaveLength(2);
  const shown = messages().map(visibleText);
  expect(shown[0]).toContain(
    'Sent by an incoming webhook: it cannot edit or use a thread, so later news comes as new messages.',
  );
});

test('a webhook that was removed needs a person', async () => {
  const { webhook, parameters } = slackUnderTest();
  parameters.put(webhookParameter, 'https://hooks.slack.com/services/T/B/gone', 'SecureString');
  await expect(webhook().send(first)).resolves.toMatchObject({
    retry: 'slowly',
    reason: 'unauthorised',
    detail: 'Slack: no_service',
  });
});

test('a webhook parameter without an https address is not used', async () => {
  const { webhook, parameters, messages } = slackUnderTest();
  parameters.put(webhookParameter, 'http://hooks.slack.com/services/T/B/x', 'SecureString');
  await expect(webhook().send(first)).resolves.toMatchObject({
    detail: 'Slack: the webhook parameter does not hold an https address',
  });
  expect(messages()).toEqual([]);
});
