import { shellWord } from '../shell-word.ts';
import { type Answer, answersOf, type Fix, finding, ok, orElse, unknown } from './answer.ts';
import { aws, revertDrift } from './check-functions.ts';
import { counted } from './check-memory.ts';
import type { DeploymentFacts, StackPlace } from './facts.ts';
import type { BotSight, SlackAnswer, SlackChannelSight, SlackSight } from './slack-sight.ts';

export function checkSubscribers({ stack, subscriptions, slack }: DeploymentFacts): readonly Answer[] {
  const topic = stack.outputs['NoticeTopicArn'] ?? 'named by no output NoticeTopicArn';
  return answersOf(`topic ${topic}`, subscriptions, {
    absent: () => [finding('topic', `${topic} is not there`, 'the topic of the stack', revertDrift(stack))],
    seen: (all) => {
      const pending = all.filter(({ isConfirmed }) => !isConfirmed);
      const confirmed = all.length - pending.length;
      const isWithoutSlack = slack.kind === 'seen' && slack.value.kind === 'none';
      const nobody =
        all.length === 0 && isWithoutSlack
          ? [
              finding('topic', 'nobody is subscribed, and there is no Slack', 'somebody who hears of it', {
                words: 'set mailTo or slack and deploy, or subscribe somebody',
                command: aws(
                  stack,
                  `sns subscribe --topic-arn ${topic} --protocol email --notification-endpoint ADDRESS`,
                ),
              }),
            ]
          : [];
      const waiting = pending.map(({ protocol, endpoint }) =>
        finding(`subscription ${protocol} ${endpoint}`, 'not confirmed: nothing is sent there', 'confirmed', {
          words: 'follow the link in the mail that AWS sent; where it is lost or too old, subscribe again',
          command: aws(
            stack,
            `sns subscribe --topic-arn ${topic} --protocol ${protocol} --notification-endpoint ${shellWord(endpoint)}`,
          ),
        }),
      );
      return orElse([...nobody, ...waiting], `${counted(confirmed, 'subscriber')} confirmed`);
    },
  });
}

export const checkSlack = ({ stack, slack }: DeploymentFacts): readonly Answer[] =>
  answersOf('Slack', slack, {
    absent: () => [
      unknown('Slack', 'how it is told is not known: deliver-notice is not there; see functions'),
    ],
    seen: (sight) => {
      switch (sight.kind) {
        case 'none':
          return [ok('not configured')];
        case 'webhook':
          return webhookAnswers(sight, stack);
        default:
          return botAnswers(sight, stack);
      }
    },
  });

const secretFix = (stack: StackPlace, parameter: string, what: string): Fix => ({
  words: `store ${what} there as a SecureString, from a file that you delete then; --key-id where it has a key of its own`,
  command: aws(
    stack,
    `ssm put-parameter --overwrite --type SecureString --name ${parameter} --value file://secret.txt`,
  ),
});

/** A webhook can only be tried by posting, which is not done here. */
const webhookAnswers = (
  { parameter, holds }: Extract<SlackSight, { kind: 'webhook' }>,
  stack: StackPlace,
): readonly Answer[] =>
  answersOf(`parameter ${parameter}`, holds, {
    absent: () => [
      finding(`parameter ${parameter}`, 'it is not there', 'the address of the webhook', {
        ...secretFix(stack, parameter, 'the address'),
      }),
    ],
    seen: (what) =>
      what === 'https-address'
        ? [ok('a webhook address is stored; whether Slack takes it only a message can tell')]
        : [
            finding(
              `parameter ${parameter}`,
              'something that is no https address',
              'the address of the webhook',
              {
                ...secretFix(stack, parameter, 'the address'),
              },
            ),
          ],
  });

const botAnswers = (
  { parameter, channel, bot }: Extract<SlackSight, { kind: 'bot' }>,
  stack: StackPlace,
): readonly Answer[] =>
  answersOf(`parameter ${parameter}`, bot, {
    absent: () => [
      finding(`parameter ${parameter}`, 'it is not there, or empty', 'the bot token', {
        ...secretFix(stack, parameter, 'the bot token of the app'),
      }),
    ],
    seen: ({ auth, channel: sight }) => {
      if (auth.kind !== 'answered')
        return [authAnswer(auth, secretFix(stack, parameter, 'a token that works'))];
      const trouble = [...scopeTrouble(auth.value.scopes), ...channelTrouble(channel, sight)];
      const name = sight.kind === 'answered' ? ` #${sight.value.name}` : '';
      return orElse(trouble, `the token works and the app is in${name} ${channel}`);
    },
  });

const authAnswer = (auth: Exclude<BotSight['auth'], { kind: 'answered' }>, fix: Fix): Answer =>
  auth.kind === 'unreached'
    ? unknown('Slack', auth.why)
    : finding('Slack token', `Slack says ${auth.code}`, 'a token that Slack knows', fix);

const scopeTrouble = (scopes: readonly string[] | undefined): readonly Answer[] =>
  scopes === undefined || scopes.includes('chat:write')
    ? []
    : [
        finding('Slack token', `scopes ${scopes.join(', ')}`, 'chat:write among them', {
          words: 'add the scope to the app (OAuth & Permissions), install it again and store the new token',
        }),
      ];

function channelTrouble(channel: string, sight: SlackAnswer<SlackChannelSight>): readonly Answer[] {
  const subject = `Slack channel ${channel}`;
  if (sight.kind === 'unreached') return [unknown(subject, sight.why)];
  if (sight.kind === 'refused') return [channelRefusal(subject, sight.code, sight.needed)];
  const { name, isMember, isArchived } = sight.value;
  if (isArchived)
    return [
      finding(subject, `#${name} is archived`, 'a channel that takes messages', {
        words: 'unarchive it, or set slack.channel to another and deploy',
      }),
    ];
  if (isMember) return [];
  return [
    finding(subject, `the app is not in #${name}`, 'the app as a member', {
      words: `in #${name} type /invite @ and the name of the app`,
    }),
  ];
}

/** Whether the app may read about channels says nothing of whether it may write to one. */
const channelRefusal = (subject: string, code: string, needed: string | undefined): Answer =>
  code === 'missing_scope'
    ? unknown(
        subject,
        'the token may not look at channels, which it needs only for this check',
        `Slack scope ${needed ?? 'channels:read'}`,
      )
    : finding(subject, `Slack says ${code}`, 'the id of a channel that the app is in', {
        words:
          code === 'channel_not_found'
            ? 'a private channel is not found either until the app is invited; else correct slack.channel and deploy'
            : 'see what Slack means by it (docs.slack.dev, conversations.info)',
      });
