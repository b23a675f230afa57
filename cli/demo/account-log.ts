import type { Modification } from '../../twin/ebs/simulated-volume.ts';
import type { TwinTime } from '../../twin/simulation.ts';
import type { World } from './world.ts';

/** What happened in one world, read from the account's own records; nothing is taken from what the responder says. */
export interface AccountLog {
  /** The first ALARM of the volume's alarm. */
  readonly alarmAt: TwinTime | undefined;
  /** The first message on any channel that names the volume. */
  readonly noticeAt: TwinTime | undefined;
  readonly modifications: readonly Modification[];
}

export function accountLog(world: World): AccountLog {
  return {
    alarmAt: alarmEvents(world).find(({ state }) => state === 'ALARM')?.at,
    noticeAt: messages(world).find(({ text }) => text.includes(world.volumeId))?.at,
    modifications: world.account.ebs.volumes.volume(world.volumeId).modifications,
  };
}

export interface AlarmEvent {
  readonly at: TwinTime;
  readonly name: string;
  readonly state: string;
  /** The newest datapoint and the threshold, e.g. `80.0 % against 80.6 %`. */
  readonly compared: string | undefined;
}

export const alarmEvents = ({ account }: World): readonly AlarmEvent[] =>
  account.bus.log.flatMap(({ at, event }) => {
    if (event['detail-type'] !== 'CloudWatch Alarm State Change') return [];
    const { alarmName, state } = event.detail as {
      readonly alarmName: string;
      readonly state: { readonly value: string; readonly reasonData?: string };
    };
    return [{ at, name: alarmName, state: state.value, compared: compared(state.reasonData) }];
  });

function compared(reasonData: string | undefined): string | undefined {
  const { threshold, recentDatapoints } = JSON.parse(reasonData ?? '{}') as {
    readonly threshold?: number;
    readonly recentDatapoints?: readonly number[];
  };
  const newest = recentDatapoints?.at(-1);
  if (threshold === undefined || newest === undefined) return undefined;
  return `${newest.toFixed(1)} % against ${threshold.toFixed(1)} %`;
}

/** One message as it reached people. */
export interface Message {
  readonly at: TwinTime;
  readonly channel: 'mail' | 'slack';
  readonly subject: string;
  readonly text: string;
}

/** Mails and Slack posts in the order of time; an edited post as it stands at the end. */
export function messages({ account, deployed, slackChannelId }: World): readonly Message[] {
  const topicArn = deployed?.stack.outputs['NoticeTopicArn'];
  const mails = topicArn === undefined ? [] : account.topics.get(topicArn).publications;
  return [
    ...mails.map(({ at, subject = '', message }) => ({
      at,
      channel: 'mail' as const,
      subject,
      text: message,
    })),
    ...account.slackWorkspace.messages(slackChannelId).map((message) => ({
      at: message.postedAt,
      channel: 'slack' as const,
      subject: message.text,
      text: `${message.text}\n${JSON.stringify(message.blocks)}`,
    })),
  ].sort((a, b) => a.at - b.at);
}
