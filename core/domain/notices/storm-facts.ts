import type { InstantRange } from '../credits/forecast.ts';
import { nextStep, sentence } from '../reason-texts.ts';
import type { AwsRefusal, Refusal } from '../reasons.ts';
import { dollars, type Instant, instant } from '../units.ts';
import { type CaseStory, needOfStory } from './case-story.ts';
import { disks } from './disk-count.ts';
import { type Fact, link, type Stamp, text } from './fact.ts';
import { byHandFact, stepAgainst } from './facts-of-refusals.ts';
import { signedMoney } from './money-text.ts';
import { byRisk, isThrottled, wallRangeOf } from './storm-table.ts';
import { clockSeenFrom } from './time-text.ts';
import { wallTime } from './wall-text.ts';

/** The same fields as for one disk, summed over many; what differs from disk to disk is in the table. */
export function stormFacts(stories: readonly CaseStory[], { runbook }: Stamp): readonly Fact[] {
  return [
    whatFact(stories),
    didFact(stories),
    notDoneFact(stories),
    byHand(stories),
    whereFact(stories),
    lockFact(stories),
    nextFact(stories),
    ...(isOneZone(stories) ? [link('Health', healthDashboard)] : []),
    ...(runbook === undefined ? [] : [link('Runbook', runbook)]),
  ].filter((fact) => fact !== undefined);
}

/** For the disk to start with, unless the zone itself is the likelier cause. */
function byHand(stories: readonly CaseStory[]): Fact | undefined {
  const [riskiest] = needingOf(stories);
  return riskiest === undefined || isOneZone(stories) ? undefined : byHandFact(riskiest);
}

const needingOf = (stories: readonly CaseStory[]): readonly CaseStory[] =>
  stories.filter((story) => needOfStory(story) === 'YOU ARE NEEDED').toSorted(byRisk);

/** Many disks of one zone at once: an event of the zone is likelier than many applications. */
const healthDashboard = 'https://health.aws.amazon.com/health/home';

const countText = (count: number, what: string): string => `${count.toLocaleString('en-US')} ${what}`;

function whatFact(stories: readonly CaseStory[]): Fact {
  const throttled = stories.filter(isThrottled).length;
  const walls = stories.filter(({ acts }) => acts.length === 0).flatMap(wallSeen);
  const [first] = walls.toSorted((a, b) => a.wall.likely - b.wall.likely);
  return text(
    'What',
    [
      `${disks(stories.length)} low on burst credits in one incident: ${standings(stories)}.`,
      ...(throttled === 0 ? [] : [`${countText(throttled, 'throttled now')}.`]),
      ...(first === undefined ? [] : [`The next one runs out ${wallTime(first.wall, first.at)}.`]),
    ].join(' '),
  );
}

function wallSeen(story: CaseStory): readonly { readonly wall: InstantRange; readonly at: Instant }[] {
  const wall = wallRangeOf(story);
  return wall === undefined ? [] : [{ wall, at: story.stance.at }];
}

const isOpen = (story: CaseStory): boolean => story.ended === undefined;

/** Each disk once, as the table has it: one that was moved and still needs a person needs a person. */
function standings(stories: readonly CaseStory[]): string {
  const open = stories.filter(isOpen);
  const needing = open.filter((story) => needOfStory(story) === 'YOU ARE NEEDED');
  const others = open.filter((story) => !needing.includes(story));
  const moved = others.filter((story) => story.acts.length > 0);
  return [
    [needing.length, needing.length === 1 ? 'needs you' : 'need you'],
    [moved.length, 'moved or moving'],
    [others.length - moved.length, 'watched'],
    [stories.length - open.length, 'closed'],
  ]
    .filter(([count]) => count !== 0)
    .map(([count, what]) => countText(Number(count), String(what)))
    .join(', ');
}

function didFact(stories: readonly CaseStory[]): Fact {
  const plans = stories.flatMap((story) => story.acts.slice(0, 1).map(({ said }) => said.plan));
  if (plans.length === 0) return text('Did', 'Nothing was changed.');
  const kinds = Map.groupBy(plans, ({ from, to }) => `${from.type} -> ${to.type}`);
  const moves = [...kinds].map(([kind, same]) => `${disks(same.length)} ${kind}`).join(', ');
  const difference = dollars(plans.reduce((sum, plan) => sum + plan.price.difference, 0));
  return text(
    'Did',
    `${moves}, accepted by AWS; ${signedMoney(difference)} a month${plans.length === 1 ? '' : ' together'}.`,
  );
}

