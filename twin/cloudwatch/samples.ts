import type { TwinTime } from '../simulation.ts';

export interface Window {
  readonly from: TwinTime;
  /** Exclusive. */
  readonly until: TwinTime;
}

/** Values in the order of their timestamps, the starts of the periods that they cover. */
export interface Samples {
  /** No value is earlier. */
  readonly first: TwinTime | undefined;
  /** Hands over, in order of time, the values whose timestamps lie in the window. */
  each(window: Window, take: (value: number) => void): void;
}
