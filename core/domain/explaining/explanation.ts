import { thresholdOf } from '../credits/alarm-plan.ts';
import { type CreditBucket, creditBucketOf } from '../credits/credit-bucket.ts';
import { type Forecast, forecast } from '../credits/forecast.ts';
import { decide } from '../deciding/decide.ts';
import { wantedPlan } from '../deciding/decide-rescue.ts';
import { wayBack } from '../deciding/decide-return.ts';
import type { Decision, Plan } from '../deciding/decision.ts';
import type { Rules } from '../deciding/rules.ts';
import type { Situation } from '../deciding/situation.ts';
import type { AwsRefusal, Refusal } from '../reasons.ts';
import type { Percent } from '../units.ts';
import { askGuards, type GuardAnswer } from './ask-guards.ts';

/** What the guards were asked about. */
export type Asked =
  | { readonly kind: 'guards'; readonly plan: Plan; readonly answers: readonly GuardAnswer[] }
  /** Nothing was found that they could be asked about. */
  | { readonly kind: 'no-target'; readonly refusal: Refusal | AwsRefusal }
  /** A modification of ours is under way; it is followed, and no guard is asked. */
  | { readonly kind: 'followed' };

/** Why the responder does what it does with one volume, from the very facts and the very function it decides by. */
export interface Explanation {
  readonly situation: Situation;
  readonly rules: Rules;
  readonly decision: Decision;
  /** `undefined` where the volume has no bucket that could run out. */
  readonly credits:
    | { readonly bucket: CreditBucket; readonly threshold: Percent; readonly forecast: Forecast }
    | undefined;
  readonly asked: Asked;
}

export function explain(situation: Situation, rules: Rules): Explanation {
  const { volume, balance, now } = situation;
  const bucket = creditBucketOf(volume);
  const credits = bucket && {
    bucket,
    threshold: thresholdOf(bucket, rules.policy),
    forecast: forecast({ balance, bucket, now }),
  };
  return { situation, rules, decision: decide(situation, rules), credits, asked: askedOf(situation, rules) };
}

function askedOf(situation: Situation, rules: Rules): Asked {
  const held = situation.openCase;
  switch (held?.state) {
    case 'intended':
    case 'upgrading':
    case 'returning':
      return { kind: 'followed' };
    case 'bridged':
      return guarded(wayBack(held, situation, rules), situation, rules);
    default: {
      const wanted = wantedPlan(situation, rules);
      return wanted.kind === 'plan'
        ? guarded(wanted.plan, situation, rules)
        : { kind: 'no-target', refusal: wanted.refusal };
    }
  }
}

const guarded = (plan: Plan, situation: Situation, { policy }: Rules): Asked => ({
  kind: 'guards',
  plan,
  answers: askGuards({ situation, policy, plan }),
});
