import type { AccountVolumes } from '../ebs/account-volumes.ts';
import type { MinuteUse } from '../ebs/minute-use.ts';
import type { SharedLimit, SimulatedInstance } from '../ebs/simulated-instance.ts';
import type { SimulatedVolume } from '../ebs/simulated-volume.ts';
import type { TwinTime } from '../simulation.ts';
import { MetricOutlet } from './metric-outlet.ts';
import type { MetricStore } from './metric-store.ts';
import { type MetricSettings, type Schedule, scheduleOf } from './publication-schedule.ts';

const MINUTE = 60_000;
const FIVE_MINUTES = 300_000;

/** "Consistently attempted" in a minute, for the …ExceededCheck metrics; AWS gives no number, half of it is our choice. */
const CONSISTENTLY_SECONDS = 30;

/** What of a resource's metrics is lost at the moment. */
type Withheld = readonly string[] | 'all' | 'nothing';

/** Writes the metrics of AWS/EBS and AWS/EC2 at the end of each simulated minute (EBS user guide, using_cloudwatch_ebs). */
export class VolumeMetrics {
  readonly #store: MetricStore;
  readonly #settings: MetricSettings;
  readonly #schedules = new Map<string, Schedule>();
  readonly #outlets = new Map<string, MetricOutlet>();
  readonly #withheld = new Map<string, Withheld>();

  constructor(volumes: AccountVolumes, store: MetricStore, settings: MetricSettings = {}) {
    this.#store = store;
    this.#settings = settings;
    volumes.onMinute((minute) => {
      for (const volume of volumes.volumes) this.#publishVolume(volume, minute);
      for (const instance of volumes.instances) this.#publishInstance(instance, minute);
    });
  }

  /** Loses the metrics of a volume or instance from now on: those named, or all of them. */
  withhold(id: string, names: readonly string[] | 'all' = 'all'): void {
    this.#withheld.set(id, names);
  }

  /** Publishes again; what was withheld stays lost. */
  resume(id: string): void {
    this.#withheld.delete(id);
  }

  /** Nothing comes from a volume that is not attached to a running instance. */
  #publishVolume(volume: SimulatedVolume, minute: TwinTime): void {
    const instance = volume.activeInstance;
    if (instance === undefined) return;
    const put = this.#putter(volume.id, volume.id, 'AWS/EBS', () => ({ VolumeId: volume.id }));
    this.#putBalance(volume, minute, put);
    putUse(volume, minute, put);
    if (!instance.nitro) return;
    const dimensions = () => ({ VolumeId: volume.id, InstanceId: instance.id });
    putAttachment(
      volume,
      minute,
      this.#putter(volume.id, `${volume.id} ${instance.id}`, 'AWS/EBS', dimensions),
    );
  }

  /** The balance at the end of the sampling period, under the timestamp of its start. */
  #putBalance(volume: SimulatedVolume, minute: TwinTime, put: Put): void {
    const percent = reportedBalance(volume, this.#settings);
    const end = minute + MINUTE;
    const { balancePeriod } = this.#scheduleOf(volume.id);
    if (percent === undefined || end % balancePeriod !== 0) return;
    put('BurstBalance', end - balancePeriod, percent, balancePeriod);
  }

  #publishInstance(instance: SimulatedInstance, minute: TwinTime): void {
    if (!instance.nitro || instance.state !== 'running') return;
    const { iops, mebibytesPerSecond } = instance;
    const put = this.#putter(instance.id, instance.id, 'AWS/EC2', () => ({ InstanceId: instance.id }));
    put('InstanceEBSIOPSExceededCheck', minute, exceeded(iops?.exceededSeconds ?? 0));
    put('InstanceEBSThroughputExceededCheck', minute, exceeded(mebibytesPerSecond?.exceededSeconds ?? 0));
    putInstanceBalance('EBSIOBalance%', minute, iops, put);
    putInstanceBalance('EBSByteBalance%', minute, mebibytesPerSecond, put);
  }

  #putter(owner: string, key: string, namespace: string, dimensions: () => Record<string, string>): Put {
    const withheld = this.#withheld.get(owner) ?? 'nothing';
    if (withheld === 'all') return () => undefined;
    let outlet = this.#outlets.get(key);
    if (outlet === undefined) {
      const { delay } = this.#scheduleOf(owner);
      outlet = new MetricOutlet({ store: this.#store, namespace, dimensions: dimensions(), delay });
      this.#outlets.set(key, outlet);
    }
    const open = outlet;
    return (name, timestamp, value, period) => {
      if (withheld === 'nothing' || !withheld.includes(name)) open.put(name, timestamp, value, period);
    };
  }

  #scheduleOf(id: string): Schedule {
    const known = this.#schedules.get(id);
    if (known !== undefined) return known;
    const schedule = scheduleOf(id, this.#settings);
    this.#schedules.set(id, schedule);
    return schedule;
  }
}

