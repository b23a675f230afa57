import type { Plan } from '../deciding/decision.ts';
import { describeConfiguration, isSame } from '../volume.ts';
import { type CaseStory, isInForce, isSaying, isWalledOnWayBack, refusedReturnOf } from './case-story.ts';
import { type Fact, text } from './fact.ts';
import { money, perDay, signedMoney } from './money-text.ts';
import type { CaseNotice } from './notice.ts';

/** Now and after, per month and per day, and the other ways out. */
export function costFact(story: CaseStory): Fact | undefined {
  const plan = pricedPlan(story);
  if (plan === undefined) return undefined;
  const { now, after, difference } = plan.price;
  const isAsked = isSaying(story.stance, 'warned', 'needed') && !isWalledOnWayBack(story);
  const would = isAsked ? `A move to ${plan.to.type}: ` : '';
  return text(
    'Cost',
    `${would}${money(now)} -> ${money(after)} a month (${signedMoney(perDay(difference))} a day).`,
    ...(isChoosing(story) ? alternatives(plan) : []),
    listDate(plan, story.latest),
  );
}

/** What is no longer in force costs nothing any more; of a bridge that could go back, what that would save. */
const pricedPlan = (story: CaseStory): Plan | undefined => {
  const wayBack = refusedReturnOf(story.stance);
  if (wayBack !== undefined) return wayBack;
  if (isInForce(story)) return story.acts.at(-1)?.said.plan;
  const { said } = story.stance;
  return said.kind === 'warned' || said.kind === 'needed' ? said.wouldDo : undefined;
};

const alternatives = ({ price, from }: Plan): readonly string[] => {
  const others = price.alternatives.filter(({ configuration }) => !isSame(configuration, from));
  if (others.length === 0) return [];
  const offers = others.map(
    ({ configuration, monthly }) => `${describeConfiguration(configuration)} ${money(monthly)}`,
  );
  return [`Instead: ${offers.join('; ')}.`];
};

const listDate = ({ price: { listOf } }: Plan, { subject }: CaseNotice): string =>
  `List prices of ${listOf.region} on ${listOf.checked}${
    listOf.region === subject.region ? '' : `; ${subject.region} may differ`
  }.`;

/** Still about what to move to; once that is judged or over, the other ways out are noise. */
const isChoosing = (story: CaseStory): boolean =>
  isSaying(story.stance, 'warned', 'needed', 'acted') && !isWalledOnWayBack(story);

/** What our caps have left: whether this is one volume or many. Where nobody may act there is nothing to cap. */
export function limitsFact(story: CaseStory): Fact | undefined {
  const { caps, mode } = story.latest;
  if (mode !== 'act' || !isChoosing(story)) return undefined;
  if (caps.kind === 'unread') return text('Limits', `Unknown (${caps.why}).`);
  const { committed, maxMonthlyIncrease, changedThisHour, changesAllowed } = caps.value;
  return text(
    'Limits',
    `${changedThisHour} of ${changesAllowed} changes this hour used, ` +
      `${money(committed)} of ${money(maxMonthlyIncrease)} a month committed.`,
  );
}
