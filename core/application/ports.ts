import type { SilentStep } from '../domain/auditing/silent-step.ts';
import type { ModifyAnswer } from '../domain/cases/answer-case.ts';
import type { Case, Closed, ModifyRequest, OpenCase } from '../domain/cases/case.ts';
import type { Ledger } from '../domain/cases/ledger.ts';
import type { ActualAlarm, DesiredAlarm } from '../domain/credits/alarm-plan.ts';
import type { DemandProfile } from '../domain/credits/demand-profile.ts';
import type {
  InstanceLimit,
  Modification,
  RegionalQuotas,
  StackActivity,
  VolumeHealth,
} from '../domain/deciding/situation.ts';
import type { LookAt, MuteWord } from '../domain/look-at.ts';
import type { Dispatch } from '../domain/notices/dispatch.ts';
import type { Notice } from '../domain/notices/notice.ts';
import type { Excerpt, InvalidTag, Unwatched } from '../domain/notices/unwatched.ts';
import type { Reading, Series } from '../domain/reading.ts';
import type { ReasonOf } from '../domain/reasons.ts';
import type { Duration, Instant } from '../domain/units.ts';
import type { Configuration, ProvisionedType, Volume, VolumeId } from '../domain/volume.ts';

export interface Clock {
  now(): Instant;
}

/** Names that were never given before. */
export interface IdSource {
  /** `EB-` and eight characters that are hard to mishear. */
  caseId(): string;
  incidentId(): string;
}

/** Keeps a long run of writes slower than a shared quota, and within the time the run has. */
export interface Pace {
  /** Waits for the next turn; `over` when there is no time left for one. */
  turn(): Promise<'go' | 'over'>;
  /** After the last turn: whoever shares the quota need not wait for us. */
  end(): Promise<void>;
}

/** EC2's view of volumes. Every method asks in as few calls as the batch limits allow and answers for every id. */
export interface VolumeCatalog {
  /** Ids that no longer exist are absent from the map. */
  describe(ids: readonly VolumeId[]): Promise<ReadonlyMap<VolumeId, Volume>>;
  /** Every volume of the account and Region, page by page. */
  all(): AsyncIterable<readonly Volume[]>;
  latestModifications(
    ids: readonly VolumeId[],
  ): Promise<ReadonlyMap<VolumeId, Reading<Modification | 'never'>>>;
  health(ids: readonly VolumeId[]): Promise<ReadonlyMap<VolumeId, Reading<VolumeHealth>>>;
  /** Volume ids attached to these instances, for an instance that starts. */
  attachedTo(instanceId: string): Promise<readonly VolumeId[]>;
}

/** What of one volume's metrics is wanted, and since when. */
export interface MetricWish {
  readonly volume: Volume;
  readonly since: Instant;
  /** What the demand is counted in; of a bridged volume that is the unit of the type it goes back to. */
  readonly demandIn: 'IOPS' | 'MiB/s';
}

/** What a word or an act rests on besides the balance. */
export interface RecentMetrics {
  readonly demand: Reading<Series>;
  readonly latency: Reading<Series>;
  readonly queue: Reading<Series>;
  readonly stalled: Reading<'stalled' | 'flowing' | 'not-published'>;
  readonly instanceLimit: Reading<InstanceLimit>;
}

export interface MetricHistory {
  /** Minimum of BurstBalance: one billed metric per volume. Types that publish none have an empty series. */
  balances(
    ids: readonly VolumeId[],
    since: Instant,
  ): Promise<{
    readonly byVolume: ReadonlyMap<VolumeId, Reading<Series>>;
    readonly metricsRequested: number;
  }>;
  /** One round of GetMetricData for all volumes; counts the metrics it asked for, because they are billed. */
  recent(
    wishes: readonly MetricWish[],
  ): Promise<{ readonly byVolume: ReadonlyMap<VolumeId, RecentMetrics>; readonly metricsRequested: number }>;
  /** Balance, IOPS and throughput at one-minute detail for the daily profile. */
  history(
    volume: Volume,
    since: Instant,
    until: Instant,
  ): Promise<{
    readonly metricsRequested: number;
    readonly balance: Series;
    readonly iops: Series;
    readonly throughput: Series;
  }>;
}

export interface AlarmShelf {
  /** All alarms whose name starts with our prefix, foreign ones included; the plan tells them apart. */
  list(): Promise<readonly ActualAlarm[]>;
  /** Volume ids of ours in ALARM. */
  inAlarm(): Promise<readonly VolumeId[]>;
  put(alarm: DesiredAlarm): Promise<void>;
  delete(names: readonly string[]): Promise<void>;
}

