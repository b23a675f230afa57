import type { Ending, Plan, Usual, Verdict } from '../deciding/decision.ts';
import type { Reading } from '../reading.ts';
import { sentence } from '../reason-texts.ts';
import { between, type Instant } from '../units.ts';
import { describeConfiguration } from '../volume.ts';
import { storiesOf, supersededIn } from './case-story.ts';
import { configurationText } from './configuration-text.ts';
import { extraFor, signedMoney } from './money-text.ts';
import type { CaseNotice, Felt, Notice, Said } from './notice.ts';
import { clock, durationText } from './time-text.ts';

/** What one step has to tell; as a line in a thread or digest: `03:28 UTC RELIEVED. …`. */
interface News {
  readonly headline: string;
  readonly sentences: readonly string[];
}

const mostLines = 20;

/**
 * One line per notice, with the disk's name where the incident has several, and the case where the disk has a newer one.
 * Of too many the newest are kept.
 */
export function newsLines(fresh: readonly CaseNotice[], all: readonly Notice[]): readonly string[] {
  const several = storiesOf(all).length > 1;
  const isSuperseded = supersededIn(all);
  const lines = fresh.slice(-mostLines).map((notice) => {
    const names = [
      ...(several ? [notice.subject.name] : []),
      ...(isSuperseded(notice) ? [`earlier case ${notice.caseId}`] : []),
    ];
    return [...names, newsLine(notice)].join(': ');
  });
  return fresh.length > mostLines ? [...lines, leftOut(fresh.length - mostLines)] : lines;
}

const leftOut = (count: number): string =>
  `And ${count} earlier ${count === 1 ? 'one' : 'ones'}, left out here.`;

export const newsLine = (notice: CaseNotice): string => {
  const { headline, sentences } = newsOf(notice);
  return [`${clock(notice.at)} ${headline}.`, ...sentences].join(' ');
};

function newsOf(notice: CaseNotice): News {
  const { said } = notice;
  switch (said.kind) {
    case 'warned':
    case 'needed':
      return toldNews(said, notice.at);
    case 'eased':
      return {
        headline: 'EASED',
        sentences: [
          asSentence(sentence(said.reason, notice.at)),
          'Nothing was changed; we go on watching it.',
        ],
      };
    case 'acted':
      return { headline: 'MOVING', sentences: [`${move(said.plan)}, accepted by AWS.`] };
    case 'judged':
      return verdictNews(said.verdict, notice.felt);
    case 'completed':
      return completedNews(said.plan, durationText(said.took), notice.subject.stack);
    case 'returning':
      return {
        headline: `GOING BACK TO ${said.plan.to.type}`,
        sentences: [`${move(said.plan)}, accepted by AWS: it no longer needs ${said.plan.from.type}.`],
      };
    case 'ended':
      return endingNews(notice, said);
  }
}

export const move = ({ from, to }: Plan): string =>
  `${describeConfiguration(from)} -> ${describeConfiguration(to)}`;

function toldNews(said: Extract<Said, { kind: 'warned' | 'needed' }>, at: Instant): News {
  const why = said.refusals.map((refusal) => sentence(refusal, at)).join('; ');
  return {
    headline: toldHeadline(said),
    sentences: [asSentence(sentence(said.reason, at)), ...(why === '' ? [] : [`${notMoved(said)}: ${why}.`])],
  };
}

function toldHeadline({ kind, wouldDo }: Extract<Said, { kind: 'warned' | 'needed' }>): string {
  if (wouldDo?.purpose === 'return') return `NOT BACK ON ${wouldDo.to.type}`;
  return kind === 'needed' ? 'YOU ARE NEEDED' : 'WARNED';
}

/** What AWS was asked for and may be doing is not called undone. */
export function notMoved({ reason, wouldDo }: Extract<Said, { kind: 'warned' | 'needed' }>): string {
  const moved = wouldDo?.purpose === 'return' ? 'put back' : 'moved';
  return reason.code === 'intent-unresolved' ? `Not known to be ${moved}` : `Not ${moved}`;
}

/** First letter upper case, one full stop. */
export const asSentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const averages = (felt: Reading<Felt>, usual: Usual | undefined): readonly string[] =>
  felt.kind === 'read' ? [`Now ${feltText(felt.value, usual)}.`] : [];

/** CloudWatch gives averages; a percentile would need counters from the node. */
export const feltText = ({ latency, queue }: Felt, usual?: Usual): string =>
  usual === undefined
    ? `average latency ${figure(latency)} ms, queue ${figure(queue)}`
    : `average latency ${figure(latency)} ms (usual ${figure(usual.latency)}), queue ${figure(queue)} (usual ${figure(usual.queue)})`;

/** One decimal below ten, none above. */
export const figure = (value: number): string =>
  value < 9.95 ? `${Number(value.toFixed(1))}` : Math.round(value).toLocaleString('en-US');

