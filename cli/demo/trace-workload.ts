import { type DemandFrom, NO_DEMAND, steppedDemand } from '../../twin/ebs/open-loop-workload.ts';
import type { Workload } from '../../twin/ebs/workload.ts';
import type { TwinTime } from '../../twin/simulation.ts';
import type { Trace, TraceStep } from './traces/trace.ts';

/** ebs-io-characteristics: SSD volumes count an I/O in pieces of 256 KiB. */
const LARGEST_IO_BYTES = 262_144;

export interface Replay {
  readonly from: TwinTime;
  /** The trace is repeated until then. */
  readonly until: TwinTime;
  /** What every operation and byte is multiplied with. */
  readonly scale: number;
}

/** The trace as load that does not slow down with the disk: what cannot be served waits. */
export function traceWorkload(trace: Trace, { from, until, scale }: Replay): Workload {
  const demands: DemandFrom[] = [];
  for (let begin = from; begin < until; begin += trace.seconds * 1_000) {
    for (const step of trace.steps) demands.push(demandOf(step, begin, scale));
  }
  demands.push({ ...NO_DEMAND, from: until });
  return steppedDemand(demands);
}

function demandOf(step: TraceStep, begin: TwinTime, scale: number): DemandFrom {
  const reads = pieces(step.readOperations, step.readBytes);
  const operations = reads + pieces(step.writeOperations, step.writeBytes);
  const from = begin + step.second * 1_000;
  if (operations === 0) return { ...NO_DEMAND, from };
  return {
    from,
    iops: operations * scale,
    ioBytes: (step.readBytes + step.writeBytes) / operations,
    readShare: reads / operations,
  };
}

/** Fractions of a file's own operations stay: a period's mean may be less than one a second. */
const pieces = (operations: number, bytes: number): number => Math.max(operations, bytes / LARGEST_IO_BYTES);
