import type { SQSEvent, SQSMessageAttributes, SQSRecord } from 'aws-lambda';
import { ServiceError } from '../service-error.ts';
import type { Simulation, TwinTime } from '../simulation.ts';
import type { Queue, ReceivedMessage } from '../sqs/queue.ts';
import { systemAttributes } from '../sqs/service.ts';
import { reportedFailures } from './batch-failures.ts';
import type { Functions, Invocation } from './functions.ts';

export interface QueueSourceDefinition {
  readonly functionName: string;
  /** 1 to 10,000, default 10; above 10 only with a window. */
  readonly batchSize?: number;
  /** Seconds, 0 to 300. */
  readonly maximumBatchingWindow?: number;
  /** 2 to 1,000. */
  readonly maximumConcurrency?: number;
  readonly reportBatchItemFailures: boolean;
}

/** How soon Lambda polls again after the queue answered with an error; AWS documents no number. */
const ERROR_PAUSE_MS = 20_000;
/** How soon a throttled batch is tried again; AWS backs off without documenting numbers. */
const THROTTLE_PAUSE_MS = 10_000;

/**
 * Lambda's poller of one SQS queue. Messages are received when the batch is full or its window has passed, in AWS
 * already while it gathers, so here their visibility timeout starts up to a window later.
 */
export class QueueSource {
  isEnabled = true;
  readonly #definition: QueueSourceDefinition;
  readonly #queue: Queue;
  readonly #simulation: Simulation;
  readonly #functions: Functions;
  readonly #region: string;
  #running = 0;
  /** When the batch that is being gathered goes out even if it is not full. */
  #windowEnd: TwinTime | undefined;

  constructor(
    definition: QueueSourceDefinition,
    context: { queue: Queue; simulation: Simulation; functions: Functions; region: string },
  ) {
    this.#definition = definition;
    this.#queue = context.queue;
    this.#simulation = context.simulation;
    this.#functions = context.functions;
    this.#region = context.region;
    assertAcceptable(definition, this.#queue, this.#functions);
    this.#queue.onVisible(() => this.#gather());
    this.#gather();
  }

  get #batchSize(): number {
    return this.#definition.batchSize ?? 10;
  }

  #gather(): void {
    if (this.#queue.visibleCount === 0) return;
    this.#windowEnd ??= this.#simulation.now + (this.#definition.maximumBatchingWindow ?? 0) * 1000;
    const isFull = this.#queue.visibleCount >= this.#batchSize;
    this.#simulation.at(isFull ? this.#simulation.now : this.#windowEnd, () => this.#poll());
  }

  get #isDue(): boolean {
    if (this.#windowEnd === undefined || !this.isEnabled) return false;
    if (this.#running >= (this.#definition.maximumConcurrency ?? Number.POSITIVE_INFINITY)) return false;
    return this.#simulation.now >= this.#windowEnd || this.#queue.visibleCount >= this.#batchSize;
  }

  async #poll(): Promise<void> {
    if (!this.#isDue) return;
    if (this.#queue.isDown) {
      this.#simulation.after(ERROR_PAUSE_MS, () => this.#poll());
      return;
    }
    this.#windowEnd = undefined;
    const messages = this.#queue.receive(this.#batchSize);
    if (messages.length === 0) return;
    this.#running += 1;
    this.#gather();
    await this.#invoke(messages);
  }

  async #invoke(messages: readonly ReceivedMessage[]): Promise<void> {
    await this.#functions.start({
      functionName: this.#definition.functionName,
      trigger: 'queue',
      event: this.#event(messages),
      onEnd: (outcome) => this.#ended(messages, outcome),
    });
  }

  /** A throttled batch is tried again as long as its messages are hidden from everybody else. */
  #ended(messages: readonly ReceivedMessage[], outcome: Invocation['outcome']): void {
    const retryAt = this.#simulation.now + THROTTLE_PAUSE_MS;
    if (outcome.kind === 'throttled' && messages.every(({ visibleAt }) => retryAt < visibleAt)) {
      this.#simulation.at(retryAt, () => this.#invoke(messages));
      return;
    }
    this.#running -= 1;
    const failed = this.#failed(messages, outcome);
    for (const { messageId, receiptHandle } of messages)
      if (!failed.has(messageId)) this.#queue.delete(receiptHandle);
    this.#gather();
  }

  /** Failed messages stay hidden until their visibility timeout has passed. */
  #failed(messages: readonly ReceivedMessage[], outcome: Invocation['outcome']): ReadonlySet<string> {
    const identifiers = messages.map(({ messageId }) => messageId);
    if (outcome.kind !== 'succeeded') return new Set(identifiers);
    return this.#definition.reportBatchItemFailures
      ? reportedFailures(outcome.result, identifiers)
      : new Set();
  }

  #event(messages: readonly ReceivedMessage[]): SQSEvent {
    return { Records: messages.map((message) => this.#record(message)) };
  }

  #record(message: ReceivedMessage): SQSRecord {
    return {
      messageId: message.messageId,
      receiptHandle: message.receiptHandle,
      body: message.body,
      attributes: systemAttributes(message),
      messageAttributes: messageAttributes(message),
      md5OfBody: message.md5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: this.#queue.arn,
      awsRegion: this.#region,
    };
  }
}

const messageAttributes = (message: ReceivedMessage): SQSMessageAttributes =>
  Object.fromEntries(
    Object.entries(message.messageAttributes).map(([name, { DataType, StringValue }]) => [
      name,
      {
        dataType: (DataType ?? 'String') as 'String',
        ...(StringValue !== undefined && { stringValue: StringValue }),
      },
    ]),
  );

/** Source: Lambda API reference, CreateEventSourceMapping; Lambda developer guide, "Using Lambda with Amazon SQS". */
function assertAcceptable(definition: QueueSourceDefinition, queue: Queue, functions: Functions): void {
  const { batchSize = 10, maximumBatchingWindow = 0, maximumConcurrency = 2 } = definition;
  assertRange('BatchSize', batchSize, 1, 10_000);
  assertRange('MaximumBatchingWindowInSeconds', maximumBatchingWindow, 0, 300);
  assertRange('MaximumConcurrency', maximumConcurrency, 2, 1000);
  if (batchSize > 10 && maximumBatchingWindow === 0) {
    throw invalid(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  }
  const timeout = functions.definition(definition.functionName).timeout;
  if (queue.visibilityTimeoutMs < timeout * 1000) {
    throw invalid(
      `Queue visibility timeout: ${queue.visibilityTimeoutMs / 1000} seconds is less than Function timeout: ${timeout} seconds`,
    );
  }
}

function assertRange(name: string, value: number, low: number, high: number): void {
  if (value < low || value > high) throw invalid(`${name} must be from ${low} to ${high}, got ${value}`);
}

const invalid = (message: string): ServiceError =>
  new ServiceError('InvalidParameterValueException', message);
