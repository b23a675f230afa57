import type { OpenCase } from '../../../core/domain/cases/case.ts';
import { decide } from '../../../core/domain/deciding/decide.ts';
import type { Decision } from '../../../core/domain/deciding/decision.ts';
import type { Modification, Situation } from '../../../core/domain/deciding/situation.ts';
import { type Reading, read } from '../../../core/domain/reading.ts';
import { minutes } from '../../../core/domain/units.ts';
import type { Configuration } from '../../../core/domain/volume.ts';
import { ago, consent, fix, rulesFor, someSituation } from '../some-situation.ts';
import { noon, someVolume } from '../some-volume.ts';

export const answer = (openCase: OpenCase, given: Partial<Situation> = {}): Decision => {
  const situation = someSituation({ openCase, ...given });
  return decide(situation, rulesFor(situation));
};

export const modification = (rest: Partial<Modification> = {}): { modification: Reading<Modification> } => ({
  modification: read(
    {
      state: 'optimizing',
      startedAt: ago(minutes(1)),
      progress: 40,
      from: fix().from,
      to: fix().to,
      ...rest,
    },
    noon,
  ),
});
export const become = (configuration: Configuration) => ({
  volume: someVolume({ configuration, tags: consent }),
});
