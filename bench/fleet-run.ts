import type { Account } from '../twin/account.ts';
import { type FleetPart, fleetAccount, startsAt } from './fleet.ts';
import { type FleetCounts, nothing, sumOf } from './fleet-counts.ts';

/**
 * Lives through one account of a fleet and prints what it cost, as JSON, for live-fleet.ts: a process of its own for
 * each, so that none inherits another's memory.
 */
// The Lambdas' own log lines are no part of what is printed here.
process.env['POWERTOOLS_LOG_LEVEL'] ??= 'SILENT';
process.env['POWERTOOLS_METRICS_DISABLED'] ??= 'true';

const minute = 60_000;

export interface AccountRun {
  /** From the start of the process until time begins to pass. */
  readonly setUpCpuSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMebibytes: number;
  readonly awakeMinutes: number;
  readonly counts: FleetCounts;
}

async function accountRun(part: FleetPart, hours: number): Promise<AccountRun> {
  const account = await fleetAccount(part, hours);
  const { simulation, ebs } = account;
  let awakeMinutes = 0;
  ebs.volumes.onMinute(() => {
    awakeMinutes += ebs.volumes.awake.size;
  });
  const setUp = cpuSeconds();
  let counts = nothing;
  forget(account);
  for (let passed = 1; passed <= hours * 60; passed += 1) {
    await simulation.runUntil(startsAt + passed * minute);
    counts = sumOf(counts, countsIn(account));
    forget(account);
  }
  return {
    setUpCpuSeconds: setUp,
    cpuSeconds: cpuSeconds() - setUp,
    peakMebibytes: process.resourceUsage().maxRSS / 1_024,
    awakeMinutes,
    counts,
  };
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

function countsIn({ endpoint, functions, bus }: Account): FleetCounts {
  const named = (part: string) => functions.log.filter(({ functionName }) => functionName.includes(part));
  const calls = endpoint.calls.filter(({ principal }) => principal.includes('KeepAlarms'));
  const count = (...operations: readonly string[]) =>
    calls.filter(({ operation }) => operations.includes(operation)).length;
  return {
    alarmEvents: bus.log.filter(({ event }) => event.source === 'aws.cloudwatch').length,
    censuses: named('KeepAlarms').length,
    sweeps: named('Sweep').length,
    failures: functions.log.filter(({ outcome }) => outcome.kind !== 'succeeded').length,
    describeVolumes: count('DescribeVolumes'),
    describeAlarms: count('DescribeAlarms'),
    alarmWrites: count('PutMetricAlarm', 'DeleteAlarms'),
  };
}

/** The records of a day take as much memory as the volumes themselves, and are counted already. */
function forget({ endpoint, functions, bus }: Account): void {
  endpoint.forgetCalls();
  functions.log.length = 0;
  bus.log.length = 0;
}

const [account, firstVolume, volumes, hours] = process.argv.slice(2).map(Number);
if (account === undefined || firstVolume === undefined || volumes === undefined || hours === undefined)
  throw new Error(
    'expected the numbers of the account, its first volume, its volumes and hours, e.g. bench/fleet-run.ts 0 0 1000 24',
  );
console.log(JSON.stringify(await accountRun({ account, firstVolume, volumes }, hours)));
