import type { CaseBook, Commit, CommitAnswer, Outbox } from '../../core/application/ports.ts';
import type { Case, Closed, OpenCase } from '../../core/domain/cases/case.ts';
import { emptyLedger, type Ledger } from '../../core/domain/cases/ledger.ts';
import type { Plan } from '../../core/domain/deciding/decision.ts';
import type { MuteWord } from '../../core/domain/look-at.ts';
import { before, hours, type Instant, minutes } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import type { FakeClock } from './fake-clock.ts';
import { ScriptedFailures } from './scripted-failures.ts';

type Upgraded = Awaited<ReturnType<CaseBook['stillUpgraded']>>[number];

const upgraded = (volumeId: VolumeId, { from, to }: Plan): readonly Upgraded[] => [
  { volumeId, was: from, is: to },
];

/** The table: a commit writes case, ledger and notices together, or nothing, on the versions it was made from. */
export class FakeCaseBook extends ScriptedFailures implements CaseBook {
  readonly #clock: FakeClock;
  readonly #outbox: Pick<Outbox, 'add'>;
  readonly #open = new Map<VolumeId, OpenCase>();
  readonly closed: Closed[] = [];
  readonly commits: Commit[] = [];
  readonly #mutes = new Map<VolumeId, MuteWord>();
  #ledger: Ledger = emptyLedger;
  #incident: { readonly id: string; readonly startedAt: Instant } | undefined;
  /** Genesis as at a first deployment; `undefined` is a lost table. */
  genesisAt: Instant | undefined;
  /** Runs once before the next commit, as another worker would in between. */
  beforeCommit: (() => Promise<void>) | undefined;

  constructor(clock: FakeClock, outbox: Pick<Outbox, 'add'>) {
    super();
    this.#clock = clock;
    this.#outbox = outbox;
    this.genesisAt = clock.now();
  }

  /** Puts a case there, as if an earlier run had. */
  hold(held: OpenCase): void {
    this.#open.set(held.volumeId, held);
  }

  setLedger(ledger: Ledger): void {
    this.#ledger = ledger;
  }

  of(volumeId: VolumeId): OpenCase | undefined {
    return this.#open.get(volumeId);
  }

  async openCases(ids: readonly VolumeId[]): ReturnType<CaseBook['openCases']> {
    this.called('openCases');
    return new Map([...this.#open].filter(([id]) => ids.includes(id)));
  }

  async recentPast(ids: readonly VolumeId[]): ReturnType<CaseBook['recentPast']> {
    this.called('recentPast');
    const since = before(this.#clock.now(), hours(24));
    const all: readonly Case[] = [...this.#open.values(), ...this.closed];
    const of = (id: VolumeId) => all.filter(({ volumeId }) => volumeId === id).flatMap((one) => one.requests);
    const distinct = (id: VolumeId) => [...new Map(of(id).map((request) => [request.at, request])).values()];
    const requests = new Map(ids.map((id) => [id, distinct(id).filter(({ at }) => at > since)]));
    return { requests, mutes: new Map(this.#mutes) };
  }

  async due(now: Instant): Promise<readonly VolumeId[]> {
    this.called('due');
    return [...this.#open.values()].filter(({ dueAt }) => dueAt <= now).map(({ volumeId }) => volumeId);
  }

  async countOpen(): Promise<number> {
    return this.#open.size;
  }

  async stillUpgraded(): Promise<readonly Upgraded[]> {
    this.called('stillUpgraded');
    const open = [...this.#open.values()].flatMap((held) =>
      'bridge' in held && held.bridge !== undefined ? upgraded(held.volumeId, held.bridge.plan) : [],
    );
    const stays = this.closed.flatMap((one) =>
      one.stays === undefined ? [] : upgraded(one.volumeId, one.stays),
    );
    return [...stays, ...open];
  }

  async ledger(): Promise<Ledger> {
    this.called('ledger');
    return this.#ledger;
  }

  async staying(): Promise<readonly Closed[]> {
    this.called('staying');
    return this.closed.filter(({ stays }) => stays !== undefined);
  }

  async recordStay(closed: Closed): Promise<void> {
    this.called('recordStay');
    const index = this.closed.findIndex(({ id, stays }) => id === closed.id && stays !== undefined);
    if (index >= 0) this.closed.splice(index, 1, closed);
  }

  async letGo(closed: Closed, ledger: Ledger): Promise<CommitAnswer> {
    this.called('letGo');
    if (ledger.version !== this.#ledger.version + 1) return { kind: 'overtaken', by: 'ledger' };
    this.closed.splice(this.closed.indexOf(closed), 1, { ...closed, stays: undefined });
    this.#ledger = ledger;
    return { kind: 'written' };
  }

  async commit(commit: Commit): Promise<CommitAnswer> {
    const interfere = this.beforeCommit;
    this.beforeCommit = undefined;
    await interfere?.();
    this.called('commit');
    const lostCase = !this.#isCurrent(commit);
    const lostLedger = commit.ledger !== undefined && commit.ledger.version !== this.#ledger.version + 1;
    if (lostCase || lostLedger) {
      return { kind: 'overtaken', by: lostCase && lostLedger ? 'both' : lostCase ? 'case' : 'ledger' };
    }
    await this.#write(commit);
    return { kind: 'written' };
  }

  async rememberMute(volumeId: VolumeId, word: MuteWord): Promise<void> {
    this.called('rememberMute');
    if ((this.#mutes.get(volumeId)?.saidAt ?? word.saidAt) <= word.saidAt) this.#mutes.set(volumeId, word);
  }

  async hasGenesis(): Promise<boolean> {
    this.called('hasGenesis');
    return this.genesisAt !== undefined;
  }

  async writeGenesis(at: Instant): Promise<void> {
    this.called('writeGenesis');
    this.genesisAt ??= at;
  }

  async incidentFor(now: Instant, newId: string): Promise<string> {
    this.called('incidentFor');
    if (this.#incident === undefined || this.#incident.startedAt <= before(now, minutes(15)))
      this.#incident = { id: newId, startedAt: now };
    return this.#incident.id;
  }

  #isCurrent({ case: next, expectedVersion }: Commit): boolean {
    const held = this.#open.get(next.volumeId);
    if (expectedVersion === 0) return held === undefined;
    return held?.id === next.id && held.version === expectedVersion;
  }

  async #write(commit: Commit): Promise<void> {
    this.commits.push(commit);
    this.#ledger = commit.ledger ?? this.#ledger;
    const { case: next } = commit;
    if (next.state === 'closed') {
      this.#open.delete(next.volumeId);
      this.closed.push(next);
    } else this.hold(next);
    for (const notice of commit.notices) await this.#outbox.add(notice);
  }
}
