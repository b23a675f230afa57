import type { Returning } from '../cases/case.ts';
import { type CreditBucket, creditBucketOf, isHeldBack } from '../credits/credit-bucket.ts';
import { forecast, likelyWithin } from '../credits/forecast.ts';
import { isMutedAt } from '../look-at.ts';
import type { Reading, Series } from '../reading.ts';
import { after, minutes } from '../units.ts';
import type { Decision, Progress } from './decision.ts';
import { isHeadingForWall } from './holding-back.ts';
import type { Rules } from './rules.ts';
import type { Situation } from './situation.ts';

/** As soon as AWS has ended, the volume can be moved again: near its wall that is not to be seen minutes late. */
const nearInterval = minutes(1);

/**
 * The look at a running way back, or the word about the wall that it heads for. On the way to a slower type AWS promises no
 * more than that type, so for hours the volume may live on its bucket already, and only less load helps it.
 */
export function withWallInSight(
  running: Extract<Decision, { kind: 'await' }>,
  { plan, completedAt }: Returning,
  situation: Situation,
  { policy }: Rules,
): Decision {
  const { volume, balance, demand, now, mutedUntil } = situation;
  const bucket = creditBucketOf({ configuration: plan.to, size: volume.size });
  const isLeftAlone = policy.mode === 'off' || volume.attachment.kind === 'detached';
  if (bucket === undefined || isLeftAlone || completedAt !== undefined) return running;
  const seen = forecast({ balance, bucket, now });
  const isAtWall = seen.kind === 'at-wall';
  if (!isHeadingForWall(seen, situation, policy) || (isAtWall && isRefilling(demand, bucket))) return running;
  const dueAt = after(now, nearInterval);
  if (!likelyWithin(seen, now, policy.leadTime)) return { ...running, dueAt };
  return {
    kind: isMutedAt(mutedUntil, now) ? 'warn' : 'page',
    reason: { code: isAtWall ? 'at-wall' : 'heading-for-wall' },
    forecast: seen,
    refusals: [{ code: 'modification-in-flight', state: stateText(running.progress) }],
    wouldDo: undefined,
    dueAt,
  };
}

/** AWS may give a volume an empty bucket on its return; that is no matter to whom it holds nothing back from. */
function isRefilling(demand: Reading<Series>, bucket: CreditBucket): boolean {
  const newest = demand.kind === 'read' ? demand.value.at(-1) : undefined;
  return newest !== undefined && !isHeldBack(newest.value, bucket);
}

const stateText = ({ modification }: Progress): string =>
  modification === 'unknown' ? 'not known to have ended' : modification;
