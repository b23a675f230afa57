import type { TwinTime } from '../simulation.ts';
import type { Modification, SimulatedVolume, VolumeHealth } from './simulated-volume.ts';
import type { Configuration } from './volume-types.ts';

/** What a read can know about a volume, frozen at one moment. */
export interface VolumeView {
  readonly id: string;
  readonly createdAt: TwinTime;
  readonly configuration: Configuration;
  readonly tags: readonly (readonly [key: string, value: string])[];
  readonly attachments: readonly {
    readonly instanceId: string;
    readonly device: string;
    readonly attachedAt: TwinTime;
  }[];
  readonly modification: Modification | undefined;
  readonly health: VolumeHealth;
  readonly options: SimulatedVolume['options'];
}

export const viewOf = (volume: SimulatedVolume): VolumeView => ({
  id: volume.id,
  createdAt: volume.createdAt,
  configuration: volume.configuration,
  tags: [...volume.tags],
  attachments: volume.attachments.map(({ instance, device, attachedAt }) => ({
    instanceId: instance.id,
    device,
    attachedAt,
  })),
  modification: volume.lastModification,
  health: volume.health,
  options: volume.options,
});

/** The views of one volume over time, so that a read can lag behind; `undefined` is a deleted volume. */
export class ViewHistory {
  #views: { readonly at: TwinTime; readonly view: VolumeView | undefined }[] = [];

  /** @param needed reads never ask for a time before this one. */
  record(at: TwinTime, view: VolumeView | undefined, needed: TwinTime): void {
    const first = this.#views.findLastIndex((one) => one.at <= needed);
    if (first > 0) this.#views.splice(0, first);
    this.#views.push({ at, view });
  }

  at(time: TwinTime): VolumeView | undefined {
    return this.#views.findLast((one) => one.at <= time)?.view;
  }
}
