import { describe, expect, test } from 'vitest';
import { caseNotices, closedCases, modifyCalls, openCases, saidInOrder } from './account-history.ts';
import { expectInvariants } from './invariants.ts';
import { type Drain, drainWith, prompt, until } from './refused-drains.ts';
import { acting, hour, minute, startsAt } from './responder-account.ts';

const bridging = { ...acting, target: 'io2', fixedIops: 2_900, maxMonthlyIncrease: 1_000 } as const;
const options = { metrics: prompt, volumes: { optimizingTime: () => 10 * minute } };

async function drainUntil(minutesAfterStart: number): Promise<Drain> {
  const drain = await drainWith({ props: bridging, options });
  await until(drain, minutesAfterStart);
  return drain;
}

const failedRuns = ({ account }: Drain) =>
  account.functions.log.filter(({ outcome }) => outcome.kind !== 'succeeded');

describe('a volume that is deleted', () => {
  test.each([
    { state: 'nothing', at: 36 },
    { state: 'upgrading', at: 45 },
    { state: 'bridged', at: 180 },
  ])('while its case is $state, closes it without a call and without a failure', async ({ state, at }) => {
    const drain = await drainUntil(at);
    expect(openCases(drain)[0]?.state ?? 'nothing').toBe(state);
    drain.account.ebs.volumes.deleteVolume(drain.volumeId);
    const asked = modifyCalls(drain).length;
    await until(drain, at + 120);
    expect(modifyCalls(drain)).toHaveLength(asked);
    expect(openCases(drain)).toEqual([]);
    expect(closedCases(drain).map(({ ending }) => ending)).toEqual(state === 'nothing' ? [] : ['gone']);
    expect(saidInOrder(drain)).not.toContain('needed');
    expect(failedRuns(drain)).toEqual([]);
    expectInvariants(drain);
  });
});

describe('the instance of a volume that is being moved', () => {
  test('is terminated and its volume lives on: the modification is followed to its end', async () => {
    const drain = await drainUntil(45);
    const { volumes } = drain.account.ebs;
    const [instance] = volumes.instances;
    volumes.detach(drain.volumeId);
    volumes.setInstanceState(instance?.id ?? '', 'terminated');
    await until(drain, 180);
    expect(modifyCalls(drain)).toHaveLength(1);
    expect(openCases(drain)).toMatchObject([{ state: 'bridged' }]);
    expect(failedRuns(drain)).toEqual([]);
    expectInvariants(drain);
  });
});

describe('a volume that somebody grows once it was moved', () => {
  test('and whose growth AWS gives up, is still ours: its case goes on to the bridge', async () => {
    const drain = await drainUntil(60);
    const { volumes } = drain.account.ebs;
    expect(openCases(drain)).toMatchObject([{ state: 'upgrading' }]);
    volumes.modifier.failNext(drain.volumeId, 'Internal error');
    volumes.modifyByPerson(drain.volumeId, { sizeGiB: 200 });
    await until(drain, 240);
    expect(volumes.volumes[0]?.modifications.map(({ state }) => state)).toEqual(['completed', 'failed']);
    expect(openCases(drain)).toMatchObject([{ state: 'bridged' }]);
    expect(closedCases(drain)).toEqual([]);
    expectInvariants(drain);
  });
});

describe('a volume that goes to another instance', () => {
  test('while it is warned about, is judged there and moved, and the message names the new instance', async () => {
    const drain = await drainWith({ volume: { tags: { 'ebs-burst:mode': 'notify' } }, options });
    const { account, volumeId } = drain;
    await until(drain, 45);
    expect(saidInOrder(drain)).toEqual(['warned']);
    const before = caseNotices(drain)[0]?.subject.instanceIds;
    account.ebs.volumes.detach(volumeId);
    const { id } = account.ebs.volumes.createInstance();
    account.ebs.volumes.attach(volumeId, id);
    account.ebs.volumes.setTag(volumeId, 'ebs-burst:mode', 'act');
    await until(drain, 60);
    expect(modifyCalls(drain)).toHaveLength(1);
    const acted = caseNotices(drain).find(({ said }) => said.kind === 'acted');
    expect(acted?.subject.instanceIds).toEqual([id]);
    expect(before).not.toEqual([id]);
  });
});

describe('a bridged volume that somebody grows', () => {
  test('goes back to its type and keeps its new size', async () => {
    const load = [
      { at: 0, iops: 50 },
      { at: 30, iops: 3_000 },
      { at: 60, iops: 20 },
    ];
    const drain = await drainWith({ props: bridging, options, load });
    const { account, volumeId } = drain;
    await until(drain, 180);
    expect(openCases(drain)).toMatchObject([{ state: 'bridged' }]);
    account.ebs.volumes.modifyByPerson(volumeId, { sizeGiB: 150 });
    await account.simulation.runUntil(startsAt + 27 * hour - minute);
    expect(modifyCalls(drain), 'a day without us after somebody else').toHaveLength(1);
    await account.simulation.runUntil(startsAt + 32 * hour);
    expect(account.ebs.volumes.volume(volumeId).configuration).toEqual({ volumeType: 'gp2', sizeGiB: 150 });
    expect(modifyCalls(drain)).toHaveLength(2);
    expect(modifyCalls(drain).every(({ input }) => !('Size' in input))).toBe(true);
  });
});
