import type { Unassessed } from '../../domain/history/assessment.ts';
import type { Duration } from '../../domain/units.ts';
import type { HistoryPorts, KeptVolume, Walk } from './history-ports.ts';
import { HistoryReading, type Stop } from './history-reading.ts';
import { walkVolumes } from './walk-volumes.ts';

export interface HistoryRead {
  readonly walk: Walk;
  /** In the order of the walk; `surveyed` ones still lack their detail. */
  readonly kept: readonly KeptVolume[];
  readonly unassessed: readonly Unassessed[];
  /** Volumes whose calls failed though nothing stopped the reading; a later run may have them. */
  readonly failed: readonly Unassessed[];
  /** Volumes of which nothing more is to be read. */
  readonly done: number;
  /** Of this run, by operation. */
  readonly calls: Readonly<Record<string, number>>;
  /** Of this run; billed. */
  readonly metricsRequested: number;
  /** Why not everything was read; `undefined` when it was. */
  readonly stopped: Stop | undefined;
}

/**
 * Reads what CloudWatch knows of every volume that can run out, in stages: the lowest balance of each hour for all of them,
 * then everything by the minute where that fell under 90 %. What an earlier run kept is not read again.
 * @throws AccessError where not even the volumes could be listed
 */
export async function readHistory(ports: HistoryPorts, length: Duration): Promise<HistoryRead> {
  const begun = await ports.store.begun();
  const walk = begun ?? (await walkVolumes(ports, length));
  if (begun === undefined) await ports.store.begin(walk);
  const reading = new HistoryReading(walk, ports);
  await reading.takeUp();
  await reading.survey();
  await reading.detail();
  return {
    walk,
    kept: reading.kept.filter(({ stage }) => stage !== 'silent'),
    unassessed: unassessedOf(walk, reading),
    failed: [...reading.faults].map(([volumeId, why]) => ({ volumeId, why })),
    done: reading.kept.filter(({ stage }) => stage !== 'surveyed').length,
    calls: {
      ...(begun === undefined ? { DescribeVolumes: walk.calls } : {}),
      GetMetricData: reading.calls,
    },
    metricsRequested: reading.metricsRequested,
    stopped: reading.stopped,
  };
}

const silent =
  'CloudWatch has nothing of it in these days: it was detached, or its instance was stopped, all the time';

function unassessedOf(walk: Walk, reading: HistoryReading): readonly Unassessed[] {
  return [
    ...walk.volumes.flatMap(({ id }): readonly Unassessed[] => {
      const stage = reading.stageOf(id);
      if (stage === 'silent') return [{ volumeId: id, why: silent }];
      return stage === undefined ? [{ volumeId: id, why: reading.whyUnread(id) }] : [];
    }),
    ...walk.unjudgeable.map(({ id, configuration }) => ({
      volumeId: id,
      why: `EC2 described it in words we do not know${'got' in configuration ? ` (${configuration.got})` : ''}`,
    })),
  ];
}