/** Proof that the kill switch said `run` a moment ago; only the modifier can make one. */
export interface RunPermit {
  readonly kind: 'run';
  readonly readAt: Instant;
}

/** The only way to modify a volume. */
export interface VolumeModifier {
  /** Reads the kill switch, never cached; anything but `run`, unreadable included, is a stop. */
  readSwitch(): Promise<RunPermit | { readonly kind: 'stop'; readonly refusal: ReasonOf<'switched-off'> }>;
  /** Asks nothing and answers `unknown` when the permit is older than 30 s: a stalled worker's plan is as old. */
  modify(permit: RunPermit, volumeId: VolumeId, to: Configuration): Promise<ModifyAnswer>;
  /** Writes `ebs-burst:state*` tags, for people and for the check against a lost table. */
  markState(volumeId: VolumeId, state: StateTag): Promise<void>;
  clearState(volumeId: VolumeId): Promise<void>;
}

export interface StateTag {
  readonly caseId: string;
  readonly version: number;
  readonly was: Configuration;
  readonly at: Instant;
}

/** What surrounds a volume: who deploys it and what the Region still allows. */
export interface Surroundings {
  /** Whether the CloudFormation stack that owns the volume (its tag) is being updated. */
  stackActivity(volumes: readonly Volume[]): Promise<ReadonlyMap<VolumeId, Reading<StackActivity>>>;
  /** What the last census found and what is being modified right now, against limits from Service Quotas. */
  quotaUse(): Promise<Reading<RegionalQuotas>>;
}

/** What one case step writes: all of it or nothing. */
export interface Commit {
  readonly case: Case;
  /** The version this step was decided on; 0 for a new case. */
  readonly expectedVersion: number;
  readonly notices: readonly Notice[];
  /** Left out where the notice tells of the step, or where it only looked again. */
  readonly silent?: SilentStep | undefined;
  /** Present on a claim (the ledger as it must be afterwards) and on the release of its cost. */
  readonly ledger: Ledger | undefined;
}

export type CommitAnswer =
  | { readonly kind: 'written' }
  | { readonly kind: 'overtaken'; readonly by: 'case' | 'ledger' | 'both' };

/** What remains of a volume beside its open case. */
export interface RecentPast {
  /** Modifications we asked for within the last 24 hours, also by cases closed since. */
  readonly requests: ReadonlyMap<VolumeId, readonly ModifyRequest[]>;
  /** The last words about their alarms' mutes, with a case or without. */
  readonly mutes: ReadonlyMap<VolumeId, MuteWord>;
}

export interface CaseBook {
  openCases(ids: readonly VolumeId[]): Promise<ReadonlyMap<VolumeId, OpenCase>>;
  recentPast(ids: readonly VolumeId[]): Promise<RecentPast>;
  /** Volumes whose open case is due at or before `now`. */
  due(now: Instant): Promise<readonly VolumeId[]>;
  /** Cases of volumes that are not over. */
  countOpen(): Promise<number>;
  stillUpgraded(): Promise<
    readonly { readonly volumeId: VolumeId; readonly was: Configuration; readonly is: Configuration }[]
  >;
  ledger(): Promise<Ledger>;
  /** Closed cases whose modification stays and is still committed. */
  staying(): Promise<readonly Closed[]>;
  /** Whether a census found what stays in its place; does nothing to a closed case that was let go of. */
  recordStay(closed: Closed): Promise<void>;
  /** The modification of a closed case no longer stays: its cost leaves the ledger in the same transaction. */
  letGo(closed: Closed, ledger: Ledger): Promise<CommitAnswer>;
  commit(commit: Commit): Promise<CommitAnswer>;
  /** Beside the cases, so that it needs none; does nothing where a later word is remembered. */
  rememberMute(volumeId: VolumeId, word: MuteWord): Promise<void>;
  hasGenesis(): Promise<boolean>;
  /** Once, at the first deployment; a second time changes nothing. */
  writeGenesis(at: Instant): Promise<void>;
  /** The incident new cases of this account and Region belong to: the running one within its 15 minutes, else a new one. */
  incidentFor(now: Instant, newId: string): Promise<string>;
}

