import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { alarmToModify } from './alarm-to-modify.ts';
import { fleetMix } from './fleet.ts';
import type { FleetRun } from './fleet-run.ts';
import recorded from './recorded-counts.json' with { type: 'json' };

/**
 * `npm run bench`: counts are compared with bench/recorded-counts.json, because they are the same on every machine;
 * seconds are only printed, and growth is judged as a ratio. Exits 1 when a count differs or the cost grows faster than
 * the fleet. `-- --volumes N --hours H` runs that fleet alone; `-- --record` prints the new record.
 */
const growingBy = 10;
/** Most of what a census makes is garbage at its end; a larger nursery keeps it from being copied into the old space. */
const nodeOptions = ['--max-semi-space-size=128', '--max-old-space-size=4096'];
/** Ten times the volumes may cost this many times the CPU: linear, and as much again for caches and a busy machine. */
const mostGrowth = 2 * growingBy;
const sizes = [1_000, 10_000, 100_000];
const usualHours = 2;

// The Lambdas' own log lines are no part of what is printed here.
process.env['POWERTOOLS_LOG_LEVEL'] ??= 'SILENT';
process.env['POWERTOOLS_METRICS_DISABLED'] ??= 'true';

const { values } = parseArgs({
  options: {
    volumes: { type: 'string' },
    hours: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
});

function runOf(volumes: number, hours: number): FleetRun {
  const script = join(import.meta.dirname, 'fleet-run.ts');
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...nodeOptions, script, String(volumes), String(hours)],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`a fleet of ${volumes} volumes ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as FleetRun;
}

const inRow = (cells: readonly (string | number)[]): string =>
  cells.map((cell) => String(cell).padStart(13)).join('');
const large = (count: number): string => Math.round(count).toLocaleString('en-US');

function printRun(run: FleetRun): void {
  const minutes = run.volumes * run.hours * 60;
  console.log(
    inRow([
      large(run.volumes),
      run.hours,
      run.setUpSeconds.toFixed(1),
      run.seconds.toFixed(1),
      run.cpuSeconds.toFixed(1),
      large(minutes / run.seconds),
      large(run.peakMebibytes),
      `${(100 * run.awakeShare).toFixed(1)} %`,
      large(run.alarmEvents),
    ]),
  );
}

/** Of one census, as the design's floor has it. */
function countsOf({ volumes, censuses, failures, describeVolumes, describeAlarms, alarmWrites }: FleetRun) {
  return {
    volumes,
    failures,
    describeVolumes: describeVolumes / censuses,
    describeAlarms: describeAlarms / censuses,
    alarmWrites,
  };
}

function printFleet(runs: readonly FleetRun[]): void {
  console.log(
    'The simulated account with the responder in it: every alarm, a sweep a minute, a census every 15 min.',
  );
  console.log('All volumes are gp2 of 100 GiB; of a thousand of them');
  for (const { share, does } of fleetMix) console.log(`${String(share).padStart(5)}  ${does}`);
  console.log('The alarms are there from the start: written two a second, 100,000 would take 14 hours.\n');
  console.log(
    inRow(['volumes', 'hours', 'set-up s', 'wall s', 'CPU s', 'v-min/s', 'peak MiB', 'awake', 'alarm turns']),
  );
  for (const run of runs) printRun(run);
  console.log(
    '\nAPI calls of keep-alarms in one census, and the floor: one read per 1,000 volumes and per 100 alarms',
  );
  console.log(inRow(['volumes', 'volumes', 'floor', 'alarms', 'floor', 'writes']));
  for (const counts of runs.map(countsOf)) {
    const { volumes, describeVolumes, describeAlarms, alarmWrites } = counts;
    const floors = [Math.ceil(volumes / 1_000), Math.ceil(volumes / 100)];
    console.log(
      inRow([volumes, describeVolumes, floors[0] ?? 0, describeAlarms, floors[1] ?? 0, alarmWrites]),
    );
  }
}

/** Prints how the CPU grows from each size to the next; says whether that is slow enough. */
function growsSlowly(runs: readonly FleetRun[]): boolean {
  const growths = runs.slice(1).map((run, index) => run.cpuSeconds / (runs[index]?.cpuSeconds ?? 1));
  const text = growths.map((growth) => `× ${growth.toFixed(1)}`).join(', ');
  console.log(`\nCPU for ten times the volumes: ${text} (at most × ${mostGrowth})`);
  return growths.every((growth) => growth <= mostGrowth);
}

async function usualBench(): Promise<void> {
  const runs = sizes.map((size) => runOf(size, usualHours));
  printFleet(runs);
  if (!growsSlowly(runs)) process.exitCode = 1;
  const { seconds, ...path } = await alarmToModify();
  console.log(
    `\nAlarm → ModifyVolume: ${path.calls} calls in ${path.rounds} sequential rounds, ${seconds} s with 1 s a call`,
  );
  const counts = { censuses: runs.map(countsOf), alarmToModify: path };
  if (values.record) console.log(JSON.stringify(counts, null, 2));
  else if (JSON.stringify(counts) !== JSON.stringify(recorded)) {
    console.error(`the counts differ from bench/recorded-counts.json: got ${JSON.stringify(counts)}`);
    console.error(
      'expected the recorded ones; if the change is meant, run with --record and keep what it prints',
    );
    process.exitCode = 1;
  }
}

if (values.volumes === undefined && values.hours === undefined) await usualBench();
else printFleet([runOf(Number(values.volumes ?? 100_000), Number(values.hours ?? 24))]);
