import type { SharedLimit, SimulatedInstance } from '../ebs/simulated-instance.ts';
import type { TwinTime } from '../simulation.ts';
import { HeldValues, type Sample } from './held-values.ts';
import type { Lived } from './spans.ts';
import { exceeded } from './volume-metric-table.ts';
import { isWithheld, type Withheld } from './withheld.ts';

const MINUTE = 60_000;
const FIVE_MINUTES = 300_000;

interface InstanceMetric {
  readonly period: number;
  readonly value: (instance: SimulatedInstance) => Sample;
}

/** Balances come every 5 minutes, and only from sizes that burst (EBS user guide, using_cloudwatch_ebs). */
const balance = (limitOf: (instance: SimulatedInstance) => SharedLimit | undefined): InstanceMetric => ({
  period: FIVE_MINUTES,
  value: (instance) => {
    const bucket = limitOf(instance)?.bucket;
    return bucket === undefined || bucket.size.capacity === 0 ? undefined : bucket.percent;
  },
});

const INSTANCE_METRICS: Readonly<Record<string, InstanceMetric>> = {
  InstanceEBSIOPSExceededCheck: {
    period: MINUTE,
    value: ({ iops }) => exceeded(iops?.exceededSeconds ?? 0),
  },
  InstanceEBSThroughputExceededCheck: {
    period: MINUTE,
    value: ({ mebibytesPerSecond }) => exceeded(mebibytesPerSecond?.exceededSeconds ?? 0),
  },
  'EBSIOBalance%': balance(({ iops }) => iops),
  'EBSByteBalance%': balance(({ mebibytesPerSecond }) => mebibytesPerSecond),
};

/** The metrics of AWS/EC2 that one instance publishes; Nitro instances have them while they run. */
export class InstanceMetrics {
  readonly #instance: SimulatedInstance;
  readonly #all: readonly (InstanceMetric & { readonly name: string; readonly values: HeldValues })[];

  constructor(instance: SimulatedInstance, lived: Readonly<Lived>) {
    this.#instance = instance;
    this.#all = Object.entries(INSTANCE_METRICS).map(([name, metric]) => ({
      ...metric,
      name,
      values: new HeldValues(metric.period, lived),
    }));
  }

  /** Notes what is known at `end`, the end of a minute. */
  note(end: TwinTime, withheld: Withheld): void {
    const isPublishing = this.#instance.nitro && this.#instance.state === 'running';
    for (const { name, period, value, values } of this.#all) {
      if (end % period !== 0) continue;
      const isThere = isPublishing && !isWithheld(withheld, name);
      values.note(end - period, isThere ? value(this.#instance) : undefined);
    }
  }

  find(name: string): { readonly period: number; readonly values: HeldValues } | undefined {
    return this.#all.find((metric) => metric.name === name);
  }
}
