import type { Closed, OpenCase } from '../../core/domain/cases/case.ts';
import type { Forecast } from '../../core/domain/credits/forecast.ts';
import type { Decision, Plan } from '../../core/domain/deciding/decision.ts';
import type { GuardAnswer } from '../../core/domain/explaining/ask-guards.ts';
import type { Asked, Explanation } from '../../core/domain/explaining/explanation.ts';
import { type Change, whatWouldChange } from '../../core/domain/explaining/what-would-change.ts';
import { configurationText } from '../../core/domain/notices/configuration-text.ts';
import { signedMoney } from '../../core/domain/notices/money-text.ts';
import type { CaseNotice } from '../../core/domain/notices/notice.ts';
import { titleOf } from '../../core/domain/notices/notice-title.ts';
import { subjectOf } from '../../core/domain/notices/subject.ts';
import { clockSeenFrom, durationText } from '../../core/domain/notices/time-text.ts';
import { isVague, vagueWall, wallWithRange } from '../../core/domain/notices/wall-text.ts';
import type { Reading } from '../../core/domain/reading.ts';
import { sentence } from '../../core/domain/reason-texts.ts';
import { between, type Instant } from '../../core/domain/units.ts';
import { harmless } from '../render/harmless.ts';
import type { Paint } from '../render/paint.ts';
import { rate } from '../render/quantities.ts';
import { sentenceWidth, wrap } from '../render/wrap.ts';
import { doneWords } from './decision-words.ts';
import type { RecordedCase } from './recorded-case.ts';
import { caseTitle, stepTitle } from './step-words.ts';
import { stopWords } from './stopped.ts';

/** What stands around the explanation of one volume. */
export interface Told {
  readonly account: string;
  readonly region: string;
  /** What its open case has said, oldest first. */
  readonly notices: readonly CaseNotice[];
  /** The newest that is over; `undefined` while one is open, where there was none, and in a record. */
  readonly lastCase: RecordedCase<Closed> | undefined;
  /** `undefined` where there is none to ask: in a record, or without the stack's output. */
  readonly killSwitch: Reading<string> | undefined;
  /** What would have been with the tag that it lacks; `undefined` where nobody asks, or it has the tag. */
  readonly withConsent: string | undefined;
  /** What nobody recorded. */
  readonly assumed: readonly string[];
}

/** Where it is written. */
export interface Sheet {
  readonly paint: Paint;
  /** In columns. */
  readonly width: number;
}

/** The guards' three columns need no more. */
const widest = 102;

/** `columns` of the terminal, `undefined` where there is none. */
export const sheetOf = (paint: Paint, columns: number | undefined): Sheet => ({
  paint,
  width: sentenceWidth(columns, widest),
});

/** For a terminal; every paragraph answers one question. */
export function explanationText(explanation: Explanation, told: Told, sheet: Sheet): string {
  const { situation, decision, asked } = explanation;
  const { now, openCase } = situation;
  const { paint } = sheet;
  const sections = [
    [...lines(headOf(explanation, told), sheet.width).map(paint.bold), ...stateLines(explanation, sheet)],
    [paint.bold('Decision, if it looked now'), ...decisionLines(decision, now, told, sheet)],
    [...lines(askedTitle(asked), sheet.width).map(paint.bold), ...askedLines(asked, told, sheet)],
    section(paint, 'What would change this', changeLines(explanation, told, sheet)),
    section(
      paint,
      'What its case has said',
      openCase === undefined ? [] : saidLines(told.notices, now, sheet),
    ),
    section(paint, 'What its last case did', lastCaseLines(told.lastCase, situation, sheet)),
    section(
      paint,
      'Taken for granted, as no record knows it',
      told.assumed.flatMap((one) => indented(one, sheet)),
    ),
  ];
  return `${sections
    .filter((one) => one.length > 0)
    .map((one) => one.join('\n'))
    .join('\n\n')}\n`;
}

