import type { Assumptions } from '../../core/application/replay/replay-settings.ts';
import { inMinutes } from '../../core/domain/units.ts';
import { span } from '../render/quantities.ts';

/** What no record knows, in a sentence. */
export function assumptionWords({
  publicationDelay,
  relievedAfter,
  completedAfter,
  consent,
}: Assumptions): string {
  const tagged =
    consent === 'assumed' ? 'every volume carries the consent tag' : 'only tagged volumes may be moved';
  return [
    `Assumed: CloudWatch shows a sample ${span(inMinutes(publicationDelay))} after its end;`,
    `AWS relieves ${span(inMinutes(relievedAfter))} after it accepts and completes after ${span(inMinutes(completedAfter))};`,
    `${tagged}; quotas have room; a volume that is put back begins with an empty bucket;`,
    'while a wall lasts, no more was asked for than the record shows.',
  ].join(' ');
}

export interface JsonAssumptions {
  readonly publicationDelayMinutes: number;
  readonly relievedAfterMinutes: number;
  readonly completedAfterMinutes: number;
  readonly consent: Assumptions['consent'];
}

/** The same for programs. */
export const jsonAssumptions = (assumptions: Assumptions): JsonAssumptions => ({
  publicationDelayMinutes: inMinutes(assumptions.publicationDelay),
  relievedAfterMinutes: inMinutes(assumptions.relievedAfter),
  completedAfterMinutes: inMinutes(assumptions.completedAfter),
  consent: assumptions.consent,
});
