import type { Decision, Ending, Plan, RefusedReturn, Verdict } from '../../core/domain/deciding/decision.ts';
import { configurationText } from '../../core/domain/notices/configuration-text.ts';
import { signedMoney } from '../../core/domain/notices/money-text.ts';
import { clockSeenFrom } from '../../core/domain/notices/time-text.ts';
import { sentence } from '../../core/domain/reason-texts.ts';
import type { AwsRefusal, Refusal } from '../../core/domain/reasons.ts';
import type { Instant } from '../../core/domain/units.ts';

/** What the responder does now, and why; `stop` is why it asks AWS for no modification, whatever it decides. */
export function doneWords(decision: Decision, now: Instant, stop: string | undefined): string {
  if (stop === undefined) return decisionWords(decision, now);
  if (decision.kind === 'act')
    return `Nothing is done, as ${stop}; the team is told. Otherwise it would move the volume: ${sentence(decision.reason, now)}. ${moves(decision.plan)}`;
  return `${decisionWords(decision, now)} No modification is asked for, as ${stop}.`;
}

/** What it decides, and why: a sentence or two. */
function decisionWords(decision: Decision, now: Instant): string {
  const why = sentence(decision.reason, now);
  switch (decision.kind) {
    case 'leave':
      return `It leaves the volume alone: ${why}.`;
    case 'watch':
      return `It watches and tells nobody: ${why}.${again(decision.dueAt, now)}`;
    case 'warn':
      return `It warns the team and does not act: ${why}. ${because(decision, now)}${again(decision.dueAt, now)}`;
    case 'page':
      return `It calls for help and does not act: ${why}. ${because(decision, now)}${again(decision.dueAt, now)}`;
    case 'act':
      return `It moves the volume: ${why}. ${moves(decision.plan)}`;
    case 'adopt':
      return `It takes the modification that EC2 shows for the one it asked for: ${why}.`;
    case 'release':
      return `It gives its request up and decides again: ${why}.${again(decision.dueAt, now)}`;
    case 'await':
      return `It waits for AWS: ${why}.${again(decision.dueAt, now)}`;
    case 'hold':
      return `It leaves the volume where it was moved to: ${why}. ${verdictWords[decision.verdict.kind]}${staying(decision.refused, now)}${again(decision.dueAt, now)}`;
    default:
      return `It closes the case (${endingWords[decision.ending]}): ${why}.`;
  }
}

const again = (dueAt: Instant, now: Instant): string => ` It looks again at ${clockSeenFrom(dueAt, now)}.`;

const staying = (refused: RefusedReturn | undefined, now: Instant): string =>
  refused === undefined
    ? ''
    : ` Not put back to ${configurationText(refused.wouldDo.to)}: ${sentence(refused.refusal, now)}.`;

const because = (
  {
    refusals,
    wouldDo,
  }: { readonly refusals: readonly (Refusal | AwsRefusal)[]; readonly wouldDo: Plan | undefined },
  now: Instant,
): string =>
  `${wouldDo === undefined ? 'Not moved' : `Not moved to ${configurationText(wouldDo.to)}`}: ${refusals.map((refusal) => sentence(refusal, now)).join('; ')}.`;

const moves = ({ from, to, price, slowerThanBurst }: Plan): string => {
  const slower =
    slowerThanBurst === undefined
      ? ''
      : ` That is less than its burst of ${slowerThanBurst.burst.toLocaleString('en-US')}.`;
  return `From ${configurationText(from)} to ${configurationText(to)}, ${signedMoney(price.difference)} a month.${slower}`;
};

export const verdictWords: { readonly [Kind in Verdict['kind']]: string } = {
  'too-early': 'Whether it helped cannot be said yet.',
  averted: 'Nobody felt a thing.',
  relieved: 'Latency and queue came back.',
  'not-relieved': 'Latency and queue did not come back.',
  unknown: 'Whether it helped is not known.',
};

export const endingWords: { readonly [Each in Ending]: string } = {
  averted: 'averted',
  relieved: 'relieved',
  'not-relieved': 'not relieved',
  unproved: 'unproved',
  failed: 'failed',
  'put-back': 'put back',
  recovered: 'recovered',
  silent: 'silent',
  gone: 'gone',
  detached: 'detached',
  'cannot-run-out': 'cannot run out',
  yielded: 'yielded',
};