/** What the last walk over all volumes found. */
export interface Census {
  readonly at: Instant;
  readonly watched: number;
  readonly unwatched: Unwatched;
  readonly cannotRunOut: number;
  /** Whether every alarm has been written once since the first deployment. */
  readonly backfill: 'complete' | 'running';
  readonly invalidTags: Excerpt<InvalidTag>;
  /** Provisioned per target type in this Region, the base of the quota guard. */
  readonly provisioned: Readonly<
    Record<ProvisionedType, { readonly storageGibibytes: number; readonly iops: number }>
  >;
  /** The heartbeat that fell due after this could not be told yet. */
  readonly heartbeatOwedSince?: Instant;
  /** Every census since then missed most volumes that have an alarm of ours. */
  readonly vanishingSince?: Instant;
}

/** What the days leave behind: the census, demand profiles, and the count of metric reads that are billed. */
export interface Almanac {
  latestCensus(): Promise<Reading<Census>>;
  recordCensus(census: Census): Promise<void>;
  profiles(ids: readonly VolumeId[]): Promise<ReadonlyMap<VolumeId, Reading<DemandProfile>>>;
  recordProfile(volumeId: VolumeId, profile: DemandProfile): Promise<void>;
  countMetricReads(day: string, metrics: number): Promise<void>;
  metricReads(day: string): Promise<number>;
}

export interface WorkQueue {
  enqueue(wakeUps: readonly LookAt[]): Promise<void>;
}

export type ChannelName = 'sns' | 'slack';

/** One notice for one channel, written in the transaction of the step it tells about. */
export interface OutboxRow {
  readonly notice: Notice;
  readonly channel: ChannelName;
  readonly attempts: number;
  readonly state: 'pending' | 'sent';
}

/** All that was and is to be said about one incident on one channel, oldest first. */
export interface Conversation {
  readonly incident: string;
  readonly channel: ChannelName;
  /** Raised by one with every delivery; a delivery that was overtaken is not recorded. */
  readonly version: number;
  /** What edits the first message (Slack: channel and ts); `undefined` before it and on channels that cannot edit. */
  readonly handle: string | undefined;
  readonly lastSentAt: Instant | undefined;
  readonly rows: readonly OutboxRow[];
}

/** A conversation as one delivery tells it. */
export interface Telling extends Conversation {
  /** Never the same twice: by it a lease whose answer was lost is known as one's own when it is asked for again. */
  readonly holder: string;
}

/** Notices survive here until their channel has taken them. */
export interface Outbox {
  /** Conversations with rows still pending whose next try is due. */
  due(now: Instant): Promise<readonly { readonly incident: string; readonly channel: ChannelName }[]>;
  conversation(incident: string, channel: ChannelName): Promise<Conversation>;
  /**
   * Before a send: whoever holds the lease tells it alone until `until`. `taken` while another holds it, or where one
   * delivered since the conversation was read. A success ends it, a failure that of its own delivery; that of a sender
   * that died ends by itself.
   */
  lease(conversation: Telling, now: Instant, until: Instant): Promise<'leased' | 'taken'>;
  /** After success: marks these notices sent. `overtaken` when another delivery came first. */
  recordSent(
    conversation: Conversation,
    noticeIds: readonly string[],
    handle: string | undefined,
    at: Instant,
  ): Promise<'recorded' | 'overtaken'>;
  /** After a failure: one attempt more, next try at `nextTryAt`. */
  recordFailed(conversation: Telling, noticeIds: readonly string[], nextTryAt: Instant): Promise<void>;
  /** How many conversations hold pending rows that have failed at least once, or that nobody could try for half an hour. */
  stuck(now: Instant): Promise<number>;
  /** For notices that belong to no case step: coverage, heartbeat, farewell, test. */
  add(notice: Notice): Promise<void>;
}

export type SendAnswer =
  | { readonly kind: 'sent'; readonly handle: string | undefined }
  | {
      readonly kind: 'failed';
      /** `slowly` when trying again cannot help until somebody changes something; the row stays pending. */
      readonly retry: 'soon' | 'slowly';
      readonly reason: 'outage' | 'rate-limited' | 'unauthorised' | 'rejected';
      readonly detail: string;
      readonly retryAfter: Duration | undefined;
    };

export interface Channel {
  readonly name: ChannelName;
  /** Whether a sent message can be edited; SNS and incoming webhooks cannot. */
  readonly edits: 'edits' | 'appends';
  send(dispatch: Dispatch): Promise<SendAnswer>;
}
