import type { ChannelName, Conversation, Outbox, OutboxRow, Telling } from '../../core/application/ports.ts';
import type { Notice } from '../../core/domain/notices/notice.ts';
import { before, type Instant, minutes } from '../../core/domain/units.ts';

interface Row extends OutboxRow {
  readonly dueAt: Instant;
}

interface Thread {
  readonly incident: string;
  readonly channel: ChannelName;
  version: number;
  handle: string | undefined;
  lastSentAt: Instant | undefined;
  sendingUntil: Instant | undefined;
  holder: string | undefined;
  rows: readonly Row[];
}

/** Behaves as the table does, versions included, and fails where a test says so. */
export class InMemoryOutbox implements Outbox {
  readonly #channels: readonly ChannelName[];
  readonly #threads = new Map<string, Thread>();
  readonly #unreadable = new Set<string>();
  /** Runs once before the next `recordSent`, as another delivery would in between. */
  beforeRecording: (() => Promise<void>) | undefined;

  constructor(...channels: readonly ChannelName[]) {
    this.#channels = channels;
  }

  /** Every read of this incident fails from now on. */
  makeUnreadable(incident: string): void {
    this.#unreadable.add(incident);
  }

  add(notice: Notice): Promise<void> {
    for (const channel of this.#channels) {
      const thread = this.#thread(notice.kind === 'case' ? notice.incident : notice.id, channel);
      const isThere = thread.rows.some((row) => row.notice.id === notice.id);
      if (!isThere) {
        thread.rows = [...thread.rows, { notice, channel, attempts: 0, state: 'pending', dueAt: notice.at }];
      }
    }
    return Promise.resolve();
  }

  due(now: Instant): ReturnType<Outbox['due']> {
    const isDue = (row: Row) => row.state === 'pending' && row.dueAt <= now;
    const threads = [...this.#threads.values()].filter(({ rows }) => rows.some(isDue));
    return Promise.resolve(threads.map(({ incident, channel }) => ({ incident, channel })));
  }

  stuck(now: Instant): Promise<number> {
    const isStuck = ({ state, attempts, dueAt }: Row) =>
      state === 'pending' && (attempts > 0 || dueAt < before(now, minutes(30)));
    return Promise.resolve([...this.#threads.values()].filter(({ rows }) => rows.some(isStuck)).length);
  }

  conversation(incident: string, channel: ChannelName): Promise<Conversation> {
    if (this.#unreadable.has(incident)) return Promise.reject(new RangeError(`cannot read ${incident}`));
    const { sendingUntil: _, holder: __, ...conversation } = this.#thread(incident, channel);
    return Promise.resolve(conversation);
  }

  lease(conversation: Telling, now: Instant, until: Instant): ReturnType<Outbox['lease']> {
    const thread = this.#thread(conversation.incident, conversation.channel);
    const { version, sendingUntil, holder } = thread;
    const isHeldByAnother =
      sendingUntil !== undefined && sendingUntil > now && holder !== conversation.holder;
    const isTaken = version !== conversation.version || isHeldByAnother;
    if (!isTaken) Object.assign(thread, { sendingUntil: until, holder: conversation.holder });
    return Promise.resolve(isTaken ? 'taken' : 'leased');
  }

  async recordSent(
    conversation: Conversation,
    noticeIds: readonly string[],
    handle: string | undefined,
    at: Instant,
  ): ReturnType<Outbox['recordSent']> {
    const interfere = this.beforeRecording;
    this.beforeRecording = undefined;
    await interfere?.();
    const thread = this.#thread(conversation.incident, conversation.channel);
    if (thread.version !== conversation.version) return 'overtaken';
    thread.version += 1;
    thread.handle = handle;
    thread.lastSentAt = at;
    thread.sendingUntil = undefined;
    thread.rows = thread.rows.map((row) =>
      noticeIds.includes(row.notice.id) ? { ...row, state: 'sent' } : row,
    );
    return 'recorded';
  }

  recordFailed(conversation: Telling, noticeIds: readonly string[], nextTryAt: Instant): Promise<void> {
    const thread = this.#thread(conversation.incident, conversation.channel);
    if (thread.holder === conversation.holder) thread.sendingUntil = undefined;
    thread.rows = thread.rows.map((row) =>
      noticeIds.includes(row.notice.id) ? { ...row, attempts: row.attempts + 1, dueAt: nextTryAt } : row,
    );
    return Promise.resolve();
  }

  #thread(incident: string, channel: ChannelName): Thread {
    const key = `${channel}#${incident}`;
    const held = this.#threads.get(key);
    if (held !== undefined) return held;
    const thread: Thread = {
      incident,
      channel,
      version: 0,
      handle: undefined,
      lastSentAt: undefined,
      sendingUntil: undefined,
      holder: undefined,
      rows: [],
    };
    this.#threads.set(key, thread);
    return thread;
  }
}
