import type { RecordedVolume } from '../../domain/history/recording.ts';
import type { Reading, Series } from '../../domain/reading.ts';
import type { Duration } from '../../domain/units.ts';
import type { Volume } from '../../domain/volume.ts';
import type { Clock, VolumeCatalog } from '../ports.ts';
import type { HistoryWindow, PlannedCall } from './reading-plan.ts';

/** Why AWS did not answer a person. */
export interface AccessFailure {
  readonly kind:
    | 'no-credentials'
    | 'expired'
    | 'denied'
    /** The role that was named may not be taken on; `said` says what would allow it. */
    | 'role-denied'
    /** Keys that this Region does not know: they are wrong, or the Region is off. */
    | 'not-accepted'
    | 'throttled'
    | 'unreachable'
    | 'other';
  /** As in a policy, e.g. `cloudwatch:GetMetricData`. */
  readonly action: string;
  /** AWS's own words. */
  readonly said: string;
}

/** By partKey. */
export type PartAnswers = ReadonlyMap<string, Reading<Series>>;

export type CallAnswer =
  | { readonly kind: 'read'; readonly parts: PartAnswers; readonly calls: number }
  | { readonly kind: 'failed'; readonly failure: AccessFailure };

/** CloudWatch's memory of volumes. */
export interface HistoryReader {
  /** An answer for every part that was asked for. */
  read(call: PlannedCall): Promise<CallAnswer>;
}

/** Keeps reading within its share of the API. */
export interface CallPace {
  /** Waits until the call may begin. */
  turn(call: Pick<PlannedCall, 'datapoints'>): Promise<void>;
  /** AWS said it was too much: waits, and is slower from now on. */
  slowDown(): Promise<void>;
  /** How many times slower than planned it has become. */
  readonly slowness: number;
}

/** The volumes of one account and Region that can run out, as they were when reading began. */
export interface Walk extends HistoryWindow {
  readonly volumes: readonly Volume[];
  readonly cannotRunOut: number;
  /** What a newer API said about volumes and we do not know. */
  readonly unjudgeable: readonly Volume[];
  readonly calls: number;
}

/** `surveyed`: its detail is yet to be read. `whole`: nothing more will be read. `silent`: it published nothing. */
export type Stage = 'surveyed' | 'whole' | 'silent';

export interface KeptVolume {
  readonly stage: Stage;
  readonly recorded: RecordedVolume;
}

/** What was read, so that a second run goes on where the first stopped. A method that fails says where and what to do. */
export interface HistoryStore {
  begun(): Promise<Walk | undefined>;
  begin(walk: Walk): Promise<void>;
  kept(volume: Volume): Promise<KeptVolume | undefined>;
  keep(volume: KeptVolume): Promise<void>;
}

export interface ReadingProgress {
  readonly stage: 'volumes' | 'survey' | 'detail';
  readonly done: number;
  readonly of: number;
  readonly calls: number;
  /** For what is known to be left; the survey may find more. */
  readonly left: Duration;
}

export interface HistoryPorts {
  readonly clock: Clock;
  readonly volumes: Pick<VolumeCatalog, 'all'>;
  readonly reader: HistoryReader;
  readonly pace: CallPace;
  readonly store: HistoryStore;
  readonly explain: (error: unknown, action: string) => AccessFailure;
  readonly show: (progress: ReadingProgress) => void;
  /** Set when a person wants it to stop. */
  readonly signal: AbortSignal;
}
