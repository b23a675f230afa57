import type { Channel, ChannelName, SendAnswer } from '../../core/application/ports.ts';
import type { Dispatch } from '../../core/domain/notices/dispatch.ts';

type Failure = Extract<SendAnswer, { kind: 'failed' }>;

export const outage: Failure = {
  kind: 'failed',
  retry: 'soon',
  reason: 'outage',
  detail: 'status 500',
  retryAfter: undefined,
};

/** Keeps what it was asked to send; takes it, unless a test scripted a failure first. */
export class RecordingChannel implements Channel {
  readonly name: ChannelName;
  readonly edits: Channel['edits'];
  readonly tried: Dispatch[] = [];
  readonly taken: Dispatch[] = [];
  #failures: (Failure | Error)[] = [];

  constructor(name: ChannelName, edits: Channel['edits'] = name === 'slack' ? 'edits' : 'appends') {
    this.name = name;
    this.edits = edits;
  }

  failNext(failure: Failure | Error = outage, times = 1): void {
    this.#failures = [...this.#failures, ...Array.from({ length: times }, () => failure)];
  }

  send(dispatch: Dispatch): Promise<SendAnswer> {
    this.tried.push(dispatch);
    const failure = this.#failures.shift();
    if (failure instanceof Error) return Promise.reject(failure);
    if (failure !== undefined) return Promise.resolve(failure);
    this.taken.push(dispatch);
    return Promise.resolve({ kind: 'sent', handle: this.edits === 'edits' ? 'C0:1.000001' : undefined });
  }
}
