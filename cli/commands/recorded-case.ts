import { type AuditRecord, auditTrail, type CaseFile } from '../../core/domain/auditing/audit-trail.ts';
import type { Case, Closed } from '../../core/domain/cases/case.ts';
import type { Instant } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';

/** One case, and what was written down of it up to some time. */
export interface RecordedCase<Of extends Case = Case> {
  /** As it is now, which may be later. */
  readonly case: Of;
  /** Up to then, as they were taken. */
  readonly steps: readonly AuditRecord[];
  /** How many were taken after it. */
  readonly laterSteps: number;
}

/** What the table holds of one volume up to some time. */
export interface Recorded {
  readonly account: string;
  readonly region: string;
  readonly volumeId: VolumeId;
  readonly until: Instant;
  /** The oldest first, each with a step at least. */
  readonly cases: readonly RecordedCase[];
}

/** The tag Name as the newest of these steps knew it, else the id. */
export const nameIn = ({ cases, volumeId }: Recorded): string => cases.at(-1)?.steps.at(-1)?.name ?? volumeId;

export function recordedUpTo(until: Instant, file: CaseFile): RecordedCase {
  const all = auditTrail(file);
  const steps = all.filter(({ at }) => at <= until);
  return { case: file.case, steps, laterSteps: all.length - steps.length };
}

/** The first of these that is over, with all of its steps; `undefined` where there is none. */
export async function firstClosed(files: AsyncIterable<CaseFile>): Promise<RecordedCase<Closed> | undefined> {
  for await (const file of files) {
    const { case: of } = file;
    if (of.state === 'closed') return { case: of, steps: auditTrail(file), laterSteps: 0 };
  }
  return undefined;
}
