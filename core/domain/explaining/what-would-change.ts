import type { Forecast } from '../credits/forecast.ts';
import { announceWithin } from '../credits/last-responsible-moment.ts';
import type { Decision } from '../deciding/decision.ts';
import { durationText } from '../notices/time-text.ts';
import { nextStep } from '../reason-texts.ts';
import { type Duration, inSeconds } from '../units.ts';
import type { Explanation } from './explanation.ts';

/** The smallest change for each thing that stands in the way, in the order in which it is asked. */
export interface Change {
  /** The guard's name, or what decides where no guard does. */
  readonly of: string;
  readonly change: string;
}

/** Empty where the responder acts, or where only AWS's part is awaited. */
export function whatWouldChange(explanation: Explanation): readonly Change[] {
  const { asked, decision } = explanation;
  if (decision.kind === 'act') return [];
  const pressing = isCalm(decision) ? [pressureNeeded(explanation)].flatMap((one) => one ?? []) : [];
  switch (asked.kind) {
    case 'followed':
      return [];
    case 'no-target':
      return [...pressing, { of: 'no target', change: nextStep(asked.refusal) }];
    default:
      return [
        ...pressing,
        ...asked.answers.flatMap((answer) =>
          answer.says === 'refuse' || answer.says === 'unknown'
            ? [{ of: answer.guard.name, change: nextStep(answer.refusal) }]
            : [],
        ),
      ];
  }
}

/** Nothing presses: also a plan that no guard stands against would not be carried out. */
const isCalm = ({ kind }: Decision): boolean => kind === 'leave' || kind === 'watch' || kind === 'conclude';

type Seen = Exclude<Forecast, { readonly kind: 'unknown' }>;

function pressureNeeded({ credits, decision, situation, rules }: Explanation): Change | undefined {
  if (decision.kind === 'watch' && decision.reason.code === 'falls-turn-around')
    return {
      of: 'earlier falls',
      change: `${nextStep(decision.reason)}, or when too many of them would have emptied the bucket`,
    };
  if (credits === undefined || credits.forecast.kind === 'unknown') return undefined;
  const horizon = announceWithin(rules.policy.leadTime, situation.balance);
  const { bucket, forecast } = credits;
  const rate = rateToWall(bucket.capacity, forecast, horizon) + bucket.baseline;
  const within = `within ${durationText(horizon)}`;
  const change =
    rate <= bucket.burst
      ? `from ${forecast.balance.toFixed(1)} % a demand of ${count(rate)} ${bucket.unit} would bring the wall ${within}, and the guards would decide`
      : `from ${forecast.balance.toFixed(1)} % not even ${count(bucket.burst)} ${bucket.unit} of full burst brings the wall ${within}; it is nearer from ${lowEnough(bucket, horizon)} % on`;
  return { of: 'nothing presses', change };
}

/** What has to leave the bucket every second for it to be empty at the end of the horizon. */
const rateToWall = (capacity: number, { balance }: Seen, horizon: Duration): number =>
  (capacity * balance) / 100 / inSeconds(horizon);

/** The balance that full burst empties within the horizon. */
const lowEnough = (
  { capacity, burst, baseline }: NonNullable<Explanation['credits']>['bucket'],
  horizon: Duration,
): string => Math.floor((100 * (burst - baseline) * inSeconds(horizon)) / capacity).toString();

const count = (rate: number): string => Math.ceil(rate).toLocaleString('en-US');
