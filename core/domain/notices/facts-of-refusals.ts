import type { Plan } from '../deciding/decision.ts';
import { mostOurs } from '../deciding/guards/modifications.ts';
import { nextStep, sentence } from '../reason-texts.ts';
import type { AwsRefusal, Reason, Refusal } from '../reasons.ts';
import { type CaseStory, isInForce, isSaying, needOfStory } from './case-story.ts';
import { type Fact, text } from './fact.ts';
import { lookCommand } from './look-command.ts';
import { modifyCommand } from './modify-command.ts';
import type { CaseNotice } from './notice.ts';
import { asSentence, notMoved } from './notice-news.ts';

/** What we did not do, why, and what would change that: stops people from doing it twice or waiting for it. */
export function notDoneFact(story: CaseStory): Fact | undefined {
  const { said, at } = story.stance;
  if (said.kind === 'warned' || said.kind === 'needed') {
    const what = said.wouldDo === undefined ? notMoved(said) : `${notMoved(said)} to ${said.wouldDo.to.type}`;
    const [first, ...others] = said.refusals.map(
      (refusal) => `${sentence(refusal, at)}. Next: ${nextStep(refusal)}.`,
    );
    return text(
      'Not done',
      first === undefined ? `${what}.` : `${what}: ${first}`,
      ...others.map((other) => `And: ${other}`),
    );
  }
  return isInForce(story) ? text('Not done', 'Its size was not changed.') : undefined;
}

/** Refusals of ours that a person may overrule; where AWS itself would refuse or a change cannot help, no command. */
const personMayOverrule: ReadonlySet<Reason['code']> = new Set([
  'notify-mode',
  'no-consent',
  'opted-out',
  'invalid-tag',
  'muted',
  'no-genesis',
  'unknown-case-tag',
  'multi-attach',
  'slots-used',
  'our-slots-used',
  'foreign-change',
  'stack-updating',
  'volume-initialising',
  'over-budget',
  'over-blast-radius',
  'stale-evidence',
  'unread-fact',
  'switched-off',
  'state-untagged',
  'aws-not-permitted',
  'aws-unclassified',
]);

const mayOverrule = (refusals: readonly (Refusal | AwsRefusal)[]): boolean =>
  refusals.every(({ code }) => personMayOverrule.has(code));

/** The one command that does what we would have done; where we are blind, the one that shows what we could not see. */
export function byHandFact(story: CaseStory): Fact | undefined {
  const lines = linesByHand(story);
  return lines === undefined ? undefined : { label: 'By hand', value: { kind: 'command', lines } };
}

function linesByHand(story: CaseStory): readonly string[] | undefined {
  const { latest, stance } = story;
  const plan = plannedByHand(story);
  if (plan !== undefined) return modifyCommand(latest.subject, plan.to);
  const isBlind = isSaying(stance, 'warned', 'needed') && stance.said.reason.code === 'blind';
  return isBlind ? lookCommand(latest.subject, latest.at) : undefined;
}

function plannedByHand({ stance: { said } }: CaseStory): Plan | undefined {
  if (said.kind === 'ended') return said.ending === 'failed' ? said.plan : undefined;
  if (said.kind !== 'warned' && said.kind !== 'needed') return undefined;
  return mayOverrule(said.refusals) ? said.wouldDo : undefined;
}

/** What must not be deployed while AWS works on the volume; an update that touches it hangs and rolls back. */
export function lockFact({
  acts,
  completed,
  ended,
  stance,
  latest: { subject },
}: CaseStory): Fact | undefined {
  if (acts.length === 0 || completed !== undefined || ended !== undefined || isGivenUp(stance))
    return undefined;
  const who =
    subject.stack === undefined ? 'this volume by any tool' : `this volume through stack ${subject.stack}`;
  return text(
    'Lock',
    `Do not change ${who} until we report it completed: minutes to hours, for a full 1 TiB about 6 h, at times over 24 h. ` +
      'Until then AWS refuses every other change of it.',
  );
}

const isGivenUp = (notice: CaseNotice): boolean =>
  isSaying(notice, 'warned') && notice.said.reason.code === 'modification-failed';

/** What a person who is called does; where several things stand against us, to clear the first would not let us act. */
export function stepAgainst(story: CaseStory): string | undefined {
  const { said } = story.stance;
  if (said.kind !== 'needed') return undefined;
  return said.refusals.length > 1 && plannedByHand(story) !== undefined
    ? 'move it by hand with the command below; more than one thing keeps us from it'
    : nextStep(said.refusals[0] ?? said.reason);
}

/** The first thing to do, for the line under the title. */
export function bestStep(story: CaseStory): string | undefined {
  if (needOfStory(story) !== 'YOU ARE NEEDED') return undefined;
  const { said } = story.stance;
  const step = stepAgainst(story);
  if (step !== undefined) return asSentence(step);
  switch (said.kind) {
    case 'ended':
      return said.ending === 'failed' ? afterFailure(story.latest) : lookElsewhere;
    default:
      return story.completed === undefined ? stillWorking : lookElsewhere;
  }
}

/** Two requests of ours in 24 hours, and none beside somebody else's change: the guards on slots. */
const afterFailure = ({ slotsUsed }: CaseNotice): string =>
  slotsUsed.kind === 'read' && slotsUsed.value < mostOurs
    ? 'Shed load; if it still runs out we try once more. If that fails too, move it by hand with the command below.'
    : 'Move it by hand with the command below, or shed load: we do not try again within 24 hours.';

const stillWorking =
  'AWS is still working on the change: shed load if this cannot wait. If it stays slow after completion, look elsewhere.';

const lookElsewhere =
  'More IOPS did not cure it: look at what is not ruled out below and at the application, and shed load.';
