import type { Plan } from '../deciding/decision.ts';
import type { Instant } from '../units.ts';
import { describeConfiguration } from '../volume.ts';
import { type Acting, type CaseStory, isInForce, isSaying, isWalledOnWayBack } from './case-story.ts';
import { type Fact, text } from './fact.ts';
import { modifyCommand } from './modify-command.ts';
import type { CaseNotice } from './notice.ts';
import { asSentence, move } from './notice-news.ts';
import { clockSeenFrom, clockToSecondSeenFrom, durationText } from './time-text.ts';

/** Every modification AWS accepted from us, with what is needed to find it in CloudTrail. */
export function didFact({ latest, acts, completed }: CaseStory): Fact {
  if (acts.length === 0) return text('Did', 'Nothing was changed.');
  const done =
    completed === undefined
      ? []
      : [`${clockSeenFrom(completed.at, latest.at)} completed after ${durationText(completed.said.took)}.`];
  return text('Did', ...acts.flatMap((act) => actLines(act, latest.at)), ...done, authority(latest));
}

const actLines = (
  { said: { plan, acceptedAt, requestId } }: Acting,
  seenFrom: Instant,
): readonly string[] => [
  `${clockToSecondSeenFrom(acceptedAt, seenFrom)} ${move(plan)}. Accepted by AWS, request id ${
    requestId ?? 'unknown: we found it accepted by describing the volume'
  }.`,
  ...slowerThanBurst(plan),
];

/** Said in every message: a move can be a step down from the burst it replaces. */
const slowerThanBurst = ({ slowerThanBurst: slower }: Plan): readonly string[] =>
  slower === undefined
    ? []
    : [
        `This is slower than its burst: ${slower.target.toLocaleString('en-US')} < ${slower.burst.toLocaleString('en-US')} IOPS.`,
      ];

const authority = ({ mode, consent }: CaseNotice): string =>
  `Authority: mode ${mode}${consent === undefined ? '' : `, tag ${consent.tagKey}=${consent.value}`}.`;

/** While AWS works a volume is never slower than before; how long that takes it does not promise. */
export function expectFact(story: CaseStory): Fact | undefined {
  const { stance, acts, completed } = story;
  const back = acts.at(-1)?.said.plan.to;
  if (back !== undefined && isWalledOnWayBack(story))
    return text(
      'Expect',
      `Never slower than ${back.type} without credits while AWS works on it.`,
      'When that completes we look whether to move it again.',
    );
  if (!isSaying(stance, 'acted') || completed !== undefined) return undefined;
  const { to, slowerThanBurst: slower } = stance.said.plan;
  const speed = `the speed of ${describeConfiguration(to)} in minutes to hours`;
  return text(
    'Expect',
    slower === undefined ? `Never slower than now while AWS works on it; ${speed}.` : asSentence(speed),
    'Whether it helped is judged by latency and queue.',
  );
}

/** Whether, from when and how the last change can be undone. */
export function undoFact(story: CaseStory): Fact | undefined {
  const plan = story.acts.at(-1)?.said.plan;
  if (plan === undefined || plan.purpose === 'return' || !isInForce(story)) return undefined;
  const isRunning = story.completed === undefined && story.ended === undefined;
  return text(
    'Undo',
    `${willGoBack(plan)} By hand: possible ${isRunning ? 'once completed' : 'now'}, with`,
    ...modifyCommand(story.latest.subject, plan.from),
    slots(story.latest),
  );
}

function willGoBack({ purpose, from, to }: Plan): string {
  switch (purpose) {
    case 'fix':
      return `It stays on ${to.type}, which has no burst bucket.`;
    case 'keep':
      return `It stays on ${to.type}: it is marked latency-critical.`;
    default:
      return `It goes back to ${from.type} by itself when 24 hours of demand would fit its bucket.`;
  }
}

function slots({ slotsUsed }: CaseNotice): string {
  return slotsUsed.kind === 'read'
    ? `${slotsUsed.value} of 4 changes in 24 h used; we leave at least one to you.`
    : `Changes used of the 4 in 24 h: unknown (${slotsUsed.why}).`;
}
