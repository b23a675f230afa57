import type { Assessment } from '../../core/domain/history/assessment.ts';
import type { Replayed } from '../../core/domain/history/replayed.ts';
import { signedMoney } from '../../core/domain/notices/money-text.ts';
import { describeConfiguration } from '../../core/domain/volume.ts';
import { html, type Markup, nothing } from './markup.ts';
import { isUnread, stallMinutesOf, timelineOf } from './outcome.ts';
import { endedWords, refusalWords } from './refusal-words.ts';
import { cutReason, iso, moment } from './texts.ts';

/** A volume that drains daily fills pages with the same; the rest is in --json. */
const MOST = 30;

/** The same as the marks of the chart, in words. */
export function eventList(assessment: Assessment): Markup {
  const timeline = timelineOf(assessment);
  const stall = stallMinutesOf(assessment);
  if (timeline.length === 0 && isUnread(stall)) {
    return html`<p><span class="unread">unknown</span>: ${cutReason(stall.why)}</p>`;
  }
  if (timeline.length === 0) return html`<p class="soft">The policy would have said and done nothing.</p>`;
  const items = timeline
    .slice(0, MOST)
    .map(
      (event) =>
        html`<li><time datetime="${iso(event.at)}">${moment(event.at)}</time> <span class="what ${event.kind}">${eventWords(event)}</span></li>`,
    );
  const left = timeline.length - MOST;
  const more = left > 0 ? html`<p class="soft">and ${left} more: see --json.</p>` : nothing;
  return html`<ol class="events">${items}</ol>${more}`;
}

/** What happened, for a person, without when. */
export function eventWords(event: Replayed): string {
  switch (event.kind) {
    case 'alarmed':
      return 'alarm';
    case 'announced':
      return announcedWords(event);
    case 'acted':
      return `moved to ${describeConfiguration(event.plan.to)}, ${signedMoney(event.plan.price.difference)} a month, ${wallWords(event.wall)}`;
    case 'relieved':
      return `relieved: runs as ${describeConfiguration(event.to)}`;
    case 'returned':
      return `put back to ${describeConfiguration(event.plan.to)}`;
    case 'ended':
      return `case ended: ${endedWords(event.ending)}`;
    case 'hit-wall':
      return 'at the wall in spite of the policy';
    case 'left-wall':
      return 'left the wall';
  }
}

function announcedWords({ said, wall, refusals }: Extract<Replayed, { kind: 'announced' }>): string {
  const word = said === 'warned' ? 'people warned' : 'people told to act';
  const why = refusals.length === 0 ? '' : `; not moved: ${refusalWords(refusals)}`;
  return `${word}, ${wallWords(wall)}${why}`;
}

const wallWords = (wall: number | undefined): string =>
  wall === undefined ? 'no wall could be named' : `wall expected ${moment(wall)}`;
