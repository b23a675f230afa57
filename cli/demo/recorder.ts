import type { AccountVolumes } from '../../twin/ebs/account-volumes.ts';
import type { SimulatedVolume } from '../../twin/ebs/simulated-volume.ts';
import { gp2BaselineIops } from '../../twin/ebs/volume-types.ts';
import type { OfferedSecond, Served, Workload } from '../../twin/ebs/workload.ts';
import type { TwinTime } from '../../twin/simulation.ts';
import type { Point } from '../render/chart.ts';

/** 1,080 credits of gp2's 5,400,000: less than half a second of full burst; a load with pauses never sees less. */
const EMPTY_PERCENT = 0.02;
const SECONDS_OF_A_MINUTE = 60;

/** What the volume itself was like, second by second and minute by minute; nothing here comes from the responder. */
export class Recorder implements Workload {
  readonly balance: Point[] = [];
  readonly iops: Point[] = [];
  /** Mean milliseconds an I/O took. */
  readonly latency: Point[] = [];
  /** The first second in which more than the baseline was wanted of an empty bucket. */
  wallAt: TwinTime | undefined;
  secondsAtWall = 0;
  readonly #inner: Workload;
  readonly #volume: SimulatedVolume;
  readonly #baselineIops: number;

  /** Puts itself between the volume and what uses it. */
  constructor(volumes: AccountVolumes, volume: SimulatedVolume, inner: Workload) {
    this.#inner = inner;
    this.#volume = volume;
    this.#baselineIops = gp2BaselineIops(volume.configuration.sizeGiB);
    volumes.setWorkload(volume.id, this);
    volumes.onMinute((minute) => this.#noteMinute(minute));
  }

  serve(second: OfferedSecond): Served {
    const { physics } = this.#volume;
    const isEmpty = physics.bursts && physics.balancePercent < EMPTY_PERCENT;
    const served = this.#inner.serve(second);
    if (isEmpty && served.demandedOperations > this.#baselineIops) {
      this.wallAt ??= second.at;
      this.secondsAtWall += 1;
    }
    return served;
  }

  #noteMinute(at: TwinTime): void {
    const { physics, minute } = this.#volume;
    const operations = minute.readOperations + minute.writeOperations;
    if (physics.bursts) this.balance.push({ at, value: physics.balancePercent });
    this.iops.push({ at, value: operations / SECONDS_OF_A_MINUTE });
    if (operations === 0) return;
    this.latency.push({ at, value: (1_000 * (minute.readSeconds + minute.writeSeconds)) / operations });
  }
}
