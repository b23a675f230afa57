import { createHash } from 'node:crypto';
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { ServiceError } from '../service-error.ts';
import type { Simulation, TwinTime } from '../simulation.ts';

/** Source of all defaults and ranges: SQS API reference, SetQueueAttributes; SQS developer guide, message quotas. */
export const QUEUE_DEFAULTS = {
  visibilityTimeout: 30,
  retention: 345_600,
  delay: 0,
  maximumMessageSize: 1_048_576,
};

export interface QueueDefinition {
  readonly name: string;
  /** Seconds, 0 to 43,200. */
  readonly visibilityTimeout?: number;
  /** Seconds, 60 to 1,209,600. */
  readonly retention?: number;
  /** Seconds, 0 to 900. */
  readonly delay?: number;
  readonly redrive?: { readonly deadLetterQueueArn: string; readonly maxReceiveCount: number };
  readonly tags?: Readonly<Record<string, string>>;
}

export type MessageAttributes = Readonly<Record<string, MessageAttributeValue>>;

export interface Message {
  readonly messageId: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly messageAttributes: MessageAttributes;
  readonly senderId: string;
  readonly sentAt: TwinTime;
  readonly receiveCount: number;
  readonly firstReceivedAt: TwinTime | undefined;
  /** Hidden before this time: delayed when never received, in flight otherwise. */
  readonly visibleAt: TwinTime;
  readonly receiptHandle: string | undefined;
}

export type ReceivedMessage = Message & {
  readonly receiptHandle: string;
  readonly firstReceivedAt: TwinTime;
};

export interface Sending {
  readonly body: string;
  readonly senderId: string;
  readonly messageAttributes?: MessageAttributes | undefined;
  readonly delaySeconds?: number | undefined;
}

export interface QueueOptions {
  readonly definition: QueueDefinition;
  readonly arn: string;
  readonly url: string;
  readonly simulation: Simulation;
  readonly deadLetterQueue: () => Queue | undefined;
}

/** A standard queue. Messages come in the order they were sent, which AWS does not promise. */
export class Queue {
  readonly definition: QueueDefinition;
  readonly arn: string;
  readonly url: string;
  /** Test-side: sending and receiving fail while this is set. */
  isDown = false;
  readonly #simulation: Simulation;
  readonly #deadLetterQueue: () => Queue | undefined;
  readonly #messages = new Map<string, Message>();
  readonly #listeners: (() => void)[] = [];
  #sent = 0;

  constructor({ definition, arn, url, simulation, deadLetterQueue }: QueueOptions) {
    this.definition = definition;
    this.arn = arn;
    this.url = url;
    this.#simulation = simulation;
    this.#deadLetterQueue = deadLetterQueue;
  }

  get visibilityTimeoutMs(): number {
    return (this.definition.visibilityTimeout ?? QUEUE_DEFAULTS.visibilityTimeout) * 1000;
  }

  get retentionMs(): number {
    return (this.definition.retention ?? QUEUE_DEFAULTS.retention) * 1000;
  }

  /** @throws ServiceError for a body that SQS refuses, or while the queue is down. */
  send({ body, senderId, messageAttributes = {}, delaySeconds }: Sending): Message {
    this.#assertUp();
    assertAcceptableBody(body);
    const now = this.#simulation.now;
    this.#sent += 1;
    const message: Message = {
      messageId: `${createHash('md5').update(this.arn).digest('hex').slice(0, 8)}-0000-4000-8000-${String(this.#sent).padStart(12, '0')}`,
      body,
      md5OfBody: createHash('md5').update(body).digest('hex'),
      messageAttributes,
      senderId,
      sentAt: now,
      receiveCount: 0,
      firstReceivedAt: undefined,
      visibleAt: now + (delaySeconds ?? this.definition.delay ?? QUEUE_DEFAULTS.delay) * 1000,
      receiptHandle: undefined,
    };
    this.#store(message);
    return message;
  }

  /** Up to `maximum` visible messages, which then stay hidden for the visibility timeout. */
  receive(maximum: number, visibilityTimeoutMs = this.visibilityTimeoutMs): ReceivedMessage[] {
    this.#assertUp();
    const received: ReceivedMessage[] = [];
    for (const message of this.#visible()) {
      if (received.length === maximum) break;
      if (message.receiveCount >= (this.definition.redrive?.maxReceiveCount ?? Number.POSITIVE_INFINITY)) {
        this.#moveToDeadLetters(message);
      } else received.push(this.#deliver(message, visibilityTimeoutMs));
    }
    return received;
  }

  /** A handle of an earlier delivery is accepted and does nothing, as SQS documents. */
  delete(receiptHandle: string): void {
    const message = this.#messages.get(receiptHandle.split('#')[0] ?? '');
    if (message?.receiptHandle === receiptHandle) this.#messages.delete(message.messageId);
  }

  /** Called whenever a message has become visible. */
  onVisible(listener: () => void): void {
    this.#listeners.push(listener);
  }

  get visibleCount(): number {
    return this.#visible().length;
  }

  /** Test-side: every message that is kept, visible or not. */
  peek(): readonly Message[] {
    this.#prune();
    return [...this.#messages.values()];
  }

  #deliver(message: Message, visibilityTimeoutMs: number): ReceivedMessage {
    const now = this.#simulation.now;
    const receiveCount = message.receiveCount + 1;
    const delivered = {
      ...message,
      receiveCount,
      firstReceivedAt: message.firstReceivedAt ?? now,
      visibleAt: now + visibilityTimeoutMs,
      receiptHandle: `${message.messageId}#${receiveCount}`,
    };
    this.#store(delivered);
    return delivered;
  }

  /** The time of sending is kept, so retention goes on counting from there: SQS developer guide, dead-letter queues. */
  #moveToDeadLetters(message: Message): void {
    const deadLetterQueue = this.#deadLetterQueue();
    if (deadLetterQueue === undefined) return;
    this.#messages.delete(message.messageId);
    deadLetterQueue.#store({ ...message, visibleAt: this.#simulation.now, receiptHandle: undefined });
  }

  #store(message: Message): void {
    this.#messages.set(message.messageId, message);
    this.#simulation.at(message.visibleAt, () => {
      if (this.#messages.get(message.messageId) !== message) return;
      for (const listener of this.#listeners) listener();
    });
  }

  #visible(): Message[] {
    this.#prune();
    return [...this.#messages.values()].filter(({ visibleAt }) => visibleAt <= this.#simulation.now);
  }

  #prune(): void {
    const oldest = this.#simulation.now - this.retentionMs;
    for (const { messageId, sentAt } of this.#messages.values()) {
      if (sentAt < oldest) this.#messages.delete(messageId);
    }
  }

  #assertUp(): void {
    if (!this.isDown) return;
    throw new ServiceError(
      'ServiceUnavailable',
      'The request has failed due to a temporary failure of the server.',
      {
        $fault: 'server',
        httpStatusCode: 503,
      },
    );
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: SQS takes exactly the characters that XML 1.0 takes.
const REFUSED_CHARACTER = /[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

function assertAcceptableBody(body: string): void {
  if (body === '')
    throw new ServiceError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (REFUSED_CHARACTER.test(body)) {
    throw new ServiceError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  }
  if (Buffer.byteLength(body) > QUEUE_DEFAULTS.maximumMessageSize) {
    throw new ServiceError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${QUEUE_DEFAULTS.maximumMessageSize} bytes.`,
    );
  }
}
