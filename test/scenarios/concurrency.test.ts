import { describe, expect, test } from 'vitest';
import { closedCases, modifyCalls, saidInOrder } from './account-history.ts';
import { drainingVolume } from './draining-volumes.ts';
import { expectInvariants } from './invariants.ts';
import { lambdaNamed, lookAt, runsOf } from './lambdas.ts';
import {
  acting,
  hour,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

const end = startsAt + 3 * hour;
const told = ['acted', 'completed', 'ended averted'];

/** Every call of respond takes a second, so that its runs overlap and can be held up in between. */
async function slowRescue(): Promise<{ responder: ResponderAccount; volumeId: string }> {
  let volumeId = '';
  const prepare = (account: ResponderAccount['account']) => {
    volumeId = drainingVolume(account);
  };
  const responder = await responderAccount(acting, prepare, {
    volumes: { optimizingTime: () => 5 * minute },
  });
  settingsOf(responder).callLatency = 1_000;
  return { responder, volumeId };
}

const settingsOf = (responder: ResponderAccount) =>
  responder.account.functions.settings(lambdaNamed(responder, 'respond'));

/** When the claim of the rescue takes effect, where nothing goes wrong; its call began a second before. */
async function claimTime(): Promise<number> {
  const { responder } = await slowRescue();
  await responder.account.simulation.runUntil(end);
  return (modifyCalls(responder)[0]?.at ?? 0) - 1_000;
}

describe('two runs of respond at the same time', () => {
  test('look at the same volume and move it once', async () => {
    const { responder, volumeId } = await slowRescue();
    const { simulation, endpoint } = responder.account;
    settingsOf(responder).callLatency = 5_000;
    for (let at = startsAt + 45 * minute; at < startsAt + 75 * minute; at += 1_000) {
      simulation.at(at, () => lookAt(responder, volumeId));
    }
    await simulation.runUntil(end);
    const runs = runsOf(responder, 'respond');
    const asked = modifyCalls(responder);
    const claims = endpoint.calls.filter(
      ({ operation, input }) =>
        operation === 'TransactWriteItems' && JSON.stringify(input).includes('"S":"intended"'),
    );
    expect(claims.map(({ error }) => error)).toEqual([undefined, 'TransactionCanceledException']);
    expect(asked).toHaveLength(1);
    expect(saidInOrder(responder)).toEqual(told);
    expect(runs.filter(({ outcome }) => outcome.kind !== 'succeeded')).toEqual([]);
    expectInvariants(responder);
  });
});

describe('a run that stalls with its claim', () => {
  test('for 35 seconds does not act on its old permit; the volume is moved by a fresh look', async () => {
    const claimedAt = await claimTime();
    const { responder } = await slowRescue();
    const { simulation } = responder.account;
    await simulation.runUntil(claimedAt - 1_500);
    settingsOf(responder).callLatency = 35_000;
    await simulation.runUntil(claimedAt + 20_000);
    settingsOf(responder).callLatency = 0;
    await simulation.runUntil(end);
    const [asked, ...more] = modifyCalls(responder);
    expect(more).toEqual([]);
    expect(asked?.at).toBeGreaterThan(claimedAt + 5 * minute);
    expect(saidInOrder(responder)).toEqual(told);
    expectInvariants(responder);
  });

  test('for 20 minutes is ended by its time limit and asks nothing when it wakes', async () => {
    const claimedAt = await claimTime();
    const { responder } = await slowRescue();
    const { simulation } = responder.account;
    await simulation.runUntil(claimedAt - 500);
    settingsOf(responder).callLatency = 20 * minute;
    await simulation.runUntil(claimedAt + 500);
    settingsOf(responder).callLatency = 0;
    await simulation.runUntil(end);
    expect(runsOf(responder, 'respond').filter(({ outcome }) => outcome.kind === 'timed out')).toHaveLength(
      1,
    );
    const [asked, ...more] = modifyCalls(responder);
    expect(more).toEqual([]);
    expect(asked?.at).toBeLessThan(claimedAt + 20 * minute);
    expect(closedCases(responder).map(({ ending }) => ending)).toEqual(['averted']);
    expectInvariants(responder);
  });
});
