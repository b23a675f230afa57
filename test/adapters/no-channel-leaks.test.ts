import { SNSClient } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import type { Dispatch } from '../../core/domain/notices/dispatch.ts';
import { snsChannel } from '../../lambda/adapters/sns-channel.ts';
import { connect } from '../../twin/connect.ts';
import { ServiceError } from '../../twin/service-error.ts';
import { caseNotice, said } from '../fakes/case-notices.ts';
import { expectNoSecret } from './expect-no-secret.ts';
import { slackUnderTest, stamp, webhookParameter } from './slack-under-test.ts';

const token = 'xoxb-first-secret';
const path = '/services/T0SECRET/B0SECRET/wEbHoOkSeCrEt';
const secrets = [token, path, 'wEbHoOkSeCrEt'];
const everything = `Bearer ${token} https://hooks.slack.com${path}`;

const acted = caseNotice(said.acted);
const averted = caseNotice(said.averted, { version: 2 });
const dispatches: readonly Dispatch[] = [
  { kind: 'first', notices: [acted] },
  { kind: 'update', handle: 'C1:1.0', all: [acted, averted], fresh: [averted] },
  { kind: 'digest', all: [acted, averted], fresh: [averted] },
];

const failing =
  (error: Error): typeof fetch =>
  () =>
    Promise.reject(error);
const answering =
  (body: string, init: ResponseInit): typeof fetch =>
  () =>
    Promise.resolve(new Response(body, init));

/** Everything between us and Slack that can go wrong, each repeating the request it got. */
const failures: readonly [string, typeof fetch][] = [
  [
    'a connection that breaks',
    failing(new TypeError(`fetch failed: ${everything}`, { cause: new Error(everything) })),
  ],
  ['a time-out', failing(new DOMException(everything, 'TimeoutError'))],
  ['an address nobody can parse', failing(new TypeError(`Failed to parse URL from ${everything}`))],
  [
    'a body that breaks off',
    () =>
      Promise.resolve(
        new Response(new ReadableStream({ pull: (controller) => controller.error(new Error(everything)) })),
      ),
  ],
  ['status 500', answering(everything, { status: 500 })],
  ['status 429', answering(everything, { status: 429, headers: { 'retry-after': everything } })],
  ['status 404', answering(everything, { status: 404 })],
  ['status 403', answering(everything, { status: 403, statusText: 'no' })],
  ['success without JSON', answering(everything, { status: 200 })],
  ['JSON that is no answer', answering(JSON.stringify({ echo: everything }), { status: 200 })],
  ['an error that quotes', answering(JSON.stringify({ ok: false, error: everything }), { status: 200 })],
  ['an error code', answering(JSON.stringify({ ok: false, error: 'invalid_auth' }), { status: 200 })],
  ['blocks disliked', answering(JSON.stringify({ ok: false, error: 'invalid_blocks' }), { status: 200 })],
];

test.each(failures)('%s leaks nothing from Slack, by token or by webhook', async (_what, fetchIt) => {
  for (const dispatch of dispatches) {
    const { bot, webhook, parameters } = slackUnderTest();
    parameters.put(webhookParameter, `https://hooks.slack.com${path}`, 'SecureString');
    const byToken = await expectNoSecret(bot(fetchIt), dispatch, secrets);
    expect(byToken.kind).toBe('failed');
    await expectNoSecret(webhook(fetchIt), dispatch, secrets);
  }
});

test.each([token, `ftp://hooks.slack.com${path}`, `hooks.slack.com${path}`])(
  'a parameter that holds no address leaks nothing',
  async (value) => {
    const { webhook, parameters } = slackUnderTest();
    parameters.put(webhookParameter, value, 'SecureString');
    await expectNoSecret(webhook(), dispatches[0] as Dispatch, [...secrets, value]);
  },
);

test('a parameter store that quotes the value leaks nothing', async () => {
  const { bot, webhook, endpoint } = slackUnderTest();
  for (const code of ['AccessDeniedException', 'InternalServerError', 'ValidationException']) {
    endpoint.fail({ service: 'SSM' }, new ServiceError(code, everything), 2);
    await expectNoSecret(bot(), dispatches[0] as Dispatch, secrets);
    await expectNoSecret(webhook(), dispatches[0] as Dispatch, secrets);
  }
});

test('an SNS error that quotes leaks nothing', async () => {
  const refusing = () => Promise.reject(new ServiceError('InvalidParameterException', everything));
  const sns = connect(new SNSClient({ region: 'eu-west-1' }), refusing, 'deliver-notice');
  await expectNoSecret(
    snsChannel(sns, 'arn:aws:sns:eu-west-1:111122223333:t', stamp),
    dispatches[0] as Dispatch,
    secrets,
  );
});

test('the check sees a secret that is told, printed or thrown', async () => {
  const telling = {
    kind: 'failed',
    retry: 'soon',
    reason: 'outage',
    detail: token,
    retryAfter: undefined,
  } as const;
  const leaky = [
    () => Promise.resolve(telling),
    () => {
      console.error(new Error(token));
      return Promise.resolve({ kind: 'sent', handle: undefined } as const);
    },
    () => Promise.reject(new Error(token)),
  ];
  for (const send of leaky) {
    const channel = { name: 'slack', edits: 'edits', send } as const;
    await expect(expectNoSecret(channel, dispatches[0] as Dispatch, secrets)).rejects.toThrow();
  }
});
