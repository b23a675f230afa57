import type { StreamRecord, TableStream } from '../dynamodb/stream.ts';
import { compilePattern, type EventPattern } from '../events/pattern.ts';
import type { Simulation, TwinTime } from '../simulation.ts';
import type { Queues } from '../sqs/queues.ts';
import { reportedFailures } from './batch-failures.ts';
import { FailureDestination } from './failure-destination.ts';
import { failureRecord } from './failure-record.ts';
import type { Functions, Invocation } from './functions.ts';

export interface StreamSourceDefinition {
  readonly functionName: string;
  /** Default 100. */
  readonly batchSize?: number;
  /** Seconds. */
  readonly maximumBatchingWindow?: number;
  readonly bisectBatchOnFunctionError: boolean;
  /** -1, the default, retries until the records expire. */
  readonly maximumRetryAttempts?: number;
  /** Seconds; -1, the default, is the stream's own 24 h. */
  readonly maximumRecordAge?: number;
  readonly reportBatchItemFailures: boolean;
  readonly onFailureQueueArn?: string;
  /** A record is handed over if it matches one of them. */
  readonly filters?: readonly EventPattern[];
}

/** Source: DynamoDB developer guide, "Change data capture for DynamoDB Streams": data lives 24 hours. */
const RETENTION_MS = 86_400_000;
/** AWS backs off exponentially without documenting numbers. */
const RETRY_DELAY_MS = { first: 1000, longest: 60_000 };

/** What one invocation can be handed. Source: Lambda developer guide, "Lambda quotas", invocation payload, synchronous. */
const MAXIMUM_PAYLOAD_BYTES = 6 * 1024 * 1024;

interface Arrival {
  readonly record: StreamRecord;
  readonly at: TwinTime;
  /** Of the record in the event. */
  readonly bytes: number;
}

interface Batch {
  readonly arrivals: readonly Arrival[];
  /** Runs that count against the retry limit; splitting is free. */
  readonly failures: number;
  readonly runs: number;
}

/** Lambda's poller of one table's stream: in order, one batch at a time, and none passes a batch that fails. */
export class StreamSource {
  isEnabled = true;
  readonly destination: FailureDestination;
  readonly #definition: StreamSourceDefinition;
  readonly #stream: TableStream;
  readonly #simulation: Simulation;
  readonly #functions: Functions;
  readonly #accepts: (record: StreamRecord) => boolean;
  readonly #waiting: Arrival[] = [];
  #waitingBytes = 0;
  /** Parts of failed batches, to be done before anything new. */
  readonly #unfinished: Batch[] = [];
  #isBusy = false;
  /** When the batch that is being gathered goes out even if it is not full. */
  #windowEnd: TwinTime | undefined;

  constructor(
    definition: StreamSourceDefinition,
    context: { stream: TableStream; simulation: Simulation; functions: Functions; queues: Queues },
  ) {
    this.#definition = definition;
    this.#stream = context.stream;
    this.#simulation = context.simulation;
    this.#functions = context.functions;
    this.destination = new FailureDestination(context.queues);
    const filters = definition.filters?.map(compilePattern);
    this.#accepts = (record) => filters?.some((matches) => matches({ ...record })) ?? true;
    context.stream.subscribe((record) => this.#arrive(record));
  }

  #arrive(record: StreamRecord): void {
    if (!this.#accepts(record)) return;
    const bytes = Buffer.byteLength(JSON.stringify(record)) + ','.length;
    this.#waiting.push({ record, at: this.#simulation.now, bytes });
    this.#waitingBytes += bytes;
    this.#gather();
  }

  #gather(): void {
    if (this.#waiting.length === 0) return;
    this.#windowEnd ??= this.#simulation.now + (this.#definition.maximumBatchingWindow ?? 0) * 1000;
    this.#simulation.at(this.#isFull ? this.#simulation.now : this.#windowEnd, () => this.#next());
  }

  get #isFull(): boolean {
    return this.#waiting.length >= this.#batchSize || this.#waitingBytes >= MAXIMUM_PAYLOAD_BYTES;
  }

