import type { Made } from './made.ts';

/** What has to be known before any outcome is believed, a sentence each; nothing where the policy is the reader's own. */
export const policyWords = ({ acting }: Pick<Made, 'acting'>): readonly string[] =>
  acting === 'as-configured'
    ? []
    : [
        'As if acting were allowed where no tag forbids it; --policy FILE judges yours.',
        'A deployment without settings only tells (mode notify) and moves nothing.',
      ];
