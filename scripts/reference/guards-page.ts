import type { GuardScope } from '../../core/domain/deciding/guards/guard.ts';
import { guards } from '../../core/domain/deciding/guards.ts';
import { code, type Page, page, table } from './page.ts';

const intro = [
  'Before each request to modify a volume these are asked in this order, and the first veto is the answer. Each reads a fact',
  'that was read for this very decision; none is fed a constant. What stands against a plan, and what to do then, is told',
  'in the message; the sentences are in [reasons](reasons.md). `npm run guards:prove` takes each of them out of a copy of',
  'the code and shows the test that turns red.',
].join('\n');

const scopes: Readonly<Record<GuardScope, string>> = {
  every: 'every plan',
  upgrades: 'upgrades, not the way back',
  rescues: 'upgrades that rest on a forecast',
};

export const guardsPage: Page = {
  file: 'guards.md',
  render: () =>
    page(
      'Guards: what may stand against a modification',
      intro,
      table(
        ['', 'guard', 'refuses with', 'fact', 'where it comes from', 'when that is unknown', 'asked of'],
        guards.map(({ name, codes, fact, source, unknown, scope }, index) => [
          String(index + 1),
          name,
          codes.map(code).join(', '),
          fact,
          source,
          unknown,
          scopes[scope],
        ]),
      ),
    ),
};
