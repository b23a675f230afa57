import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import { NotImitatedError, ServiceError } from '../service-error.ts';
import type { Simulation, TwinTime } from '../simulation.ts';
import type { Queues } from '../sqs/queues.ts';

export interface Publication {
  readonly messageId: string;
  readonly at: TwinTime;
  readonly subject: string | undefined;
  readonly message: string;
  readonly messageAttributes: Readonly<Record<string, MessageAttributeValue>>;
  /** Mail addresses that were sent the message. */
  readonly mailedTo: readonly string[];
}

export interface Subscription {
  /** Of the topic's subscriptions, from 0; no two ever share one. */
  readonly number: number;
  readonly protocol: 'email' | 'sqs';
  readonly endpoint: string;
  readonly rawMessageDelivery: boolean;
  /** Nothing is sent to an endpoint that has not agreed. Source: SNS developer guide, "Confirming a subscription". */
  isConfirmed: boolean;
  /** Listed for 72 hours more, and sent nothing. Source: AWS Knowledge Center, "Deleted" SNS topic subscription. */
  isDeleted: boolean;
}

/** A standard topic; keeps what was published. */
export class Topic {
  readonly arn: string;
  /** Test-side: publishing fails while this is set. */
  isDown = false;
  readonly subscriptions: Subscription[] = [];
  readonly publications: Publication[] = [];

  constructor(arn: string) {
    this.arn = arn;
  }
}

export interface TopicsOptions {
  readonly simulation: Simulation;
  readonly accountId: string;
  readonly region: string;
  readonly queues: Queues;
}

/** All topics of an account in its Region. */
export class Topics {
  readonly #options: TopicsOptions;
  readonly #topics = new Map<string, Topic>();
  readonly #numbers = new Map<Topic, number>();

  constructor(options: TopicsOptions) {
    this.#options = options;
  }

  create(name: string): Topic {
    const { region, accountId } = this.#options;
    const topic = new Topic(`arn:aws:sns:${region}:${accountId}:${name}`);
    this.#topics.set(topic.arn, topic);
    return topic;
  }

  delete(arn: string): void {
    this.#topics.delete(arn);
  }

  /** @throws NotFound */
  get(arn: string | undefined): Topic {
    const topic = this.#topics.get(arn ?? '');
    if (topic === undefined) {
      throw new ServiceError('NotFoundException', 'Topic does not exist', { httpStatusCode: 404 });
    }
    return topic;
  }

  /** Mail addresses agree at once; a test takes that back by `isConfirmed`. */
  subscribe(topicArn: string, protocol: string, endpoint: string, rawMessageDelivery = false): void {
    if (protocol !== 'email' && protocol !== 'sqs') {
      throw new NotImitatedError(
        `SNS subscriptions of protocol ${protocol} are not imitated; imitated: email, sqs`,
      );
    }
    const topic = this.get(topicArn);
    const number = this.#numbers.get(topic) ?? 0;
    this.#numbers.set(topic, number + 1);
    const agreed = { isConfirmed: true, isDeleted: false };
    topic.subscriptions.push({ number, protocol, endpoint, rawMessageDelivery, ...agreed });
  }

  publish(
    topic: Topic,
    content: Pick<Publication, 'subject' | 'message' | 'messageAttributes'>,
  ): Publication {
    const { simulation } = this.#options;
    const publication: Publication = {
      ...content,
      messageId: `5a5a5a5a-0000-4000-8000-${String(topic.publications.length + 1).padStart(12, '0')}`,
      at: simulation.now,
      mailedTo: topic.subscriptions.flatMap(({ protocol, endpoint, isConfirmed, isDeleted }) =>
        protocol === 'email' && isConfirmed && !isDeleted ? [endpoint] : [],
      ),
    };
    topic.publications.push(publication);
    for (const subscription of topic.subscriptions) this.#deliver(topic, subscription, publication);
    return publication;
  }

  #deliver(
    topic: Topic,
    { protocol, endpoint, rawMessageDelivery }: Subscription,
    publication: Publication,
  ): void {
    if (protocol !== 'sqs') return;
    const body = rawMessageDelivery ? publication.message : JSON.stringify(envelope(topic, publication));
    this.#deliverToQueue(endpoint, body);
  }

  /** Never fails the publisher: SNS tries a queue that is down again, and drops what goes to one that does not exist. */
  #deliverToQueue(queueArn: string, body: string, retries = 0): void {
    const { queues, simulation } = this.#options;
    const queue = queues.find(queueArn);
    if (queue?.isDown !== true) queue?.send({ body, senderId: 'sns.amazonaws.com' });
    else if (retries < MOST_RETRIES) {
      simulation.after(retryDelay(retries), () => this.#deliverToQueue(queueArn, body, retries + 1));
    }
  }
}

/**
 * Source: SNS developer guide, "Message delivery retries", AWS managed endpoints: 3 at once, 2 a second apart, 10 that
 * back off from 1 to 20 s, 100,000 with 20 s between them. AWS does not say how it backs off, and adds jitter.
 */
const MOST_RETRIES = 100_015;
const retryDelay = (retries: number): number => {
  if (retries < 3) return 0;
  if (retries < 5) return 1_000;
  return Math.min(1_000 * 2 ** (retries - 5), 20_000);
};

/** Source: SNS developer guide, "Parsing Amazon SNS message formats". */
const envelope = (
  topic: Topic,
  { messageId, subject, message, at, messageAttributes }: Publication,
): object => ({
  Type: 'Notification',
  MessageId: messageId,
  TopicArn: topic.arn,
  ...(subject !== undefined && { Subject: subject }),
  Message: message,
  Timestamp: new Date(at).toISOString(),
  ...(Object.keys(messageAttributes).length > 0 && {
    MessageAttributes: Object.fromEntries(
      Object.entries(messageAttributes).map(([name, { DataType, StringValue }]) => [
        name,
        { Type: DataType, Value: StringValue },
      ]),
    ),
  }),
});
