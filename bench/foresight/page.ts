import { barsOf, type Findings, percentText } from './bars.ts';
import { type LoadFigures, together } from './measured.ts';
import { type Why, whys } from './why-groundless.ts';

const inRow = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

export const heads = [
  'load',
  'walls',
  'too fast',
  'steepened',
  'unpublished',
  'same hour',
  'foreseeable',
  'in time',
  'median lead',
  'announced',
  'groundless',
] as const;

export const cellsOf = (row: LoadFigures): readonly string[] => [
  row.load,
  String(row.walls),
  String(row.walls - row.foreseeable - row.sameHour - row.steepened - row.unpublished),
  String(row.steepened),
  String(row.unpublished),
  String(row.sameHour),
  String(row.foreseeable),
  percentText(row.announced, row.foreseeable),
  row.medianLead === null ? '–' : `${row.medianLead} min`,
  String(row.announcements),
  percentText(row.groundless, row.announcements),
];

export const sumsOf = ({ loads }: Findings): readonly LoadFigures[] => [
  together(
    'all synthetic loads',
    loads.filter(({ kind }) => kind === 'synthetic'),
  ),
  together(
    'all real loads',
    loads.filter(({ kind }) => kind === 'real'),
  ),
  together('all', loads),
];

/** docs/foresight.md: its figures are those that the command prints. */
export function pageOf(findings: Findings): string {
  const { drawn, heldOut } = findings;
  const bars = barsOf(findings).map(({ what, bar, measured, isMet }) => [
    what,
    bar,
    measured,
    isMet ? 'met' : '**not met**',
  ]);
  return `# Foresight

How many walls the responder announces in time, and how many of its announcements nothing comes of: \`npm run bench:foresight\`, the same
figures on every machine; it exits 1 while a bar is not met, or when a figure differs from the record this page is written from
(\`-- --record\` writes both). Acting is switched off. The loads (${drawn.each} of each shape, ${drawn.days} days, seed ${drawn.seed}) are lived through by the simulated
account's bucket and replayed through the production \`decide\` with the default policy, with samples of one minute published one and
three minutes late and of five published three minutes late. A wall begins in the second in which the bucket is empty. The first three days of each are history, as CloudWatch has it of every
volume, and are not judged. Nothing was chosen by the other seeds, ${heldOut.seeds.join(', ')}; rules and thresholds were by 1 to 6 and the real
loads, and what could not be foreseen was defined with their misses in view.

${[inRow(['measured', 'bar', 'now', '']), inRow(['---', '---', '---', '---']), ...bars.map(inRow)].join('\n')}

![For each load the share of walls announced in time and of groundless announcements, against the bars](foresight.svg)

${[inRow(heads), inRow(heads.map(() => '---')), ...[...findings.loads, ...sumsOf(findings)].map((row) => inRow(cellsOf(row)))].join('\n')}

- **too fast**: the balance had been falling for less than 25 minutes (lead time and detection lag) when it met the wall, or less than 30 where
  samples are five minutes long, the first whole one of which may end ten minutes after the onset. Nothing that reads
  \`BurstBalance\` can announce it 15 minutes ahead; it is announced when it can be seen. Not judged.
- **steepened**: fifteen minutes before it, the balance at its exact pace of the ten minutes before that was not to meet the wall for another 25:
  the load grew after the moment at which the wall had to be announced. It is announced when it has grown. Not judged.
- **unpublished**: it was to meet the wall by then, but not at the pace of the ten minutes before the newest sample that was published. Not judged;
  ${unpublishedText(findings)}.
- **same hour**: a wall within an hour of the last word about the volume. The team is in the middle of it and is not told again
  (\`core/domain/cases/told.ts\`). Not judged.
- **foreseeable**: all others. **In time**: of these, how many were announced 15 minutes ahead, or as far ahead as the volume allows, by a
  word that still stood: not one about an earlier wall, or of a case that had ended.
- **groundless**: announcements with no wall within twice the time they named.

${whyNot(findings)}
The real loads are shapes only: they are scaled to the volume, to 0.3, 0.6, 0.9 and 1.2 times its baseline on average, on three sizes, and
each is seen in three ways: one burst of one of them is in these figures up to 36 times.
`;
}

function unpublishedText({ loads, heldOut }: Findings): string {
  const textOf = ({ announced, foreseeable, unpublished, unpublishedInTime }: LoadFigures) =>
    `${unpublishedInTime} of ${unpublished} were announced in time all the same, and with them it would be ${percentText(announced + unpublishedInTime, foreseeable + unpublished)}`;
  return `${textOf(together('all', loads))} (other seeds: ${textOf(together('held out', heldOut.loads))})`;
}

const meanings: Readonly<Record<Why, string>> = {
  unprecedented: 'fewer than two falls of the three days before went as deep as this one had gone',
  'both ways':
    'of those that did more than one in ten would have gone to the wall, or more than half where no lead time is promised',
  'near miss': 'it turned around with less than 5 % left',
  over: 'it had turned around already, and the newest sample that was published still fell',
  other: 'it sank from fall to fall, or had been announced before',
};

function whyNot(findings: Findings): string {
  const all = together('all', findings.loads);
  const [synthetic, real] = sumsOf(findings);
  const share = (row: LoadFigures | undefined) => percentText(row?.groundless ?? 0, row?.announcements ?? 0);
  const part = (why: Why) => percentText(all.whys[why], all.announcements);
  const rows = whys.map((why) => inRow([why, all.whys[why], part(why), meanings[why]]));
  return `## What the groundless ones are

Of the synthetic loads ${share(synthetic)} of the announcements are groundless, of the real ones ${share(real)}. Of all ${all.announcements}:

${[inRow(['why', 'words', 'of all', 'the first that holds']), inRow(['---', '---', '---', '---']), ...rows].join('\n')}

A fall that will turn around and one that will not look alike until it turns. To announce the second 15 minutes ahead, the first has to be
announced too, unless the past tells them apart ([how](decisions/0020-falls-without-a-break.md)). **Unprecedented** falls have to be announced by whoever
goes by how deep the earlier ones went, or the first deep fall of a volume is met in silence, which is the one that matters. Those that go
**both ways** are what the odds and the other bar ask for: where no lead time is promised, a wall is likelier than none; where it is, to be silent
is to be late for more than every tenth of them. The two are ${percentText(all.whys.unprecedented + all.whys['both ways'], all.announcements)} of all announcements: a rule that made no other mistake would not meet the
bar either, unless it knew more of a load than how its balance fell. That no such rule exists is not proved by this.
`;
}
