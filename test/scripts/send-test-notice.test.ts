import { expect, test } from 'vitest';
import { instant } from '../../core/domain/units.ts';
import { sendTestNotice } from '../../scripts/send-test-notice.ts';
import type { ConnectableKind } from '../../twin/connect.ts';
import { ServiceError } from '../../twin/service-error.ts';
import { accountUnderTest } from '../adapters/account-under-test.ts';

function underTest() {
  const { account } = accountUnderTest();
  const topic = account.topics.create('notices');
  const channelId = account.slackWorkspace.addChannel('storage');
  account.parameters.put('/team/slack', account.slackBotToken, 'SecureString');
  account.parameters.put('/team/webhook', account.slackWorkspace.addWebhook(channelId), 'SecureString');
  const environment: Record<string, string> = {};
  const runtime = {
    environment,
    connect: <Client extends object>(kind: ConnectableKind<Client>) => account.connected(kind, 'person'),
    fetch: account.fetch,
    now: () => instant(account.simulation.now),
    newId: () => '1',
  };
  const run = (...args: readonly string[]) => sendTestNotice(args, runtime, '1.2.3');
  return { account, topic, channelId, environment, run };
}

test('sends to a topic, whose ARN names the Region', async () => {
  const { topic, run } = underTest();
  await expect(run('--topic-arn', topic.arn)).resolves.toEqual({
    exitCode: 0,
    text: 'sns: sent; look whether it has arrived',
  });
  expect(topic.publications).toMatchObject([
    { subject: 'NO ACTION NEEDED: test notice, ebs-burst-responder reaches you from us-east-1' },
  ]);
});

test('sends to Slack with the token of a parameter', async () => {
  const { account, channelId, run } = underTest();
  const answer = await run(
    '--slack-channel',
    channelId,
    '--slack-token-parameter',
    '/team/slack',
    '--region',
    'eu-west-1',
  );
  expect(answer).toEqual({ exitCode: 0, text: 'slack: sent; look whether it has arrived' });
  expect(account.slackWorkspace.messages(channelId)).toMatchObject([
    { text: 'NO ACTION NEEDED: test notice, ebs-burst-responder reaches you from eu-west-1' },
  ]);
});

test('sends to Slack by webhook, in the Region of the environment', async () => {
  const { account, channelId, environment, run } = underTest();
  environment['AWS_REGION'] = 'eu-west-1';
  await expect(run('--slack-webhook-parameter', '/team/webhook')).resolves.toMatchObject({ exitCode: 0 });
  expect(account.slackWorkspace.messages(channelId)).toMatchObject([{ via: 'webhook' }]);
});

test('a dry run shows both forms, sends nothing and needs no Region', async () => {
  const { account, run } = underTest();
  const { exitCode, text } = await run('--dry-run');
  expect(exitCode).toBe(0);
  expect(text).toContain('Subject: NO ACTION NEEDED: test notice');
  expect(text).toContain('"type": "header"');
  expect(account.endpoint.calls).toEqual([]);
});

test('a failure says what went wrong and exits 1', async () => {
  const { account, topic, run } = underTest();
  account.endpoint.fail({ service: 'SNS' }, new ServiceError('AccessDenied', 'x', { httpStatusCode: 403 }));
  await expect(run('--topic-arn', topic.arn)).resolves.toEqual({
    exitCode: 1,
    text: 'sns: not sent, unauthorised (AccessDenied on sns:Publish); look at the permissions and names in --help',
  });
});

const LOG_IN =
  'log in (aws sso login, or aws configure), or set AWS_PROFILE; when aws sts get-caller-identity works, try again';

test.each([
  ['CredentialsProviderError', 'no AWS credentials found'],
  ['TokenProviderError', 'no AWS credentials found'],
  ['ExpiredToken', 'your AWS credentials have expired'],
  ['ExpiredTokenException', 'your AWS credentials have expired'],
  ['InvalidClientTokenId', 'AWS does not accept your credentials'],
])('%s is told as credentials, with how to get them', async (name, fault) => {
  const { account, topic, run } = underTest();
  account.endpoint.fail({ service: 'SNS' }, Object.assign(new Error('x'), { name }));
  await expect(run('--topic-arn', topic.arn)).resolves.toEqual({
    exitCode: 1,
    text: `sns: not sent: ${fault} (${name} on sns:Publish); ${LOG_IN}`,
  });
});

test('without credentials for the Slack parameter it says so too', async () => {
  const { account, run } = underTest();
  const missing = Object.assign(new Error('x'), { name: 'CredentialsProviderError' });
  account.endpoint.fail({ service: 'SSM' }, missing);
  const { text } = await run('--slack-webhook-parameter', '/team/webhook', '--region', 'eu-west-1');
  expect(text).toBe(
    `slack: not sent: no AWS credentials found (parameter /team/webhook is unreadable: CredentialsProviderError on ssm:GetParameter); ${LOG_IN}`,
  );
});

test('a broken connection is an outage, and a name like a credential is no credential', async () => {
  const { account, topic, run } = underTest();
  const broken = Object.assign(new Error('x'), { name: 'TimeoutError' });
  account.endpoint.fail({ service: 'SNS' }, broken);
  await expect(run('--topic-arn', topic.arn)).resolves.toEqual({
    exitCode: 1,
    text: 'sns: not sent, outage (TimeoutError on sns:Publish); look at your network and at the Region, then try again',
  });
  const { text } = await run('--slack-webhook-parameter', '/team/ExpiredToken', '--region', 'eu-west-1');
  expect(text).not.toContain('have expired');
});

test.each([
  [[], 'no channel named: pass --topic-arn, --slack-channel, --slack-webhook-parameter or --dry-run'],
  [['--topic-arn', 'notices'], '--topic-arn must be the ARN of an SNS topic, got "notices"'],
  [
    ['--slack-channel', 'C1'],
    '--slack-channel and --slack-token-parameter go together, got only --slack-channel',
  ],
  [
    ['--slack-channel', 'C1', '--slack-token-parameter', 'xoxb-1'],
    '--slack-token-parameter takes the name of an SSM parameter, not the token itself; revoke that token, it is in your shell history now',
  ],
  [['--topic-arn'], '--topic-arn: got no value, expected one after it; see below'],
  [['--region', '--dry-run'], '--region: got no value, expected one after it; see below'],
  [['--dry-run=yes'], '--dry-run: got "yes", expected no value; write --dry-run alone'],
  [['notices'], 'got "notices" without an option before it, expected options only; see below'],
  [
    ['--dry-run', '--bogus'],
    '--bogus: got an unknown option, expected one of --topic-arn, --slack-channel, --slack-token-parameter, --slack-webhook-parameter, --region, --dry-run, --help; see below\n\n',
  ],
])('%j is asked for wrongly', async (args, fault) => {
  const { run } = underTest();
  const { exitCode, text } = await run(...args);
  expect(exitCode).toBe(2);
  expect(text.startsWith(fault)).toBe(true);
  expect(text).toContain('npm run test-notice -- --topic-arn ARN');
});

test('a missing Region is named with what to do', async () => {
  const { run } = underTest();
  await expect(run('--slack-webhook-parameter', '/team/webhook')).resolves.toEqual({
    exitCode: 2,
    text: 'no Region: pass --region, for example --region eu-west-1, or set AWS_REGION',
  });
});

test('help is help', async () => {
  const { run } = underTest();
  await expect(run('--help')).resolves.toMatchObject({ exitCode: 0 });
});
