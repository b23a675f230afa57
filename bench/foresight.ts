import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Foresight, foresightSum } from '../core/domain/history/foresight.ts';
import type { Policy } from '../core/domain/policy.ts';
import { dollars, inMinutes, minutes } from '../core/domain/units.ts';
import { judged, type Sight } from './foresight/trial.ts';
import { type NamedTrial, real, synthetic } from './foresight/trials.ts';

/**
 * `npm run bench:foresight`: how many walls the responder announces in time, and how many of its announcements nothing
 * comes of, over synthetic loads of many shapes and the real ones in ../shared/traces (said and left out where they are
 * missing). The same figures on every machine. `-- --each N --days D --seed S` draws other traces.
 */
const { values } = parseArgs({
  options: {
    each: { type: 'string', default: '4' },
    days: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
  },
});

const whole = (name: 'each' | 'days' | 'seed', least: number): number => {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= least) return number;
  throw new Error(`--${name}: got "${values[name]}", expected a whole number from ${least} on`);
};

/** The defaults of the construct (lib/responder-props.ts). */
const policy: Policy = {
  mode: 'notify',
  target: 'auto',
  fixedIops: undefined,
  leadTime: minutes(15),
  detectionLag: minutes(10),
  maxAlarms: 1_000,
  act: { tagKey: 'ebs-burst:mode', values: ['act'] },
  caps: { maxMonthlyIncrease: dollars(100), blastRadius: { volumes: 10, percentOfWatched: 5 } },
};

/** Publication, period, evaluation and queue are ten minutes together with 5-minute samples that come three minutes late. */
const sights: readonly Sight[] = [
  { period: 1, publicationDelay: minutes(1) },
  { period: 1, publicationDelay: minutes(3) },
  { period: 5, publicationDelay: minutes(3) },
];

const traces = join('..', 'shared', 'traces');
const files = [
  'cloudphysics-vm-first-hour-1s.csv',
  'nab-ec2-disk-write-bytes-1ef3de-5min.csv',
  'nab-ec2-network-in-257a54-5min.csv',
];

const share = (part: number, of: number): string => (of === 0 ? '–' : `${((100 * part) / of).toFixed(1)} %`);

function row(
  name: string,
  { walls, foreseeable, announced, leads, announcements, groundless }: Foresight,
): string {
  const sorted = leads.map(inMinutes).toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  const cells = [
    walls,
    foreseeable,
    share(announced, foreseeable),
    median === undefined ? '–' : `${median.toFixed(0)} min`,
    announcements,
    share(groundless, announcements),
  ];
  return name.padEnd(42) + cells.map((cell) => String(cell).padStart(13)).join('');
}

const heads = ['walls', 'foreseeable', 'in time', 'median lead', 'announced', 'groundless'];

async function main(): Promise<void> {
  const trials: readonly NamedTrial[] = [
    ...synthetic(whole('each', 1), whole('days', 2) * 1_440, whole('seed', 1)),
    ...(existsSync(traces) ? real(traces, files) : []),
  ];
  if (!existsSync(traces)) console.log(`${traces} is not here: real loads are left out.\n`);
  console.log('load'.padEnd(42) + heads.map((head) => head.padStart(13)).join(''));
  const all: Foresight[] = [];
  for (const [group, own] of Map.groupBy(trials, (trial) => trial.group)) {
    const results: Foresight[] = [];
    for (const trial of own) for (const sight of sights) results.push(await judged(trial, sight, policy));
    console.log(row(group, foresightSum(results)));
    all.push(...results);
  }
  console.log(row('all', foresightSum(all)));
}

await main();
