import type { AuditRecord } from '../../core/domain/auditing/audit-trail.ts';
import { clockToSecondSeenFrom } from '../../core/domain/notices/time-text.ts';
import { before, hours, type Instant } from '../../core/domain/units.ts';
import { harmless } from '../render/harmless.ts';
import { hanging, wrap } from '../render/wrap.ts';
import { counted } from '../report/texts.ts';
import type { Sheet } from './explain-text.ts';
import { nameIn, type Recorded, type RecordedCase } from './recorded-case.ts';
import { caseTitle, stepDetails, stepTitle } from './step-words.ts';

/** "Why did it move my disk last night?" is asked in the morning, when the next case may be open already. */
const shownWhole = hours(24);
const mostInALine = 5;

/** For a terminal: every step of the latest cases as they were taken, and a line for each case before. */
export function recordedText(recorded: Recorded, sheet: Sheet): string {
  const { paint, width } = sheet;
  const { cases, until } = recorded;
  const since = before(until, shownWhole);
  const firstWhole = cases.findIndex(
    ({ steps }, index) => index === cases.length - 1 || (steps.at(-1)?.at ?? 0) > since,
  );
  const sections = [
    wrap(harmless(headOf(recorded)), width).map(paint.bold),
    earlierLines(cases.slice(0, firstWhole), until, width),
    ...cases.slice(firstWhole).map((one) => wholeLines(one, until, sheet)),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headOf(recorded: Recorded): string {
  const { account, region, volumeId, until } = recorded;
  const name = nameIn(recorded);
  const called = name === volumeId ? '' : ` (${name})`;
  const time = new Date(until).toISOString().slice(0, 16).replace('T', ' ');
  return `${volumeId}${called} in ${account} ${region}, as recorded up to ${time} UTC`;
}

function earlierLines(cases: readonly RecordedCase[], until: Instant, width: number): readonly string[] {
  const shown = cases.slice(-mostInALine);
  const others = cases.length - shown.length;
  const lines = shown.map(
    ({ case: of, steps }) => `${caseTitle(of, until)}; ${counted(steps.length, 'step')}`,
  );
  const rest = others === 0 ? [] : [`Cases before these: ${others}, which --json has as well.`];
  return [...rest, ...lines].flatMap((line) => wrap(line, width));
}

function wholeLines(
  { case: of, steps, laterSteps }: RecordedCase,
  until: Instant,
  { paint, width }: Sheet,
): readonly string[] {
  const title = wrap(caseTitle(of, until), width).map(paint.bold);
  const after =
    laterSteps === 0 ? [] : [`  and ${counted(laterSteps, 'step')} after that, which a later --at shows`];
  return [...title, ...steps.flatMap((step) => stepLines(step, until, width)), ...after];
}

/** Tags, and AWS's words, are whatever somebody wrote into them. */
const stepLines = (step: AuditRecord, until: Instant, width: number): readonly string[] => [
  ...hanging(`  ${clockToSecondSeenFrom(step.at, until)}  `, harmless(stepTitle(step, until)), width),
  ...stepDetails(step, until).flatMap(([label, text]) =>
    hanging(`    ${label.padEnd(9)}`, harmless(text), width),
  ),
];
