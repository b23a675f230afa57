import { parseArgs } from 'node:util';
import { alarmToModify } from './alarm-to-modify.ts';
import { fleetMix } from './fleet.ts';
import { type FleetRun, liveFleet } from './live-fleet.ts';
import recorded from './recorded-counts.json' with { type: 'json' };

/**
 * `npm run bench`: counts are compared with bench/recorded-counts.json, because they are the same on every machine;
 * seconds are only printed, and growth is judged as a ratio. Exits 1 when a count differs or the cost grows faster than
 * the fleet. `-- --volumes N --hours H` runs that fleet alone, spread over accounts; `-- --record` prints the new record.
 */
const growingBy = 10;
/** Ten times the volumes may cost this many times the CPU: linear, and as much again for caches and a busy machine. */
const mostGrowth = 2 * growingBy;
/** Each in one account, so that its growth is seen. */
const sizes = [1_000, 10_000, 100_000];
const usualHours = 2;
/** A fleet of choice is spread over accounts of at most so many volumes, which live side by side. */
const mostInAccount = 25_000;

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

const inRow = (cells: readonly (string | number)[]): string =>
  cells.map((cell) => String(cell).padStart(13)).join('');
const large = (count: number): string => Math.round(count).toLocaleString('en-US');

function printRun(run: FleetRun): void {
  const minutes = run.volumes * run.hours * 60;
  console.log(
    inRow([
      large(run.volumes),
      run.parts.length,
      run.hours,
      run.setUpCpuSeconds.toFixed(1),
      run.cpuSeconds.toFixed(1),
      run.wallSeconds.toFixed(1),
      large(minutes / run.wallSeconds),
      large(run.peakMebibytes),
      `${(100 * run.awakeShare).toFixed(1)} %`,
      large(run.counts.alarmEvents),
    ]),
  );
}

/** Of one census of each account, as the design's floor has it. */
function countsOf({ volumes, parts, counts }: FleetRun) {
  const { censuses, failures, describeVolumes, describeAlarms, alarmWrites } = counts;
  const rounds = censuses / parts.length;
  return {
    volumes,
    failures,
    describeVolumes: describeVolumes / rounds,
    describeAlarms: describeAlarms / rounds,
    alarmWrites,
  };
}

/** One read per 1,000 volumes and per 100 alarms of an account, and no write. */
function floorOf({ volumes, parts }: FleetRun): ReturnType<typeof countsOf> {
  const reads = (perCall: number) => parts.reduce((sum, part) => sum + Math.ceil(part.volumes / perCall), 0);
  return {
    volumes,
    failures: 0,
    describeVolumes: reads(1_000),
    describeAlarms: reads(100),
    alarmWrites: 0,
  };
}

function printFleet(runs: readonly FleetRun[]): void {
  console.log(
    'The simulated account with the responder in it: every alarm, a sweep a minute, a census every 15 min.',
  );
  console.log('All volumes are gp2 of 100 GiB; of a thousand of them');
  for (const { share, does } of fleetMix) console.log(`${String(share).padStart(5)}  ${does}`);
  console.log('The alarms are there from the start: written two a second, 100,000 would take 14 hours.');
  console.log('CPU is of all accounts together; wall and volume-minutes per second include the set-up.\n');
  console.log(
    inRow([
      'volumes',
      'accounts',
      'hours',
      'set-up CPU s',
      'CPU s',
      'wall s',
      'v-min/s',
      'peak MiB',
      'awake',
      'alarm turns',
    ]),
  );
  for (const run of runs) printRun(run);
  console.log(
    '\nAPI calls of keep-alarms in one census, and the floor: one read per 1,000 volumes and per 100 alarms',
  );
  console.log(inRow(['volumes', 'volumes', 'floor', 'alarms', 'floor', 'writes']));
  for (const run of runs) {
    const { volumes, describeVolumes, describeAlarms, alarmWrites } = countsOf(run);
    const floor = floorOf(run);
    console.log(
      inRow([
        volumes,
        describeVolumes,
        floor.describeVolumes,
        describeAlarms,
        floor.describeAlarms,
        alarmWrites,
      ]),
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

/** Says what was expected where it is not what was got; the run then exits 1. */
function demandCounts(got: unknown, expected: unknown, what: string): void {
  if (JSON.stringify(got) === JSON.stringify(expected)) return;
  console.error(`the counts differ from ${what}: got ${JSON.stringify(got)}`);
  console.error(`expected ${JSON.stringify(expected)}`);
  process.exitCode = 1;
}

async function usualBench(): Promise<void> {
  const runs: FleetRun[] = [];
  for (const size of sizes) runs.push(await liveFleet(size, usualHours, size));
  printFleet(runs);
  if (!growsSlowly(runs)) process.exitCode = 1;
  const { seconds, ...path } = await alarmToModify();
  console.log(
    `\nAlarm → ModifyVolume: ${path.calls} calls in ${path.rounds} sequential rounds, ${seconds} s with 1 s a call`,
  );
  const counts = { censuses: runs.map(countsOf), alarmToModify: path };
  if (values.record) console.log(JSON.stringify(counts, null, 2));
  else demandCounts(counts, recorded, 'bench/recorded-counts.json (if meant, keep what --record prints)');
}

async function fleetOfChoice(volumes: number, hours: number): Promise<void> {
  const run = await liveFleet(volumes, hours, mostInAccount);
  printFleet([run]);
  demandCounts(countsOf(run), floorOf(run), 'the floor');
}

if (values.volumes === undefined && values.hours === undefined) await usualBench();
else await fleetOfChoice(Number(values.volumes ?? 100_000), Number(values.hours ?? 24));
