import type { Clock } from '../../core/application/ports.ts';
import { after, type Duration, type Instant } from '../../core/domain/units.ts';

export class FakeClock implements Clock {
  #now: Instant;

  constructor(start: Instant) {
    this.#now = start;
  }

  now(): Instant {
    return this.#now;
  }

  wait(duration: Duration): void {
    this.#now = after(this.#now, duration);
  }
}
