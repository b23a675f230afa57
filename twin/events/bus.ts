import { type AwsEvent, type CouldMatch, type EventContent, envelopes, type Place } from '../aws-event.ts';
import { between, type Random, randomStream } from '../random.ts';
import { NotImitatedError, ServiceError } from '../service-error.ts';
import type { Simulation, TwinTime } from '../simulation.ts';
import { compilePattern, type EventPattern } from './pattern.ts';
import { parseScheduleExpression } from './schedule-expression.ts';
import { assertRuleTarget, type Target, type TargetDelivery } from './target-delivery.ts';

export interface RuleDefinition {
  readonly name: string;
  readonly trigger: { readonly pattern: EventPattern } | { readonly schedule: string };
  readonly isEnabled: boolean;
  readonly targets: readonly Target[];
  readonly tags?: Readonly<Record<string, string>>;
}

/** What may happen to the events of one source between its sender and a target; probabilities from 0 to 1. */
export interface DeliveryFaults {
  readonly duplicate: number;
  /** Only for sources that AWS delivers with best effort. */
  readonly drop: number;
  /** Milliseconds. */
  readonly delay: { readonly low: number; readonly high: number };
  /** How often an event is held back by up to a minute more, so that later ones overtake it. */
  readonly reorder: number;
}

/** EventBridge promises no latency; these are within what its user guide calls typical (about half a second). */
const NO_FAULTS: DeliveryFaults = { duplicate: 0, drop: 0, delay: { low: 100, high: 900 }, reorder: 0 };
const HELD_BACK_MS = 60_000;
/** Source: EventBridge reference, "Event delivery level from AWS services": aws.ec2 best effort, aws.cloudwatch durable. */
const BEST_EFFORT: ReadonlySet<string> = new Set(['aws.ec2']);

/** Source: EventBridge API reference, PutTargets, and quotas: 5 for each rule. */
const MOST_TARGETS = 5;

export interface BusEvent {
  readonly at: TwinTime;
  readonly event: AwsEvent;
  readonly rules: readonly string[];
}

interface Rule {
  readonly definition: RuleDefinition;
  isEnabled: boolean;
  readonly arn: string;
  readonly matches: (event: AwsEvent) => boolean;
  readonly couldMatch: CouldMatch;
}

export interface BusOptions {
  readonly simulation: Simulation;
  readonly place: Place;
  readonly delivery: TargetDelivery;
  readonly seed: number;
}

/** The default event bus with its rules. */
export class Bus {
  /** Every event that was sent to the bus and the rules it met; see `couldMatch` for what is not sent at all. */
  readonly log: BusEvent[] = [];
  readonly #options: BusOptions;
  readonly #rules = new Map<string, Rule>();
  readonly #faults = new Map<string, DeliveryFaults>();
  readonly #random: Random;
  readonly #envelope: (content: EventContent) => AwsEvent;
  #loses: (event: AwsEvent) => boolean = () => false;

  constructor(options: BusOptions) {
    this.#options = options;
    this.#random = randomStream(options.seed, 'event bus');
    this.#envelope = envelopes(options.simulation, options.place, '5c4edae5');
  }

  arn(ruleName: string): string {
    const { region, account } = this.#options.place;
    return `arn:aws:events:${region}:${account}:rule/${ruleName}`;
  }

  putRule(definition: RuleDefinition): void {
    const { name, targets, trigger } = definition;
    if (targets.length > MOST_TARGETS) {
      throw new ServiceError('LimitExceededException', `rule ${name} has more than ${MOST_TARGETS} targets`);
    }
    for (const target of targets) assertRuleTarget(target);
    const matcher = 'pattern' in trigger ? matcherOf(trigger.pattern) : NO_EVENT;
    const rule = { definition, isEnabled: definition.isEnabled, arn: this.arn(name), ...matcher };
    this.#rules.set(name, rule);
    if ('schedule' in trigger)
      this.#recur(rule, parseScheduleExpression(trigger.schedule), this.#options.simulation.now);
  }

