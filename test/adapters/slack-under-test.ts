import { SSMClient } from '@aws-sdk/client-ssm';
import { type Instant, instant } from '../../core/domain/units.ts';
import { slackChannel } from '../../lambda/adapters/slack-channel.ts';
import { parameterSecret } from '../../lambda/adapters/slack-secret.ts';
import { slackWebhookChannel } from '../../lambda/adapters/slack-webhook-channel.ts';
import { connect } from '../../twin/connect.ts';
import { createEndpoint } from '../../twin/endpoint.ts';
import { Simulation } from '../../twin/simulation.ts';
import { SlackFetch } from '../../twin/slack/slack-fetch.ts';
import { SlackWorkspace } from '../../twin/slack/workspace.ts';
import { Parameters, ssmService } from '../../twin/ssm.ts';
import { time } from '../fakes/case-notices.ts';

export const stamp = { version: '1.2.3', runbook: 'https://example.org/runbook.md' };
export const tokenParameter = '/team/slack-token';
export const webhookParameter = '/team/slack-webhook';

/** A simulated workspace, the parameters that open it, and both Slack channels connected to them. */
export function slackUnderTest() {
  const simulation = new Simulation(time('03:11'));
  const parameters = new Parameters({ simulation, accountId: '111122223333', region: 'eu-west-1' });
  const endpoint = createEndpoint({ services: { SSM: ssmService(parameters) }, simulation });
  const workspace = new SlackWorkspace(simulation);
  const channelId = workspace.addChannel('storage');
  const valid = { token: 'xoxb-first-secret' };
  const slack = new SlackFetch({ workspace, simulation, botToken: () => valid.token });
  parameters.put(tokenParameter, valid.token, 'SecureString');
  parameters.put(webhookParameter, workspace.addWebhook(channelId), 'SecureString');
  const ssm = connect(new SSMClient({ region: 'eu-west-1' }), endpoint, 'deliver-notice');
  const now = (): Instant => instant(simulation.now);
  const bot = (fetchIt: typeof fetch = slack.fetch) =>
    slackChannel({
      fetch: fetchIt,
      token: parameterSecret(ssm, tokenParameter, now),
      channel: '#storage',
      stamp,
    });
  const webhook = (fetchIt: typeof fetch = slack.fetch) =>
    slackWebhookChannel({ fetch: fetchIt, address: parameterSecret(ssm, webhookParameter, now), stamp });
  const messages = () => workspace.messages(channelId);
  return {
    simulation,
    parameters,
    endpoint,
    workspace,
    channelId,
    valid,
    slack,
    bot,
    webhook,
    messages,
    ssm,
    now,
  };
}
