import { always, at, type Equivalents, never, unnamed } from './mutant.ts';

export const otherTypes: Equivalents = {
  because: 'These types are never the one planned to, so that the comparison that follows says the same',
  mutants: [
    ...at(
      'deciding/guards/modifications.ts',
      "if (present.type === 'unjudgeable' || present.type === 'standard') return undefined;",
      never("present.type === 'unjudgeable' || present.type === 'standard'"),
      [
        "present.type === 'unjudgeable' || present.type === 'standard'",
        "present.type === 'unjudgeable' && present.type === 'standard'",
      ],
      never("present.type === 'unjudgeable'"),
      unnamed('unjudgeable'),
      never("present.type === 'standard'"),
      unnamed('standard'),
    ),
    ...at(
      'deciding/decide-follow.ts',
      "present.type !== 'standard' && present.type !== 'unjudgeable' && isSame(present, to);",
      [
        "present.type !== 'standard' && present.type !== 'unjudgeable'",
        "present.type !== 'standard' || present.type !== 'unjudgeable'",
      ],
      always("present.type !== 'standard' && present.type !== 'unjudgeable'"),
      always("present.type !== 'standard'"),
      unnamed('standard'),
      always("present.type !== 'unjudgeable'"),
      unnamed('unjudgeable'),
    ),
    ...at(
      'deciding/decide-return.ts',
      "if (present.type === 'standard' || !isSame(present, to)) return yielded(held, situation, rules);",
      never("present.type === 'standard'"),
      unnamed('standard'),
    ),
  ],
};
