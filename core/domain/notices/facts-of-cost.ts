import type { Plan } from '../deciding/decision.ts';
import { describeConfiguration, isSame } from '../volume.ts';
import { type CaseStory, isInForce } from './case-story.ts';
import { type Fact, text } from './fact.ts';
import { money, perDay, signedMoney } from './money-text.ts';
import type { CaseNotice } from './notice.ts';

/** Now and after, per month and per day, and the other ways out. */
export function costFact(story: CaseStory): Fact | undefined {
  const plan = pricedPlan(story);
  if (plan === undefined) return undefined;
  const { now, after, difference } = plan.price;
  const would = story.acts.length === 0 ? `A move to ${plan.to.type}: ` : '';
  return text(
    'Cost',
    `${would}${money(now)} -> ${money(after)} a month (${signedMoney(perDay(difference))} a day).`,
    ...alternatives(plan),
    listDate(plan, story.latest),
  );
}

/** What is no longer in force costs nothing any more. */
const pricedPlan = (story: CaseStory): Plan | undefined => {
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
  `List prices of ${listOf.region}, checked ${listOf.checked}${
    listOf.region === subject.region ? '' : `; those of ${subject.region} may differ`
  }.`;

/** What our caps have left: whether this is one volume or many. */
export function limitsFact({ latest: { caps }, ended }: CaseStory): Fact | undefined {
  if (ended !== undefined) return undefined;
  if (caps.kind === 'unread') return text('Limits', `Unknown (${caps.why}).`);
  const { committed, maxMonthlyIncrease, changedThisHour, changesAllowed } = caps.value;
  return text(
    'Limits',
    `${changedThisHour} of ${changesAllowed} changes this hour used, ` +
      `${money(committed)} of ${money(maxMonthlyIncrease)} a month committed.`,
  );
}
