import type { AccountVolumes } from '../ebs/account-volumes.ts';
import type { SimulatedVolume } from '../ebs/simulated-volume.ts';
import type { TwinTime } from '../simulation.ts';
import { HeldValues, type Sample } from './held-values.ts';
import { InstanceMetrics } from './instance-metrics.ts';
import { type Metric, type MetricStore, Series } from './metric-store.ts';
import { type MetricSettings, type Schedule, scheduleOf } from './publication-schedule.ts';
import type { Lived } from './spans.ts';
import { ATTACHMENT_METRICS, VOLUME_METRICS } from './volume-metric-table.ts';
import { VolumeMinutes } from './volume-minutes.ts';
import { isWithheld, type Withheld } from './withheld.ts';

const MINUTE = 60_000;

/** What is kept of one volume, from which all its metrics are made when somebody asks. */
interface VolumeRecord {
  readonly volume: SimulatedVolume;
  readonly schedule: Schedule;
  readonly minutes: VolumeMinutes;
  readonly balance: HeldValues;
}

/**
 * The metrics of AWS/EBS and AWS/EC2 (EBS user guide, using_cloudwatch_ebs). Nothing is written each minute but what a
 * volume did, where that differs from the minute before; a metric is worked out for the minutes that are asked for.
 */
export class VolumeMetrics {
  readonly #volumes: AccountVolumes;
  readonly #settings: MetricSettings;
  readonly #records = new Map<string, VolumeRecord>();
  readonly #instances = new Map<string, InstanceMetrics>();
  readonly #withheld = new Map<string, Withheld>();
  readonly #lived: Lived = { until: Number.NEGATIVE_INFINITY };

