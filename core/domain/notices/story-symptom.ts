import type { Ending, Plan, Verdict } from '../deciding/decision.ts';
import type { Instant } from '../units.ts';
import type { Configuration } from '../volume.ts';
import { type CaseStory, isBackAtWall } from './case-story.ts';
import type { CaseNotice, Credits, Said } from './notice.ts';
import type { Subject } from './subject.ts';
import { wallTime } from './wall-text.ts';

/**
 * What is the matter with the disk, after its name and without a metric's name: several wordings, longest first.
 * `disk runs out of burst credits about 03:27 UTC`, `disk throttles about 03:27 UTC`.
 */
export function storySymptoms(story: CaseStory): readonly string[] {
  const { said } = story.stance;
  const isDone = story.completed !== undefined;
  switch (said.kind) {
    case 'warned':
    case 'needed':
      return warnedSymptoms(story.stance, said);
    case 'eased':
      return [
        'disk no longer heads for the end of its burst credits',
        'disk no longer runs out of burst credits',
        'disk has eased',
      ];
    case 'judged':
      return [verdictSymptom(said.verdict, story, said.plan)];
    case 'returning':
      return [`disk going back to ${said.plan.to.type}`];
    case 'ended':
      return [endingSymptom(said.ending, said.plan, story)];
    case 'acted':
      return actedSymptoms(story.stance, said.plan, isDone);
    case 'completed':
      return [moved(said.plan, isDone)];
  }
}

function warnedSymptoms(
  { subject, credits, at }: CaseNotice,
  { reason, refusals, wouldDo }: Extract<Said, { kind: 'warned' | 'needed' }>,
): readonly string[] {
  const type = typeOf(subject, wouldDo?.from);
  if (reason.code === 'return-unproved' && refusals.some(({ code }) => code === 'unjudgeable'))
    return [`disk stays on ${type}, EC2's answer is not understood`];
  if (reason.code === 'born-right') return [`disk is latency-critical but can be throttled (${type})`];
  if (reason.code === 'return-unproved') return [`disk stays on ${type}, its last day is not known`];
  if (reason.code === 'modification-failed') return [`disk could not go back, stays on ${type}`];
  if (wouldDo?.purpose === 'return' && reason.code === 'intent-unresolved')
    return [`disk may be going back to ${wouldDo.to.type}, AWS's answer was lost`];
  if (wouldDo?.purpose === 'return') return [`disk could go back but stays on ${type}`];
  return creditSymptoms(credits, at);
}

/** The case knows what it runs on where EC2 described it in a way that we do not. */
const typeOf = ({ configuration: { type } }: Subject, known: Configuration | undefined): string =>
  type === 'unjudgeable' ? (known?.type ?? 'an unknown type') : type;

function creditSymptoms({ forecast, baseline, unit }: Credits, at: Instant): readonly string[] {
  const floor = `${baseline.toLocaleString('en-US')} ${unit}`;
  switch (forecast.kind) {
    case 'at-wall':
      return [`disk is out of burst credits, throttled to ${floor}`, `disk throttled to ${floor}`];
    case 'draining': {
      const when = wallTime(forecast.wall, at);
      return [`disk runs out of burst credits ${when}`, `disk throttles ${when}`];
    }
    case 'unknown':
      return ['disk may run out of burst credits, they cannot be read', 'disk: burst credits unreadable'];
    default:
      return [`disk is low on burst credits (${forecast.balance.toFixed(0)} %)`];
  }
}

const moved = (plan: Plan, isDone: boolean): string =>
  `disk ${isDone ? 'moved' : 'moving'} to ${plan.to.type}`;

function actedSymptoms(
  { credits: { forecast }, at }: CaseNotice,
  plan: Plan,
  isDone: boolean,
): readonly string[] {
  if (plan.purpose === 'keep') return [`latency-critical ${moved(plan, isDone)}`];
  if (forecast.kind === 'at-wall') return [`throttled ${moved(plan, isDone)}`];
  if (isDone || forecast.kind !== 'draining') return [moved(plan, isDone)];
  return [
    `${moved(plan, isDone)}, would throttle ${wallTime(forecast.wall, at)}`,
    `${moved(plan, isDone)} before it throttles`,
    moved(plan, isDone),
  ];
}

function verdictSymptom(verdict: Verdict, story: CaseStory, plan: Plan): string {
  const { type } = plan.to;
  switch (verdict.kind) {
    case 'averted':
      return `disk moved to ${type} before throttling`;
    case 'relieved':
      return relievedSymptom(story, plan);
    case 'not-relieved':
      return `disk is still slow after its move to ${type}`;
    case 'unknown':
      return `disk moved to ${type}, its effect could not be measured`;
    case 'too-early':
      return moved(plan, story.completed !== undefined);
  }
}

/** Only a disk that was seen throttled is fast because of us; of another we know that its latency is as before. */
const relievedSymptom = ({ acts }: CaseStory, plan: Plan | undefined): string =>
  acts.some(({ credits }) => credits.forecast.kind === 'at-wall')
    ? `disk is fast again${on(plan)}`
    : `disk moved${to(plan)}, latency as usual`;

const endingSymptoms: { readonly [Each in Ending]: (plan: Plan | undefined, story: CaseStory) => string } = {
  averted: (plan) => `disk moved${to(plan)} before throttling`,
  relieved: (plan, story) => relievedSymptom(story, plan),
  unproved: (plan) => `disk moved${to(plan)}, its effect could not be measured`,
  'not-relieved': (plan) => `disk is still slow after its move${to(plan)}`,
  failed: (plan, { stance: { subject } }) =>
    `disk could not be moved${to(plan)}, still ${typeOf(subject, plan?.from)}`,
  'put-back': (_plan, { stance }) =>
    `disk is back on ${stance.subject.configuration.type}${isBackAtWall(stance) ? ', out of burst credits' : ''}`,
  recovered: (_plan, { stance }) => recoveredSymptom(stance),
  silent: () => 'disk has published nothing for a day',
  gone: () => 'disk was deleted',
  detached: () => 'disk was detached',
  'cannot-run-out': () => 'disk can no longer run out of burst credits',
  yielded: () => 'disk was changed by somebody else, we stand back',
};

const recoveredSymptom = ({ said }: CaseNotice): string =>
  'reason' in said && said.reason.code === 'readable-again'
    ? 'disk: burst credits readable again'
    : 'disk has recovered, nothing was changed';

const endingSymptom = (ending: Ending, plan: Plan | undefined, story: CaseStory): string =>
  endingSymptoms[ending](plan, story);

const to = (plan: Plan | undefined): string => (plan === undefined ? '' : ` to ${plan.to.type}`);
const on = (plan: Plan | undefined): string => (plan === undefined ? '' : ` on ${plan.to.type}`);
