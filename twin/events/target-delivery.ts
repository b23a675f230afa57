import type { AsynchronousInvocations } from '../lambda/asynchronous-invocations.ts';
import { NotImitatedError, ServiceError } from '../service-error.ts';
import type { Simulation, TwinTime } from '../simulation.ts';
import type { Queues } from '../sqs/queues.ts';

export interface Target {
  readonly arn: string;
  /** A constant JSON text instead of the event. */
  readonly input?: string;
  readonly deadLetterQueueArn?: string;
  /** 0 to 185, the default. */
  readonly maximumRetryAttempts?: number;
  /** Seconds, 60 to 86,400, the default. */
  readonly maximumEventAge?: number;
}

/** Something on its way to one target; `senderArn` is the rule or schedule. */
export interface Delivery {
  readonly senderArn: string;
  readonly target: Target;
  readonly payload: string;
  readonly acceptedAt: TwinTime;
}

/** A delivery that ended nowhere: there was no dead-letter queue, or that failed too. AWS only counts these. */
export interface LostDelivery extends Delivery {
  readonly at: TwinTime;
  readonly errorCode: string;
}

/** Source: EventBridge user guide, "How EventBridge retries delivering events". */
const DEFAULT_RETRIES = 185;
const DEFAULT_EVENT_AGE_S = 86_400;
/** Exponential in AWS without documented numbers; this cap spends 185 attempts in a day. */
const LONGEST_DELAY_MS = 480_000;

/** Hands events of rules and schedules to SQS and Lambda, again and again while the target fails. */
export class TargetDelivery {
  readonly lost: LostDelivery[] = [];
  readonly #simulation: Simulation;
  readonly #queues: Queues;
  readonly #invocations: AsynchronousInvocations;

  constructor(context: { simulation: Simulation; queues: Queues; invocations: AsynchronousInvocations }) {
    this.#simulation = context.simulation;
    this.#queues = context.queues;
    this.#invocations = context.invocations;
  }

  deliver(delivery: Delivery): void {
    this.#attempt(delivery, 0);
  }

  #attempt(delivery: Delivery, retries: number): void {
    try {
      this.#hand(delivery);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      this.#failed(delivery, retries, error);
    }
  }

  #hand({ target, payload }: Delivery): void {
    const service = target.arn.split(':')[2];
    if (service === 'sqs')
      this.#queues.get(target.arn).send({ body: payload, senderId: 'events.amazonaws.com' });
    else if (service === 'lambda') this.#invocations.accept(target.arn, JSON.parse(payload));
    else
      throw new NotImitatedError(`EventBridge target ${target.arn} is not imitated; imitated: SQS, Lambda`);
  }

  #failed(delivery: Delivery, retries: number, error: ServiceError): void {
    const { maximumRetryAttempts = DEFAULT_RETRIES, maximumEventAge = DEFAULT_EVENT_AGE_S } = delivery.target;
    const delay = Math.min(1000 * 2 ** retries, LONGEST_DELAY_MS);
    const isTooOld = this.#simulation.now + delay - delivery.acceptedAt > maximumEventAge * 1000;
    // A target that does not exist is not tried again.
    if (error.$fault === 'server' && retries < maximumRetryAttempts && !isTooOld) {
      this.#simulation.after(delay, () => this.#attempt(delivery, retries + 1));
    } else this.#bury(delivery, retries, error);
  }

  #bury(delivery: Delivery, retries: number, error: ServiceError): void {
    const { target, senderArn, payload } = delivery;
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    const messageAttributes = {
      RULE_ARN: text(senderArn),
      TARGET_ARN: text(target.arn),
      ERROR_CODE: text(error.name),
      ERROR_MESSAGE: text(error.message),
      RETRY_ATTEMPTS: text(String(retries)),
    };
    const queue =
      target.deadLetterQueueArn === undefined ? undefined : this.#queues.find(target.deadLetterQueueArn);
    if (queue === undefined || queue.isDown) {
      this.lost.push({ ...delivery, at: this.#simulation.now, errorCode: error.name });
    } else queue.send({ body: payload, senderId: 'events.amazonaws.com', messageAttributes });
  }
}
