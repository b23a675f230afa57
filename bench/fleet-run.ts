import { fleetAccount, startsAt } from './fleet.ts';

/**
 * Lives through one fleet and prints what it cost, as JSON, for bench.ts: a process of its own for each, so that none
 * inherits another's memory.
 */
// The Lambdas' own log lines are no part of what is printed here.
process.env['POWERTOOLS_LOG_LEVEL'] ??= 'SILENT';
process.env['POWERTOOLS_METRICS_DISABLED'] ??= 'true';

const hour = 3_600_000;

export interface FleetRun {
  readonly volumes: number;
  readonly hours: number;
  readonly setUpSeconds: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMebibytes: number;
  /** Share of the volume-minutes in which a volume was not asleep. */
  readonly awakeShare: number;
  readonly alarmEvents: number;
  readonly censuses: number;
  readonly sweeps: number;
  /** Runs of Lambdas that did not succeed; none is expected. */
  readonly failures: number;
  /** Calls of all censuses together, and the writes of alarms among them. */
  readonly describeVolumes: number;
  readonly describeAlarms: number;
  readonly alarmWrites: number;
}

async function fleetRun(volumes: number, hours: number): Promise<FleetRun> {
  const before = performance.now();
  const account = await fleetAccount(volumes, hours);
  const { simulation, ebs, endpoint, functions, bus } = account;
  const from = { calls: endpoint.calls.length, runs: functions.log.length, events: bus.log.length };
  let awakeMinutes = 0;
  ebs.volumes.onMinute(() => {
    awakeMinutes += ebs.volumes.awake.size;
  });
  const begun = performance.now();
  const cpu = process.cpuUsage();
  await simulation.runUntil(startsAt + hours * hour);
  const { user, system } = process.cpuUsage(cpu);
  const runs = functions.log.slice(from.runs);
  const named = (part: string) => runs.filter(({ functionName }) => functionName.includes(part)).length;
  const calls = endpoint.calls.slice(from.calls).filter(({ principal }) => principal.includes('KeepAlarms'));
  const count = (...operations: readonly string[]) =>
    calls.filter(({ operation }) => operations.includes(operation)).length;
  return {
    volumes,
    hours,
    setUpSeconds: (begun - before) / 1_000,
    seconds: (performance.now() - begun) / 1_000,
    cpuSeconds: (user + system) / 1_000_000,
    peakMebibytes: process.resourceUsage().maxRSS / 1_024,
    awakeShare: awakeMinutes / (volumes * hours * 60),
    alarmEvents: bus.log.slice(from.events).filter(({ event }) => event.source === 'aws.cloudwatch').length,
    censuses: named('KeepAlarms'),
    sweeps: named('Sweep'),
    failures: runs.filter(({ outcome }) => outcome.kind !== 'succeeded').length,
    describeVolumes: count('DescribeVolumes'),
    describeAlarms: count('DescribeAlarms'),
    alarmWrites: count('PutMetricAlarm', 'DeleteAlarms'),
  };
}

const [volumes, hours] = process.argv.slice(2).map(Number);
if (volumes === undefined || hours === undefined)
  throw new Error('expected the number of volumes and of hours, e.g. bench/fleet-run.ts 1000 24');
console.log(JSON.stringify(await fleetRun(volumes, hours)));
