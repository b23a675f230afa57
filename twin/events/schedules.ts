import type { Place } from '../aws-event.ts';
import type { Simulation, TwinTime } from '../simulation.ts';
import { parseScheduleExpression, type Recurrence } from './schedule-expression.ts';
import { assertRetryPolicy, type Target, type TargetDelivery } from './target-delivery.ts';

export interface ScheduleDefinition {
  readonly name: string;
  readonly groupName: string;
  readonly expression: string;
  readonly isEnabled: boolean;
  readonly target: Target;
}

interface Schedule {
  readonly definition: ScheduleDefinition;
  readonly arn: string;
  executions: number;
}

/** EventBridge Scheduler. A rate starts at once, a cron expression at its first time. Source: Scheduler user guide, "Schedule types". */
export class Schedules {
  readonly #simulation: Simulation;
  readonly #place: Place;
  readonly #delivery: TargetDelivery;
  readonly #schedules = new Map<string, Schedule>();

  constructor({
    simulation,
    place,
    delivery,
  }: { simulation: Simulation; place: Place; delivery: TargetDelivery }) {
    this.#simulation = simulation;
    this.#place = place;
    this.#delivery = delivery;
  }

  arn({ groupName, name }: Pick<ScheduleDefinition, 'groupName' | 'name'>): string {
    return `arn:aws:scheduler:${this.#place.region}:${this.#place.account}:schedule/${groupName}/${name}`;
  }

  create(definition: ScheduleDefinition): void {
    assertRetryPolicy(definition.target);
    const schedule = { definition, arn: this.arn(definition), executions: 0 };
    this.#schedules.set(schedule.arn, schedule);
    const next = parseScheduleExpression(definition.expression);
    const now = this.#simulation.now;
    this.#recur(schedule, next, definition.expression.startsWith('rate') ? now : next(now));
  }

  delete(identity: Pick<ScheduleDefinition, 'groupName' | 'name'>): void {
    this.#schedules.delete(this.arn(identity));
  }

  #recur(schedule: Schedule, next: Recurrence, time: TwinTime): void {
    this.#simulation.at(time, () => {
      if (this.#schedules.get(schedule.arn) !== schedule) return;
      this.#recur(schedule, next, next(time));
      if (!schedule.definition.isEnabled) return;
      schedule.executions += 1;
      const payload = this.#payload(schedule, time);
      this.#delivery.deliver({
        senderArn: schedule.arn,
        target: schedule.definition.target,
        payload,
        acceptedAt: this.#simulation.now,
      });
    });
  }

  /** The schedule's input with its context attributes filled in, or Scheduler's default event. */
  #payload({ definition, arn, executions }: Schedule, time: TwinTime): string {
    const scheduledTime = `${new Date(time).toISOString().slice(0, 19)}Z`;
    const executionId = `5c4ed01e-0000-4000-8000-${String(executions).padStart(12, '0')}`;
    const { input } = definition.target;
    if (input === undefined) {
      return JSON.stringify({
        version: '0',
        id: executionId,
        'detail-type': 'Scheduled Event',
        source: 'aws.scheduler',
        account: this.#place.account,
        time: scheduledTime,
        region: this.#place.region,
        resources: [arn],
        detail: '{}',
      });
    }
    return input
      .replaceAll('<aws.scheduler.schedule-arn>', arn)
      .replaceAll('<aws.scheduler.scheduled-time>', scheduledTime)
      .replaceAll('<aws.scheduler.execution-id>', executionId)
      .replaceAll('<aws.scheduler.attempt-number>', '1');
  }
}
