import type { OpenCase } from '../domain/cases/case.ts';
import { monthlyPrice } from '../domain/cost.ts';
import type { ActualAlarm } from '../domain/credits/alarm-plan.ts';
import { ownedAlarms } from '../domain/leaving/owned-alarms.ts';
import type { StillUpgraded, UninstallPlan } from '../domain/leaving/uninstall-plan.ts';
import { type Upgrade, upgradesIn } from '../domain/leaving/upgrade.ts';
import { wayBackOf } from '../domain/leaving/way-back.ts';
import type { PriceList } from '../domain/prices.ts';
import { type Reading, read, unread } from '../domain/reading.ts';
import { stateAtTagKey, stateTagKey, stateWasTagKey } from '../domain/tag-keys.ts';
import { dollars, type Instant, instant } from '../domain/units.ts';
import type { Volume, VolumeId } from '../domain/volume.ts';
import { othersOf } from './freeze-situation.ts';
import type { AlarmShelf, CaseBook, Clock, VolumeCatalog } from './ports.ts';

export interface PlanUninstallPorts {
  readonly clock: Clock;
  readonly volumes: Pick<VolumeCatalog, 'all' | 'latestModifications'>;
  readonly alarms: Pick<AlarmShelf, 'list'>;
  readonly cases: Pick<CaseBook, 'due' | 'openCases' | 'staying' | 'recentPast'>;
}

export interface UninstallSettings {
  readonly prices: PriceList;
  readonly account: string;
  readonly region: string;
  readonly stack: string;
  /** `undefined` where the stack is gone already. */
  readonly stackId: string | undefined;
}

/** The last instant there is: every case is due before it. */
const ever = instant(8.64e15);

/** Looks at all that we made and changed, and changes nothing. */
export async function planUninstall(
  settings: UninstallSettings,
  ports: PlanUninstallPorts,
): Promise<UninstallPlan> {
  const { cases, clock } = ports;
  const at = clock.now();
  const [open, staying, volumes, alarms] = await Promise.all([
    openCases(cases),
    cases.staying(),
    allVolumes(ports),
    alarmsOf(ports, at),
  ]);
  const upgrades = upgradesIn(open, staying);
  return {
    at,
    upgraded: await withWayBack(upgrades, volumes, settings, ports),
    openCases: open.toSorted((a, b) => a.openedAt - b.openedAt),
    alarms: alarms.kind === 'read' ? read(ownedAlarms(alarms.value, settings.stackId, settings), at) : alarms,
    tagged: [...volumes.values()].flatMap(tagsOfOurs),
    instructed: [...volumes.values()].filter(isInstructed).length,
  };
}

async function openCases(cases: PlanUninstallPorts['cases']): Promise<readonly OpenCase[]> {
  return [...(await cases.openCases(await cases.due(ever))).values()];
}

async function allVolumes({ volumes }: PlanUninstallPorts): Promise<ReadonlyMap<VolumeId, Volume>> {
  const found = new Map<VolumeId, Volume>();
  for await (const page of volumes.all()) for (const volume of page) found.set(volume.id, volume);
  return found;
}

/** Whoever may not list alarms still learns what became of the volumes. */
async function alarmsOf(
  { alarms }: PlanUninstallPorts,
  at: Instant,
): Promise<Reading<readonly ActualAlarm[]>> {
  try {
    return read(await alarms.list(), at);
  } catch (error) {
    return unread(error instanceof Error ? error.message : String(error));
  }
}

async function withWayBack(
  upgrades: readonly Upgrade[],
  volumes: ReadonlyMap<VolumeId, Volume>,
  { prices }: UninstallSettings,
  ports: PlanUninstallPorts,
): Promise<readonly StillUpgraded[]> {
  const ids = upgrades.map(({ volumeId }) => volumeId).filter((id) => volumes.has(id));
  const [modifications, { requests }] = await Promise.all([
    ports.volumes.latestModifications(ids),
    ports.cases.recentPast(ids),
  ]);
  const now = ports.clock.now();
  return upgrades.map((upgrade) => {
    const volume = volumes.get(upgrade.volumeId);
    const modification = modifications.get(upgrade.volumeId) ?? unread('EC2 gave no answer for it');
    const ours = requests.get(upgrade.volumeId) ?? [];
    const modifiedAt = [...ours.map(({ at }) => at), ...othersOf(modification, ours, now)];
    return {
      ...upgrade,
      name: volume?.tags['Name'] ?? upgrade.volumeId,
      monthlyDifference: volume && differenceOf(upgrade, volume, prices),
      wayBack: wayBackOf(upgrade, { now, volume, modification, modifiedAt }),
    };
  });
}

/** At the size it has today, which somebody may have grown. */
const differenceOf = ({ plan }: Upgrade, { size }: Volume, prices: PriceList) =>
  dollars(monthlyPrice(size, plan.to, prices) - monthlyPrice(size, plan.from, prices));

/** Others may have written more under our prefix; that is theirs. */
const ourTagKeys = [stateTagKey, stateWasTagKey, stateAtTagKey];

function tagsOfOurs({ id, tags }: Volume): UninstallPlan['tagged'] {
  const keys = ourTagKeys.filter((key) => tags[key] !== undefined);
  return keys.length === 0 ? [] : [{ volumeId: id, keys }];
}

const isInstructed = ({ tags }: Volume): boolean =>
  Object.keys(tags).some((key) => key.startsWith('ebs-burst:') && !ourTagKeys.includes(key));
