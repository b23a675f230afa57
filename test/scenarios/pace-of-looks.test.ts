import { describe, expect, test } from 'vitest';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import type { VolumeOptions } from '../../twin/ebs/simulated-volume.ts';
import { caseNotices, closedCases, modifyCalls, saidInOrder } from './account-history.ts';
import { expectInvariants } from './invariants.ts';
import { runsOf } from './lambdas.ts';
import { prompt } from './refused-drains.ts';
import {
  acting,
  attachedVolume,
  hour,
  type Load,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

const sequential = { ioBytes: 1_048_576 };
const critical = { 'ebs-burst:tier': 'latency-critical' } as const;
const rich: EbsBurstResponderProps = { ...acting, maxMonthlyIncrease: 500 };

/** AWS optimizes for six hours, a usual time for a disk of this size. */
async function movedFor(props: EbsBurstResponderProps, volume: VolumeOptions, load: readonly Load[]) {
  const ids: string[] = [];
  const responder = await responderAccount(
    props,
    (account) => {
      ids.push(attachedVolume(account, volume, load));
    },
    { metrics: prompt, volumes: { optimizingTime: () => 6 * hour } },
  );
  return { ...responder, volumeId: ids.join() };
}

const firstAsked = (responder: ResponderAccount): number => modifyCalls(responder)[0]?.at ?? 0;

/** Every run of respond from the act on; there is one volume, so that each is a look at it. */
const looksSinceAct = (responder: ResponderAccount): number =>
  runsOf(responder, 'respond').filter(({ at }) => at >= firstAsked(responder)).length;

const minutesAfterAct = (responder: ResponderAccount, said: string): number | undefined => {
  const notice = caseNotices(responder).find((one) => one.said.kind === said);
  return notice && Math.round((notice.at - firstAsked(responder)) / minute);
};

/** What a look every five minutes of six hours comes to, with a few at both ends. */
const everyFiveMinutes = (6 * 60) / 5;

describe('a volume that AWS optimizes for six hours', () => {
  test.each([
    { volumeType: 'st1', sizeGiB: 500, load: [{ at: 0, iops: 5, ...sequential }] },
    { volumeType: 'gp2', sizeGiB: 100, load: [{ at: 0, iops: 50 }] },
  ] as const)(
    'is looked at every five minutes where it was born right: $volumeType',
    async ({ load, ...volume }) => {
      const responder = await movedFor(rich, { ...volume, tags: critical }, load);
      await responder.account.simulation.runUntil(startsAt + 7 * hour);
      expect(closedCases(responder)).toMatchObject([{ ending: 'averted', stays: { purpose: 'keep' } }]);
      expect(saidInOrder(responder)).toEqual(['acted', 'judged', 'ended averted']);
      expect(minutesAfterAct(responder, 'judged')).toBe(61);
      expect(looksSinceAct(responder)).toBeLessThan(everyFiveMinutes + 5);
      expectInvariants(responder);
    },
    60_000,
  );

  test('is looked at every minute only around a wall that was hours away when it was moved for good', async () => {
    const draining = [
      { at: 0, iops: 5, ...sequential },
      { at: 100, iops: 40, ...sequential },
    ];
    const responder = await movedFor(rich, { volumeType: 'st1', sizeGiB: 500 }, draining);
    const { account, volumeId } = responder;
    await account.simulation.runUntil(startsAt + 2 * hour);
    account.ebs.volumes.setTag(volumeId, 'ebs-burst:tier', 'latency-critical');
    await account.simulation.runUntil(startsAt + 10 * hour);
    expect(closedCases(responder)).toMatchObject([{ ending: 'averted', stays: { purpose: 'keep' } }]);
    expect(saidInOrder(responder)).toEqual(['acted', 'completed', 'ended averted']);
    expect(minutesAfterAct(responder, 'completed')).toBe(360);
    // The wall would have come 397 minutes after the act.
    expect(minutesAfterAct(responder, 'ended')).toBe(408);
    expect(looksSinceAct(responder)).toBeLessThan(everyFiveMinutes + 45);
    expectInvariants(responder);
  }, 60_000);

  test('is looked at every minute until its near wall is over, and not so rarely as one born right', async () => {
    const burst = [
      { at: 0, iops: 50 },
      { at: 30, iops: 3_000 },
      { at: 55, iops: 50 },
    ];
    const responder = await movedFor(acting, { volumeType: 'gp2', sizeGiB: 100 }, burst);
    const { simulation } = responder.account;
    await simulation.runUntil(startsAt + 60 * minute);
    const asked = firstAsked(responder);
    const minutesSince = (simulation.now - asked) / minute;
    expect(looksSinceAct(responder)).toBeGreaterThanOrEqual(Math.floor(minutesSince));
    await simulation.runUntil(asked + 7 * hour);
    expect(saidInOrder(responder)).toEqual(['acted', 'judged', 'ended averted']);
    expect(minutesAfterAct(responder, 'judged')).toBe(32);
    expect(looksSinceAct(responder)).toBeLessThan(everyFiveMinutes + 45);
  }, 60_000);

  test('is known to have failed within minutes of AWS giving it up, although every event of that is lost', async () => {
    const calm = [{ at: 0, iops: 5, ...sequential }];
    const responder = await movedFor(rich, { volumeType: 'st1', sizeGiB: 500, tags: critical }, calm);
    const { account, volumeId } = responder;
    await account.simulation.runUntil(startsAt + hour);
    account.bus.lose(({ source }) => source === 'aws.ec2');
    account.ebs.volumes.modifier.failNext(volumeId, 'Internal error.');
    await account.simulation.runUntil(startsAt + 7 * hour);
    expect(saidInOrder(responder).slice(0, 3)).toEqual(['acted', 'judged', 'ended failed']);
    expect(minutesAfterAct(responder, 'ended')).toBeLessThanOrEqual(366);
  }, 60_000);
});
