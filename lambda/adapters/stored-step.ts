import * as v from 'valibot';
import type { SilentStep } from '../../core/domain/auditing/silent-step.ts';
import type { Reason } from '../../core/domain/reasons.ts';
import { stepFacts } from './stored-notice.ts';
import { maybe, plan, reason } from './stored-values.ts';

export const storedStep: v.GenericSchema<unknown, SilentStep> = v.object({
  ...stepFacts,
  became: v.picklist(['watching', 'announced', 'intended', 'upgrading', 'bridged', 'returning', 'closed']),
  reason: reason<Reason>(),
  asked: maybe(
    v.object({
      plan,
      state: v.picklist(['intended', 'refused', 'unanswered', 'given-up']),
      requestId: maybe(v.string()),
    }),
  ),
});
