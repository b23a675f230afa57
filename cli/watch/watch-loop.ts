import type { Duration, Instant } from '../../core/domain/units.ts';
import { afterFailure, afterLook, type Board, emptyBoard } from './board.ts';
import type { Look, SeenCase } from './look-at-cases.ts';

/** What watching takes from the world. */
export interface Watched {
  readonly every: Duration;
  readonly now: () => Instant;
  /** Until the next picture is due; less where somebody wants to stop or the window changed. */
  readonly tick: () => Promise<void>;
  readonly stop: AbortSignal;
  /** Of the known cases those that are over, and all that are open. Throws what the SDK throws. */
  readonly look: (known: readonly SeenCase[]) => Promise<Look>;
  /** In words for the status line; throws what trying again cannot heal. */
  readonly troubleOf: (error: unknown) => string;
  readonly show: (board: Board, now: Instant) => void;
}

/** Looks and shows until it is stopped. A slow answer delays no picture: the clock on it goes on. */
export async function watchLoop(watched: Watched): Promise<Board> {
  const { now, tick, stop, show } = watched;
  const asker = askerOf(watched);
  show(asker.board(), now());
  await Promise.race([asker.ask(), aborted(stop)]);
  while (!stop.aborted) {
    show(asker.board(), now());
    await tick();
    if (now() >= asker.board().nextLookAt) void asker.ask();
  }
  return asker.board();
}

interface Asker {
  /** @throws what trying again cannot heal */
  readonly board: () => Board;
  /** Never rejects, and never asks twice at a time. */
  readonly ask: () => Promise<void>;
}

function askerOf(watched: Watched): Asker {
  let board = emptyBoard(watched.now());
  let asking: Promise<void> | undefined;
  let hopeless: { readonly error: unknown } | undefined;
  const askOnce = async (): Promise<void> => {
    try {
      board = await asked(board, watched);
      if (!watched.stop.aborted) watched.show(board, watched.now());
    } catch (error) {
      hopeless = { error };
    } finally {
      asking = undefined;
    }
  };
  return {
    board: () => {
      if (hopeless !== undefined) throw hopeless.error;
      return board;
    },
    ask: () => {
      asking ??= askOnce();
      return asking;
    },
  };
}

async function asked(board: Board, { look, troubleOf, now, every }: Watched): Promise<Board> {
  try {
    return afterLook(board, await look(board.open), now(), every);
  } catch (error) {
    return afterFailure(board, troubleOf(error), now(), every);
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
