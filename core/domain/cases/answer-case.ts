import type { Asked } from '../notices/notice.ts';
import type { AwsRefusal, LastVeto } from '../reasons.ts';
import { after, before, type Duration, earliest, type Instant, latest, minutes } from '../units.ts';
import type { Intended, PutOff } from './case.ts';
import type { CaseStep } from './case-step.ts';
import { accepted, refused } from './case-transitions.ts';
import { concluded } from './conclude-case.ts';
import { mayPassInMoments, untilOver } from './throttling.ts';
import { promiseFor } from './told.ts';

/** What came of asking AWS to modify a volume. */
export type ModifyAnswer =
  | { readonly kind: 'accepted'; readonly at: Instant; readonly requestId: string | undefined }
  | {
      readonly kind: 'refused';
      readonly refusal: AwsRefusal;
      readonly message: string;
      readonly requestId: string | undefined;
    }
  /** AWS was not asked. */
  | { readonly kind: 'stop'; readonly refusal: LastVeto }
  /** The reply was lost; only describing the volume can tell. */
  | { readonly kind: 'unknown'; readonly why: string };

const followInterval = minutes(1);
const retrySoon = minutes(1);
const retryTag = minutes(5);
const retryLater = minutes(15);

/** Takes AWS's answer to the case that recorded the intent. `undefined`: the outcome is unknown, the intent stays. */
export function answerCase(
  held: Intended,
  answer: ModifyAnswer,
  leadTime: Duration,
  now: Instant,
): CaseStep | undefined {
  switch (answer.kind) {
    case 'unknown':
      return undefined;
    case 'accepted':
      return accepted(held, answer.at, answer.requestId, now, after(now, followInterval));
    case 'stop':
      return notNow(held, answer.refusal, undefined, leadTime, now);
    case 'refused': {
      const { refusal } = answer;
      const asked = refusedCall(held, answer);
      if (refusal.code === 'aws-volume-gone')
        return tellingOf(asked, concluded(held, { ending: 'gone', reason: refusal }, now));
      const putOff = { until: retryAt(refusal, now), refusal };
      return tellingOf(asked, notNow(held, refusal, putOff, leadTime, now));
    }
  }
}

export const refusedCall = (
  { plan }: Intended,
  { requestId }: Extract<ModifyAnswer, { kind: 'refused' }>,
): Asked => ({ plan, state: 'refused', requestId });

/** Whoever asks AWS about a refusal needs the id of the call. */
function tellingOf(asked: Asked, step: CaseStep): CaseStep {
  const { said } = step;
  if (said?.kind !== 'warned' && said?.kind !== 'needed' && said?.kind !== 'ended') return step;
  return { ...step, said: { ...said, asked } };
}

function notNow(
  held: Intended,
  refusal: AwsRefusal | LastVeto,
  putOff: PutOff | undefined,
  leadTime: Duration,
  now: Instant,
): CaseStep {
  const callAt = held.predictedWall && before(held.predictedWall, leadTime);
  const isTime = callAt !== undefined && callAt <= now;
  const what = isTime && !mayPassInMoments(refusal, held, now) ? 'needed' : 'warned';
  const askAt = putOff?.until ?? after(now, refusal.code === 'state-untagged' ? retryTag : retryLater);
  const lookAt = held.bridge === undefined ? earliest(askAt, lookBy(callAt, now)) : askAt;
  const promisedAt = isTime || callAt === undefined ? undefined : promiseFor(callAt);
  return refused(held, refusal, what, { lookAt, putOff, promisedAt }, now);
}

/** However long AWS has to be waited for: the team is called when it is time, and what has changed is seen. */
function lookBy(callAt: Instant | undefined, now: Instant): Instant {
  const next = after(now, retryLater);
  return callAt === undefined || callAt <= now ? next : earliest(next, latest(callAt, after(now, retrySoon)));
}

/** AWS's own word on the next slot is believed; without it we ask again later rather than invent a time. */
function retryAt(refusal: AwsRefusal, now: Instant): Instant {
  if (refusal.code === 'aws-slots-used' && refusal.nextSlotAt !== undefined)
    return latest(refusal.nextSlotAt, after(now, retrySoon));
  return after(now, untilOver(refusal, retryLater));
}