/** `period` in ms, a minute when left out. */
type Put = (name: string, timestamp: TwinTime, value: number, period?: number) => void;

function putUse({ minute: use, options }: SimulatedVolume, minute: TwinTime, put: Put): void {
  put('VolumeReadOps', minute, Math.round(use.readOperations));
  put('VolumeWriteOps', minute, Math.round(use.writeOperations));
  put('VolumeReadBytes', minute, Math.round(use.readBytes));
  put('VolumeWriteBytes', minute, Math.round(use.writeBytes));
  put('VolumeQueueLength', minute, use.queueLengthSeconds / 60);
  if (options.multiAttach === true) return;
  put('VolumeTotalReadTime', minute, use.readSeconds);
  put('VolumeTotalWriteTime', minute, use.writeSeconds);
  put('VolumeIdleTime', minute, use.idleSeconds);
}

/** These carry both dimensions and exist on Nitro only. */
function putAttachment(volume: SimulatedVolume, minute: TwinTime, put: Put): void {
  const { minute: use, health, options, configuration } = volume;
  put('VolumeStalledIOCheck', minute, health === 'stalled' || health === 'io-disabled' ? 1 : 0);
  put('VolumeAvgReadLatency', minute, milliseconds(use.readSeconds, use.readOperations));
  put('VolumeAvgWriteLatency', minute, milliseconds(use.writeSeconds, use.writeOperations));
  put('VolumeAvgIOPS', minute, operationsOf(use) / 60);
  put('VolumeAvgThroughput', minute, (use.readBytes + use.writeBytes) / 1_024 / 60);
  if (options.multiAttach === true || configuration.volumeType === 'standard') return;
  put('VolumeIOPSExceededCheck', minute, exceeded(use.iopsExceededSeconds));
  put('VolumeThroughputExceededCheck', minute, exceeded(use.throughputExceededSeconds));
}

/** Every 5 minutes, and only from sizes that burst. */
function putInstanceBalance(name: string, minute: TwinTime, limit: SharedLimit | undefined, put: Put): void {
  const end = minute + MINUTE;
  if (limit === undefined || limit.bucket.size.capacity === 0 || end % FIVE_MINUTES !== 0) return;
  put(name, end - FIVE_MINUTES, limit.bucket.percent, FIVE_MINUTES);
}

const exceeded = (seconds: number): 0 | 1 => (seconds >= CONSISTENTLY_SECONDS ? 1 : 0);

const operationsOf = ({ readOperations, writeOperations }: MinuteUse): number =>
  readOperations + writeOperations;

const milliseconds = (seconds: number, operations: number): number =>
  operations === 0 ? 0 : (1_000 * seconds) / operations;

/** Only gp2, st1 and sc1 report a balance. */
function reportedBalance(
  volume: SimulatedVolume,
  { balanceWithoutBurst = 'absent' }: MetricSettings,
): number | undefined {
  const { volumeType } = volume.configuration;
  if (volumeType !== 'gp2' && volumeType !== 'st1' && volumeType !== 'sc1') return undefined;
  if (volume.physics.bursts) return volume.physics.balancePercent;
  return { absent: undefined, zero: 0, hundred: 100 }[balanceWithoutBurst];
}
