import { type AssessmentTerms, assessVolume } from '../../domain/history/assess-volume.ts';
import type { Assessment, RegionAssessment } from '../../domain/history/assessment.ts';
import type { Recording } from '../../domain/history/recording.ts';
import type { VolumeReplay } from '../../domain/history/replayed.ts';
import type { Policy } from '../../domain/policy.ts';
import type { PriceList } from '../../domain/prices.ts';
import type { Duration } from '../../domain/units.ts';
import type { HistoryPorts } from './history-ports.ts';
import type { Stop } from './history-reading.ts';
import { type HistoryRead, readHistory } from './read-history.ts';

/** Lives through a recording with the production responder; one answer per volume. */
export type ReplayHistory = (
  recording: Recording,
  settings: { readonly policy: Policy; readonly prices: PriceList },
) => Promise<readonly VolumeReplay[]>;

export interface AssessSettings {
  readonly account: string;
  readonly region: string;
  /** How much history. */
  readonly length: Duration;
  readonly policy: Policy;
  readonly prices: PriceList;
}

export interface AssessedRegion {
  readonly assessment: RegionAssessment;
  /** Why not everything was read. */
  readonly stopped: Stop | undefined;
  readonly failed: HistoryRead['failed'];
  /** Volumes that can run out, and those of them that are read to the end. */
  readonly extent: { readonly done: number; readonly of: number };
}

/**
 * What the volumes of one account and Region went through, and what the policy would have made of it. Reads only.
 * @throws AccessError where not even the volumes could be listed
 */
export async function assessRegion(
  settings: AssessSettings,
  ports: HistoryPorts,
  replay: ReplayHistory,
): Promise<AssessedRegion> {
  const history = await readHistory(ports, settings.length);
  const { from, until } = history.walk;
  const { account, region, policy, prices } = settings;
  const recording: Recording = {
    account,
    region,
    from,
    until,
    volumes: history.kept.map(({ recorded }) => recorded),
  };
  const replays = await replay(recording, { policy, prices });
  const assessment: RegionAssessment = {
    account,
    region,
    from,
    until,
    assessedAt: ports.clock.now(),
    cannotRunOut: history.walk.cannotRunOut,
    volumes: assessed(recording, replays, { policy, prices, from, until }),
    unassessed: history.unassessed,
    ...spent(history),
  };
  const extent = { done: history.done, of: history.walk.volumes.length };
  return { assessment, stopped: history.stopped, failed: history.failed, extent };
}

const spent = ({ calls, metricsRequested }: HistoryRead) => ({ calls, metricsRequested });

function assessed(
  { volumes }: Recording,
  replays: readonly VolumeReplay[],
  terms: AssessmentTerms,
): readonly Assessment[] {
  const byVolume = new Map(replays.map((replay) => [replay.volumeId, replay]));
  return volumes
    .flatMap((recorded) => {
      const replay = byVolume.get(recorded.volume.id);
      if (replay === undefined) throw new Error(`the replay has no answer for ${recorded.volume.id}`);
      return assessVolume(recorded, replay, terms) ?? [];
    })
    .toSorted(worstFirst);
}

/** A lowest balance that is not known may be the worst of all. */
const lowest = ({ lowest: reading }: Assessment): number => (reading.kind === 'read' ? reading.value : 0);

const worstFirst = (a: Assessment, b: Assessment): number =>
  b.minutesAtWall - a.minutesAtWall || lowest(a) - lowest(b) || a.volume.id.localeCompare(b.volume.id);
