import { alarmsMonthly } from '../../core/domain/cost.ts';
import {
  isToGoBack,
  isUnderWay,
  type StillUpgraded,
  type UninstallPlan,
} from '../../core/domain/leaving/uninstall-plan.ts';
import type { WayBack } from '../../core/domain/leaving/way-back.ts';
import { money, signedMoney } from '../../core/domain/notices/money-text.ts';
import type { PriceList } from '../../core/domain/prices.ts';
import { dollars, type Instant } from '../../core/domain/units.ts';
import { describeConfiguration } from '../../core/domain/volume.ts';
import { harmless } from '../render/harmless.ts';
import type { Paint } from '../render/paint.ts';
import { wrap } from '../render/wrap.ts';
import { standingOf } from '../watch/standing.ts';
import { signInFirst } from './typed-by.ts';
import { type Choice, type Leaving, type Step, uninstallSteps } from './uninstall-steps.ts';

/** As wide as a terminal is at least. */
const width = 80;

/** The plan as a person reads it: what is there, what would stay, and what to type. */
export function uninstallText(
  plan: UninstallPlan,
  leaving: Leaving,
  choice: Choice,
  prices: PriceList,
  paint: Paint,
): string {
  const where = `${leaving.account} ${leaving.region}, ${timeText(plan.at)}`;
  const sections: readonly (readonly string[])[] = [
    [
      paint.bold(`What ebs-burst has left in ${where}`),
      'This is a plan: nothing was changed.',
      ...wrap(signInFirst(leaving.identity, leaving.account) ?? '', width).filter((line) => line !== ''),
    ],
    upgradedLines(plan, paint),
    casesLines(plan, paint),
    ownLines(plan, leaving, prices, paint),
    choiceLines(plan, choice, paint),
    ...uninstallSteps(plan, leaving, choice).map((step, index) => stepLines(step, index, paint)),
    wrap('The same command again says what is left; with --table also once the stack is gone.', width),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function upgradedLines({ upgraded }: UninstallPlan, paint: Paint): readonly string[] {
  if (upgraded.length === 0) return [paint.bold('No volume is away from what it was because of us')];
  const title = `${upgraded.length === 1 ? '1 volume was' : `${upgraded.length} volumes were`} moved by us and not put back`;
  return [paint.bold(title), ...upgraded.flatMap((one) => ['', ...volumeLines(one)])];
}

const purposes = {
  fix: 'a fix, meant to stay',
  keep: 'kept there on purpose, latency-critical',
  bridge: 'a bridge, meant to go back',
  return: 'a way back',
} as const;

function volumeLines(one: StillUpgraded): readonly string[] {
  const { volumeId, name, caseId, plan, since, monthlyDifference } = one;
  const who = name === volumeId ? volumeId : `${volumeId}  ${harmless(name)}`;
  const price = monthlyDifference === undefined ? '' : `, ${signedMoney(monthlyDifference)} a month`;
  return [
    `${who}  ${caseId}`,
    `  from     ${describeConfiguration(plan.from)}`,
    `  to       ${describeConfiguration(plan.to)}${price}`,
    `  since    ${timeText(since)}; ${purposes[plan.purpose]}`,
    ...indented('  back     ', wayBackWords(one.wayBack)),
  ];
}

function wayBackWords(back: WayBack): string {
  switch (back.kind) {
    case 'open':
      return 'can go back now';
    case 'gone':
      return 'nothing to do: the volume is gone';
    case 'is-back':
      return 'nothing to do: it is what it was';
    case 'changed-by-others':
      return `left alone: somebody else made it ${describeConfiguration(back.is)}`;
    case 'returning':
      return 'is being put back this moment';
    case 'in-modification':
      return `not yet: its modification is ${back.state} (${back.progress} %)`;
    case 'slots-used':
      return `not before ${timeText(back.at)}: all four modifications of 24 hours are used`;
    case 'unknown':
      return `cannot tell: ${back.why}`;
  }
}

function casesLines({ openCases }: UninstallPlan, paint: Paint): readonly string[] {
  if (openCases.length === 0) return [paint.bold('No case is open')];
  const back = openCases.filter(isToGoBack).length;
  const title = `${openCases.length === 1 ? '1 case is' : `${openCases.length} cases are`} open; ${back === 0 ? 'none' : back} would put a volume back by itself`;
  return [
    paint.bold(title),
    ...openCases.map((one) => {
      const under = isUnderWay(one) ? ', under way' : '';
      return `  ${one.id}  ${one.volumeId}  ${standingOf(one).words}${under}`;
    }),
  ];
}

function ownLines(plan: UninstallPlan, leaving: Leaving, prices: PriceList, paint: Paint): readonly string[] {
  const { tagged, instructed } = plan;
  const { stack, isStackThere, switchParameter, switchSays, table } = leaving;
  const said = switchSays.kind === 'read' ? `says ${switchSays.value}` : `not read (${switchSays.why})`;
  return [
    paint.bold('Ours'),
    ...indented('  stack    ', isStackThere ? stack : `${stack} is not there any more`),
    ...(isStackThere ? indented('  switch   ', `${switchParameter} ${said}`) : []),
    ...alarmLines(plan, prices),
    ...indented('  tags     ', `ebs-burst:state… on ${volumes(tagged.length)}`),
    ...indented('  table    ', `${table} stays when the stack goes`),
    '',
    paint.bold('Not ours; stays'),
    ...indented(
      '  tags     ',
      `ebs-burst:mode, :target and :tier, which people wrote: on ${volumes(instructed)}`,
    ),
    ...indented('  secret   ', 'the parameter with the Slack token or webhook, if you made one'),
    ...foreignAlarms(plan),
  ];
}

const volumes = (count: number): string => (count === 1 ? '1 volume' : `${count} volumes`);

function alarmLines({ alarms }: UninstallPlan, prices: PriceList): readonly string[] {
  if (alarms.kind === 'unread') return indented('  alarms   ', `not read (${alarms.why})`);
  const { ofStack, orphaned } = alarms.value;
  const cost = (count: number) => `${money(alarmsMonthly(count, prices))} a month`;
  return [
    ...indented('  alarms   ', `${ofStack.length} of this stack, ${cost(ofStack.length)}`),
    ...(orphaned.length === 0
      ? []
      : indented('           ', `${orphaned.length} left by an earlier one, ${cost(orphaned.length)}`)),
  ];
}

function foreignAlarms({ alarms }: UninstallPlan): readonly string[] {
  const foreign = alarms.kind === 'read' ? alarms.value.foreign : [];
  if (foreign.length === 0) return [];
  const named = foreign.slice(0, 3).map(harmless).join(', ');
  const more = foreign.length > 3 ? ` and ${foreign.length - 3} more` : '';
  return indented('  alarms   ', `with our prefix and without our mark: ${named}${more}`);
}

function choiceLines({ upgraded }: UninstallPlan, choice: Choice, paint: Paint): readonly string[] {
  const away = upgraded.filter(
    ({ wayBack }) => !['gone', 'is-back', 'changed-by-others'].includes(wayBack.kind),
  );
  if (away.length === 0) return [paint.bold('What to do, in this order')];
  const monthly = dollars(away.reduce((sum, { monthlyDifference = 0 }) => sum + monthlyDifference, 0));
  const now = away.filter(({ wayBack }) => wayBack.kind === 'open').length;
  const kept = `Keep: ${volumes(away.length)} as ${away.length === 1 ? 'it is' : 'they are'}, ${signedMoney(monthly)} a month against before.`;
  const restored = `Restore: ${now} of ${away.length} now${now < away.length ? '; run this again for the rest' : ''}.`;
  return [
    paint.bold('What to do, in this order'),
    ...(choice === 'restore' ? [] : wrap(kept, width)),
    ...(choice === 'keep' ? [] : wrap(restored, width)),
  ];
}

const stepLines = ({ title, why, commands }: Step, index: number, paint: Paint): readonly string[] => [
  paint.bold(`${index + 1}. ${title}`),
  ...wrap(why, width - 3).map((line) => `   ${line}`),
  ...commands.flatMap((lines) => ['', ...lines.map((line) => `   ${line}`)]),
];

/** The first line behind its label, the others below it. */
const indented = (label: string, text: string): readonly string[] =>
  wrap(text, width - label.length).map(
    (line, index) => `${index === 0 ? label : ' '.repeat(label.length)}${line}`,
  );

const timeText = (at: Instant): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