function verdictNews(verdict: Verdict, felt: Reading<Felt>): News {
  switch (verdict.kind) {
    case 'too-early':
      return { headline: 'TOO EARLY TO TELL', sentences: ['Latency and queue have not settled yet.'] };
    case 'averted':
      return {
        headline: 'AVERTED',
        sentences: [
          'Latency and queue stayed as usual until 10 min past the predicted wall.',
          ...averages(felt, verdict.usual),
        ],
      };
    case 'relieved':
      return {
        headline: 'RELIEVED',
        sentences: [
          'Latency and queue have been back to usual for 10 min.',
          ...averages(felt, verdict.usual),
        ],
      };
    case 'not-relieved':
      return { headline: 'ACCEPTED BUT NOT RELIEVED', sentences: [notRelieved(verdict)] };
    case 'unknown':
      return { headline: 'EFFECT UNKNOWN', sentences: [`It could not be measured: ${verdict.why}.`] };
  }
}

const notRelieved = (verdict: Extract<Verdict, { kind: 'not-relieved' }>): string =>
  asSentence(feltText(verdict, { latency: verdict.usualLatency, queue: verdict.usualQueue }));

const completedNews = (plan: Plan, took: string, stack: string | undefined): News => ({
  headline: 'COMPLETED',
  sentences: [`${move(plan)} took ${took}. ${deploysSafe(stack)}`, ...driftWarning(plan, stack)],
});

/** A template that still names the old type undoes the move with its next update of the volume. */
const driftWarning = (plan: Plan, stack: string | undefined): readonly string[] =>
  stack === undefined || plan.purpose === 'return' || plan.purpose === 'bridge'
    ? []
    : [
        `Set ${plan.to.type} in the template of stack ${stack}, or its next change of this volume undoes ours.`,
      ];

type Ended = Extract<Said, { kind: 'ended' }>;

const endingTexts: { readonly [Each in Ending]: (notice: CaseNotice, said: Ended) => News } = {
  averted: (notice, { plan, usual }) => ({
    headline: 'CLOSED, AVERTED',
    sentences: ['It never throttled.', ...averages(notice.felt, usual), ...stays(notice, plan)],
  }),
  relieved: (notice, { plan, usual }) => ({
    headline: 'CLOSED, RELIEVED',
    sentences: [
      'Latency and queue are back to usual.',
      ...averages(notice.felt, usual),
      ...stays(notice, plan),
    ],
  }),
  unproved: (notice, { plan }) => ({
    headline: 'CLOSED, EFFECT UNKNOWN',
    sentences: ['Latency and queue could not be compared with before.', ...stays(notice, plan)],
  }),
  'not-relieved': (notice, { plan, usual }) => ({
    headline: 'CLOSED, NOT RELIEVED',
    sentences: [
      'More IOPS did not help, so the cause is elsewhere.',
      ...averages(notice.felt, usual),
      ...stays(notice, plan),
    ],
  }),
  failed: (notice, { reason }) => ({
    headline: 'CLOSED, FAILED',
    sentences: [
      asSentence(sentence(reason, notice.at)),
      `The volume is ${configurationText(notice.subject.configuration)}.`,
    ],
  }),
  'put-back': (notice, { plan, movedAt }) => ({
    headline: `BACK ON ${notice.subject.configuration.type}`,
    sentences: ['It is as it was before the case.', firstBalance(notice), ...extra(notice, plan, movedAt)],
  }),
  recovered: ({ at }, { reason }) =>
    reason.code === 'readable-again'
      ? { headline: 'READABLE AGAIN', sentences: [asSentence(sentence(reason, at)), 'Nothing was changed.'] }
      : { headline: 'RECOVERED', sentences: ['Its credits came back, nothing was changed.'] },
  silent: ({ at }, { reason }) => ({
    headline: 'CLOSED, SILENT',
    sentences: [asSentence(sentence(reason, at)), 'Its alarm wakes us when it publishes again and is low.'],
  }),
  gone: () => ({ headline: 'CLOSED, DELETED', sentences: ['The volume no longer exists.'] }),
  detached: () => ({ headline: 'CLOSED, DETACHED', sentences: ['A detached volume burns no credits.'] }),
  'cannot-run-out': () => ({
    headline: 'CLOSED',
    sentences: ['The volume can no longer run out of burst credits.'],
  }),
  yielded: ({ at }, { reason }) => ({
    headline: 'CLOSED, LEFT TO OTHERS',
    sentences: [asSentence(sentence(reason, at)), 'We do not put it back.'],
  }),
};

const endingNews = (notice: CaseNotice, said: Ended): News => endingTexts[said.ending](notice, said);

/** These endings come only after completion: the lock on deploys is over. */
const stays = ({ subject }: CaseNotice, plan: Plan | undefined): readonly string[] =>
  plan === undefined
    ? []
    : [`It stays on ${plan.to.type}. ${deploysSafe(subject.stack)}`, ...driftWarning(plan, subject.stack)];

const deploysSafe = (stack: string | undefined): string =>
  stack === undefined ? 'It may be changed again.' : 'Deploys are safe again.';

/** The plan of a put-back case is the bridge's: what it cost while it was in force. */
const extra = (
  notice: CaseNotice,
  plan: Plan | undefined,
  movedAt: Instant = notice.since,
): readonly string[] => {
  if (plan === undefined) return [];
  const held = between(movedAt, notice.at);
  return [`${durationText(held)} on ${plan.to.type}, ${signedMoney(extraFor(plan, held))} at list prices.`];
};

/** AWS says nowhere what the balance is after a way back; so we say what we see. */
const firstBalance = ({ credits: { forecast } }: CaseNotice): string =>
  forecast.kind === 'unknown'
    ? 'No balance was published yet.'
    : `Its balance is ${figure(forecast.balance)} %.`;
