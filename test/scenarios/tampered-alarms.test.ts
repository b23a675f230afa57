import { describe, expect, test } from 'vitest';
import { modifyCalls, openCases, saidInOrder } from './account-history.ts';
import { calmVolume, drainingVolume } from './draining-volumes.ts';
import { expectInvariants } from './invariants.ts';
import { acting, minute, type ResponderAccount, responderAccount, startsAt } from './responder-account.ts';

const quick = { volumes: { optimizingTime: () => 5 * minute } };
const draining = (): Promise<ResponderAccount> =>
  responderAccount({ ...acting, mode: 'notify' }, (account) => void drainingVolume(account), quick);
const calm = (): Promise<ResponderAccount> =>
  responderAccount(acting, (account) => void calmVolume(account), quick);

const alarmOf = ({ account: { ebs } }: ResponderAccount) => {
  const [alarm] = ebs.alarms.all;
  if (alarm === undefined) throw new Error('the account has no alarm, expected the one of its volume');
  return alarm;
};

/** Somebody writes the same alarm with another threshold. */
function setThreshold(responder: ResponderAccount, threshold: number): void {
  const { definition, tags } = alarmOf(responder);
  responder.account.ebs.alarms.put({ ...definition, rule: { ...definition.rule, threshold } }, tags);
}

describe('an alarm that somebody deletes', () => {
  test('while its case is open, does not end the case, and is there again after the next census', async () => {
    const responder = await draining();
    const { simulation, ebs } = responder.account;
    await simulation.runUntil(startsAt + 70 * minute);
    expect(openCases(responder)).toMatchObject([{ state: 'announced' }]);
    const { name } = alarmOf(responder).definition;
    ebs.alarms.delete(name);
    await simulation.runFor(20 * minute);
    expect(saidInOrder(responder)).toEqual(['warned', 'needed']);
    expect(openCases(responder)).toMatchObject([{ state: 'announced' }]);
    expect(ebs.alarms.all.map(({ definition }) => definition.name)).toEqual([name]);
    expectInvariants(responder);
  });
});

describe('an alarm whose threshold somebody moves', () => {
  test('up to where it fires on a healthy volume, leads to no word and no act, and is set back', async () => {
    const responder = await calm();
    const { simulation } = responder.account;
    await simulation.runUntil(startsAt + 62 * minute);
    const { threshold } = alarmOf(responder).definition.rule;
    setThreshold(responder, 101);
    await simulation.runFor(5 * minute);
    expect(alarmOf(responder).state.value).toBe('ALARM');
    await simulation.runFor(25 * minute);
    expect(alarmOf(responder).definition.rule.threshold).toBe(threshold);
    expect(modifyCalls(responder)).toEqual([]);
    expect(saidInOrder(responder)).toEqual([]);
    expect(openCases(responder)).toEqual([]);
  });

  test('down to where it never fires, is set back by the next census, and the word still comes before the wall', async () => {
    const responder = await draining();
    const { simulation } = responder.account;
    await simulation.runUntil(startsAt + 20 * minute);
    setThreshold(responder, 0.1);
    await simulation.runUntil(startsAt + 80 * minute);
    expect(saidInOrder(responder)).toEqual(['warned', 'needed']);
  });
});
