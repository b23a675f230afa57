import type { Assumptions } from '../../core/application/replay/replay-settings.ts';
import { inMinutes } from '../../core/domain/units.ts';
import { span } from '../render/quantities.ts';
import { wrap } from '../render/wrap.ts';

const width = 110;

/** What no record knows. */
export function assumptionWords({
  publicationDelay,
  relievedAfter,
  completedAfter,
  consent,
}: Assumptions): readonly string[] {
  const tagged =
    consent === 'assumed' ? 'every volume carries the consent tag' : 'only tagged volumes may be moved';
  return wrap(
    [
      `Assumed: CloudWatch shows a sample ${span(inMinutes(publicationDelay))} after its end;`,
      `AWS relieves ${span(inMinutes(relievedAfter))} after it accepts and completes after ${span(inMinutes(completedAfter))};`,
      `${tagged}; quotas have room; a volume that is put back begins with an empty bucket;`,
      'while a wall lasts, no more was asked for than the record shows.',
    ].join(' '),
    width,
  );
}
