import type { SNSClient } from '@aws-sdk/client-sns';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { Channel, ChannelName } from '../../core/application/ports.ts';
import type { Stamp } from '../../core/domain/notices/fact.ts';
import type { Instant } from '../../core/domain/units.ts';
import { slackChannel } from './slack-channel.ts';
import { parameterSecret } from './slack-secret.ts';
import { slackWebhookChannel } from './slack-webhook-channel.ts';
import { snsChannel } from './sns-channel.ts';

/** Where notices go, in the names of the environment variables. */
export interface ChannelSettings {
  readonly TOPIC_ARN?: string | undefined;
  readonly SLACK_CHANNEL?: string | undefined;
  readonly SLACK_TOKEN_PARAMETER?: string | undefined;
  readonly SLACK_WEBHOOK_PARAMETER?: string | undefined;
}

export interface ChannelTools {
  readonly sns: SNSClient;
  readonly ssm: SSMClient;
  readonly fetch: typeof fetch;
  readonly now: () => Instant;
  readonly stamp: Stamp;
}

/** @throws Error naming the variable that a wanted channel lacks. */
export const noticeChannels = (
  wanted: readonly ChannelName[],
  settings: ChannelSettings,
  tools: ChannelTools,
): readonly Channel[] => wanted.map((name) => builders[name](settings, tools));

const builders: Readonly<Record<ChannelName, (settings: ChannelSettings, tools: ChannelTools) => Channel>> = {
  sns: ({ TOPIC_ARN }, { sns, stamp }) => {
    if (TOPIC_ARN === undefined) throw new Error('channel sns needs TOPIC_ARN, got none; redeploy the stack');
    return snsChannel(sns, TOPIC_ARN, stamp);
  },
  slack,
};

/** A bot token is better than a webhook: it can edit and thread. */
function slack(settings: ChannelSettings, { ssm, fetch, now, stamp }: ChannelTools): Channel {
  const { SLACK_CHANNEL: channel, SLACK_TOKEN_PARAMETER: token, SLACK_WEBHOOK_PARAMETER: webhook } = settings;
  if (token !== undefined && channel !== undefined) {
    return slackChannel({ fetch, token: parameterSecret(ssm, token, now), channel, stamp });
  }
  if (webhook !== undefined) {
    return slackWebhookChannel({ fetch, address: parameterSecret(ssm, webhook, now), stamp });
  }
  throw new Error(
    'channel slack needs SLACK_CHANNEL and SLACK_TOKEN_PARAMETER, or SLACK_WEBHOOK_PARAMETER, got neither; redeploy the stack',
  );
}