  get #batchSize(): number {
    return this.#definition.batchSize ?? 100;
  }

  async #next(): Promise<void> {
    if (this.#isBusy || !this.isEnabled) return;
    const batch = this.#unfinished.shift() ?? this.#newBatch();
    if (batch === undefined) return;
    this.#isBusy = true;
    await this.#functions.start({
      functionName: this.#definition.functionName,
      trigger: 'stream',
      event: { Records: batch.arrivals.map(({ record }) => record) },
      onEnd: (outcome, requestId) => this.#ended({ ...batch, runs: batch.runs + 1 }, outcome, requestId),
    });
  }

  #newBatch(): Batch | undefined {
    const isDue = this.#windowEnd !== undefined && this.#simulation.now >= this.#windowEnd;
    if (!isDue && !this.#isFull) return undefined;
    this.#windowEnd = undefined;
    const arrivals = this.#takeOnePayload();
    this.#gather();
    return arrivals.length === 0 ? undefined : { arrivals, failures: 0, runs: 0 };
  }

  #takeOnePayload(): Arrival[] {
    let count = 0;
    let bytes = 0;
    for (const arrival of this.#waiting.slice(0, this.#batchSize)) {
      if (bytes + arrival.bytes > MAXIMUM_PAYLOAD_BYTES) break;
      bytes += arrival.bytes;
      count += 1;
    }
    this.#waitingBytes -= bytes;
    return this.#waiting.splice(0, count);
  }

  #ended(batch: Batch, outcome: Invocation['outcome'], requestId: string): void {
    this.#isBusy = false;
    const failedAt = this.#firstFailure(batch, outcome);
    if (failedAt === undefined) {
      this.#simulation.after(0, () => this.#next());
      return;
    }
    const left = { ...batch, arrivals: batch.arrivals.slice(failedAt) };
    const parts =
      outcome.kind === 'throttled'
        ? this.#afterThrottle(left, requestId)
        : this.#afterFailure(left, failedAt > 0, requestId);
    this.#unfinished.unshift(...parts);
    const delay = Math.min(RETRY_DELAY_MS.first * 2 ** (batch.runs - 1), RETRY_DELAY_MS.longest);
    this.#simulation.after(parts.length > 0 ? delay : 0, () => this.#next());
  }

  /** The position of the first record that was not dealt with; undefined when all were. */
  #firstFailure({ arrivals }: Batch, outcome: Invocation['outcome']): number | undefined {
    if (outcome.kind !== 'succeeded') return 0;
    if (!this.#definition.reportBatchItemFailures) return undefined;
    const sequence = arrivals.map(({ record }) => record.dynamodb.SequenceNumber);
    const failed = reportedFailures(outcome.result, sequence);
    const first = sequence.findIndex((number) => failed.has(number));
    return first < 0 ? undefined : first;
  }

  /** What is to be tried again: halves, the rest after the records that succeeded, the whole, or nothing any more. */
  #afterFailure(batch: Batch, isProgress: boolean, requestId: string): Batch[] {
    const { arrivals, failures } = batch;
    if (this.#definition.bisectBatchOnFunctionError && isProgress) return [batch];
    if (this.#definition.bisectBatchOnFunctionError && arrivals.length > 1) {
      const middle = arrivals.length >> 1;
      return [
        { ...batch, arrivals: arrivals.slice(0, middle) },
        { ...batch, arrivals: arrivals.slice(middle) },
      ];
    }
    const limit = this.#definition.maximumRetryAttempts ?? -1;
    if (limit >= 0 && failures >= limit) return this.#giveUp(batch, 'RetryAttemptsExhausted', requestId);
    if (this.#isTooOld(batch)) return this.#giveUp(batch, 'MaximumRecordAgeExceeded', requestId);
    return [{ ...batch, failures: failures + 1 }];
  }

  /** Throttles use up no retry, but the records' time. */
  #afterThrottle(batch: Batch, requestId: string): Batch[] {
    return this.#isTooOld(batch) ? this.#giveUp(batch, 'MaximumRecordAgeExceeded', requestId) : [batch];
  }

  #isTooOld({ arrivals }: Batch): boolean {
    const seconds = this.#definition.maximumRecordAge ?? -1;
    const limit = seconds < 0 ? RETENTION_MS : seconds * 1000;
    return this.#simulation.now - (arrivals[0] as Arrival).at > limit;
  }

  #giveUp(
    { arrivals, runs }: Batch,
    condition: 'RetryAttemptsExhausted' | 'MaximumRecordAgeExceeded',
    requestId: string,
  ): Batch[] {
    const [first, last] = [arrivals[0] as Arrival, arrivals.at(-1) as Arrival];
    this.destination.send(this.#definition.onFailureQueueArn, {
      ...failureRecord({
        functionArn: this.#functions.arn(this.#definition.functionName),
        requestId,
        condition,
        invokeCount: runs,
        at: this.#simulation.now,
      }),
      DDBStreamBatchInfo: {
        shardId: 'shardId-00000000000000000000-twin',
        startSequenceNumber: first.record.dynamodb.SequenceNumber,
        endSequenceNumber: last.record.dynamodb.SequenceNumber,
        approximateArrivalOfFirstRecord: wholeSeconds(first.at),
        approximateArrivalOfLastRecord: wholeSeconds(last.at),
        batchSize: arrivals.length,
        streamArn: this.#stream.arn,
      },
    });
    return [];
  }
}

/** `2019-11-14T00:13:19Z`. */
const wholeSeconds = (at: TwinTime): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
