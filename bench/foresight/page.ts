import { barsOf, type Findings, percentText } from './bars.ts';
import { type LoadFigures, together } from './measured.ts';

const inRow = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

export const heads = [
  'load',
  'walls',
  'too fast',
  'steepened',
  'same hour',
  'foreseeable',
  'in time',
  'median lead',
  'announced',
  'groundless',
  'unprecedented',
] as const;

export const cellsOf = (row: LoadFigures): readonly string[] => [
  row.load,
  String(row.walls),
  String(row.walls - row.foreseeable - row.sameHour - row.steepened),
  String(row.steepened),
  String(row.sameHour),
  String(row.foreseeable),
  percentText(row.announced, row.foreseeable),
  row.medianLead === null ? '–' : `${row.medianLead} min`,
  String(row.announcements),
  percentText(row.groundless, row.announcements),
  String(row.unprecedented),
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
three minutes late and of five published three minutes late. The first three days of each are history, as CloudWatch has it of every
volume, and are not judged. No threshold was chosen by the other seed, ${heldOut.seed}; what could not be foreseen was defined with its misses in view.

${[inRow(['measured', 'bar', 'now', '']), inRow(['---', '---', '---', '---']), ...bars.map(inRow)].join('\n')}

![For each load the share of walls announced in time and of groundless announcements, against the bars](foresight.svg)

${[inRow(heads), inRow(heads.map(() => '---')), ...[...findings.loads, ...sumsOf(findings)].map((row) => inRow(cellsOf(row)))].join('\n')}

- **too fast**: the balance had been falling for less than 25 minutes (lead time and detection lag) when it met the wall, or less than 30 where
  samples are five minutes long, the first whole one of which may end ten minutes after the onset. Nothing that reads
  \`BurstBalance\` can announce it 15 minutes ahead; it is announced when it can be seen. Not judged.
- **steepened**: fifteen minutes before it, the balance at its exact pace of the ten minutes before that was not to meet the wall for another 24:
  the load grew after the moment at which the wall had to be announced. It is announced when it has grown. Not judged.
- **same hour**: a wall within an hour of the last word about the volume. The team is in the middle of it and is not told again
  (\`core/domain/cases/told.ts\`). Not judged.
- **foreseeable**: all others. **In time**: of these, how many were announced 15 minutes ahead, or as far ahead as the volume allows, by a
  word that still stood: not one about an earlier wall, or of a case that had ended.
- **groundless**: announcements with no wall within twice the time they named.
- **unprecedented**: groundless words about a fall deeper than all but one of the three days before. Until it turns around nothing tells it from
  the fall that does not, and it is announced: that is what we are for.

${whyNot(findings)}
The real loads are shapes only: they are scaled to the volume, to 0.3, 0.6, 0.9 and 1.2 times its baseline on average, on three sizes, and
each is seen in three ways: one burst of one of them is in these figures up to 36 times.
`;
}

function whyNot(findings: Findings): string {
  const all = together('all', findings.loads);
  const [synthetic, real] = sumsOf(findings);
  const share = (row: LoadFigures | undefined) => percentText(row?.groundless ?? 0, row?.announcements ?? 0);
  return `## What the groundless ones are

A fall that will turn around and one that will not look alike until it turns. To announce the second 15 minutes ahead, the first has to be
announced too, unless the past tells them apart: falls as deep as this one that turned around ([why](decisions/0018-the-last-responsible-moment.md)). Of all
${all.announcements} announcements ${all.unprecedented} (${percentText(all.unprecedented, all.announcements)}) were groundless and without precedent. An announcer that judged every other fall perfectly would still
have these, or would keep silent about the first deep fall of a volume, which is the one that matters. That the bar
cannot be met is not proved by this. Nor is any fall held back as far as others emptied the bucket in the last three days, be it from a lower
peak: those show only that they would have gone deeper. Of the synthetic loads
${share(synthetic)} of the announcements are groundless, of the real ones ${share(real)}: their bursts at full speed start from a full bucket, come
once in days, and end when half of it is gone. Noise with a memory (\`correlated noise\`) has no depth that its falls keep to; there the past says
only how often, and a wall that comes one time in three has to be announced three times.
`;
}