  constructor(volumes: AccountVolumes, store: MetricStore, settings: MetricSettings = {}) {
    this.#volumes = volumes;
    this.#settings = settings;
    volumes.onMinute((minute) => this.#note(minute));
    volumes.onSleep({
      asleep: (volume, end, percents) => this.#noteAhead(volume, end, percents),
      awake: (volume, minute) => this.#recordOf(volume).balance.forgetAfter(minute),
    });
    store.addSource((metric) => this.#find(metric));
  }

  /** Loses the metrics of a volume or instance from now on: those named, or all of them. */
  withhold(id: string, names: readonly string[] | 'all' = 'all'): void {
    this.#rouse(id);
    this.#withheld.set(id, names);
  }

  /** Publishes again; what was withheld stays lost. */
  resume(id: string): void {
    this.#rouse(id);
    this.#withheld.delete(id);
  }

  #rouse(id: string): void {
    if (this.#volumes.volumes.some((volume) => volume.id === id)) this.#volumes.rouse(id);
  }

  #note(minute: TwinTime): void {
    const end = minute + MINUTE;
    for (const volume of this.#volumes.awake) this.#noteVolume(volume, minute);
    for (const instance of this.#volumes.instances) {
      let metrics = this.#instances.get(instance.id);
      if (metrics === undefined) {
        metrics = new InstanceMetrics(instance, this.#lived);
        this.#instances.set(instance.id, metrics);
      }
      metrics.note(end, this.#withheld.get(instance.id) ?? 'nothing');
    }
    this.#lived.until = end;
  }

  #noteVolume(volume: SimulatedVolume, minute: TwinTime): void {
    const { minutes, balance, schedule } = this.#recordOf(volume);
    const { activeInstance: instance, health, configuration } = volume;
    const withheld = this.#withheld.get(volume.id) ?? 'nothing';
    minutes.note(minute, volume.minute, {
      instance,
      isStalled: health === 'stalled' || health === 'io-disabled',
      isMagnetic: configuration.volumeType === 'standard',
      withheld,
    });
    const end = minute + MINUTE;
    if (end % schedule.balancePeriod === 0)
      balance.note(end - schedule.balancePeriod, this.#sampleOf(volume, volume.physics.balancePercent));
  }

  /** Of what a sleeper's balance will be at the end of each minute, up to when the last one has become a sample. */
  #noteAhead(volume: SimulatedVolume, from: TwinTime, percents: readonly number[]): void {
    const { balance, schedule } = this.#recordOf(volume);
    const period = schedule.balancePeriod;
    const last = percents.length - 1;
    let place = Math.ceil((from + MINUTE) / period) * (period / MINUTE) - (from + MINUTE) / MINUTE;
    for (let isOver = false; !isOver; place += period / MINUTE) {
      const percent = percents[Math.min(place, last)] ?? volume.physics.balancePercent;
      balance.note(from + (place + 1) * MINUTE - period, this.#sampleOf(volume, percent));
      isOver = place >= last;
    }
  }

  /** The balance at the end of a sampling period is published under the timestamp of its start. */
  #sampleOf(volume: SimulatedVolume, percent: number): Sample {
    const withheld = this.#withheld.get(volume.id) ?? 'nothing';
    if (volume.activeInstance === undefined || isWithheld(withheld, 'BurstBalance')) return undefined;
    return reportedBalance(volume, percent, this.#settings);
  }

  #recordOf(volume: SimulatedVolume): VolumeRecord {
    const known = this.#records.get(volume.id);
    if (known !== undefined) return known;
    const schedule = scheduleOf(volume.id, this.#settings);
    const balance = new HeldValues(schedule.balancePeriod, this.#lived);
    const record = { volume, schedule, minutes: new VolumeMinutes(this.#lived), balance };
    this.#records.set(volume.id, record);
    return record;
  }

  #find({ namespace, name, dimensions }: Metric): Series | undefined {
    const { VolumeId, InstanceId, ...others } = dimensions;
    if (Object.keys(others).length > 0) return undefined;
    if (namespace === 'AWS/EC2' && VolumeId === undefined)
      return this.#instanceSeries(InstanceId ?? '', name);
    const record = namespace === 'AWS/EBS' ? this.#records.get(VolumeId ?? '') : undefined;
    return record && volumeSeries(record, name, InstanceId);
  }

  #instanceSeries(id: string, name: string): Series | undefined {
    const metric = this.#instances.get(id)?.find(name);
    const { delay } = scheduleOf(id, this.#settings);
    return metric && new Series({ period: metric.period, delay }, metric.values, metric.values);
  }
}

/** @param instanceId given where the metric is asked for by both dimensions. */
function volumeSeries(
  { volume, schedule: { balancePeriod, delay }, minutes, balance }: VolumeRecord,
  name: string,
  instanceId: string | undefined,
): Series | undefined {
  if (name === 'BurstBalance' && instanceId === undefined)
    return new Series({ period: balancePeriod, delay }, balance, balance);
  const formula = (instanceId === undefined ? VOLUME_METRICS : ATTACHMENT_METRICS)[name];
  if (formula === undefined) return undefined;
  const isMultiAttach = volume.options.multiAttach === true;
  return new Series(
    { period: MINUTE, delay },
    {
      first: minutes.first,
      each: (window, take) =>
        minutes.each(window, (use, circumstances, repeated) => {
          const { instance, withheld } = circumstances;
          const isMeant = instanceId === undefined || (instance?.id === instanceId && instance.nitro);
          if (instance === undefined || !isMeant || isWithheld(withheld, name)) return;
          const value = formula(use, circumstances, isMultiAttach);
          for (let minute = 0; value !== undefined && minute < repeated; minute += 1) take(value);
        }),
    },
  );
}

/** Only gp2, st1 and sc1 report a balance. */
function reportedBalance(
  volume: SimulatedVolume,
  percent: number,
  { balanceWithoutBurst = 'absent' }: MetricSettings,
): Sample {
  const { volumeType } = volume.configuration;
  if (volumeType !== 'gp2' && volumeType !== 'st1' && volumeType !== 'sc1') return undefined;
  if (volume.physics.bursts) return percent;
  // using_cloudwatch_ebs, in each of its versions: on other instances "the reported burst balance is 100%".
  if (volume.activeInstance?.nitro === false) return 100;
  return { absent: undefined, zero: 0, hundred: 100 }[balanceWithoutBurst];
}
