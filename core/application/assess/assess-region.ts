import { type AssessmentTerms, assessVolume } from '../../domain/history/assess-volume.ts';
import type { Assessment, RegionAssessment } from '../../domain/history/assessment.ts';
import { noAlarms } from '../../domain/history/no-alarm.ts';
import type { Recording } from '../../domain/history/recording.ts';
import type { VolumeReplay } from '../../domain/history/replayed.ts';
import type { Policy } from '../../domain/policy.ts';
import type { PriceList } from '../../domain/prices.ts';
import { type Reading, read, unread } from '../../domain/reading.ts';
import type { Duration } from '../../domain/units.ts';
import type { VolumeId } from '../../domain/volume.ts';
import type { HistoryPorts } from './history-ports.ts';
import type { Stop } from './history-reading.ts';
import { type HistoryRead, readHistory } from './read-history.ts';

/** Lives through a recording with the production responder; one answer per volume that can be judged, or none at all. */
export type ReplayHistory = (
  recording: Recording,
  settings: { readonly policy: Policy; readonly prices: PriceList },
) => Promise<readonly VolumeReplay[] | 'interrupted'>;

export interface ReplayTools {
  readonly replay: ReplayHistory;
  /** Between two volumes: lets whoever waits have his turn. */
  readonly breathe: () => Promise<void>;
}

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
  /** Why not everything was read, or what was read was not replayed. */
  readonly stopped: Stop | { readonly kind: 'not-replayed' } | undefined;
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
  { replay, breathe }: ReplayTools,
): Promise<AssessedRegion> {
  const history = await readHistory(ports, settings.length);
  const { from, until } = history.walk;
  const { account, region, policy, prices } = settings;
  const recording = recordingOf(history, settings);
  const replays = await replay(recording, { policy, prices });
  const assessment: RegionAssessment = {
    account,
    region,
    from,
    until,
    assessedAt: ports.clock.now(),
    cannotRunOut: history.walk.cannotRunOut,
    volumes: await assessed(recording, replays, { policy, prices, from, until }, breathe),
    unassessed: history.unassessed,
    ...spent(history),
  };
  const extent = { done: history.done, of: history.walk.volumes.length };
  const stopped = history.stopped ?? (replays === 'interrupted' ? { kind: 'not-replayed' } : undefined);
  return { assessment, stopped, failed: history.failed, extent };
}

/** Also what published nothing, or was not read, takes an alarm. */
function recordingOf(
  { walk, kept }: HistoryRead,
  { account, region }: Pick<AssessSettings, 'account' | 'region'>,
): Recording {
  const volumes = kept.map(({ recorded }) => recorded);
  const known = new Set(volumes.map(({ volume }) => volume.id));
  const unrecorded = walk.volumes.filter(({ id }) => !known.has(id));
  return { account, region, from: walk.from, until: walk.until, volumes, unrecorded };
}

const spent = ({ calls, metricsRequested }: HistoryRead) => ({ calls, metricsRequested });

const notReplayed = unread('it was stopped by Ctrl-C before the policy was lived through');

async function assessed(
  { volumes, unrecorded = [], until }: Recording,
  replays: readonly VolumeReplay[] | 'interrupted',
  terms: AssessmentTerms,
  breathe: ReplayTools['breathe'],
): Promise<readonly Assessment[]> {
  const all = [...volumes.map(({ volume }) => volume), ...unrecorded];
  const unwatched = noAlarms(all, terms.policy, until);
  const byVolume = new Map((replays === 'interrupted' ? [] : replays).map((one) => [one.volumeId, one]));
  const replayOf = (id: VolumeId): Reading<VolumeReplay> => {
    const found = byVolume.get(id);
    return found === undefined ? notReplayed : read(found, until);
  };
  const found: Assessment[] = [];
  for (const recorded of volumes) {
    await breathe();
    const { id } = recorded.volume;
    const assessment = assessVolume(recorded, replayOf(id), unwatched.get(id), terms);
    if (assessment !== undefined) found.push(assessment);
  }
  return found.toSorted(worstFirst);
}

/** What is not known may be the worst of all, but what is known to be bad comes first. */
const lowest = ({ lowest: reading }: Assessment): number => (reading.kind === 'read' ? reading.value : 0);
const atWall = ({ minutesAtWall }: Assessment): number =>
  minutesAtWall.kind === 'read' ? minutesAtWall.value : 0;

const worstFirst = (a: Assessment, b: Assessment): number =>
  atWall(b) - atWall(a) || lowest(a) - lowest(b) || a.volume.id.localeCompare(b.volume.id);
