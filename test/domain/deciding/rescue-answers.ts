import { decide } from '../../../core/domain/deciding/decide.ts';
import type { Decision } from '../../../core/domain/deciding/decision.ts';
import type { Situation } from '../../../core/domain/deciding/situation.ts';
import { read } from '../../../core/domain/reading.ts';
import { minutely, rulesFor, someSituation } from '../some-situation.ts';
import { noon, type somePolicy } from '../some-volume.ts';

export const answer = (
  given: Partial<Situation> = {},
  policy: Parameters<typeof somePolicy>[0] = {},
): Decision => {
  const situation = someSituation(given);
  return decide(situation, rulesFor(situation, policy));
};
export const balance = (values: readonly number[]) => ({ balance: read(minutely(values), noon) });
export const notifyOnly = { mode: 'notify' } as const;
