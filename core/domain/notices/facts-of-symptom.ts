import type { InstantRange } from '../credits/forecast.ts';
import type { VolumeHealth } from '../deciding/situation.ts';
import type { MuteEnd } from '../look-at.ts';
import type { Reading } from '../reading.ts';
import { sentence } from '../reason-texts.ts';
import { between, type Instant, minutes } from '../units.ts';
import { type CaseStory, isSaying, refusedReturnOf } from './case-story.ts';
import { type Fact, text } from './fact.ts';
import type { CaseNotice, Credits, OtherCauses, Said } from './notice.ts';
import { asSentence, feltText, figure, newsLine } from './notice-news.ts';
import { clock, clockSeenFrom, durationText } from './time-text.ts';
import { isVague, vagueWall, wallWithRange } from './wall-text.ts';

/** What is the matter, what people feel of it, and since when we look. */
export function whatFact({ stance, latest }: CaseStory): Fact {
  return text('What', matter(stance), `${firstSeen(latest)}${muted(latest)}`);
}

const muted = ({ mutedUntil, at }: CaseNotice): string =>
  mutedUntil === undefined ? '' : ` ${muteText(mutedUntil, at)}`;

const muteText = ({ at: until, end }: MuteEnd, at: Instant): string =>
  end === 'told'
    ? `Its alarm is muted until ${clockSeenFrom(until, at)}.`
    : `Its alarm is muted, its event did not say until when; we take it for muted until ${clockSeenFrom(until, at)}.`;

/** `checkout-db-2 (prod)`. */
const nameOf = ({ subject: { name, environment } }: CaseNotice): string =>
  environment === undefined ? name : `${name} (${environment})`;

const firstSeen = ({ since, at }: CaseNotice): string => `Case open since ${clockSeenFrom(since, at)}.`;

function matter(notice: CaseNotice): string {
  if (refusedReturnOf(notice) !== undefined) return `${nameOf(notice)}: ${newsLine(notice)}`;
  const { said } = notice;
  switch (said.kind) {
    case 'warned':
    case 'needed':
    case 'acted':
      return `${nameOf(notice)} ${matterOfCredits(notice, said)} ${feltNow(notice)}`;
    default:
      return `${nameOf(notice)}: ${newsLine(notice)}`;
  }
}

type OfCredits = Extract<Said, { kind: 'warned' | 'needed' | 'acted' }>;

function matterOfCredits({ credits, at }: CaseNotice, said: OfCredits): string {
  const { forecast } = credits;
  const floor = rate(credits.baseline, credits);
  switch (forecast.kind) {
    case 'at-wall':
      return `is out of burst credits and throttled to its baseline of ${floor}; everything on it waits.`;
    case 'draining':
      return said.kind === 'acted' ? wouldHaveRunOut(forecast.wall, at) : runsOut(forecast.wall, at, floor);
    case 'unknown':
      return `has an alarm on its burst credits, but they are unknown (${forecast.detail}).`;
    default:
      return `needs a look: ${sentence(said.reason, at)}.`;
  }
}

const wouldHaveRunOut = (wall: InstantRange, at: Instant): string =>
  isVague(wall, at)
    ? `would have run out of burst credits; ${vagueWall(wall, at)}.`
    : `would have run out of burst credits ${wallWithRange(wall, at)}.`;

const runsOut = (wall: InstantRange, at: Instant, floor: string): string =>
  isVague(wall, at)
    ? `runs out of burst credits and then drops to ${floor}; ${vagueWall(wall, at)}.`
    : `runs out of burst credits ${wallWithRange(wall, at)} and then drops to ${floor}.`;

const rate = (value: number, { unit }: Credits): string =>
  `${Math.round(value).toLocaleString('en-US')} ${unit}`;

const feltNow = ({ felt }: CaseNotice): string =>
  felt.kind === 'read' ? asSentence(feltText(felt.value)) : `Latency and queue unknown (${felt.why}).`;

/** As they were when we last spoke of them; a disk that was moved and judged has none to speak of. */
export function creditsFact({ stance }: CaseStory): Fact | undefined {
  const isFailed = isSaying(stance, 'ended') && stance.said.ending === 'failed';
  if (!isFailed && !isSaying(stance, 'warned', 'needed', 'eased', 'acted')) return undefined;
  const wayBack = refusedReturnOf(stance);
  const before = wayBack === undefined ? `${balanceText(stance)}Demand` : `As ${wayBack.to.type}: demand`;
  return text('Credits', `${before} ${demandText(stance.credits)}`);
}

