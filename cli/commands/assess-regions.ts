import { join } from 'node:path';
import {
  type AssessedRegion,
  assessRegion,
  type ReplayHistory,
} from '../../core/application/assess/assess-region.ts';
import type {
  HistoryPorts,
  HistoryStore,
  ReadingProgress,
} from '../../core/application/assess/history-ports.ts';
import { politePace } from '../../core/application/assess/polite-pace.ts';
import { AccessError } from '../../core/application/assess/walk-volumes.ts';
import type { Turn } from '../../core/application/replay/replay.ts';
import type { RegionAssessment } from '../../core/domain/history/assessment.ts';
import type { Recording } from '../../core/domain/history/recording.ts';
import type { VolumeReplay } from '../../core/domain/history/replayed.ts';
import type { Policy } from '../../core/domain/policy.ts';
import { priceListOf } from '../../core/domain/prices.ts';
import { between, days, hours, type Instant } from '../../core/domain/units.ts';
import { FileError } from '../history/atomic-file.ts';
import { claimFolder } from '../history/save-folder.ts';
import { forgottenHistory, savedHistory } from '../history/save-recording.ts';
import type { Progress } from '../render/progress.ts';
import { counted } from '../report/texts.ts';
import { UsageError } from '../usage-error.ts';
import { type AccountAccess, accountName, type WhoseAccount } from './assess-access.ts';
import { concernsEveryRegion, failureWords } from './failure-words.ts';
import { progressText, replayingText } from './progress-text.ts';
import { Interrupted, takingTurns } from './taking-turns.ts';

export interface Findings {
  readonly regions: readonly RegionAssessment[];
  /** What could not be read and what to do about it, a line each. */
  readonly missing: readonly string[];
  /** What is worth knowing of what was read, a line each. */
  readonly notes: readonly string[];
}

export interface AssessRequest {
  readonly days: number;
  readonly region?: readonly string[] | undefined;
  readonly profile?: string | undefined;
  readonly save?: string | undefined;
  readonly demo: boolean;
  readonly policy: Policy;
}

export interface AssessTools {
  readonly access: AccountAccess;
  readonly now: () => Instant;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly replay: ReplayFleet;
  /** Lets what waits have its turn: Ctrl-C, the progress line. */
  readonly breathe: () => Promise<void>;
}

/** The production responder on a recording; `turn` is called again and again, and where it rejects, so does this. */
export type ReplayFleet = (
  recording: Recording,
  settings: Parameters<ReplayHistory>[1],
  turn: Turn,
) => Promise<readonly VolumeReplay[]>;

/**
 * One Region after the other; what one refuses does not keep the others from being read.
 * @throws UsageError where no Region is named
 * @throws FileError for a folder to save in that holds something else
 */
export async function assessRegions(request: AssessRequest, tools: AssessTools): Promise<Findings> {
  const regions: RegionAssessment[] = [];
  const notes: string[] = [];
  const { names, missing } = await namesOf(request, tools.access);
  for (const [index, name] of names.entries()) {
    if (tools.signal.aborted) {
      missing.push(`${names.slice(index).join(', ')}: stopped by Ctrl-C before`);
      break;
    }
    const outcome = await outcomeOf(name, { ...request, names, isFirst: index === 0 }, tools);
    if (outcome.assessment !== undefined) {
      regions.push(outcome.assessment);
      notes.push(...ageNotes(outcome.assessment, request));
    }
    if (outcome.missing !== undefined) missing.push(outcome.missing);
    if (outcome.isHopeless) break;
  }
  return { regions, missing, notes };
}

async function namesOf({ region, profile }: AssessRequest, access: AccountAccess) {
  const missing: string[] = [];
  if (region !== undefined && region[0] !== 'all') return { names: region, missing };
  const home = await access.homeRegion();
  // Every account has us-east-1 on.
  const asked = home ?? (region === undefined ? undefined : 'us-east-1');
  if (asked === undefined) {
    throw new UsageError(
      '--region: got none, and neither profile nor AWS_REGION names one; expected e.g. --region us-east-1, or all',
    );
  }
  if (region === undefined) return { names: [asked], missing };
  try {
    return { names: await access.regions(asked), missing };
  } catch (error) {
    const failure = access.explain(error, 'ec2:DescribeRegions');
    missing.push(`the other Regions: ${failureWords(failure, asked, profile)}; or name them with --region`);
    return { names: concernsEveryRegion(failure) ? [] : [asked], missing };
  }
}

/** With all Regions of the run, which a folder has to know from the first one on. */
interface RegionRequest extends AssessRequest {
  readonly names: readonly string[];
  readonly isFirst: boolean;
}

interface RegionOutcome {
  readonly assessment?: RegionAssessment;
  readonly missing?: string;
  /** No other Region would answer either. */
  readonly isHopeless: boolean;
}

async function outcomeOf(region: string, request: RegionRequest, tools: AssessTools): Promise<RegionOutcome> {
  try {
    return readOutcome(await assessOne(region, request, tools), request);
  } catch (error) {
    if (error instanceof UsageError || error instanceof FileError) return fileCosts(error, region, request);
    const failure =
      error instanceof AccessError ? error.failure : tools.access.explain(error, 'the credentials');
    if (failure.kind === 'other' && !(error instanceof AccessError)) throw error;
    return {
      missing: `${region}: ${failureWords(failure, region, request.profile)}`,
      isHopeless: concernsEveryRegion(failure),
    };
  }
}