const decisionLines = (decision: Decision, now: Instant, told: Told, sheet: Sheet): readonly string[] => [
  ...indented(doneWords(decision, now, stopWords(told.killSwitch)), sheet),
  ...(told.withConsent === undefined ? [] : indented(told.withConsent, sheet)),
];

const section = (paint: Paint, title: string, body: readonly string[]): readonly string[] =>
  body.length === 0 ? [] : [paint.bold(title), ...body];

/** Tags and names are whatever somebody wrote into them. */
const lines = (text: string, width: number): readonly string[] => wrap(harmless(text), width);

const indented = (text: string, sheet: Sheet): readonly string[] => hanging('  ', text, sheet);

function headOf({ situation: { volume, now } }: Explanation, { account, region }: Told): string {
  const { name } = subjectOf(volume, { account, region });
  const called = name === volume.id ? '' : ` (${name})`;
  return `${volume.id}${called} in ${account} ${region}, ${new Date(now).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function stateLines({ situation, decision, credits }: Explanation, sheet: Sheet): readonly string[] {
  const { volume, openCase, now } = situation;
  const bucket =
    credits === undefined
      ? 'no burst credits that could run out'
      : `baseline ${rate(credits.bucket.baseline)}, burst ${rate(credits.bucket.burst)} ${credits.bucket.unit}`;
  return [
    ...hanging(
      '  volume   ',
      `${configurationText(volume.configuration)}, ${volume.size} GiB; ${bucket}`,
      sheet,
    ),
    ...(credits === undefined
      ? []
      : hanging(
          '  credits  ',
          `${forecastText(credits.forecast, now)}; alarm under ${rate(credits.threshold)} %`,
          sheet,
        )),
    ...hanging(
      '  case     ',
      openCase === undefined ? 'none is open' : caseText(openCase, decision, now),
      sheet,
    ),
  ];
}

/** Further lines stand under the first one's text. */
const hanging = (label: string, text: string, { width }: Sheet): readonly string[] =>
  lines(text, width - label.length).map(
    (line, index) => `${index === 0 ? label : ' '.repeat(label.length)}${line}`,
  );

/** What is scheduled counts: a look that only explains moves nothing, and the decision names what a real one would set. */
function caseText({ id, state, openedAt, dueAt }: OpenCase, decision: Decision, now: Instant): string {
  const scheduled = clockSeenFrom(dueAt, now);
  const instead = 'dueAt' in decision ? clockSeenFrom(decision.dueAt, now) : scheduled;
  const moved = instead === scheduled ? '' : `; if it looked now, again by ${instead}`;
  return `${id} is ${state}, opened ${clockSeenFrom(openedAt, now)}, next look scheduled by ${scheduled}${moved}`;
}

function forecastText(seen: Forecast, now: Instant): string {
  if (seen.kind === 'unknown') return `unknown: ${seen.detail}`;
  const balance = `${seen.balance.toFixed(1)} % as of ${clockSeenFrom(seen.asOf, now)}`;
  switch (seen.kind) {
    case 'at-wall':
      return `${balance}: at the wall`;
    case 'draining': {
      const wall = isVague(seen.wall, now) ? vagueWall(seen.wall, now) : wallWithRange(seen.wall, now);
      return `${balance}, ${seen.percentPerMinute.toFixed(2)} points a minute; wall ${wall}`;
    }
    case 'recovering':
      return `${balance}, rising ${seen.percentPerMinute.toFixed(2)} points a minute`;
    default:
      return `${balance}, ${seen.kind === 'steady' ? 'neither falling nor rising' : 'the first sample, no slope yet'}`;
  }
}

function askedTitle(asked: Asked): string {
  if (asked.kind === 'guards')
    return `Guards, in the order they are asked, on ${planText(asked.plan)}; the first that does not pass decides`;
  return 'Guards';
}

const planText = ({ from, to, price }: Plan): string =>
  `${configurationText(from)} -> ${configurationText(to)} (${signedMoney(price.difference)} a month)`;

function askedLines(asked: Asked, { killSwitch }: Told, sheet: Sheet): readonly string[] {
  switch (asked.kind) {
    case 'followed':
      return indented(
        'None is asked: a modification of ours is under way, which is followed to its end.',
        sheet,
      );
    case 'no-target':
      return indented(`None is asked, there is nothing to move it to: ${sentence(asked.refusal)}.`, sheet);
    default:
      return [
        ...asked.answers.flatMap((answer) => guardLines(answer, sheet)),
        ...switchLines(killSwitch, sheet),
      ];
  }
}

const signs: {
  readonly [Says in GuardAnswer['says']]: readonly [
    word: string,
    colour: keyof Paint & ('green' | 'red' | 'yellow' | 'dim'),
  ];
} = {
  pass: ['pass', 'green'],
  refuse: ['refuse', 'red'],
  unknown: ['unknown', 'yellow'],
  'not-read': ['not read', 'dim'],
  'not-asked': ['-', 'dim'],
};

/** Where what a guard saw begins. */
const sawAt = 43;

function row(says: GuardAnswer['says'], name: string, saw: string, sheet: Sheet): readonly string[] {
  const [word, colour] = signs[says];
  const { paint, width } = sheet;
  const [first = '', ...more] = lines(saw, width - sawAt);
  return [
    `  ${paint[colour](word.padEnd(8))}  ${name.padEnd(31)}${first}`,
    ...more.map((line) => `${' '.repeat(sawAt)}${line}`),
  ];
}

const guardLines = ({ says, guard, saw }: GuardAnswer, sheet: Sheet): readonly string[] =>
  row(says, guard.name, saw, sheet);

/** No guard, but the last word: read again before every modification. */
function switchLines(killSwitch: Told['killSwitch'], sheet: Sheet): readonly string[] {
  if (killSwitch === undefined) return [];
  if (killSwitch.kind === 'unread') return row('unknown', 'kill switch', killSwitch.why, sheet);
  const { value } = killSwitch;
  return row(value === 'run' ? 'pass' : 'refuse', 'kill switch', `says "${value}"`, sheet);
}

/** The kill switch is asked for last, as it is before a modification. */
export function changesOf(explanation: Explanation, killSwitch: Told['killSwitch']): readonly Change[] {
  const isStopped = stopWords(killSwitch) !== undefined && explanation.asked.kind === 'guards';
  return [
    ...whatWouldChange(explanation),
    ...(isStopped ? [{ of: 'kill switch', change: 'set the parameter to run when we may act again' }] : []),
  ];
}

function changeLines(explanation: Explanation, { killSwitch }: Told, sheet: Sheet): readonly string[] {
  return changesOf(explanation, killSwitch).flatMap(({ of, change }) => indented(`${of}: ${change}`, sheet));
}

function saidLines(notices: readonly CaseNotice[], now: Instant, sheet: Sheet): readonly string[] {
  return notices.flatMap((notice, index) => {
    const ahead = notice.nextNewsAt;
    const isLast = index === notices.length - 1;
    const next =
      isLast && ahead !== undefined && ahead > now
        ? `; next word by ${clockSeenFrom(ahead, now)}, in ${durationText(between(now, ahead))}`
        : '';
    const title = titleOf(notices.slice(0, index + 1));
    return hanging(`  ${clockSeenFrom(notice.at, now)}  `, `${title}${next}`, sheet);
  });
}

/** In short; all of it is another question. */
function lastCaseLines(
  last: RecordedCase<Closed> | undefined,
  { now, volume }: Explanation['situation'],
  sheet: Sheet,
): readonly string[] {
  if (last === undefined) return [];
  const { case: of, steps } = last;
  return [
    ...indented(caseTitle(of, now), sheet),
    ...steps.flatMap((step) => hanging(`  ${clockSeenFrom(step.at, now)}  `, stepTitle(step, now), sheet)),
    ...indented(
      `explain ${volume.id} --at ${new Date(of.closedAt).toISOString()} tells why, on what evidence and by whose authority`,
      sheet,
    ),
  ];
}
