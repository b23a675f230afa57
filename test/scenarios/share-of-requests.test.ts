import { beforeAll, describe, expect, test } from 'vitest';
import { modifyCalls } from './account-history.ts';
import { drainingVolume } from './draining-volumes.ts';
import { acting, minute, type ResponderAccount, responderAccount, startsAt } from './responder-account.ts';

/** EC2 user guide, ec2-api-throttling: what an account and Region have of each call, at once and back each second. */
const ofAws = {
  ModifyVolume: { atOnce: 50, perSecond: 5 },
  CreateTags: { atOnce: 100, perSecond: 10 },
} as const;

/** What is left of a share of these when it was lowest: below zero, more was taken. */
function leastLeft(responder: ResponderAccount, name: keyof typeof ofAws, share: number): number {
  const { atOnce, perSecond } = ofAws[name];
  const capacity = atOnce * share;
  let left = capacity;
  let least = capacity;
  let last = startsAt;
  for (const { at } of responder.account.endpoint.calls.filter(({ operation }) => operation === name)) {
    left = Math.min(capacity, left + ((at - last) / 1_000) * perSecond * share) - 1;
    least = Math.min(least, left);
    last = at;
  }
  return least;
}

describe('a storm of 200 volumes', () => {
  let responder: ResponderAccount;

  beforeAll(async () => {
    responder = await responderAccount(acting, (account) => {
      for (let index = 0; index < 200; index += 1) drainingVolume(account);
    });
    await responder.account.simulation.runUntil(startsAt + 80 * minute);
  }, 120_000);

  test.each(['ModifyVolume', 'CreateTags'] as const)(
    'leaves four fifths of what the account has of %s to its people',
    (name) => {
      expect(leastLeft(responder, name, 0.2)).toBeGreaterThanOrEqual(0);
    },
  );

  test('moves as many as it may meanwhile, and AWS throttles none', () => {
    expect(modifyCalls(responder)).toHaveLength(10);
    expect(modifyCalls(responder).filter(({ error }) => error !== undefined)).toEqual([]);
  });
});
