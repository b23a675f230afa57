import { beforeAll, describe, expect, test } from 'vitest';
import type { CrashPoint } from '../../twin/lambda/crash-plan.ts';
import { closedCases, modifyCalls, openCases, saidInOrder } from './account-history.ts';
import { drainingVolume } from './draining-volumes.ts';
import { expectInvariants } from './invariants.ts';
import { lambdaNamed, runsOf } from './lambdas.ts';
import { acting, hour, minute, type ResponderAccount, responderAccount, startsAt } from './responder-account.ts';

const end = startsAt + 3 * hour;

const rescue = (): Promise<ResponderAccount> =>
  responderAccount(acting, (account) => void drainingVolume(account), {
    volumes: { optimizingTime: () => 5 * minute },
  });

/** When the run starts that acts where nothing goes wrong, and how many calls it makes. */
let undisturbed: { readonly at: number; readonly calls: number };

beforeAll(async () => {
  const responder = await rescue();
  await responder.account.simulation.runUntil(end);
  const [asked] = modifyCalls(responder);
  const run = runsOf(responder, 'respond').find(({ at, endedAt }) => at <= (asked?.at ?? 0) && (asked?.at ?? 0) <= endedAt);
  undisturbed = { at: run?.at ?? 0, calls: run?.calls ?? 0 };
});

async function crashing(point: CrashPoint): Promise<ResponderAccount> {
  const responder = await rescue();
  const { simulation, functions } = responder.account;
  await simulation.runUntil(undisturbed.at - 1);
  functions.crash(lambdaNamed(responder, 'respond'), point);
  await simulation.runUntil(end);
  return responder;
}

describe('respond dies in the run that acts', () => {
  test('that run makes calls to die at', () => {
    expect(undisturbed.calls).toBeGreaterThan(15);
  });

  test.each(['before', 'after'] as const)('%s any of its calls: the volume is moved once, and told once', async (moment) => {
    const endings: string[] = [];
    for (let call = 1; call <= undisturbed.calls; call += 1) {
      const point = moment === 'before' ? { before: call } : { after: call };
      const responder = await crashing(point);
      const crashed = runsOf(responder, 'respond').filter(({ outcome }) => outcome.kind === 'crashed');
      expectInvariants(responder);
      endings.push(
        [
          `call ${call}`,
          `${crashed.length} crash`,
          `${modifyCalls(responder).length} modification`,
          ...saidInOrder(responder),
          `${openCases(responder).length} open`,
          closedCases(responder).map(({ ending }) => ending),
        ].join(', '),
      );
    }
    expect(endings).toEqual([]);
  });
});
