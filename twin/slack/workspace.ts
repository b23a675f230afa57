import type { Simulation, TwinTime } from '../simulation.ts';

export interface MessageContent {
  readonly text: string;
  readonly blocks: readonly unknown[];
}

export interface SlackMessage extends MessageContent {
  readonly channelId: string;
  /** Slack's identity of a message within its channel. */
  readonly ts: string;
  readonly threadTs: string | undefined;
  /** A reply that is shown in the channel too. */
  readonly isBroadcast: boolean;
  readonly via: 'bot' | 'webhook';
  readonly postedAt: TwinTime;
  /** What the message said before, oldest first. */
  readonly earlier: readonly (MessageContent & { readonly until: TwinTime })[];
}

/** A public channel; whether it is archived and our app is in it is for people, and tests, to change. */
export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  isArchived: boolean;
  isMember: boolean;
}

/** The channels of one Slack workspace and what was said in them. */
export class SlackWorkspace {
  readonly #simulation: Simulation;
  readonly #channels = new Map<string, SlackChannel>();
  readonly #webhooks = new Map<string, string>();
  readonly #messages = new Map<string, SlackMessage>();
  #posted = 0;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  /** Returns the channel's id. */
  addChannel(name: string): string {
    const id = `C0TWIN${String(this.#channels.size + 1).padStart(4, '0')}`;
    this.#channels.set(id, { id, name, isArchived: false, isMember: true });
    return id;
  }

  /** Returns the incoming webhook's address, which is a secret. */
  addWebhook(channelId: string): string {
    const path = `/services/T0TWIN/B${this.#webhooks.size + 1}/webhook-secret-${this.#webhooks.size + 1}`;
    this.#webhooks.set(path, channelId);
    return `https://hooks.slack.com${path}`;
  }

  /** The id for an id or a name, with or without `#`. */
  channelId(idOrName: string): string | undefined {
    if (this.#channels.has(idOrName)) return idOrName;
    return [...this.#channels.values()].find(({ name }) => name === idOrName.replace(/^#/, ''))?.id;
  }

  channel(id: string): SlackChannel | undefined {
    return this.#channels.get(id);
  }

  webhookChannel(path: string): string | undefined {
    return this.#webhooks.get(path);
  }

  post(
    message: Pick<SlackMessage, 'channelId' | 'text' | 'blocks' | 'threadTs' | 'isBroadcast' | 'via'>,
  ): SlackMessage {
    const now = this.#simulation.now;
    this.#posted += 1;
    const ts = `${Math.floor(now / 1000)}.${String(this.#posted).padStart(6, '0')}`;
    const posted: SlackMessage = { ...message, ts, postedAt: now, earlier: [] };
    this.#messages.set(`${message.channelId} ${ts}`, posted);
    return posted;
  }

  find(channelId: string, ts: string): SlackMessage | undefined {
    return this.#messages.get(`${channelId} ${ts}`);
  }

  edit(message: SlackMessage, { text, blocks }: MessageContent): void {
    const earlier = [
      ...message.earlier,
      { text: message.text, blocks: message.blocks, until: this.#simulation.now },
    ];
    this.#messages.set(`${message.channelId} ${message.ts}`, { ...message, text, blocks, earlier });
  }

  /** Everything said in a channel, oldest first, threads included. */
  messages(channelId: string): readonly SlackMessage[] {
    return [...this.#messages.values()].filter((message) => message.channelId === channelId);
  }
}
