import type { IdSource } from '../../core/application/ports.ts';

/** Counts, so that a test can name what it expects. */
export class FakeIds implements IdSource {
  #cases = 0;
  #incidents = 0;

  caseId(): string {
    this.#cases += 1;
    return `EB-${this.#cases}`;
  }

  incidentId(): string {
    this.#incidents += 1;
    return `IN-${this.#incidents}`;
  }
}
