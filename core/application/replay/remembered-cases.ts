import type { Case, Closed, OpenCase } from '../../domain/cases/case.ts';
import { emptyLedger, type Ledger } from '../../domain/cases/ledger.ts';
import type { Plan } from '../../domain/deciding/decision.ts';
import { before, hours, type Instant, minutes } from '../../domain/units.ts';
import type { VolumeId } from '../../domain/volume.ts';
import type { CaseBook, Clock, Commit, CommitAnswer } from '../ports.ts';

type Upgraded = Awaited<ReturnType<CaseBook['stillUpgraded']>>[number];

const upgraded = (volumeId: VolumeId, { from, to }: Plan): readonly Upgraded[] => [
  { volumeId, was: from, is: to },
];

/** The state table in memory, for one worker: every commit is in order, so that none is overtaken. */
export class RememberedCases implements CaseBook {
  readonly #clock: Clock;
  readonly #onCommit: (commit: Commit) => void;
  readonly #open = new Map<VolumeId, OpenCase>();
  readonly #closed = new Map<VolumeId, Closed[]>();
  #ledger: Ledger = emptyLedger;
  #incident: { readonly id: string; readonly startedAt: Instant } | undefined;

  constructor(clock: Clock, onCommit: (commit: Commit) => void) {
    this.#clock = clock;
    this.#onCommit = onCommit;
  }

  /** When the sweep has to ask again, `undefined` when no case is open. */
  get firstDue(): Instant | undefined {
    let first: Instant | undefined;
    for (const { dueAt } of this.#open.values()) if (first === undefined || dueAt < first) first = dueAt;
    return first;
  }

  has(volumeId: VolumeId): boolean {
    return this.#open.has(volumeId);
  }

  async openCases(ids: readonly VolumeId[]): ReturnType<CaseBook['openCases']> {
    return new Map(
      ids.flatMap((id) => {
        const held = this.#open.get(id);
        return held === undefined ? [] : [[id, held] as const];
      }),
    );
  }

  async recentPast(ids: readonly VolumeId[]): ReturnType<CaseBook['recentPast']> {
    const since = before(this.#clock.now(), hours(24));
    const of = (id: VolumeId): readonly Case[] => [
      ...(this.#closed.get(id) ?? []),
      ...[this.#open.get(id)].filter((held) => held !== undefined),
    ];
    const distinct = (id: VolumeId) =>
      new Map(of(id).flatMap(({ requests }) => requests.map((request) => [request.at, request] as const)));
    const requests = new Map(
      ids.map((id) => [id, [...distinct(id).values()].filter(({ at }) => at > since)]),
    );
    return { requests, mutes: new Map() };
  }

  async due(now: Instant): Promise<readonly VolumeId[]> {
    return [...this.#open.values()].filter(({ dueAt }) => dueAt <= now).map(({ volumeId }) => volumeId);
  }

  async countOpen(): Promise<number> {
    return this.#open.size;
  }

  async stillUpgraded(): Promise<readonly Upgraded[]> {
    const bridged = [...this.#open.values()].flatMap((held) =>
      'bridge' in held && held.bridge !== undefined ? upgraded(held.volumeId, held.bridge.plan) : [],
    );
    const stays = this.#staying.flatMap(({ volumeId, stays: plan }) =>
      plan === undefined ? [] : upgraded(volumeId, plan),
    );
    return [...stays, ...bridged];
  }

  async ledger(): Promise<Ledger> {
    return this.#ledger;
  }

  async staying(): Promise<readonly Closed[]> {
    return this.#staying;
  }

  get #staying(): readonly Closed[] {
    return [...this.#closed.values()].flat().filter(({ stays }) => stays !== undefined);
  }

  async recordStay(): Promise<void> {}

  async letGo(closed: Closed, ledger: Ledger): Promise<CommitAnswer> {
    const own = this.#closed.get(closed.volumeId) ?? [];
    own.splice(own.indexOf(closed), 1, { ...closed, stays: undefined });
    this.#ledger = ledger;
    return { kind: 'written' };
  }

  async commit(commit: Commit): Promise<CommitAnswer> {
    const { case: next } = commit;
    this.#ledger = commit.ledger ?? this.#ledger;
    if (next.state === 'closed') {
      this.#open.delete(next.volumeId);
      this.#closed.set(next.volumeId, [...(this.#closed.get(next.volumeId) ?? []), next]);
    } else this.#open.set(next.volumeId, next);
    this.#onCommit(commit);
    return { kind: 'written' };
  }

  /** No record knows of mutes. */
  async rememberMute(): Promise<void> {}

  async hasGenesis(): Promise<boolean> {
    return true;
  }

  async writeGenesis(): Promise<void> {}

  async incidentFor(now: Instant, newId: string): Promise<string> {
    if (this.#incident === undefined || this.#incident.startedAt <= before(now, minutes(15)))
      this.#incident = { id: newId, startedAt: now };
    return this.#incident.id;
  }
}
