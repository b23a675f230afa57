import type { Ending, Plan, Verdict } from '../deciding/decision.ts';
import type { CaseStory } from './case-story.ts';
import type { CaseNotice, Credits, Said } from './notice.ts';
import { clock } from './time-text.ts';

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
    case 'judged':
      return [verdictSymptom(said.verdict, said.plan, isDone)];
    case 'returning':
      return [`disk going back to ${said.plan.to.type}`];
    case 'ended':
      return [endingSymptom(said.ending, said.plan, story.stance)];
    case 'acted':
      return actedSymptoms(story.stance, said.plan, isDone);
    case 'completed':
      return [moved(said.plan, isDone)];
  }
}

function warnedSymptoms(
  { subject, credits }: CaseNotice,
  { reason, wouldDo }: Extract<Said, { kind: 'warned' | 'needed' }>,
): readonly string[] {
  const { type } = subject.configuration;
  if (reason.code === 'born-right') return [`disk is latency-critical but can be throttled (${type})`];
  if (reason.code === 'return-unproved') return [`disk stays on ${type}, its last day is not known`];
  if (wouldDo?.purpose === 'return') return [`disk could go back but stays on ${type}`];
  return creditSymptoms(credits);
}

function creditSymptoms({ forecast, baseline, unit }: Credits): readonly string[] {
  const floor = `${baseline.toLocaleString('en-US')} ${unit}`;
  switch (forecast.kind) {
    case 'at-wall':
      return [`disk is out of burst credits, throttled to ${floor}`, `disk throttled to ${floor}`];
    case 'draining': {
      const about = `about ${clock(forecast.wall.likely)}`;
      return [`disk runs out of burst credits ${about}`, `disk throttles ${about}`];
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
  { credits: { forecast } }: CaseNotice,
  plan: Plan,
  isDone: boolean,
): readonly string[] {
  if (plan.purpose === 'keep') return [`latency-critical ${moved(plan, isDone)}`];
  if (forecast.kind === 'at-wall') return [`throttled ${moved(plan, isDone)}`];
  if (isDone || forecast.kind !== 'draining') return [moved(plan, isDone)];
  return [
    `${moved(plan, isDone)}, would throttle about ${clock(forecast.wall.likely)}`,
    `${moved(plan, isDone)} before it throttles`,
    moved(plan, isDone),
  ];
}

function verdictSymptom(verdict: Verdict, plan: Plan, isDone: boolean): string {
  const { type } = plan.to;
  switch (verdict.kind) {
    case 'averted':
      return `disk moved to ${type} before throttling`;
    case 'relieved':
      return `disk is fast again on ${type}`;
    case 'not-relieved':
      return `disk is still slow after its move to ${type}`;
    case 'unknown':
      return `disk moved to ${type}, its effect could not be measured`;
    case 'too-early':
      return moved(plan, isDone);
  }
}

const endingSymptoms: { readonly [Each in Ending]: (plan: Plan | undefined, notice: CaseNotice) => string } =
  {
    averted: (plan) => `disk moved${to(plan)} before throttling`,
    relieved: (plan) => `disk is fast again${on(plan)}`,
    unproved: (plan) => `disk moved${to(plan)}, its effect could not be measured`,
    'not-relieved': (plan) => `disk is still slow after its move${to(plan)}`,
    failed: (plan, { subject }) => `disk could not be moved${to(plan)}, still ${subject.configuration.type}`,
    'put-back': (_plan, { subject }) => `disk is back on ${subject.configuration.type}`,
    recovered: () => 'disk has recovered, nothing was changed',
    gone: () => 'disk was deleted',
    detached: () => 'disk was detached',
    'cannot-run-out': () => 'disk can no longer run out of burst credits',
    yielded: () => 'disk was changed by somebody else, we stand back',
  };

const endingSymptom = (ending: Ending, plan: Plan | undefined, notice: CaseNotice): string =>
  endingSymptoms[ending](plan, notice);

const to = (plan: Plan | undefined): string => (plan === undefined ? '' : ` to ${plan.to.type}`);
const on = (plan: Plan | undefined): string => (plan === undefined ? '' : ` on ${plan.to.type}`);
