import { followReturn, followUpgrade, resolveIntent } from './decide-follow.ts';
import { decideRescue } from './decide-rescue.ts';
import { decideReturn } from './decide-return.ts';
import type { Decision } from './decision.ts';
import type { Rules } from './rules.ts';
import type { Situation } from './situation.ts';

/**
 * The one question, asked by the Lambdas, the sweep, the simulator and the CLI alike: what should happen with this
 * volume now? Depends on nothing but its arguments.
 */
export function decide(situation: Situation, rules: Rules): Decision {
  const held = situation.openCase;
  switch (held?.state) {
    case 'intended':
      return resolveIntent(held, situation, rules);
    case 'upgrading':
      return followUpgrade(held, situation, rules);
    case 'bridged':
      return decideReturn(held, situation, rules);
    case 'returning':
      return followReturn(held, situation, rules);
    default:
      return decideRescue(held, situation, rules);
  }
}
