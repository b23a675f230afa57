/** Somebody pressed Ctrl-C while something long was computed. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

export interface TurnTools {
  /** Lets what waits have its turn: Ctrl-C, the progress line. */
  readonly breathe: () => Promise<void>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * To be called again and again by what computes for long, with the share that is done; shows each percent once. It rejects
 * with Interrupted once somebody wants to stop. A stop from before it began was about something else and does not count.
 */
export function takingTurns(
  { breathe, signal }: TurnTools,
  show: (percent: number) => void,
): (share: number) => Promise<void> {
  const wasStopped = signal.aborted;
  let shown = -1;
  return async (share) => {
    await breathe();
    if (signal.aborted && !wasStopped) throw new Interrupted('stopped by Ctrl-C');
    const percent = Math.floor(100 * share);
    if (percent === shown) return;
    shown = percent;
    show(percent);
  };
}
