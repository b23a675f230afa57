import { describe, expect, test } from 'vitest';
import { closedCases, mails, modifyCalls, openCases, saidInOrder } from './account-history.ts';
import { expectInvariants } from './invariants.ts';
import { drainWith, prompt, until } from './refused-drains.ts';
import { acting, hour, type Load } from './responder-account.ts';

describe('a modification that AWS optimises for more than a day', () => {
  const slow = { metrics: prompt, volumes: { optimizingTime: () => 25 * hour } };
  /** Twenty-five minutes of full burst: it has ended before the wall. */
  const load = [
    { at: 0, iops: 50 },
    { at: 30, iops: 3_000 },
    { at: 55, iops: 50 },
  ];

  test('is no failure: nobody is called, nothing is asked again, and its completion is told', async () => {
    const drain = await drainWith({ options: slow, load });
    await until(drain, 24.5 * 60);
    expect(saidInOrder(drain)).toEqual(['acted', 'judged']);
    expect(openCases(drain)).toMatchObject([{ state: 'upgrading' }]);
    await until(drain, 27 * 60);
    expect(saidInOrder(drain).at(-1)).toBe('ended averted');
    expect(closedCases(drain)).toMatchObject([{ ending: 'averted' }]);
    expect(modifyCalls(drain)).toHaveLength(1);
    expectInvariants(drain);
  }, 60_000);
});

describe('a way back that AWS optimises for hours', () => {
  const bridging = { ...acting, target: 'io2', fixedIops: 2_500, maxMonthlyIncrease: 500 } as const;
  const hours = 60;
  const goingBack = (afterwards: readonly Load[]) =>
    drainWith({
      props: bridging,
      options: {
        metrics: prompt,
        volumes: { optimizingTime: () => 6 * hour, balanceAfterReturn: 'zero' },
      },
      load: [{ at: 0, iops: 50 }, { at: 30, iops: 2_000 }, { at: 75, iops: 20 }, ...afterwards],
    });

  test('calls the team when the load rises, once within the hour, and asks AWS for nothing meanwhile', async () => {
    const drain = await goingBack([{ at: 28 * hours, iops: 2_400 }]);
    await until(drain, 30.5 * hours);
    const story = ['acted', 'judged', 'completed', 'returning', 'needed'];
    expect(drain.account.ebs.volumes.volume(drain.volumeId).physics.balance).toBe(0);
    expect(saidInOrder(drain)).toEqual(story);
    expect(openCases(drain)).toMatchObject([{ state: 'returning' }]);
    expect(modifyCalls(drain)).toHaveLength(2);
    expect(mails(drain).at(-1)).toMatchObject({
      subject: expect.stringMatching(/^YOU ARE NEEDED: db disk runs out of burst credits about /),
      message: expect.stringMatching(/^Take load off it if it cannot wait until its modification/m),
    });

    await until(drain, 33 * hours);
    expect(closedCases(drain)).toMatchObject([{ ending: 'put-back' }]);
    const [end] = mails(drain).filter(({ message }) => message.includes('BACK ON gp2'));
    expect(end?.subject).toMatch(/^FYI: db disk is back on gp2, out of burst credits/);
    // It is still at its wall, so the sweep opens its next case, and that one moves it.
    expect(saidInOrder(drain).slice(0, 7)).toEqual([...story, 'ended put-back', 'acted']);
    expectInvariants(drain);
  }, 60_000);

  test('calls nobody while the load stays low, although its bucket begins empty', async () => {
    const drain = await goingBack([]);
    await until(drain, 34 * hours);
    expect(saidInOrder(drain).slice(-2)).toEqual(['returning', 'ended put-back']);
    expectInvariants(drain);
  }, 60_000);
});
