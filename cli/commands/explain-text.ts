import type { OpenCase } from '../../core/domain/cases/case.ts';
import type { Forecast } from '../../core/domain/credits/forecast.ts';
import type { Plan } from '../../core/domain/deciding/decision.ts';
import type { GuardAnswer } from '../../core/domain/explaining/ask-guards.ts';
import type { Asked, Explanation } from '../../core/domain/explaining/explanation.ts';
import { whatWouldChange } from '../../core/domain/explaining/what-would-change.ts';
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
import type { Paint } from '../render/paint.ts';
import { wrap } from '../render/wrap.ts';
import { decisionWords } from './decision-words.ts';

/** What stands around the explanation of one volume. */
export interface Told {
  readonly account: string;
  readonly region: string;
  /** What its open case has said, oldest first. */
  readonly notices: readonly CaseNotice[];
  /** `undefined` where there is none to ask: in a record, or without the stack's output. */
  readonly killSwitch: Reading<string> | undefined;
  /** What nobody recorded. */
  readonly assumed: readonly string[];
}

const width = 100;

/** For a terminal; every paragraph answers one question. */
export function explanationText(explanation: Explanation, told: Told, paint: Paint): string {
  const { situation, decision, asked } = explanation;
  const { now, openCase } = situation;
  const sections = [
    [paint.bold(headOf(explanation, told)), ...stateLines(explanation)],
    [paint.bold('Decision'), ...indented(decisionWords(decision, now))],
    [paint.bold(askedTitle(asked)), ...askedLines(asked, told, paint)],
    section(paint, 'What would change this', changeLines(explanation, told)),
    section(paint, 'What its case has said', openCase === undefined ? [] : saidLines(told.notices, now)),
    section(paint, 'Taken for granted, as no record knows it', told.assumed.flatMap(indented)),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const section = (paint: Paint, title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [paint.bold(title), ...lines];

const indented = (text: string): readonly string[] => wrap(text, width).map((line) => `  ${line}`);

function headOf({ situation: { volume, now } }: Explanation, { account, region }: Told): string {
  const { name } = subjectOf(volume, { account, region });
  const called = name === volume.id ? '' : ` (${name})`;
  return `${volume.id}${called} in ${account} ${region}, ${new Date(now).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function stateLines({ situation, credits }: Explanation): readonly string[] {
  const { volume, openCase, now } = situation;
  const bucket =
    credits === undefined
      ? 'no burst credits that could run out'
      : `baseline ${rate(credits.bucket.baseline)}, burst ${rate(credits.bucket.burst)} ${credits.bucket.unit}`;
  return [
    `  volume   ${configurationText(volume.configuration)}, ${volume.size} GiB; ${bucket}`,
    ...(credits === undefined
      ? []
      : [`  credits  ${forecastText(credits.forecast, now)}; alarm under ${rate(credits.threshold)} %`]),
    `  case     ${openCase === undefined ? 'none is open' : caseText(openCase, now)}`,
  ];
}

const rate = (value: number): string => Number(value.toFixed(1)).toLocaleString('en-US');

const caseText = ({ id, state, openedAt, dueAt }: OpenCase, now: Instant): string =>
  `${id} is ${state}, opened ${clockSeenFrom(openedAt, now)}, looked at again by ${clockSeenFrom(dueAt, now)}`;

function forecastText(seen: Forecast, now: Instant): string {
  if (seen.kind === 'unknown') return `unknown: ${seen.detail}`;
  const balance = `${seen.balance.toFixed(1)} % as of ${clockSeenFrom(seen.asOf, now)}`;
  switch (seen.kind) {
    case 'at-wall':
      return `${balance}: at the wall`;
    case 'draining': {
      const wall = isVague(seen.wall, now) ? vagueWall(seen.wall, now) : wallWithRange(seen.wall, now);
      return `${balance}, ${seen.percentPerMinute.toFixed(2)} points a minute: the wall ${wall}`;
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

function askedLines(asked: Asked, { killSwitch }: Told, paint: Paint): readonly string[] {
  switch (asked.kind) {
    case 'followed':
      return indented('None is asked: a modification of ours is under way, which is followed to its end.');
    case 'no-target':
      return indented(`None is asked, there is nothing to move it to: ${sentence(asked.refusal)}.`);
    default:
      return [...asked.answers.map((answer) => guardLine(answer, paint)), ...switchLines(killSwitch, paint)];
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

const row = (says: GuardAnswer['says'], name: string, saw: string, paint: Paint): string => {
  const [word, colour] = signs[says];
  return `  ${paint[colour](word.padEnd(8))}  ${name.padEnd(31)}${saw}`;
};

const guardLine = ({ says, guard, saw }: GuardAnswer, paint: Paint): string =>
  row(says, guard.name, saw, paint);

/** No guard, but the last word: read again before every modification. */
function switchLines(killSwitch: Told['killSwitch'], paint: Paint): readonly string[] {
  if (killSwitch === undefined) return [];
  if (killSwitch.kind === 'unread') return [row('unknown', 'kill switch', killSwitch.why, paint)];
  const { value } = killSwitch;
  return [row(value === 'run' ? 'pass' : 'refuse', 'kill switch', `says "${value}"`, paint)];
}

function changeLines(explanation: Explanation, { killSwitch }: Told): readonly string[] {
  const stopped =
    killSwitch?.kind === 'read' && killSwitch.value !== 'run' && explanation.asked.kind === 'guards'
      ? [{ of: 'kill switch', change: 'set the parameter to run when we may act again' }]
      : [];
  return [...whatWouldChange(explanation), ...stopped].flatMap(({ of, change }) =>
    indented(`${of}: ${change}`),
  );
}

function saidLines(notices: readonly CaseNotice[], now: Instant): readonly string[] {
  return notices.map((notice, index) => {
    const ahead = notice.nextNewsAt;
    const isLast = index === notices.length - 1;
    const next =
      isLast && ahead !== undefined && ahead > now
        ? `; next word by ${clockSeenFrom(ahead, now)}, in ${durationText(between(now, ahead))}`
        : '';
    return `  ${clockSeenFrom(notice.at, now)}  ${titleOf(notices.slice(0, index + 1))}${next}`;
  });
}
