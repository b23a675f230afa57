import type { Acting, CaseStory } from './case-story.ts';
import type { Plan } from './decision.ts';
import { type Fact, text } from './fact.ts';
import { modifyCommand } from './modify-command.ts';
import type { CaseNotice } from './notice.ts';
import { move } from './notice-news.ts';
import { clock, clockToSecond, durationText } from './time-text.ts';

/** Every modification AWS accepted from us, with what is needed to find it in CloudTrail. */
export function didFact({ latest, acts, completed }: CaseStory): Fact {
  if (acts.length === 0) return text('Did', 'Told you; nothing was changed.');
  const done =
    completed === undefined
      ? []
      : [`${clock(completed.at)} completed after ${durationText(completed.said.took)}.`];
  return text('Did', ...acts.flatMap(actLines), ...done, authority(latest));
}

const actLines = ({ said: { plan, acceptedAt, requestId } }: Acting): readonly string[] => [
  `${clockToSecond(acceptedAt)} ${move(plan)}. Accepted by AWS, request id ${requestId ?? 'unknown (found by describing the volume)'}.`,
  ...slowerThanBurst(plan),
];

/** Said in every message: a move can be a step down from the burst it replaces. */
const slowerThanBurst = ({ slowerThanBurst: slower }: Plan): readonly string[] =>
  slower === undefined
    ? []
    : [
        `This is slower than its burst: ${slower.target.toLocaleString('en-US')} < ${slower.burst.toLocaleString('en-US')}.`,
      ];

const authority = ({ mode, consent }: CaseNotice): string =>
  `Authority: mode ${mode}${consent === undefined ? '' : `, tag ${consent.tagKey}=${consent.value}`}.`;

/** Whether, from when and how the last change can be undone. */
export function undoFact(story: CaseStory): Fact | undefined {
  const plan = story.acts.at(-1)?.said.plan;
  if (plan === undefined || story.ended?.said.ending === 'put-back' || plan.purpose === 'return')
    return undefined;
  const when = story.completed === undefined ? 'Possible once completed' : 'Possible now';
  return text(
    'Undo',
    `${willGoBack(plan)} By hand: ${when.toLowerCase()}, with`,
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
