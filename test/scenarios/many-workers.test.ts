import { describe, expect, test } from 'vitest';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import { committed, modifyCalls, openCases } from './account-history.ts';
import { drainingVolume } from './draining-volumes.ts';
import { expectInvariants } from './invariants.ts';
import { lambdaNamed, lookMessage, runsOf } from './lambdas.ts';
import { acting, minute, type ResponderAccount, responderAccount, startsAt } from './responder-account.ts';

const workers = 64;
const together = startsAt + 65 * minute;

/** Bridges at $67.50 a month each, and no other cap that could hold them back. */
const spending = (maxMonthlyIncrease: number): EbsBurstResponderProps => ({
  ...acting,
  target: 'io1',
  fixedIops: 1_000,
  maxMonthlyIncrease,
  blastRadius: { volumes: workers, percentOfWatched: 100 },
});

/**
 * Volumes that drain side by side and that nobody may move until all consent in the same second, when as many runs as
 * there are volumes look at one each. More than the two that the work queue allows: the caps must not rest on those.
 */
async function consentedTogether(props: EbsBurstResponderProps): Promise<ResponderAccount> {
  const ids: string[] = [];
  const responder = await responderAccount(
    props,
    (account) => {
      for (let index = 0; index < workers; index += 1)
        ids.push(drainingVolume(account, { tags: { Name: `db-${index}`, 'ebs-burst:mode': 'notify' } }));
    },
    // A thousand calls in a few seconds are the point here, not what AWS would say to them.
    { throttling: 'none' },
  );
  const { simulation, ebs, functions } = responder.account;
  const functionName = lambdaNamed(responder, 'respond');
  await simulation.runUntil(together);
  functions.settings(functionName).callLatency = 100;
  for (const id of ids) ebs.volumes.setTag(id, 'ebs-burst:mode', 'act');
  for (const [index, id] of ids.entries()) {
    const event = { Records: [{ messageId: `m-${index}`, body: lookMessage(id) }] };
    const start = { functionName, trigger: 'direct', event, onEnd: () => {} } as const;
    // A little apart, so that each of their calls falls between some calls of the others.
    simulation.at(together + index * 13, () => functions.start(start));
  }
  return responder;
}

/** Claims that another run was faster than. */
const claimsLost = ({ account }: ResponderAccount): number =>
  account.endpoint.calls.filter(
    ({ operation, at, error }) => operation === 'TransactWriteItems' && at >= together && error !== undefined,
  ).length;

const refusalsHeld = (responder: ResponderAccount): readonly string[] =>
  openCases(responder).flatMap((held) =>
    held.state === 'announced' ? held.refusals.map(({ code }) => code) : [],
  );

describe('64 runs of respond at the same time, one volume each', () => {
  test('commit what the spend cap covers, ten of them, and tell the rest that it is used up', async () => {
    const responder = await consentedTogether(spending(700));
    const { simulation } = responder.account;
    await simulation.runUntil(together + minute);
    expect(runsOf(responder, 'respond').filter(({ trigger }) => trigger === 'direct')).toHaveLength(workers);
    await simulation.runUntil(together + 40 * minute);
    expect(modifyCalls(responder)).toHaveLength(10);
    expect(committed(responder)).toBe(675);
    expect(refusalsHeld(responder)).toEqual(Array(54).fill('over-budget'));
    expect(claimsLost(responder), 'the runs did get in the way of each other').toBeGreaterThanOrEqual(10);
    expectInvariants(responder);
  });

  test('are all let through by a cap that covers them all', async () => {
    const responder = await consentedTogether(spending(workers * 67.5));
    await responder.account.simulation.runUntil(together + 40 * minute);
    expect(modifyCalls(responder)).toHaveLength(workers);
    expect(committed(responder)).toBe(workers * 67.5);
    expect(refusalsHeld(responder)).toEqual([]);
    expectInvariants(responder);
  });
});
