import { describe, expect, test } from 'vitest';
import { deploy, handlersInProcess } from '../../cli/demo/deploy.ts';
import { synthesize } from '../../cli/demo/synthesize.ts';
import { type Account, createAccount } from '../../twin/account.ts';
import { closedCases, modifyCalls, openCases } from './account-history.ts';
import { drainingVolume } from './draining-volumes.ts';
import { hour, minute, type ResponderAccount, startsAt } from './responder-account.ts';

const template = synthesize({ mode: 'act', mailTo: ['storage@example.com'] });

/** Every Lambda takes the time for this much later than it is. */
async function skewedBy(
  minutes: number,
  change: (account: Account) => void = () => undefined,
): Promise<ResponderAccount> {
  const account = createAccount({
    accountId: '123456789012',
    region: 'us-east-1',
    startAt: startsAt,
    seed: 7,
    metrics: { balanceSampling: 1, publicationDelay: 1 },
    volumes: { optimizingTime: () => 5 * minute },
  });
  drainingVolume(account);
  change(account);
  const clock = () => account.simulation.now + minutes * minute;
  const deployed = await deploy(
    account,
    template,
    handlersInProcess(account, () => clock),
  );
  await account.simulation.runUntil(startsAt + 3 * hour);
  return { account, deployed, slackChannelId: '' };
}

describe('clocks that are wrong', () => {
  test.each([-5, -1, 0, 1, 5])('by %i minutes still move the volume once', async (minutes) => {
    expect(modifyCalls(await skewedBy(minutes))).toHaveLength(1);
  });

  test.each([-5, 0, 5])('by %i minutes follow to its end a move whose answer was lost', async (minutes) => {
    const responder = await skewedBy(minutes, ({ endpoint }) =>
      endpoint.afterAcceptance({ operation: 'ModifyVolume' }, new Error('socket hang up')),
    );
    expect(modifyCalls(responder)).toHaveLength(1);
    expect(openCases(responder)).toEqual([]);
    expect(closedCases(responder)).toMatchObject([{ ending: 'averted' }]);
  });

  test('by 15 minutes fast find every reading too old and move nothing', async () => {
    expect(modifyCalls(await skewedBy(15))).toEqual([]);
  });

  test('by 15 minutes slow move it at most once', async () => {
    expect(modifyCalls(await skewedBy(-15)).length).toBeLessThanOrEqual(1);
  });
});
