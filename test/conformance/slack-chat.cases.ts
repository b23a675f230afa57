import type { AccountCase } from './account.ts';
import { same } from './expectations.ts';
import { slackUnderTest } from './slack-workspace.ts';

const POST = 'Slack API reference, chat.postMessage';
const UPDATE = 'Slack API reference, chat.update';
const RATES = 'Slack API documentation, rate-limits';

const MESSAGES: readonly AccountCase[] = [
  {
    fact: 'A message is answered with its channel’s id and its ts; below that ts further ones make a thread.',
    source: POST,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { post, channel, slackWorkspace } = slackUnderTest();
      const { ok, channel: posted, ts } = await post({ channel: '#storage', text: 'warned' });
      same('ok', ok, true);
      same('channel', posted, channel);
      await post({ text: 'moved', thread_ts: ts });
      same(
        'threads',
        slackWorkspace.messages(channel).map(({ threadTs }) => threadTs),
        [undefined, ts],
      );
    },
  },
  {
    fact: 'A message can be changed afterwards; with text and without blocks it loses its blocks.',
    source: UPDATE,
    confidence: 'secondary',
    public: false,
    check: async () => {
      const { post, call, channel, slackWorkspace } = slackUnderTest();
      const { ts } = await post({ text: 'warned', blocks: [{ type: 'divider' }] });
      same('ok', (await call('chat.update', { ts, text: 'averted' }))['ok'], true);
      const [message] = slackWorkspace.messages(channel);
      same('message', [message?.text, message?.blocks], ['averted', []]);
    },
  },
  {
    fact: 'Errors are answered with status 200, ok false and a code.',
    source: 'Slack API documentation, web-api, evaluating responses',
    confidence: 'verified',
    public: false,
    check: async () => {
      const { send } = slackUnderTest();
      const response = await send('chat.postMessage', {});
      same('status', response.status, 200);
      same('body', await response.json(), { ok: false, error: 'no_text' });
    },
  },
  ...(
    [
      ['no token', 'not_authed', 'chat.postMessage', { text: 'x' }, ''],
      ['a token that is not valid', 'invalid_auth', 'chat.postMessage', { text: 'x' }, 'xoxb-other'],
      [
        'an unknown channel',
        'channel_not_found',
        'chat.postMessage',
        { channel: 'C0', text: 'x' },
        undefined,
      ],
      ['neither text nor blocks', 'no_text', 'chat.postMessage', {}, undefined],
      [
        'blocks that are no list',
        'invalid_blocks_format',
        'chat.postMessage',
        { text: 'x', blocks: {} },
        undefined,
      ],
      ['an unknown message', 'message_not_found', 'chat.update', { ts: '1.000001', text: 'x' }, undefined],
    ] as const
  ).map(
    ([what, error, method, body, token]): AccountCase => ({
      fact: `${method} with ${what} is refused with ${error}.`,
      source: method === 'chat.update' ? UPDATE : POST,
      confidence: 'verified',
      public: false,
      check: async () =>
        same('answer', await slackUnderTest().call(method, body, token), { ok: false, error }),
    }),
  ),
  {
    fact: 'A message that somebody else posted is not changed: cant_update_message.',
    source: UPDATE,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { call, channel, slackWorkspace } = slackUnderTest();
      const content = { text: 'x', blocks: [], threadTs: undefined, isBroadcast: false };
      const { ts } = slackWorkspace.post({ channelId: channel, ...content, via: 'webhook' });
      const answer = await call('chat.update', { ts, text: 'y' });
      same('answer', answer, { ok: false, error: 'cant_update_message' });
    },
  },
];

const RATE_LIMITS: readonly AccountCase[] = [
  {
    fact: 'More than one message a second into a channel is answered with status 429 and Retry-After in seconds.',
    source: RATES,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { slack, send, simulation } = slackUnderTest();
      slack.settings.isRateLimited = true;
      const body = { text: 'x' };
      same('first', (await send('chat.postMessage', body)).status, 200);
      const second = await send('chat.postMessage', body);
      same('second', [second.status, second.headers.get('retry-after')], [429, '1']);
      await simulation.runFor(1_000);
      same('a second later', (await send('chat.postMessage', body)).status, 200);
    },
  },
  {
    fact: 'chat.update is of tier 3: 50 calls a minute pass, further ones are answered with 429.',
    source: `${RATES}; ${UPDATE}`,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { slack, send, post } = slackUnderTest();
      const { ts } = await post({ text: 'x' });
      slack.settings.isRateLimited = true;
      const statuses: number[] = [];
      for (const body of Array.from({ length: 51 }, () => ({ ts, text: 'y' })))
        statuses.push((await send('chat.update', body)).status);
      same('statuses', statuses, [...Array.from({ length: 50 }, () => 200), 429]);
    },
  },
  {
    fact: 'Slack lets short bursts of messages into a channel pass.',
    source: RATES,
    confidence: 'verified',
    gap: 'the twin refuses from the second message on, as there is no guarantee for bursts',
    public: false,
    check: async () => {
      const { slack, send } = slackUnderTest();
      slack.settings.isRateLimited = true;
      const responses = await Promise.all(
        [{ text: 'x' }, { text: 'y' }].map((body) => send('chat.postMessage', body)),
      );
      same(
        'statuses',
        responses.map(({ status }) => status),
        [200, 200],
      );
    },
  },
];

const OUTAGES: readonly AccountCase[] = [
  ...(['server error', 'network'] as const).map(
    (outage): AccountCase => ({
      fact: `An outage (${outage}) loses the message.`,
      source: 'no source: what HTTP clients meet',
      confidence: 'from memory',
      public: false,
      check: async () => {
        const { slack, slackWorkspace, channel, send } = slackUnderTest();
        slack.settings.outage = outage;
        const status = await send('chat.postMessage', { text: 'x' }).then(
          (response) => response.status,
          () => 'no connection',
        );
        same('outcome', status, outage === 'network' ? 'no connection' : 500);
        same('messages', slackWorkspace.messages(channel).length, 0);
      },
    }),
  ),
  {
    fact: 'An error can hide that the message was taken: “some aspect of the operation succeeded before the error was raised”.',
    source: `${POST}, errors, fatal_error and internal_error`,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { slack, slackWorkspace, channel, send } = slackUnderTest();
      slack.settings.outage = 'reply lost';
      const failed = await send('chat.postMessage', { text: 'x' }).catch(() => 'no answer');
      same('outcome', failed, 'no answer');
      same('messages', slackWorkspace.messages(channel).length, 1);
    },
  },
];

export const slackMessageCases: readonly AccountCase[] = [...MESSAGES, ...RATE_LIMITS, ...OUTAGES];
