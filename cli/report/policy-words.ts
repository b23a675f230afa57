import type { Made } from './made.ts';

/** What has to be known before any outcome is believed, a sentence each; nothing where the policy is the reader's own. */
export const policyWords = ({
  acting,
  assumptions: { consent },
}: Pick<Made, 'acting' | 'assumptions'>): readonly string[] =>
  acting === 'as-configured'
    ? []
    : [
        `As if acting were allowed ${consent === 'assumed' ? 'where no tag forbids it' : 'on volumes whose tags consent'}; --policy FILE judges yours.`,
        'A deployment without settings only tells (mode notify) and moves nothing.',
      ];