function balanceText({ credits: { forecast }, at }: CaseNotice): string {
  if (forecast.kind === 'unknown') return `Balance unknown (${forecast.detail}). `;
  const balance = `${figure(forecast.balance)} %`;
  switch (forecast.kind) {
    case 'draining':
      return `${balance}, falling ${figure(Math.abs(forecast.percentPerMinute))} %/min; ${untilEmpty(forecast.wall, at)}. `;
    case 'recovering':
      return `${balance}, rising ${figure(forecast.percentPerMinute)} %/min. `;
    case 'steady':
      return `${balance}, steady. `;
    case 'first-sight':
      return `${balance}, one reading only: no trend yet; at full burst empty at ${clock(forecast.earliestWall)}. `;
    case 'at-wall':
      return `${balance}: empty. `;
  }
}

const untilEmpty = ({ earliest, latest }: InstantRange, at: CaseNotice['at']): string => {
  const least = Math.max(0, Math.floor(between(at, earliest) / 60_000));
  if (latest === undefined) return `${least} min to empty at the earliest`;
  const most = Math.max(least, Math.ceil(between(at, latest) / 60_000));
  return most < 120
    ? `${least}-${most} min to empty`
    : `${least} min to ${durationText(minutes(most))} to empty`;
};

const demandText = (credits: Credits): string => {
  const demand =
    credits.demand.kind === 'read' ? rate(credits.demand.value, credits) : `unknown (${credits.demand.why})`;
  return `${demand}, baseline ${rate(credits.baseline, credits)}, burst ${rate(credits.burst, credits)}.`;
};

/** Our verdict on the cause, and what else was looked at: a wrong fix is worse than none. */
export function causeFact({ stance }: CaseStory): Fact | undefined {
  const verdict = causeOf(stance);
  if (verdict === undefined) return undefined;
  const checks = checksOf(stance.otherCauses);
  return text(
    'Cause',
    [verdict, ...sayAll('Ruled out', checks.cleared), ...sayAll('NOT ruled out', checks.open)].join(' '),
  );
}

function causeOf(notice: CaseNotice): string | undefined {
  const { said, credits } = notice;
  if (refusedReturnOf(notice) !== undefined) return undefined;
  switch (said.kind) {
    case 'warned':
    case 'needed':
    case 'acted':
      return credits.forecast.kind === 'unknown' ? 'Unknown without a balance.' : 'Burst credits.';
    case 'judged':
      return said.verdict.kind === 'not-relieved' ? 'Not, or not only, burst credits.' : undefined;
    default:
      return undefined;
  }
}

const sayAll = (what: string, causes: readonly string[]): readonly string[] =>
  causes.length === 0 ? [] : [`${what}: ${causes.join(', ')}.`];

interface Checks {
  readonly cleared: readonly string[];
  readonly open: readonly string[];
}

function checksOf({ instanceLimit, health }: OtherCauses): Checks {
  const all = [
    check('instance limit', instanceLimit, (limit) =>
      limit.kind === 'clear' ? undefined : `${limit.instanceId}: ${limit.sign}`,
    ),
    check('volume fault', health, (status) => (status.kind === 'ok' ? undefined : healthText(status))),
  ];
  return {
    cleared: all.filter(({ isCleared }) => isCleared).map(({ says }) => says),
    open: all.filter(({ isCleared }) => !isCleared).map(({ says }) => says),
  };
}

const healthText = (health: Exclude<VolumeHealth, { kind: 'ok' }>): string =>
  health.kind === 'impaired' ? `status ${health.status}` : health.kind;

function check<Value>(
  name: string,
  fact: Reading<Value>,
  signOf: (value: Value) => string | undefined,
): { readonly says: string; readonly isCleared: boolean } {
  const sign = fact.kind === 'read' ? signOf(fact.value) : `unknown, ${fact.why}`;
  return sign === undefined
    ? { says: name, isCleared: true }
    : { says: `${name} (${sign})`, isCleared: false };
}

/** How old the evidence is that a message stands on; after the move it is no longer the balance. */
export function evidenceAge({ stance }: CaseStory): string | undefined {
  const isOfCredits = isSaying(stance, 'warned', 'needed', 'eased', 'acted');
  if (!isOfCredits || refusedReturnOf(stance) !== undefined) return undefined;
  const { forecast } = stance.credits;
  return forecast.kind === 'unknown'
    ? `evidence unknown (${forecast.detail})`
    : `evidence ${durationText(forecast.age)} old`;
}
