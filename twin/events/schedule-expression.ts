import { NotImitatedError, ServiceError } from '../service-error.ts';
import type { TwinTime } from '../simulation.ts';

/** The first time strictly after `previous`; rates count from there, cron in UTC. */
export type Recurrence = (previous: TwinTime) => TwinTime;

const MINUTE = 60_000;
const UNIT: Readonly<Record<string, number>> = { minute: MINUTE, hour: 60 * MINUTE, day: 1440 * MINUTE };

/** Source: EventBridge user guide, "Setting a schedule pattern for scheduled rules". */
export function parseScheduleExpression(expression: string): Recurrence {
  const [, kind, content] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return rate(content as string, expression);
  if (kind === 'cron') return cron(content as string, expression);
  if (expression.startsWith('at('))
    throw new NotImitatedError(`schedule ${expression}: at() is not imitated`);
  throw refuse(expression);
}

function rate(content: string, expression: string): Recurrence {
  const [, count, unit, plural] = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(content) ?? [];
  // AWS refuses `rate(1 minutes)` and `rate(5 minute)`.
  if (count === undefined || (count === '1') !== (plural === '')) throw refuse(expression);
  const milliseconds = Number(count) * (UNIT[unit as string] as number);
  return (previous) => previous + milliseconds;
}

function cron(content: string, expression: string): Recurrence {
  const fields = content.split(' ');
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields as [string, string, ...string[]];
  if (fields.length !== 6 || (dayOfMonth === '?') === (dayOfWeek === '?')) throw refuse(expression);
  for (const field of [dayOfMonth, month, dayOfWeek, year]) {
    if (field !== '*' && field !== '?') {
      throw new NotImitatedError(`schedule ${expression}: only minutes and hours of cron are imitated`);
    }
  }
  const minutes = timesOf(minute, 60, expression);
  const hours = timesOf(hour, 24, expression);
  return (previous) => {
    let time = Math.floor(previous / MINUTE) * MINUTE + MINUTE;
    while (!hours.has(new Date(time).getUTCHours()) || !minutes.has(new Date(time).getUTCMinutes()))
      time += MINUTE;
    return time;
  };
}

/** The values below `end` that one cron field names: a star, `5`, `5,35`, `8-17`, `20-2`, `0/15`. */
function timesOf(field: string, end: number, expression: string): ReadonlySet<number> {
  return new Set(field.split(',').flatMap((part) => partOf(part, end, expression)));
}

const PART = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/([1-9]\d*))?$/;

/** A range may go round: `20-2` are the hours from 20 to 2. */
function partOf(part: string, end: number, expression: string): readonly number[] {
  const matched = PART.exec(part);
  if (matched === null) throw refuse(expression);
  const [, first, last, step] = matched;
  const from = Number(first ?? 0);
  const to = Number(last ?? (first === undefined || step !== undefined ? end - 1 : first));
  if (from >= end || to >= end) throw refuse(expression);
  const length = ((to - from + end) % end) + 1;
  const values = Array.from({ length }, (_, index) => (from + index) % end);
  return values.filter((_, index) => index % Number(step ?? 1) === 0);
}

const refuse = (expression: string): ServiceError =>
  new ServiceError('ValidationException', `Parameter ScheduleExpression is not valid: ${expression}`);
