import { join } from 'node:path';
import {
  type AssessedRegion,
  assessRegion,
  type ReplayHistory,
} from '../../core/application/assess/assess-region.ts';
import type { HistoryPorts, ReadingProgress } from '../../core/application/assess/history-ports.ts';
import type { Stop } from '../../core/application/assess/history-reading.ts';
import { politePace } from '../../core/application/assess/polite-pace.ts';
import { AccessError } from '../../core/application/assess/walk-volumes.ts';
import type { RegionAssessment } from '../../core/domain/history/assessment.ts';
import type { Policy } from '../../core/domain/policy.ts';
import { priceListOf } from '../../core/domain/prices.ts';
import { days, type Instant } from '../../core/domain/units.ts';
import { forgottenHistory, savedHistory } from '../history/save-recording.ts';
import type { Progress } from '../render/progress.ts';
import { counted } from '../report/texts.ts';
import { UsageError } from '../usage-error.ts';
import type { AccountAccess } from './assess-access.ts';
import { concernsEveryRegion, failureWords } from './failure-words.ts';
import { progressText } from './progress-text.ts';

export interface Findings {
  readonly regions: readonly RegionAssessment[];
  /** What could not be read and what to do about it, a line each. */
  readonly missing: readonly string[];
}

export interface AssessRequest {
  readonly days: number;
  readonly region?: readonly string[] | undefined;
  readonly profile?: string | undefined;
  readonly save?: string | undefined;
  readonly policy: Policy;
}

export interface AssessTools {
  readonly access: AccountAccess;
  readonly now: () => Instant;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly replay: ReplayHistory;
}

/**
 * One Region after the other; what one refuses does not keep the others from being read.
 * @throws UsageError where no Region is named
 * @throws FileError for a folder to save in that holds something else
 */
export async function assessRegions(request: AssessRequest, tools: AssessTools): Promise<Findings> {
  const regions: RegionAssessment[] = [];
  const { names, missing } = await namesOf(request, tools.access);
  for (const [index, name] of names.entries()) {
    if (tools.signal.aborted) {
      missing.push(`${names.slice(index).join(', ')}: stopped by Ctrl-C before`);
      break;
    }
    const outcome = await outcomeOf(name, request, tools);
    if (outcome.assessment !== undefined) regions.push(outcome.assessment);
    if (outcome.missing !== undefined) missing.push(outcome.missing);
    if (outcome.isHopeless) break;
  }
  return { regions, missing };
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

interface RegionOutcome {
  readonly assessment?: RegionAssessment;
  readonly missing?: string;
  /** No other Region would answer either. */
  readonly isHopeless: boolean;
}

async function outcomeOf(region: string, request: AssessRequest, tools: AssessTools): Promise<RegionOutcome> {
  try {
    return readOutcome(await assessOne(region, request, tools), request);
  } catch (error) {
    if (error instanceof Error && isOurs(error)) throw error;
    const failure =
      error instanceof AccessError ? error.failure : tools.access.explain(error, 'the credentials');
    if (failure.kind === 'other' && !(error instanceof AccessError)) throw error;
    return {
      missing: `${region}: ${failureWords(failure, region, request.profile)}`,
      isHopeless: concernsEveryRegion(failure),
    };
  }
}

async function assessOne(
  region: string,
  { save, days: length, policy }: AssessRequest,
  tools: AssessTools,
): Promise<AssessedRegion> {
  const { account, ...ports } = await tools.access.region(region);
  const store =
    save === undefined ? forgottenHistory : savedHistory(join(save, region), { account, region }, tools.now);
  const settings = { account, region, length: days(length), policy, prices: priceListOf(region, []) };
  return assessRegion(settings, { ...historyPorts(region, tools), ...ports, store }, tools.replay);
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

const isOurs = ({ name }: Error): boolean => name === 'FileError' || name === 'UsageError';

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

const endsAll = (stopped: Stop): boolean =>
  stopped.kind !== 'refused' || concernsEveryRegion(stopped.failure);

const goesOn = ({ save }: AssessRequest): string =>
  save === undefined
    ? 'with --save DIR a second run would go on from there'
    : 'the same command goes on from there';

function stopWords(
  stopped: Stop,
  { assessment: { region }, extent: { done, of } }: AssessedRegion,
  request: AssessRequest,
): string {
  const soFar = `${done} of ${counted(of, 'volume')} in ${region} read to the end, ${goesOn(request)}`;
  switch (stopped.kind) {
    case 'interrupted':
      return `stopped by Ctrl-C: ${soFar}`;
    case 'refused':
      return `${failureWords(stopped.failure, region, request.profile)}; ${soFar}`;
    default:
      return `${stopped.why}; reading stopped there: ${soFar}`;
  }
}
