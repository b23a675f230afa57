import { parseArgs } from 'node:util';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Channel, SendAnswer } from '../core/application/ports.ts';
import type { Dispatch } from '../core/domain/notices/dispatch.ts';
import type { Stamp } from '../core/domain/notices/fact.ts';
import { type ChannelSettings, noticeChannels } from '../lambda/adapters/notice-channels.ts';
import { slackMessage } from '../lambda/adapters/slack-blocks.ts';
import { mailOf } from '../lambda/adapters/sns-text.ts';
import type { Runtime } from '../lambda/wiring/runtime.ts';

const usage = `Sends one test notice through a channel, the way the deployed stack would.

  npm run test-notice -- --topic-arn ARN
  npm run test-notice -- --slack-channel C0123456789 --slack-token-parameter /team/slack-token
  npm run test-notice -- --slack-webhook-parameter /team/slack-webhook
  npm run test-notice -- --dry-run            prints what would be sent, needs no account

  --region REGION    where topic and parameters are (default: the topic's Region, AWS_REGION)
  --help             this text

Your own credentials are used: they need sns:Publish (with kms:GenerateDataKey and
kms:Decrypt on the topic's key), or ssm:GetParameter (and kms:Decrypt) for the parameter.`;

const options = {
  'topic-arn': { type: 'string' },
  'slack-channel': { type: 'string' },
  'slack-token-parameter': { type: 'string' },
  'slack-webhook-parameter': { type: 'string' },
  region: { type: 'string' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

type Wishes = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** What the command prints and exits with: 0 sent, 1 not sent, 2 asked for wrongly. */
export interface Answer {
  readonly exitCode: 0 | 1 | 2;
  readonly text: string;
}

export async function sendTestNotice(
  args: readonly string[],
  runtime: Pick<Runtime, 'environment' | 'connect' | 'fetch' | 'now' | 'newId'>,
  version: string,
): Promise<Answer> {
  const wishes = wishesIn(args);
  if (typeof wishes === 'string') return { exitCode: 2, text: `${wishes}\n\n${usage}` };
  if (wishes.help === true) return { exitCode: 0, text: usage };
  const region = regionOf(wishes, runtime.environment);
  const stamp = { version, runbook: undefined };
  if (wishes['dry-run'] === true)
    return { exitCode: 0, text: preview(dispatchIn(region ?? 'eu-west-1', wishes, runtime), stamp) };
  if (region === undefined) {
    return {
      exitCode: 2,
      text: 'no Region: pass --region, for example --region eu-west-1, or set AWS_REGION',
    };
  }
  const channels = channelsFor(wishes, region, runtime, stamp);
  const answers = await Promise.all(
    channels.map((channel) => tell(channel, dispatchIn(region, wishes, runtime))),
  );
  return {
    exitCode: answers.every(({ isSent }) => isSent) ? 0 : 1,
    text: answers.map(({ text }) => text).join('\n'),
  };
}

/** @returns the fault in words when the arguments make no sense. */
function wishesIn(args: readonly string[]): Wishes | string {
  const fault = faultInForm(args);
  if (fault !== undefined) return fault;
  const wishes = parseArgs({ args: [...args], options, strict: true }).values;
  return faultIn(wishes) ?? wishes;
}

/** All that a strict parse would refuse, in our words: those of node name no next step. */
function faultInForm(args: readonly string[]): string | undefined {
  const form = { args: [...args], options, strict: false, allowPositionals: true, tokens: true } as const;
  for (const token of parseArgs(form).tokens) {
    if (token.kind === 'positional') {
      return `got ${JSON.stringify(token.value)} without an option before it, expected options only; see below`;
    }
    const fault = token.kind === 'option' ? faultInOption(token) : undefined;
    if (fault !== undefined) return fault;
  }
  return undefined;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function faultInOption({ name, rawName, value, inlineValue }: OptionToken): string | undefined {
  const kind = isOption(name) ? options[name].type : undefined;
  if (kind === undefined) {
    const known = Object.keys(options).map((option) => `--${option}`);
    return `${rawName}: got an unknown option, expected one of ${known.join(', ')}; see below`;
  }
  if (kind === 'boolean') {
    return value === undefined
      ? undefined
      : `${rawName}: got ${JSON.stringify(value)}, expected no value; write ${rawName} alone`;
  }
  // Without `=`, what begins with a dash is the next option.
  const isMissing = value === undefined || value === '' || (inlineValue === false && value.startsWith('-'));
  return isMissing ? `${rawName}: got no value, expected one after it; see below` : undefined;
}

const isOption = (name: string): name is keyof typeof options => Object.hasOwn(options, name);

function faultIn(wishes: Wishes): string | undefined {
  const { 'topic-arn': topic, 'slack-channel': channel, 'slack-token-parameter': token } = wishes;
  if (wishes.help === true || wishes['dry-run'] === true) return undefined;
  if (topic !== undefined && !/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+$/.test(topic)) {
    return `--topic-arn must be the ARN of an SNS topic, got ${JSON.stringify(topic)}`;
  }
  if ((channel === undefined) !== (token === undefined)) {
    return `--slack-channel and --slack-token-parameter go together, got only --slack-${channel === undefined ? 'token-parameter' : 'channel'}`;
  }
  if (token?.startsWith('xox') === true) {
    return '--slack-token-parameter takes the name of an SSM parameter, not the token itself; revoke that token, it is in your shell history now';
  }
  if (topic === undefined && channel === undefined && wishes['slack-webhook-parameter'] === undefined) {
    return 'no channel named: pass --topic-arn, --slack-channel, --slack-webhook-parameter or --dry-run';
  }
  return undefined;
}

const regionOf = (wishes: Wishes, environment: Runtime['environment']): string | undefined =>
  wishes.region ??
  wishes['topic-arn']?.split(':')[3] ??
  environment['AWS_REGION'] ??
  environment['AWS_DEFAULT_REGION'];

const accountOf = (wishes: Wishes): string => wishes['topic-arn']?.split(':')[4] ?? 'of your credentials';

const dispatchIn = (
  region: string,
  wishes: Wishes,
  { now, newId }: Pick<Runtime, 'now' | 'newId'>,
): Dispatch => ({
  kind: 'first',
  notices: [{ kind: 'test', id: `test#${newId()}`, at: now(), account: accountOf(wishes), region }],
});

function channelsFor(
  wishes: Wishes,
  region: string,
  { connect, fetch, now }: Pick<Runtime, 'connect' | 'fetch' | 'now'>,
  stamp: Stamp,
): readonly Channel[] {
  const settings: ChannelSettings = {
    TOPIC_ARN: wishes['topic-arn'],
    SLACK_CHANNEL: wishes['slack-channel'],
    SLACK_TOKEN_PARAMETER: wishes['slack-token-parameter'],
    SLACK_WEBHOOK_PARAMETER: wishes['slack-webhook-parameter'],
  };
  const slack = settings.SLACK_CHANNEL !== undefined || settings.SLACK_WEBHOOK_PARAMETER !== undefined;
  const wanted = [
    ...(settings.TOPIC_ARN === undefined ? [] : ['sns' as const]),
    ...(slack ? ['slack' as const] : []),
  ];
  const clients = { sns: connect(SNSClient, { region }), ssm: connect(SSMClient, { region }) };
  return noticeChannels(wanted, settings, { ...clients, fetch, now, stamp });
}

async function tell(
  channel: Channel,
  dispatch: Dispatch,
): Promise<{ readonly isSent: boolean; readonly text: string }> {
  const answer = await channel.send(dispatch);
  if (answer.kind === 'sent')
    return { isSent: true, text: `${channel.name}: sent; look whether it has arrived` };
  const credentials = credentialFaults.find(({ codes }) => codes.test(answer.detail));
  if (credentials !== undefined) {
    return {
      isSent: false,
      text: `${channel.name}: not sent: ${credentials.fault} (${answer.detail}); ${logIn}`,
    };
  }
  const remedy = remedies[answer.reason];
  return { isSent: false, text: `${channel.name}: not sent, ${answer.reason} (${answer.detail}); ${remedy}` };
}

const logIn =
  'log in (aws sso login, or aws configure), or set AWS_PROFILE; when aws sts get-caller-identity works, try again';

/** By the error's code before ` on ` the action, so that a parameter's name cannot look like one. */
const credentialFaults = [
  {
    codes: /\b(?:CredentialsProviderError|TokenProviderError) on /,
    fault: 'no AWS credentials found',
  },
  { codes: /\bExpiredToken(?:Exception)? on /, fault: 'your AWS credentials have expired' },
  {
    codes: /\b(?:InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch) on /,
    fault: 'AWS does not accept your credentials',
  },
] as const;

const remedies: Readonly<Record<Extract<SendAnswer, { kind: 'failed' }>['reason'], string>> = {
  outage: 'look at your network and at the Region, then try again',
  'rate-limited': 'wait a minute, then try again',
  unauthorised: 'look at the permissions and names in --help',
  rejected: 'look at the ARN, channel or parameter and at its Region',
};

/** Both forms, because nobody should have to deploy to see them. */
function preview(dispatch: Extract<Dispatch, { kind: 'first' }> | Dispatch, stamp: Stamp): string {
  const { subject, body } = mailOf(dispatch, stamp);
  const notices = dispatch.kind === 'first' ? dispatch.notices : dispatch.all;
  return [
    'SNS would get:',
    `Subject: ${subject}`,
    '',
    body,
    'Slack would get:',
    JSON.stringify(slackMessage(notices, stamp), undefined, 2),
  ].join('\n');
}
