import type { OpenCase } from '../cases/case.ts';
import type { Reading } from '../reading.ts';
import type { Dollars, Instant } from '../units.ts';
import type { VolumeId } from '../volume.ts';
import type { OwnedAlarms } from './owned-alarms.ts';
import type { Upgrade } from './upgrade.ts';
import type { WayBack } from './way-back.ts';

/** A volume we moved, and how it could be put back. */
export interface StillUpgraded extends Upgrade {
  /** Tag Name, else the volume id. */
  readonly name: string;
  /** List price now against what it was before, a month; may be negative. `undefined` of a volume that is gone. */
  readonly monthlyDifference: Dollars | undefined;
  readonly wayBack: WayBack;
}

/** Everything that would be left behind, or lost, if we were removed this moment. */
export interface UninstallPlan {
  readonly at: Instant;
  readonly upgraded: readonly StillUpgraded[];
  /** Open cases; those that wait to put a volume back are among them. */
  readonly openCases: readonly OpenCase[];
  readonly alarms: Reading<OwnedAlarms>;
  /** Volumes that carry tags which only we write. */
  readonly tagged: readonly { readonly volumeId: VolumeId; readonly keys: readonly string[] }[];
  /** Volumes with tags by which people told us what to do; they stay. */
  readonly instructed: number;
}

/** AWS must finish these before anybody else may change the volume. */
export const isUnderWay = ({ state }: Pick<OpenCase, 'state'>): boolean =>
  state === 'intended' || state === 'upgrading' || state === 'returning';

/** These would have been put back by themselves. */
export const isToGoBack = (one: OpenCase): boolean =>
  one.state === 'bridged' ||
  one.state === 'returning' ||
  (one.state === 'intended' && one.bridge !== undefined);
