import { capExceeded } from '../../cases/ledger.ts';
import { staleCensus } from '../evidence-age.ts';
import type { Guard } from './guard.ts';

/** Checked again, on the same version of the ledger, by the transaction that claims. */
export const caps: Guard = {
  name: 'spend and blast radius',
  codes: ['over-budget', 'over-blast-radius', 'unread-fact'],
  scope: 'every',
  fact: 'committed monthly increase and claims of the last hour, against the volumes watched',
  source: 'our table, GetItem (ledger, census)',
  unknown: 'refuse; after a census older than two hours one change an hour is allowed',
  veto: ({ situation: { ledger, watchedVolumes, now }, policy, plan }) => {
    if (ledger.kind === 'unread') return { code: 'unread-fact', fact: 'ledger', why: ledger.why };
    if (watchedVolumes.kind === 'unread')
      return { code: 'unread-fact', fact: 'census', why: watchedVolumes.why };
    const refusal = capExceeded(ledger.value, policy.caps, watchedVolumes.value, plan.price.difference, now);
    if (refusal?.code !== 'over-blast-radius') return refusal;
    const why = staleCensus(watchedVolumes.at, now);
    return why === undefined ? refusal : { ...refusal, why };
  },
};
