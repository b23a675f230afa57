import type { Workload } from '../../twin/ebs/workload.ts';
import type { TwinTime } from '../../twin/simulation.ts';
import type { Measure, Point } from '../render/chart.ts';
import { ContainerLoop, type ContainerStart } from './container-loop.ts';
import type { Recorder } from './recorder.ts';
import type { ReproducerParameters } from './reproducer-parameters.ts';
import { traceWorkload } from './trace-workload.ts';
import type { Trace } from './traces/trace.ts';

/** What uses the volume in both worlds. */
export interface Load {
  readonly title: string;
  readonly isReproducer: boolean;
  /** What was assumed or left out, one sentence each. */
  readonly notes: readonly string[];
  /** What the person who waits feels; the third panel. */
  readonly measure: Measure;
  /** The same load anew, once for each world. */
  begin(from: TwinTime): RunningLoad;
}

export interface RunningLoad {
  readonly workload: Workload;
  /** Points of `measure`. */
  felt(recorder: Recorder): readonly Point[];
  /** Containers started and removed, in the order of time; undefined for a trace. */
  readonly starts: readonly ContainerStart[] | undefined;
  stopAt(at: TwinTime): void;
}

export const reproducerLoad = (parameters: ReproducerParameters): Load => ({
  title: 'docker run --rm fedora date, in a tight loop',
  isReproducer: true,
  notes: [],
  measure: { title: 'Time to start a container', unit: 's', most: undefined, merge: 'highest' },
  begin: (from) => {
    const loop = new ContainerLoop(parameters, from);
    return {
      workload: loop,
      starts: loop.starts,
      stopAt: (at) => loop.stopAt(at),
      felt: () =>
        loop.starts.map(({ startedAt, seconds }) => ({ at: startedAt + seconds * 1_000, value: seconds })),
    };
  },
});

const HOUR = 3_600_000;
/** The load goes on while what happened at the wall is looked at. */
const AFTERWARDS = HOUR;

export interface TraceLoadOptions {
  readonly trace: Trace;
  readonly name: string;
  readonly scale: number;
  /** How long the wall is waited for, in milliseconds: a shorter trace is repeated. */
  readonly waitFor: number;
}

export const traceLoad = ({ trace, name, scale, waitFor }: TraceLoadOptions): Load => ({
  title: `${name}, ${trace.format}, × ${scale}`,
  isReproducer: false,
  notes: [...trace.notes, lengthNote(trace.seconds, waitFor)],
  measure: { title: 'Time an I/O takes', unit: 'ms', most: undefined, merge: 'highest' },
  begin: (from) => {
    const replay = traceWorkload(trace, { from, until: from + waitFor + AFTERWARDS, scale });
    let stopsAt = Number.POSITIVE_INFINITY;
    const nothing = traceWorkload({ ...trace, steps: [] }, { from, until: from, scale });
    return {
      workload: { serve: (second) => (second.at < stopsAt ? replay : nothing).serve(second) },
      starts: undefined,
      stopAt: (at) => {
        stopsAt = at;
      },
      felt: (recorder) => recorder.latency,
    };
  },
});

function lengthNote(seconds: number, waitFor: number): string {
  const length = `${(seconds / 3_600).toLocaleString('en-US', { maximumFractionDigits: 1 })} h of load`;
  return seconds * 1_000 < waitFor
    ? `${length}, repeated until the wall, for at most ${waitFor / HOUR} h`
    : `${length}, until the wall or the end`;
}
