import { deploy } from '../cli/demo/deploy.ts';
import { synthesize } from '../cli/demo/synthesize.ts';
import { createAccount } from '../twin/account.ts';
import recorded from './steady-state-calls.json' with { type: 'json' };

/**
 * How many API calls an hour of nothing happening costs, by number of volumes, against the floor: a census needs one
 * DescribeVolumes per 1,000 volumes and one DescribeAlarms per 100 alarms, and writes nothing. Counts, not seconds: they
 * are the same on every machine. Exits 1 when a count differs from the recorded one; `--record` prints the new record.
 */
// The Lambdas' own log lines are no part of what is printed here.
process.env['POWERTOOLS_LOG_LEVEL'] ??= 'SILENT';
process.env['POWERTOOLS_METRICS_DISABLED'] ??= 'true';

const sizes = [10, 100, 1_000];
const hour = 3_600_000;
const startsAt = Date.UTC(2026, 2, 2, 9);

interface Counts {
  readonly volumes: number;
  readonly describeVolumes: number;
  readonly describeAlarms: number;
  readonly alarmWrites: number;
}

async function countsOf(volumes: number): Promise<Counts> {
  const account = createAccount({
    accountId: '123456789012',
    region: 'us-east-1',
    startAt: startsAt,
    seed: 1,
    throttling: 'none',
  });
  const instance = account.ebs.volumes.createInstance();
  for (let made = 0; made < volumes; made += 1) {
    const volume = account.ebs.volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100 });
    account.ebs.volumes.attach(volume.id, instance.id);
  }
  await deploy(account, synthesize({ mode: 'notify', maxAlarms: 10_000 }));
  // The backfill is over after its first census; what follows is the steady state.
  await account.simulation.runUntil(startsAt + hour);
  const from = account.endpoint.calls.length;
  await account.simulation.runUntil(startsAt + 2 * hour);
  const keeper = account.endpoint.calls
    .slice(from)
    .filter(({ principal }) => principal.includes('KeepAlarms'));
  const of = (...operations: readonly string[]) =>
    keeper.filter(({ operation }) => operations.includes(operation)).length;
  return {
    volumes,
    describeVolumes: of('DescribeVolumes'),
    describeAlarms: of('DescribeAlarms'),
    alarmWrites: of('PutMetricAlarm', 'DeleteAlarms'),
  };
}

const censuses = 4;
const floorOf = (volumes: number): Counts => ({
  volumes,
  describeVolumes: censuses * Math.ceil(volumes / 1_000),
  describeAlarms: censuses * Math.ceil(volumes / 100),
  alarmWrites: 0,
});

const line = ({ volumes, describeVolumes, describeAlarms, alarmWrites }: Counts, name: string): string =>
  [String(volumes).padStart(7), name.padEnd(9), describeVolumes, describeAlarms, alarmWrites]
    .map((cell) => String(cell).padStart(9))
    .join('  ');

const measured: Counts[] = [];
console.log('API calls of keep-alarms in one quiet hour (4 censuses)');
console.log('volumes             DescribeVolumes  DescribeAlarms  alarm writes');
for (const size of sizes) {
  const counts = await countsOf(size);
  measured.push(counts);
  console.log(line(counts, 'measured'));
  console.log(line(floorOf(size), 'floor'));
}
if (process.argv.includes('--record')) console.log(JSON.stringify(measured, null, 2));
else if (JSON.stringify(measured) !== JSON.stringify(recorded)) {
  console.error(`the counts differ from bench/steady-state-calls.json: expected ${JSON.stringify(recorded)}`);
  process.exitCode = 1;
}
