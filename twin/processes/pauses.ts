import { AsyncLocalStorage } from 'node:async_hooks';
import { type Listening, listen } from '../wire/server.ts';
import type { WireAnswer, WireRequest } from '../wire/wire-message.ts';

/** One event that a process handles: a pause belongs to its invocation, and ends the process when that is over by then. */
interface Handling {
  readonly within: ReturnType<typeof AsyncLocalStorage.snapshot>;
  readonly end: () => Promise<void>;
}

/** Where processes pause: the account lives on meanwhile, and they go on when its time has come. */
export class Pauses {
  readonly #pause: (milliseconds: number) => Promise<void>;
  readonly #handled = new Map<string, Handling>();
  #listening: Promise<Listening> | undefined;

  /** @param pause waits in simulated time, as part of the invocation that it is called in */
  constructor(pause: (milliseconds: number) => Promise<void>) {
    this.#pause = pause;
  }

  /** @returns where that process asks for its pauses */
  async addressOf(process: string): Promise<string> {
    const options = { host: '127.0.0.1', port: 0, beyondLoopback: false };
    this.#listening ??= listen((request) => this.#answer(request), options);
    const { url } = await this.#listening;
    return `${url}/${process}`;
  }

  /** To be called within the invocation whose event the process gets. */
  handles(process: string, end: () => Promise<void>): void {
    this.#handled.set(process, { within: AsyncLocalStorage.snapshot(), end });
  }

  async stop(): Promise<void> {
    const listening = await this.#listening;
    await listening?.stop();
  }

  async #answer({ path }: WireRequest): Promise<WireAnswer> {
    const { pathname, searchParams } = new URL(path, 'http://pauses');
    const handling = this.#handled.get(pathname.slice(1));
    const milliseconds = Number(searchParams.get('ms') ?? Number.NaN);
    if (handling === undefined || Number.isNaN(milliseconds)) return { status: 400, headers: {}, body: '' };
    try {
      await handling.within(() => this.#pause(milliseconds));
      return { status: 204, headers: {}, body: '' };
    } catch {
      // The invocation is over: in Lambda its process is gone, and does nothing more.
      await handling.end();
      return { status: 410, headers: {}, body: '' };
    }
  }
}