/** One line per reason, the commonest first; the sentence is that of one of the disks. */
function notDoneFact(stories: readonly CaseStory[]): Fact | undefined {
  const refusals = stories.flatMap(firstRefusal);
  if (refusals.length === 0) return undefined;
  const byCode = [...Map.groupBy(refusals, ({ refusal }) => refusal.code).values()].toSorted(
    (a, b) => b.length - a.length,
  );
  const lines = byCode.map((same) => {
    const [{ refusal, at }] = same as [FirstRefusal];
    return `${countText(same.length, 'not moved')}: ${sentence(refusal, at)}. Next: ${nextStep(refusal)}.`;
  });
  return text('Not done', ...lines);
}

interface FirstRefusal {
  readonly refusal: Refusal | AwsRefusal;
  readonly at: Instant;
}

function firstRefusal({ stance: { said, at } }: CaseStory): readonly FirstRefusal[] {
  return said.kind === 'warned' || said.kind === 'needed'
    ? said.refusals.slice(0, 1).map((refusal) => ({ refusal, at }))
    : [];
}

function zonesOf(stories: readonly CaseStory[]): readonly [string, number][] {
  const zones = Map.groupBy(stories, ({ latest }) => latest.subject.zone);
  return [...zones]
    .map(([zone, all]): [string, number] => [zone, all.length])
    .toSorted((a, b) => b[1] - a[1]);
}

const stormSize = 10;
const isOneZone = (stories: readonly CaseStory[]): boolean =>
  stories.length >= stormSize && (zonesOf(stories)[0]?.[1] ?? 0) >= 0.9 * stories.length;

function whereFact(stories: readonly CaseStory[]): Fact {
  const { account, region } = (stories[0] as CaseStory).latest.subject;
  const zones = zonesOf(stories).map(([zone, count]) => `${zone} ${count.toLocaleString('en-US')}`);
  return text('Where', `Account ${account}, ${region}: ${zones.join(', ')}.`);
}

function lockFact(stories: readonly CaseStory[]): Fact | undefined {
  const running = stories.filter(
    (story) => isOpen(story) && story.acts.length > 0 && story.completed === undefined,
  );
  if (running.length === 0) return undefined;
  const stacks = [
    ...new Set(running.map(({ latest }) => latest.subject.stack).filter((stack) => stack !== undefined)),
  ];
  return text(
    'Lock',
    `Do not change ${disks(running.length)} until completed: ${some(running.map(({ latest }) => latest.subject.name))}.`,
    ...(stacks.length === 0 ? [] : [`Stacks: ${some(stacks)}.`]),
  );
}

const mostNamed = 5;
const some = (names: readonly string[]): string =>
  [
    ...names.slice(0, mostNamed),
    ...(names.length > mostNamed ? [`and ${names.length - mostNamed} more`] : []),
  ].join(', ');

function nextFact(stories: readonly CaseStory[]): Fact {
  const open = stories.filter(isOpen);
  if (open.length === 0) return text('Next', 'Nothing more: every case of this incident is closed.');
  const newest = instant(Math.max(...stories.map(({ latest }) => latest.at)));
  const next = open
    .map((story) => story.latest.nextNewsAt)
    .filter((at) => at !== undefined)
    .toSorted((a, b) => a - b)[0];
  return text(
    'Next',
    next === undefined
      ? 'When it changes; nothing is scheduled.'
      : `When it changes, or at ${clockSeenFrom(next, newest)} at the latest.`,
  );
}

/** The first thing to do about many disks at once. */
export function bestStormStep(stories: readonly CaseStory[]): string {
  if (isOneZone(stories)) {
    const [zone, count] = zonesOf(stories)[0] as [string, number];
    return `${count.toLocaleString('en-US')} of ${stories.length.toLocaleString('en-US')} are in ${zone}: check the AWS Health Dashboard first.`;
  }
  const [riskiest] = needingOf(stories);
  const step = riskiest && stepAgainst(riskiest);
  return riskiest === undefined || step === undefined
    ? 'Start with the disk at the top of the table.'
    : `Start with ${riskiest.latest.subject.name}: ${step}.`;
}
