import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type FleetPart, partsOf } from './fleet.ts';
import { type FleetCounts, nothing, sumOf } from './fleet-counts.ts';
import type { AccountRun } from './fleet-run.ts';

const script = join(import.meta.dirname, 'fleet-run.ts');
/** Most of what a census makes is garbage at its end; a larger nursery keeps it from being copied into the old space. */
const nodeOptions = ['--max-semi-space-size=128', '--max-old-space-size=4096'];

export interface FleetRun {
  readonly volumes: number;
  readonly hours: number;
  readonly parts: readonly FleetPart[];
  /** From the first process started to the last one ended, with the set-up. */
  readonly wallSeconds: number;
  /** Of all accounts together. */
  readonly setUpCpuSeconds: number;
  readonly cpuSeconds: number;
  /** What the processes that live side by side, the largest ones, can have held at once. */
  readonly peakMebibytes: number;
  /** Share of the volume-minutes in which a volume was not asleep. */
  readonly awakeShare: number;
  readonly counts: FleetCounts;
}

/** Lives through a fleet of accounts, as many side by side as there are cores, and adds them up. @throws Error when one of them ends badly */
export async function liveFleet(volumes: number, hours: number, mostInAccount: number): Promise<FleetRun> {
  const parts = partsOf(volumes, mostInAccount);
  const workers = Math.min(availableParallelism(), parts.length);
  const begun = performance.now();
  const runs = await sideBySide(parts, workers, (part, signal) => runOf(part, hours, signal));
  const total = (of: (run: AccountRun) => number) => runs.reduce((sum, run) => sum + of(run), 0);
  const peaks = runs.map(({ peakMebibytes }) => peakMebibytes).sort((a, b) => b - a);
  return {
    volumes,
    hours,
    parts,
    wallSeconds: (performance.now() - begun) / 1_000,
    setUpCpuSeconds: total((run) => run.setUpCpuSeconds),
    cpuSeconds: total((run) => run.cpuSeconds),
    peakMebibytes: peaks.slice(0, workers).reduce((sum, peak) => sum + peak, 0),
    awakeShare: total((run) => run.awakeMinutes) / (volumes * hours * 60),
    counts: runs.map(({ counts }) => counts).reduce(sumOf, nothing),
  };
}

/** One iterator feeds all workers: each takes the next part when it is free. When one fails, all are stopped. */
async function sideBySide(
  parts: readonly FleetPart[],
  workers: number,
  live: (part: FleetPart, signal: AbortSignal) => Promise<AccountRun>,
): Promise<readonly AccountRun[]> {
  const left = parts.values();
  const runs: AccountRun[] = [];
  const stop = new AbortController();
  const work = async (): Promise<void> => {
    for (const part of left) runs.push(await live(part, stop.signal));
  };
  try {
    await Promise.all(Array.from({ length: workers }, work));
  } finally {
    stop.abort();
  }
  return runs;
}

/** @throws Error with what the process printed when it ends badly */
async function runOf(part: FleetPart, hours: number, signal: AbortSignal): Promise<AccountRun> {
  const numbers = [part.account, part.firstVolume, part.volumes, hours].map(String);
  const { stdout } = await promisify(execFile)(process.execPath, [...nodeOptions, script, ...numbers], {
    signal,
  });
  return JSON.parse(stdout) as AccountRun;
}
