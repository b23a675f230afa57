import { describe, expect, test } from 'vitest';
import { checkSlack, checkSubscribers } from '../../../core/domain/doctoring/check-channels.ts';
import { type Fact, seen } from '../../../core/domain/doctoring/fact.ts';
import type { BotSight, SlackSight } from '../../../core/domain/doctoring/slack-sight.ts';
import { absent, denied, linesOf, someDeployment } from './some-deployment.ts';

describe('subscribers', () => {
  const none = seen({ kind: 'none' } as const);
  const waiting = { protocol: 'email', endpoint: 'team@example.com', isConfirmed: false };

  test('that are confirmed are well, and so is none where Slack is told', () => {
    expect(linesOf(checkSubscribers(someDeployment()))).toBe('\nok: 1 subscriber confirmed');
    const slack = seen({ kind: 'webhook', parameter: '/hook', holds: absent } as const);
    const well = '\nok: 0 subscribers confirmed';
    expect(linesOf(checkSubscribers(someDeployment({ subscriptions: seen([]), slack })))).toBe(well);
    const unseen = someDeployment({ subscriptions: seen([]), slack: denied('lambda:GetFunction') });
    expect(linesOf(checkSubscribers(unseen))).toBe(well);
  });

  test('of whom there is none, without Slack, are a finding', () => {
    const facts = someDeployment({ subscriptions: seen([]), slack: none });
    expect(linesOf(checkSubscribers(facts))).toMatchInlineSnapshot(`
      "
      finding topic: nobody is subscribed, and there is no Slack
      expected: somebody who hears of it
      do: set mailTo or slack and deploy, or subscribe somebody
      $ aws sns subscribe --topic-arn arn:topic --protocol email --notification-endpoint ADDRESS --region us-east-1"
    `);
  });

  test('who did not confirm are findings beside those who did', () => {
    const [confirmed] = [{ ...waiting, isConfirmed: true }];
    const facts = someDeployment({ subscriptions: seen([confirmed, waiting]), slack: none });
    expect(linesOf(checkSubscribers(facts))).toMatchInlineSnapshot(`
      "
      finding subscription email team@example.com: not confirmed: nothing is sent there
      expected: confirmed
      do: follow the link in the mail that AWS sent; where it is lost or too old, subscribe again
      $ aws sns subscribe --topic-arn arn:topic --protocol email --notification-endpoint team@example.com --region us-east-1"
    `);
  });

  test('of a topic that is gone, that cannot be seen or that no output names, are told as such', () => {
    expect(linesOf(checkSubscribers(someDeployment({ subscriptions: absent })))).toMatchInlineSnapshot(`
      "
      finding topic: arn:topic is not there
      expected: the topic of the stack
      do: bring back what the template says by a drift-aware change set: make it, then describe-change-set and execute-change-set by the same names; it also sets the kill switch to run, so stop again what is to stay stopped
      $ aws cloudformation create-change-set --stack-name EbsBurst --change-set-name ebs-burst-doctor --use-previous-template --deployment-mode REVERT_DRIFT --capabilities CAPABILITY_IAM --region us-east-1"
    `);
    const { stack, ...rest } = someDeployment({ subscriptions: denied('sns:ListSubscriptionsByTopic') });
    expect(linesOf(checkSubscribers({ ...rest, stack }))).toMatchInlineSnapshot(`
      "
      unknown topic arn:topic: not authorized to perform sns:ListSubscriptionsByTopic
      needs: sns:ListSubscriptionsByTopic"
    `);
    const unnamed = { ...rest, stack: { ...stack, outputs: {} } };
    expect(linesOf(checkSubscribers(unnamed))).toMatchInlineSnapshot(`
      "
      unknown topic named by no output NoticeTopicArn: not authorized to perform sns:ListSubscriptionsByTopic
      needs: sns:ListSubscriptionsByTopic"
    `);
  });
});

const slackLines = (slack: Fact<SlackSight>) => linesOf(checkSlack(someDeployment({ slack })));

describe('Slack', () => {
  test('that is not configured is well', () => {
    expect(slackLines(seen({ kind: 'none' }))).toBe('\nok: not configured');
  });

  test('of which nobody knows is unknown', () => {
    expect(slackLines(absent)).toMatchInlineSnapshot(`
      "
      unknown Slack: how it is told is not known: deliver-notice is not there; see functions
      needs: nothing"
    `);
    expect(slackLines(denied('lambda:GetFunctionConfiguration'))).toMatchInlineSnapshot(`
      "
      unknown Slack: not authorized to perform lambda:GetFunctionConfiguration
      needs: lambda:GetFunctionConfiguration"
    `);
  });
});

describe('a webhook', () => {
  const webhook = (holds: Fact<'https-address' | 'something-else'>) =>
    slackLines(seen({ kind: 'webhook', parameter: '/team/hook', holds }));

  test('whose address is stored is well, as far as can be said without posting', () => {
    expect(webhook(seen('https-address'))).toMatchInlineSnapshot(`
      "
      ok: a webhook address is stored; whether Slack takes it only a message can tell"
    `);
  });

  test('whose parameter is gone, holds something else or cannot be read, is told as such', () => {
    expect(webhook(absent)).toMatchInlineSnapshot(`
      "
      finding parameter /team/hook: it is not there
      expected: the address of the webhook
      do: store the address there as a SecureString, from a file that you delete then; --key-id where it has a key of its own
      $ aws ssm put-parameter --overwrite --type SecureString --name /team/hook --value file://secret.txt --region us-east-1"
    `);
    expect(webhook(seen('something-else'))).toMatchInlineSnapshot(`
      "
      finding parameter /team/hook: something that is no https address
      expected: the address of the webhook
      do: store the address there as a SecureString, from a file that you delete then; --key-id where it has a key of its own
      $ aws ssm put-parameter --overwrite --type SecureString --name /team/hook --value file://secret.txt --region us-east-1"
    `);
    expect(webhook(denied('ssm:GetParameter'))).toMatchInlineSnapshot(`
      "
      unknown parameter /team/hook: not authorized to perform ssm:GetParameter
      needs: ssm:GetParameter"
    `);
  });
});

