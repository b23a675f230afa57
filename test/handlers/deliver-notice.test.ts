import { randomUUID } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Notice } from '../../core/domain/notices/notice.ts';
import { instant, minutes } from '../../core/domain/units.ts';
import { noticeItem } from '../../lambda/adapters/notice-item.ts';
import { deliverNotice } from '../../lambda/handlers/deliver-notice.ts';
import type { Runtime } from '../../lambda/wiring/runtime.ts';
import { ServiceError } from '../../twin/service-error.ts';
import { accountUnderTest } from '../adapters/account-under-test.ts';
import { caseNotice, said } from '../fakes/case-notices.ts';
import { retrying } from '../fakes/retrying-client.ts';

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true');
  vi.stubEnv('AWS_REGION', 'us-east-1');
});
const schedule = { source: 'aws.events', 'detail-type': 'Scheduled Event' };

function underTest() {
  const { account, table, wait, now } = accountUnderTest();
  const topic = account.topics.create('notices');
  const channelId = account.slackWorkspace.addChannel('storage');
  account.parameters.put('/team/slack', account.slackBotToken, 'SecureString');
  const environment = {
    TABLE_NAME: table.name,
    CHANNELS: 'sns,slack',
    TOPIC_ARN: topic.arn,
    SLACK_CHANNEL: channelId,
    SLACK_TOKEN_PARAMETER: '/team/slack',
    RUNBOOK_URL: 'https://example.org/runbook.md',
  };
  const runtime: Runtime = {
    environment,
    connect: (kind) => account.connected(kind, 'deliver-notice'),
    fetch: account.fetch,
    now: () => instant(account.simulation.now),
    newId: randomUUID,
    sleep: () => Promise.resolve(),
  };
  /** As the transaction of a case step does; answers the stream event of it. */
  const write = async (notice: Notice) => {
    const items = (['sns', 'slack'] as const).map((channel) => noticeItem(notice, channel));
    for (const Item of items) await table.client.send(new PutItemCommand({ TableName: table.name, Item }));
    return { Records: items.map((NewImage) => ({ eventName: 'INSERT', dynamodb: { NewImage } })) };
  };
  const mails = () => topic.publications.map(({ subject }) => subject);
  const messages = () => account.slackWorkspace.messages(channelId);
  return { account, topic, runtime, write, mails, messages, wait, now };
}

test('a row written is told on both channels', async () => {
  const { runtime, write, mails, messages, now } = underTest();
  const event = await write(caseNotice(said.needed, { at: now() }));
  await deliverNotice(runtime)(event);
  expect(mails()).toEqual([
    'YOU ARE NEEDED: prod checkout-db-2 disk throttles about 03:27 UTC [EB-7Q2F81KD]',
  ]);
  expect(messages()).toMatchObject([
    { text: 'YOU ARE NEEDED: prod checkout-db-2 disk throttles about 03:27 UTC' },
  ]);
});

test('Slack down for an hour loses nothing and delays no mail', async () => {
  const { account, runtime, write, mails, messages, wait, now } = underTest();
  const handler = deliverNotice(runtime);
  account.slack.settings.outage = 'server error';
  await handler(await write(caseNotice(said.warned, { at: now() })));
  expect(mails()).toHaveLength(1);
  for (let minute = 0; minute < 60; minute += 1) {
    await wait(minutes(1));
    await handler(schedule);
  }
  await handler(await write(caseNotice(said.needed, { version: 2, at: now() })));
  expect(mails()).toHaveLength(2);
  expect(messages()).toEqual([]);
  account.slack.settings.outage = 'none';
  for (let minute = 0; minute < 30; minute += 1) {
    await wait(minutes(1));
    await handler(schedule);
  }
  expect(messages()).toMatchObject([
    { text: 'YOU ARE NEEDED: prod checkout-db-2 disk throttles about 03:27 UTC' },
  ]);
  expect(mails()).toHaveLength(2);
});

test('the schedule finds what the stream missed, once', async () => {
  const { runtime, write, mails, now } = underTest();
  const handler = deliverNotice(runtime);
  await write(caseNotice(said.warned, { at: now() }));
  await handler(schedule);
  await handler(schedule);
  expect(mails()).toHaveLength(1);
});

test('the schedule and the stream at the same time tell it once on each channel', async () => {
  const { runtime, write, mails, messages, now } = underTest();
  const handler = deliverNotice(runtime);
  const event = await write(caseNotice(said.needed, { at: now() }));
  await Promise.all([handler(event), handler(schedule)]);
  expect(mails()).toHaveLength(1);
  expect(messages()).toHaveLength(1);
});

test('a lease whose answer was lost delays nothing: the news is told once and at once', async () => {
  const { account, runtime, write, mails, messages, now } = underTest();
  const handler = deliverNotice({ ...runtime, connect: (kind) => retrying(runtime.connect(kind)) });
  const event = await write(caseNotice(said.needed, { at: now() }));
  account.endpoint.afterAcceptance(
    { principal: 'deliver-notice', operation: 'UpdateItem' },
    new ServiceError('TimeoutError', 'no reply within 3 s'),
    2,
  );
  await handler(event);
  expect([mails(), messages()]).toMatchObject([{ length: 1 }, { length: 1 }]);
  await handler(schedule);
  expect([mails(), messages()]).toMatchObject([{ length: 1 }, { length: 1 }]);
});

test('a storm of 500 disks is one message on each channel', async () => {
  const { runtime, write, mails, messages, now } = underTest();
  const events = [];
  for (let index = 0; index < 500; index += 1) {
    events.push(
      await write(caseNotice(said.needed, { caseId: `EB-${String(index).padStart(8, '0')}`, at: now() })),
    );
  }
  await deliverNotice(runtime)({ Records: events.flatMap(({ Records }) => Records) });
  await deliverNotice(runtime)(schedule);
  expect(mails()).toEqual(['YOU ARE NEEDED: 500 prod disks low on burst credits in eu-west-1, 500 need you']);
  expect(messages()).toHaveLength(1);
});

test.each([
  ['TOPIC_ARN', 'channel sns needs TOPIC_ARN, got none; redeploy the stack'],
  [
    'SLACK_TOKEN_PARAMETER',
    'channel slack needs SLACK_CHANNEL and SLACK_TOKEN_PARAMETER, or SLACK_WEBHOOK_PARAMETER, got neither; redeploy the stack',
  ],
])('without %s it does not start', (name, message) => {
  const { runtime } = underTest();
  const environment = { ...runtime.environment, [name]: undefined };
  expect(() => deliverNotice({ ...runtime, environment })).toThrow(message);
});
