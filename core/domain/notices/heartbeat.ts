import { metricReadsPrice } from '../cost.ts';
import { usEast1Prices } from '../prices.ts';
import { minutes } from '../units.ts';
import { disks } from './disk-count.ts';
import { type Fact, text } from './fact.ts';
import { money } from './money-text.ts';
import type { HeartbeatNotice } from './notice.ts';
import { someOf } from './some-of.ts';
import { durationText } from './time-text.ts';

/** Three censuses were missed; the alarm CensusAge of the stack has the same patience. */
const lateAfter = minutes(45);
/** Of the cap on spend; above it the next move may be refused. */
const nearCap = 0.8;

/** Several wordings, longest first. */
export function heartbeatTitles(notice: HeartbeatNotice): readonly string[] {
  const alive = `alive in ${notice.region}${lateness(notice)}`;
  const watched = `${alive}, ${disks(notice.watched)} watched`;
  return [
    `${watched}, ${notice.openCases} open ${notice.openCases === 1 ? 'case' : 'cases'}`,
    watched,
    alive,
  ];
}

const isLate = ({ census }: HeartbeatNotice): boolean => census.kind === 'read' && census.value > lateAfter;

const lateness = (notice: HeartbeatNotice): string =>
  notice.census.kind === 'read' && isLate(notice)
    ? `, census late (${durationText(notice.census.value)})`
    : '';

/** What the title leaves out: where, what stands open and what it costs. */
export function heartbeatLine(notice: HeartbeatNotice): string {
  const reads = `${notice.metricReads.toLocaleString('en-US')} metric reads (${money(metricReadsPrice(notice.metricReads, usEast1Prices))}) in 24 h`;
  const parts = [
    `Account ${notice.account}, mode ${notice.mode}`,
    ...(notice.unwatched === 0 ? [] : [`${notice.unwatched.toLocaleString('en-US')} not watched`]),
    `${notice.stillUpgraded.toLocaleString('en-US')} still upgraded, ${money(notice.committed)} a month`,
    reads,
  ];
  return `${parts.join('; ')}.`;
}

/** What somebody should look at; nothing where nothing is wrong. */
export function heartbeatFacts(notice: HeartbeatNotice): readonly Fact[] {
  const problems = [...lateCensus(notice), ...invalidTags(notice), ...spend(notice)];
  return problems.length === 0 ? [] : [text('Look at', ...problems)];
}

function lateCensus(notice: HeartbeatNotice): readonly string[] {
  const { census } = notice;
  if (census.kind === 'unread') return [`When the last census was is unknown (${census.why}).`];
  if (!isLate(notice)) return [];
  return [
    `The census before this one was ${durationText(census.value)} ago, not 15 min: disks attached since then may have had no alarm.`,
  ];
}

const invalidTags = ({ invalidTags: { first, total } }: HeartbeatNotice): readonly string[] =>
  total === 0
    ? []
    : [
        `Tags we do not understand: ${someOf(
          first.map(({ volumeId, key, got }) => `${volumeId} ${key}=${got}`),
          total,
        )}.`,
      ];

const spend = ({ committed, maxMonthlyIncrease: cap }: HeartbeatNotice): readonly string[] =>
  committed === 0 || committed < nearCap * cap
    ? []
    : [`${money(committed)} of the cap of ${money(cap)} a month is committed: soon we move nothing more.`];