describe('a bot', () => {
  const works: BotSight = {
    auth: { kind: 'answered', value: { scopes: ['chat:write', 'channels:read'] } },
    channel: { kind: 'answered', value: { name: 'storage', isMember: true, isArchived: false } },
  };
  const bot = (sight: Fact<BotSight>) =>
    slackLines(seen({ kind: 'bot', parameter: '/team/token', channel: 'C1', bot: sight }));
  const withChannel = (channel: BotSight['channel']) => bot(seen({ ...works, channel }));
  const withAuth = (auth: BotSight['auth']) => bot(seen({ ...works, auth }));

  test('whose token works and who is in the channel is well, also where Slack does not name its scopes', () => {
    expect(bot(seen(works))).toBe('\nok: the token works and the app is in #storage C1');
    const unnamed = withAuth({ kind: 'answered', value: { scopes: undefined } });
    expect(unnamed).toBe('\nok: the token works and the app is in #storage C1');
  });

  test('whose token is not there or cannot be read is told as such', () => {
    expect(bot(absent)).toMatchInlineSnapshot(`
      "
      finding parameter /team/token: it is not there, or empty
      expected: the bot token
      do: store the bot token of the app there as a SecureString, from a file that you delete then; --key-id where it has a key of its own
      $ aws ssm put-parameter --overwrite --type SecureString --name /team/token --value file://secret.txt --region us-east-1"
    `);
    expect(bot(denied('ssm:GetParameter'))).toMatchInlineSnapshot(`
      "
      unknown parameter /team/token: not authorized to perform ssm:GetParameter
      needs: ssm:GetParameter"
    `);
  });

  test('whose token Slack refuses is a finding, and one that Slack could not be asked about is unknown', () => {
    expect(withAuth({ kind: 'refused', code: 'token_revoked', needed: undefined })).toMatchInlineSnapshot(`
      "
      finding Slack token: Slack says token_revoked
      expected: a token that Slack knows
      do: store a token that works there as a SecureString, from a file that you delete then; --key-id where it has a key of its own
      $ aws ssm put-parameter --overwrite --type SecureString --name /team/token --value file://secret.txt --region us-east-1"
    `);
    expect(withAuth({ kind: 'unreached', why: 'Slack says 503' })).toMatchInlineSnapshot(`
      "
      unknown Slack: Slack says 503
      needs: nothing"
    `);
  });

  test('whose token may not write is a finding', () => {
    const auth = { kind: 'answered', value: { scopes: ['channels:read', 'users:read'] } } as const;
    expect(withAuth(auth)).toMatchInlineSnapshot(`
      "
      finding Slack token: scopes channels:read, users:read
      expected: chat:write among them
      do: add the scope to the app (OAuth & Permissions), install it again and store the new token"
    `);
  });

  test('who is not in the channel, or whose channel is archived, is a finding', () => {
    const value = { name: 'storage', isMember: false, isArchived: false };
    expect(withChannel({ kind: 'answered', value })).toMatchInlineSnapshot(`
      "
      finding Slack channel C1: the app is not in #storage
      expected: the app as a member
      do: in #storage type /invite @ and the name of the app"
    `);
    expect(withChannel({ kind: 'answered', value: { ...value, isArchived: true } })).toMatchInlineSnapshot(`
      "
      finding Slack channel C1: #storage is archived
      expected: a channel that takes messages
      do: unarchive it, or set slack.channel to another and deploy"
    `);
  });

  test('whose channel Slack could not be asked about is unknown', () => {
    expect(withChannel({ kind: 'unreached', why: 'Slack says 503' })).toMatchInlineSnapshot(`
      "
      unknown Slack channel C1: Slack says 503
      needs: nothing"
    `);
  });

  test('who may not look at channels is unknown, with the scope that Slack asks for', () => {
    expect(
      withChannel({ kind: 'refused', code: 'missing_scope', needed: 'groups:read' }),
    ).toMatchInlineSnapshot(`
      "
      unknown Slack channel C1: the token may not look at channels, which it needs only for this check
      needs: Slack scope groups:read"
    `);
    expect(withChannel({ kind: 'refused', code: 'missing_scope', needed: undefined })).toMatch(
      /needs: Slack scope channels:read$/,
    );
  });

  test('whose channel Slack does not find, or refuses otherwise, is a finding', () => {
    expect(
      withChannel({ kind: 'refused', code: 'channel_not_found', needed: undefined }),
    ).toMatchInlineSnapshot(`
      "
      finding Slack channel C1: Slack says channel_not_found
      expected: the id of a channel that the app is in
      do: a private channel is not found either until the app is invited; else correct slack.channel and deploy"
    `);
    expect(
      withChannel({ kind: 'refused', code: 'method_deprecated', needed: undefined }),
    ).toMatchInlineSnapshot(`
      "
      finding Slack channel C1: Slack says method_deprecated
      expected: the id of a channel that the app is in
      do: see what Slack means by it (docs.slack.dev, conversations.info)"
    `);
  });
});
