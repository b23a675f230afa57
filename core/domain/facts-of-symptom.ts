import type { CaseStory } from './case-story.ts';
import { type Fact, text } from './fact.ts';
import type { InstantRange } from './forecast.ts';
import type { CaseNotice, Credits, OtherCauses } from './notice.ts';
import { asSentence, feltText, figure, newsOf } from './notice-news.ts';
import type { Reading } from './reading.ts';
import { sentence } from './reason-texts.ts';
import { clock, clockSeenFrom, durationText, rangeText } from './time-text.ts';
import { between } from './units.ts';

/** What is the matter, what people feel of it, and since when we look. */
export function whatFact(story: CaseStory): Fact {
  const { stance, latest } = story;
  return text(
    'What',
    [`${nameOf(stance)} ${matter(stance)}`, ...feltNow(story)].join(' '),
    `${firstSeen(latest)}${latest.mutedUntil === undefined ? '' : ` Its alarm is muted until ${clockSeenFrom(latest.mutedUntil, latest.at)}.`}`,
  );
}

/** `checkout-db-2 (prod)`. */
const nameOf = ({ subject: { name, environment } }: CaseNotice): string =>
  environment === undefined ? name : `${name} (${environment})`;

const firstSeen = ({ since, at }: CaseNotice): string => `Case open since ${clockSeenFrom(since, at)}.`;

function matter(notice: CaseNotice): string {
  switch (notice.said.kind) {
    case 'warned':
    case 'needed':
    case 'acted':
      return matterOfCredits(notice);
    default: {
      const { headline, sentences } = newsOf(notice);
      return `${headline}: ${sentences.join(' ')}`;
    }
  }
}

function matterOfCredits({ said, credits }: CaseNotice): string {
  const acted = said.kind === 'acted';
  const { forecast } = credits;
  const floor = rate(credits.baseline, credits);
  switch (forecast.kind) {
    case 'at-wall':
      return `is out of burst credits and throttled to its baseline of ${floor}; everything on it waits.`;
    case 'draining': {
      const when = `about ${clock(forecast.wall.likely)} (${rangeText(forecast.wall)})`;
      return acted
        ? `would have run out of burst credits ${when}.`
        : `runs out of burst credits ${when} and then drops to ${floor}.`;
    }
    case 'unknown':
      return `has an alarm on its burst credits, but they are unknown (${forecast.detail}).`;
    default:
      return 'reason' in said && said.kind !== 'ended'
        ? `needs a look: ${sentence(said.reason)}.`
        : 'is low on burst credits.';
  }
}

const rate = (value: number, { unit }: Credits): string =>
  `${Math.round(value).toLocaleString('en-US')} ${unit}`;

/** News of a verdict already carries the figures. */
function feltNow({ stance, latest }: CaseStory): readonly string[] {
  if (stance.said.kind === 'judged' || stance.said.kind === 'ended') return [];
  return [
    latest.felt.kind === 'read'
      ? asSentence(feltText(latest.felt.value))
      : `Latency and queue unknown (${latest.felt.why}).`,
  ];
}

export function creditsFact({ latest, ended }: CaseStory): Fact | undefined {
  if (ended !== undefined) return undefined;
  const { credits } = latest;
  return text('Credits', `${balanceText(latest)}${demandText(credits)}`);
}

function balanceText({ credits: { forecast }, at }: CaseNotice): string {
  if (forecast.kind === 'unknown') return `Balance unknown (${forecast.detail}). `;
  const balance = `${figure(forecast.balance)} %`;
  switch (forecast.kind) {
    case 'draining':
      return `${balance}, falling ${figure(forecast.percentPerMinute)} %/min; ${untilEmpty(forecast.wall, at)}. `;
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
  return `${least}-${Math.max(least, Math.ceil(between(at, latest) / 60_000))} min to empty`;
};

const demandText = (credits: Credits): string => {
  const demand =
    credits.demand.kind === 'read' ? rate(credits.demand.value, credits) : `unknown (${credits.demand.why})`;
  return `Demand ${demand}, baseline ${rate(credits.baseline, credits)}, burst ${rate(credits.burst, credits)}.`;
};

/** Our verdict on the cause, and what was checked against it. */
export function causeFact({ latest, stance, ended }: CaseStory): Fact | undefined {
  if (ended !== undefined || stance.said.kind === 'returning') return undefined;
  const unreadable = latest.credits.forecast.kind === 'unknown';
  return text(
    'Cause',
    `${unreadable ? 'Unknown without a balance.' : 'Burst credits.'} Checked against: ${checks(latest.otherCauses)}.`,
  );
}

const checks = ({ instanceLimit, health }: OtherCauses): string =>
  [
    `instance limit ${reading(instanceLimit, (limit) =>
      limit.kind === 'clear' ? 'not reached' : `REACHED on ${limit.instanceId} (${limit.sign})`,
    )}`,
    `volume status ${reading(health, (status) => (status.kind === 'impaired' ? status.status : status.kind))}`,
  ].join(', ');

const reading = <Value>(fact: Reading<Value>, say: (value: Value) => string): string =>
  fact.kind === 'read' ? say(fact.value) : `unknown (${fact.why})`;

/** How old the evidence is that a message stands on. */
export const evidenceAge = ({ credits: { forecast } }: CaseNotice): string =>
  forecast.kind === 'unknown'
    ? `evidence ${forecast.why === 'stale' ? 'too old' : 'missing'}`
    : `evidence ${durationText(forecast.age)} old`;