  deleteRule(name: string): void {
    this.#rules.delete(name);
  }

  has(name: string): boolean {
    return this.#rules.has(name);
  }

  /** @throws ResourceNotFoundException */
  rule(name: string): RuleDefinition {
    const { definition, isEnabled } = this.#get(name);
    return { ...definition, isEnabled };
  }

  /** Test-side: what DisableRule and EnableRule do. */
  setEnabled(name: string, isEnabled: boolean): void {
    this.#get(name).isEnabled = isEnabled;
  }

  #get(name: string): Rule {
    const rule = this.#rules.get(name);
    if (rule !== undefined) return rule;
    throw new ServiceError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);
  }

  setFaults(source: string, faults: Partial<DeliveryFaults>): void {
    if ((faults.drop ?? 0) > 0 && !BEST_EFFORT.has(source)) {
      throw new NotImitatedError(
        `events of ${source} are delivered at least once; lose() takes them away on purpose`,
      );
    }
    this.#faults.set(source, { ...NO_FAULTS, ...faults });
  }

  /** Test-side: events that `loses` accepts, those of schedules included, never reach a rule, which AWS promises not to do to durable sources. */
  lose(loses: (event: AwsEvent) => boolean): void {
    this.#loses = loses;
  }

  /** What no enabled rule could match need not be sent. */
  readonly couldMatch: CouldMatch = (kind) =>
    [...this.#rules.values()].some(({ isEnabled, couldMatch }) => isEnabled && couldMatch(kind));

  /** Takes an event of an AWS service; senders get no answer. */
  readonly emit = (event: AwsEvent): void => {
    const isLost = this.#loses(event);
    const rules = [...this.#rules.values()].filter(
      ({ isEnabled, matches }) => !isLost && isEnabled && matches(event),
    );
    this.log.push({
      at: this.#options.simulation.now,
      event,
      rules: rules.map(({ definition }) => definition.name),
    });
    for (const rule of rules) this.#send(rule, event);
  };

  #send(rule: Rule, event: AwsEvent): void {
    const faults = this.#faults.get(event.source) ?? NO_FAULTS;
    for (const target of rule.definition.targets) {
      if (this.#random() < faults.drop) continue;
      this.#deliverLater(rule, target, event, faults);
      if (this.#random() < faults.duplicate) this.#deliverLater(rule, target, event, faults);
    }
  }

  #deliverLater(rule: Rule, target: Target, event: AwsEvent, faults: DeliveryFaults): void {
    const heldBack = this.#random() < faults.reorder ? between(this.#random, 0, HELD_BACK_MS) : 0;
    const delay = between(this.#random, faults.delay.low, faults.delay.high) + heldBack;
    const { simulation, delivery } = this.#options;
    const payload = target.input ?? JSON.stringify(event);
    const acceptedAt = simulation.now;
    simulation.after(Math.round(delay), () =>
      delivery.deliver({ senderArn: rule.arn, target, payload, acceptedAt }),
    );
  }

  #recur(rule: Rule, next: (previous: TwinTime) => TwinTime, previous: TwinTime): void {
    const time = next(previous);
    this.#options.simulation.at(time, () => {
      if (this.#rules.get(rule.definition.name) !== rule) return;
      this.#recur(rule, next, time);
      if (!rule.isEnabled) return;
      const event = this.#envelope({
        detailType: 'Scheduled Event',
        source: 'aws.events',
        resources: [rule.arn],
        detail: {},
      });
      if (!this.#loses(event)) this.#send(rule, event);
    });
  }
}

const NO_EVENT = { matches: () => false, couldMatch: () => false };

function matcherOf(pattern: EventPattern): Pick<Rule, 'matches' | 'couldMatch'> {
  const matches = compilePattern(pattern);
  const kind = Object.fromEntries(
    Object.entries(pattern).filter(([name]) => name === 'source' || name === 'detail-type'),
  );
  const couldMatch = Object.keys(kind).length === 0 ? () => true : compilePattern(kind);
  return { matches: (event) => matches({ ...event }), couldMatch };
}
