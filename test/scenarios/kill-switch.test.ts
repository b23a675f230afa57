import { describe, expect, test } from 'vitest';
import { ServiceError } from '../../twin/service-error.ts';
import { caseNotices, mails, modifyCalls, saidInOrder, slackTexts, unfolded } from './account-history.ts';
import { drainingVolume } from './draining-volumes.ts';
import { expectInvariants } from './invariants.ts';
import { lambdaNamed, switchParameter } from './lambdas.ts';
import {
  acting,
  hour,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

const end = startsAt + 3 * hour;
/** Before anything happens. */
const turnedAt = startsAt + 10 * minute;

const rescue = (): Promise<ResponderAccount> =>
  responderAccount(acting, (account) => void drainingVolume(account), {
    volumes: { optimizingTime: () => 5 * minute },
  });

const turn = ({ account }: ResponderAccount, value: string | undefined): void =>
  value === undefined
    ? account.parameters.delete(switchParameter)
    : account.parameters.put(switchParameter, value);

/** Nothing modified, and people know why and what to do. */
function expectToldOnly(responder: ResponderAccount, got: string): void {
  expect(modifyCalls(responder)).toEqual([]);
  const [first] = caseNotices(responder);
  expect(first?.said).toMatchObject({ refusals: [{ code: 'switched-off', got }] });
  const text = unfolded(mails(responder)[0]?.message ?? '');
  expect(text).toContain('kill switch');
  expect(text).toContain('Next:');
  expect(slackTexts(responder).length).toBeGreaterThan(0);
}

describe('the kill switch', () => {
  test.each(['stop', 'RUN', 'run ', 'true'])(
    'with "%s" in it stops every modification and says so',
    async (value) => {
      const responder = await rescue();
      await responder.account.simulation.runUntil(turnedAt);
      turn(responder, value);
      await responder.account.simulation.runUntil(end);
      expectToldOnly(responder, value);
      expectInvariants(responder, [{ at: turnedAt, value }]);
    },
  );

  test('without its parameter stops every modification and says so', async () => {
    const responder = await rescue();
    await responder.account.simulation.runUntil(turnedAt);
    turn(responder, undefined);
    await responder.account.simulation.runUntil(end);
    expectToldOnly(responder, 'unreadable: ParameterNotFound');
    expectInvariants(responder, [{ at: turnedAt, value: undefined }]);
  });

  test('that we may not read stops every modification and says so', async () => {
    const responder = await rescue();
    const { endpoint, simulation } = responder.account;
    const denied = new ServiceError('AccessDeniedException', 'not authorized', { httpStatusCode: 400 });
    endpoint.fail({ operation: 'GetParameter', principal: lambdaNamed(responder, 'respond') }, denied, 1_000);
    await simulation.runUntil(end);
    expectToldOnly(responder, 'unreadable: AccessDeniedException');
    expectInvariants(responder);
  });

  test('on run lets the volume be moved, and is read for each request at most 30 seconds before it', async () => {
    const responder = await rescue();
    await responder.account.simulation.runUntil(end);
    expect(modifyCalls(responder)).toHaveLength(1);
    const operations = responder.account.endpoint.calls
      .filter(({ principal }) => principal === lambdaNamed(responder, 'respond'))
      .map(({ operation }) => operation);
    expect(operations.indexOf('GetParameter')).toBeGreaterThan(-1);
    expect(operations.indexOf('GetParameter')).toBeLessThan(operations.indexOf('ModifyVolume'));
    expectInvariants(responder);
  });

  test('turned back to run lets the next look act, without spending the hour that the refusal did not use', async () => {
    const responder = await rescue();
    const { simulation } = responder.account;
    await simulation.runUntil(turnedAt);
    turn(responder, 'stop');
    await simulation.runUntil(startsAt + 10 * hour);
    expect(modifyCalls(responder)).toEqual([]);
    const backAt = simulation.now;
    turn(responder, 'run');
    await simulation.runUntil(backAt + 16 * minute);
    expect(modifyCalls(responder)).toHaveLength(1);
    expectInvariants(responder, [
      { at: turnedAt, value: 'stop' },
      { at: backAt, value: 'run' },
    ]);
  });

  test('thrown after the act leaves the volume as it is and the case is followed to its end', async () => {
    const responder = await rescue();
    const { simulation } = responder.account;
    while (modifyCalls(responder).length === 0) await simulation.runFor(minute);
    const stoppedAt = simulation.now;
    turn(responder, 'stop');
    await simulation.runUntil(end);
    expect(modifyCalls(responder)).toHaveLength(1);
    expect(saidInOrder(responder).at(-1)).toBe('ended averted');
    expectInvariants(responder, [{ at: stoppedAt, value: 'stop' }]);
  });
});
