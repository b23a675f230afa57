import type { Simulation, TwinTime } from '../simulation.ts';
import type { Queues } from '../sqs/queues.ts';
import { FailureDestination } from './failure-destination.ts';
import { deadLetterAttributes, errorPayload, failureRecord } from './failure-record.ts';
import type { Functions, Invocation } from './functions.ts';

/** Sources: Lambda developer guide, "How Lambda handles errors and retries with asynchronous invocation". */
const RETRY_DELAYS_MS = [60_000, 120_000];
const MAXIMUM_EVENT_AGE_S = 21_600;
const THROTTLE_DELAY_MS = { first: 1000, longest: 300_000 };

interface Waiting {
  /** Name or ARN, with the version that was asked for. */
  readonly target: string;
  readonly event: unknown;
  readonly acceptedAt: TwinTime;
  /** Runs that ended in an error. */
  readonly failures: number;
  readonly throttles: number;
}

/** Lambda's own queue between `Event` invocations (EventBridge, Scheduler) and the function. */
export class AsynchronousInvocations {
  readonly destination: FailureDestination;
  readonly #simulation: Simulation;
  readonly #functions: Functions;

  constructor({
    simulation,
    functions,
    queues,
  }: { simulation: Simulation; functions: Functions; queues: Queues }) {
    this.#simulation = simulation;
    this.#functions = functions;
    this.destination = new FailureDestination(queues);
  }

  /** @throws ResourceNotFoundException for a function that does not exist; its failures come later. */
  accept(nameOrArn: string, event: unknown): void {
    this.#functions.definition(nameOrArn);
    const acceptedAt = this.#simulation.now;
    this.#schedule({ target: nameOrArn, event, acceptedAt, failures: 0, throttles: 0 }, 0);
  }

  #schedule(waiting: Waiting, delay: number): void {
    this.#simulation.after(delay, () => this.#attempt(waiting));
  }

  async #attempt(waiting: Waiting): Promise<void> {
    // A function deleted meanwhile takes its waiting events with it.
    if (this.#functions.find(waiting.target) === undefined) return;
    await this.#functions.start({
      functionName: waiting.target,
      trigger: 'asynchronous',
      event: waiting.event,
      onEnd: (outcome, requestId) => this.#ended(waiting, outcome, requestId),
    });
  }

  #ended(before: Waiting, outcome: Invocation['outcome'], requestId: string): void {
    if (outcome.kind === 'succeeded') return;
    const isThrottled = outcome.kind === 'throttled';
    const waiting = {
      ...before,
      failures: before.failures + (isThrottled ? 0 : 1),
      throttles: before.throttles + (isThrottled ? 1 : 0),
    };
    const { maximumRetryAttempts = RETRY_DELAYS_MS.length, maximumEventAge = MAXIMUM_EVENT_AGE_S } =
      this.#functions.asynchronousConfig(waiting.target);
    const delay = isThrottled ? throttleDelay(waiting.throttles) : RETRY_DELAYS_MS[waiting.failures - 1];
    if (this.#isSwitchedOff(waiting)) this.#giveUp(waiting, 'RetriesExhausted', outcome, requestId);
    else if (delay === undefined || waiting.failures > maximumRetryAttempts) {
      this.#giveUp(waiting, 'RetriesExhausted', outcome, requestId);
    } else if (this.#simulation.now + delay - waiting.acceptedAt > maximumEventAge * 1000) {
      this.#giveUp(waiting, 'EventAgeExceeded', outcome, requestId);
    } else this.#schedule(waiting, delay);
  }

  /** Source: Lambda developer guide, invocation-async-retain-records: with reserved concurrency 0 there are no retries. */
  #isSwitchedOff({ target }: Waiting): boolean {
    return this.#functions.find(target)?.reservedConcurrency === 0;
  }

  #giveUp(
    { target, event, failures }: Waiting,
    condition: 'RetriesExhausted' | 'EventAgeExceeded',
    outcome: Invocation['outcome'],
    requestId: string,
  ): void {
    const definition = this.#functions.find(target);
    if (definition === undefined) return;
    const functionArn = `${this.#functions.arn(definition.name)}:$LATEST`;
    const at = this.#simulation.now;
    this.destination.send(this.#functions.asynchronousConfig(target).onFailureQueueArn, {
      ...failureRecord({ functionArn, requestId, condition, invokeCount: failures, at }),
      requestPayload: event,
      responsePayload: errorPayload(outcome, requestId),
    });
    this.destination.send(definition.deadLetterQueueArn, event, deadLetterAttributes(outcome, requestId));
  }
}

const throttleDelay = (throttles: number): number =>
  Math.min(THROTTLE_DELAY_MS.first * 2 ** (throttles - 1), THROTTLE_DELAY_MS.longest);
