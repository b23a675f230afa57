import type { AsynchronousInvocations } from '../lambda/asynchronous-invocations.ts';
import { NotImitatedError, ServiceError } from '../service-error.ts';
import type { Simulation, TwinTime } from '../simulation.ts';
import type { Queues } from '../sqs/queues.ts';

export interface Target {
  /** Of those of its rule. */
  readonly id?: string;
  readonly arn: string;
  /** A constant instead of the event; of a rule a JSON text of at most 8,192 characters. */
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

/** Source: EventBridge API reference, Target. */
const LONGEST_INPUT = 8192;
/** Sources: EventBridge and Scheduler API references, RetryPolicy. */
const RETRIES = { least: 0, most: DEFAULT_RETRIES };
const EVENT_AGE_S = { least: 60, most: DEFAULT_EVENT_AGE_S };

/** @throws ValidationException for what PutTargets refuses as the target of a rule. */
export function assertRuleTarget(target: Target): void {
  const { input } = target;
  if (input !== undefined && (input.length > LONGEST_INPUT || !isJson(input)))
    throw invalid(`Input must be a JSON text of at most ${LONGEST_INPUT} characters`);
  assertRetryPolicy(target);
}

/** @throws ValidationException for what neither EventBridge nor Scheduler takes. */
export function assertRetryPolicy({ maximumRetryAttempts, maximumEventAge }: Target): void {
  if (!isWithin(RETRIES, maximumRetryAttempts))
    throw invalid(`MaximumRetryAttempts must be from ${RETRIES.least} to ${RETRIES.most}`);
  if (!isWithin(EVENT_AGE_S, maximumEventAge))
    throw invalid(`MaximumEventAgeInSeconds must be from ${EVENT_AGE_S.least} to ${EVENT_AGE_S.most}`);
}

const isWithin = ({ least, most }: typeof RETRIES, value: number | undefined): boolean =>
  value === undefined || (value >= least && value <= most);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

const invalid = (message: string): ServiceError => new ServiceError('ValidationException', message);

type ExhaustedCondition = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';

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
    // Source: EventBridge user guide, eb-rule-dlq: a target that does not exist is not tried again.
    if (error.$fault !== 'server') this.#bury(delivery, retries, error);
    else if (retries >= maximumRetryAttempts) this.#bury(delivery, retries, error, 'MaximumRetryAttempts');
    else if (isTooOld) this.#bury(delivery, retries, error, 'MaximumEventAgeInSeconds');
    else this.#simulation.after(delay, () => this.#attempt(delivery, retries + 1));
  }

  #bury(delivery: Delivery, retries: number, error: ServiceError, exhausted?: ExhaustedCondition): void {
    const { target, payload } = delivery;
    const errorCode = errorCodeOf(delivery, error);
    const queue =
      target.deadLetterQueueArn === undefined ? undefined : this.#queues.find(target.deadLetterQueueArn);
    if (queue === undefined || queue.isDown) {
      this.lost.push({ ...delivery, at: this.#simulation.now, errorCode });
      return;
    }
    queue.send({
      body: payload,
      senderId: 'events.amazonaws.com',
      messageAttributes: {
        ...sender(delivery),
        TARGET_ARN: text(target.arn),
        ERROR_CODE: text(errorCode),
        ERROR_MESSAGE: text(error.message),
        RETRY_ATTEMPTS: text(String(retries)),
        ...(exhausted && { EXHAUSTED_RETRY_CONDITION: text(exhausted) }),
      },
    });
  }
}

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

const isSchedule = ({ senderArn }: Delivery): boolean => senderArn.startsWith('arn:aws:scheduler:');

const sender = (delivery: Delivery) =>
  isSchedule(delivery) ? { SCHEDULE_ARN: text(delivery.senderArn) } : { RULE_ARN: text(delivery.senderArn) };

/**
 * Of a rule EventBridge's own code, of a schedule what the target's service answered. Sources: EventBridge user guide,
 * eb-rule-dlq, which lists the codes without saying when; Scheduler user guide, configuring-schedule-dlq.
 */
function errorCodeOf(delivery: Delivery, error: ServiceError): string {
  if (isSchedule(delivery)) return error.name;
  return error.$fault === 'server' ? 'ERROR_FROM_TARGET' : 'NO_RESOURCE';
}
