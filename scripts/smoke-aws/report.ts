import { type Answer, answersFrom } from './answers.ts';
import type { CleanedUp } from './clean-up.ts';
import { type CostLine, costText, totalOf } from './estimate.ts';
import type { Site } from './names.ts';
import { type Sightings, textOf } from './sightings.ts';

/** All that a run has to say for itself. */
export interface Account {
  readonly run: string;
  readonly site: Site;
  readonly mode: 'notify' | 'act';
  readonly version: string;
  readonly cost: readonly CostLine[];
  readonly sightings: Sightings;
  /** Why it ended early. */
  readonly failure: string | undefined;
  readonly cleanedUp: CleanedUp;
}

export function asJson({ sightings, ...account }: Account): string {
  const { all } = sightings;
  return `${JSON.stringify({ ...account, answers: answersFrom(sightings), sightings: all }, undefined, 2)}\n`;
}

export function asMarkdown(account: Account): string {
  const { run, site, mode, version, sightings, failure, cleanedUp, cost } = account;
  const lines = [
    `# Smoke run ${run}`,
    '',
    `ebs-burst-responder ${version}, account ${site.account}, ${site.region}, mode ${mode}.`,
    `Estimated before: at most ${costText(totalOf(cost))}.`,
    failure === undefined ? 'Everything that was waited for was seen.' : `**Ended early:** ${failure}`,
    '',
    '## Open questions',
    '',
    '| id | question | seen |',
    '|---|---|---|',
    ...answersFrom(sightings).map(answerRow),
    '',
    '## What was seen, in order',
    '',
    '| seen at | what |',
    '|---|---|',
    ...sightings.all.map((one) => `| ${new Date(one.seenAt).toISOString()} | ${cell(textOf(one))} |`),
    '',
    '## Notices',
    '',
    ...sightings
      .of('notice')
      .flatMap(({ subject, message }) => [`### ${subject}`, '', '```', message.trim(), '```', '']),
    '## Cleaning up',
    '',
    ...cleanedUp.removed.map((what) => `- removed ${what}`),
    ...cleanedUp.left.map(({ what, why, command }) => `- **left: ${what}** (${why}): \`${command}\``),
  ];
  return `${lines.join('\n')}\n`;
}

const answerRow = ({ id, question, seen }: Answer): string =>
  `| ${id} | ${question} | ${seen === undefined ? 'not seen' : cell(seen)} |`;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
