import { thresholdOf } from '../../core/domain/credits/alarm-plan.ts';
import type { Assessment, Quantiles } from '../../core/domain/history/assessment.ts';
import { money, signedMoney } from '../../core/domain/notices/money-text.ts';
import type { Reading } from '../../core/domain/reading.ts';
import { span } from '../render/quantities.ts';
import { eventList } from './event-list.ts';
import type { Made } from './made.ts';
import { html, type Markup, nothing } from './markup.ts';
import {
  announcedOf,
  isUnread,
  type Known,
  outcomeOf,
  stallMinutesOf,
  wallMinutesOf,
  wallSpan,
} from './outcome.ts';
import { announcedWords, count, cut, cutReason, nameOf, noAlarmWords, outcomeText, share } from './texts.ts';
import { volumeChart } from './volume-chart.ts';
import type { Row } from './volume-table.ts';

/** More tags than people look for; AWS allows 50 long ones. */
const MOST_TAGS = 8;

/** Chart, figures and events of one volume; closed until somebody asks. */
export function volumeDetails({ id, assessment, region }: Row, { policy }: Made): Markup {
  const { volume } = assessment;
  const name = nameOf(assessment);
  const named = name === undefined ? nothing : html`<bdi class="name">${cut(name)}</bdi> `;
  const outcome = outcomeOf(assessment);
  const title = html`${named}<span class="id">${volume.id}</span> <span class="badge ${outcome}">${outcomeText(assessment)}</span>`;
  // On paper a summary may stay behind alone at the end of a page; the title in the same box as the chart does not.
  return html`<details data-row="${id}"><summary>${title}</summary><div class="inside" id="${id}"><div class="chart"><p class="on-paper">${title}</p>${volumeChart(assessment, region, policy)}</div><dl class="facts">${facts(assessment, thresholdOf(assessment.bucket, policy))}</dl><div class="happened"><h3>What the policy would have done</h3>${eventList(assessment)}</div></div></details>\n`;
}

function facts(assessment: Assessment, threshold: number): readonly Markup[] {
  const { volume, bucket, iops, throughput, lowest, watching, replay, noAlarm } = assessment;
  const wall = wallMinutesOf(assessment);
  return [
    fact('Volume', `${volume.configuration.type}, ${count(volume.size)} GiB, ${volume.zone}`),
    fact('Baseline, burst', `${count(bucket.baseline)}, ${count(bucket.burst)} ${bucket.unit}`),
    fact('IOPS p50 / p95 / p99.5 / max', quantileWords(iops)),
    fact('MiB/s p50 / p95 / p99.5 / max', quantileWords(throughput)),
    fact('Lowest balance', lowest.kind === 'unread' ? lowest : share(lowest.value)),
    fact('Alarm', noAlarm === undefined ? `below ${share(threshold)}` : noAlarmWords(noAlarm)),
    fact('At the wall', isUnread(wall) ? wall : wallSpan(assessment, wall)),
    fact('Left under the policy', minutesWords(stallMinutesOf(assessment))),
    fact('First wall announced', announcedFact(assessment)),
    fact('Extra cost of the time shown', isUnread(replay) ? replay : signedMoney(replay.value.extraCost)),
    fact('Watching', `${money(watching)} a month`),
    ...tagFacts(volume.tags),
  ];
}

const fact = (title: string, value: Known<string>): Markup =>
  html`<div><dt>${title}</dt><dd>${isUnread(value) ? html`<span class="unread">unknown</span>: ${cutReason(value.why)}` : html`${value}`}</dd></div>`;

const minutesWords = (minutes: Known<number>): Known<string> => (isUnread(minutes) ? minutes : span(minutes));

function announcedFact(assessment: Assessment): Known<string> {
  const announced = announcedOf(assessment);
  return announced.kind === 'unread' ? announced : announcedWords(announced);
}

function quantileWords(reading: Reading<Quantiles>): Known<string> {
  if (reading.kind === 'unread') return reading;
  const { p50, p95, p995, max } = reading.value;
  return [p50, p95, p995, max].map(count).join(' / ');
}

function tagFacts(tags: Readonly<Record<string, string>>): readonly Markup[] {
  const others = Object.entries(tags)
    .filter(([key]) => key !== 'Name')
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (others.length === 0) return [];
  const shown = others.slice(0, MOST_TAGS).map(([key, value]) => html`<bdi>${cut(key)}=${cut(value)}</bdi> `);
  const left = others.length - MOST_TAGS;
  return [html`<div class="tags"><dt>Tags</dt><dd>${shown}${left > 0 ? `and ${left} more` : ''}</dd></div>`];
}