/** What a file costs a later Region, it does not cost those that were read. */
function fileCosts(error: UsageError | FileError, region: string, { isFirst }: RegionRequest): RegionOutcome {
  if (isFirst) throw error;
  return { missing: `${region}: ${error.message}`, isHopeless: false };
}

async function assessOne(
  region: string,
  request: RegionRequest,
  tools: AssessTools,
): Promise<AssessedRegion> {
  const { account: whose, ...ports } = await tools.access.region(region);
  const store = await storeFor(region, whose, request, tools);
  const { days: length, policy } = request;
  const account = accountName(whose);
  const settings = { account, region, length: days(length), policy, prices: priceListOf(region, []) };
  return assessRegion(
    settings,
    { ...historyPorts(region, tools), ...ports, store },
    { replay: replayIn(region, tools), breathe: tools.breathe },
  );
}

/** What was read before a Ctrl-C is replayed all the same; one that comes while it is replayed ends that. */
const replayIn =
  (region: string, tools: AssessTools): ReplayHistory =>
  async (recording, settings) => {
    const what = counted(recording.volumes.length, 'volume');
    const turn = takingTurns(tools, (percent) => tools.progress.show(replayingText(region, what, percent)));
    try {
      return await tools.replay(recording, settings, turn);
    } catch (error) {
      if (error instanceof Interrupted) return 'interrupted';
      throw error;
    }
  };

/** Two accounts are never mixed in one folder, so it has to be known whose this is. */
async function storeFor(
  region: string,
  whose: WhoseAccount,
  { save, demo, days: length, names }: RegionRequest,
  { now }: AssessTools,
): Promise<HistoryStore> {
  if (save === undefined) return forgottenHistory;
  if (whose.kind === 'unknown') {
    const said = `${whose.failure.said}; without it nobody knows whose account this is, and --save never mixes two`;
    throw new AccessError({ ...whose.failure, said });
  }
  const wanted = { source: demo ? 'demo' : 'aws', account: whose.id, days: length } as const;
  await claimFolder(save, { ...wanted, regions: names });
  return savedHistory(join(save, region), { ...wanted, region }, now);
}

/** A saved history never grows: whoever asks again much later gets the days it was begun for. */
function ageNotes(
  { region, until, assessedAt }: RegionAssessment,
  { save }: AssessRequest,
): readonly string[] {
  if (save === undefined || between(until, assessedAt) < hours(1)) return [];
  const end = new Date(until).toISOString().slice(0, 16).replace('T', ' ');
  return [
    `${join(save, region)} holds what was known until ${end} UTC, and nothing newer is read into it; for newer days choose another folder for --save`,
  ];
}

function readOutcome(assessed: AssessedRegion, request: AssessRequest): RegionOutcome {
  const { assessment, stopped, failed } = assessed;
  if (stopped !== undefined) {
    return { assessment, missing: stopWords(stopped, assessed, request), isHopeless: endsAll(stopped) };
  }
  const [first] = failed;
  if (first === undefined) return { assessment, isHopeless: false };
  const missing = `detail of ${counted(failed.length, 'volume')} in ${assessment.region} (${first.volumeId}: ${first.why}); ${goesOn(request)}`;
  return { assessment, missing, isHopeless: false };
}

function historyPorts(
  region: string,
  { access, now, sleep, signal, progress }: AssessTools,
): Pick<HistoryPorts, 'clock' | 'pace' | 'explain' | 'show' | 'signal'> {
  return {
    clock: { now },
    pace: politePace({ now }, sleep),
    explain: access.explain,
    show: (state: ReadingProgress) => progress.show(progressText(region, state)),
    signal,
  };
}

const endsAll = (stopped: Stopped): boolean =>
  stopped.kind !== 'refused' || concernsEveryRegion(stopped.failure);

type Stopped = NonNullable<AssessedRegion['stopped']>;

const readAgain = ({ save }: AssessRequest): string =>
  save === undefined
    ? 'with --save DIR nothing would have to be read again'
    : 'the same command tells it without reading again';

const goesOn = ({ save }: AssessRequest): string =>
  save === undefined
    ? 'with --save DIR a second run would go on from there'
    : 'the same command goes on from there';

function stopWords(
  stopped: Stopped,
  { assessment: { region }, extent: { done, of } }: AssessedRegion,
  request: AssessRequest,
): string {
  const soFar = `${done} of ${counted(of, 'volume')} in ${region} read to the end, ${goesOn(request)}`;
  switch (stopped.kind) {
    case 'interrupted':
      return `stopped by Ctrl-C: ${soFar}`;
    case 'not-replayed':
      return `stopped by Ctrl-C while ${region} was lived through again: what the policy would have done there is unknown; ${readAgain(request)}`;
    case 'refused':
      return `${failureWords(stopped.failure, region, request.profile)}; ${soFar}`;
    default:
      return `${stopped.why}; reading stopped there: ${soFar}`;
  }
}
