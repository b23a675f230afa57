import { describe, expect, it } from 'vitest';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import type { VolumeSettings } from '../../twin/ebs/account-volumes.ts';
import type { VolumeOptions } from '../../twin/ebs/simulated-volume.ts';
import {
  caseNotices,
  closedCases,
  committed,
  mails,
  modifyCalls,
  openCases,
  refusalsTold,
  saidInOrder,
  unfolded,
} from './account-history.ts';
import {
  acting,
  attachedVolume,
  hour,
  type Load,
  minute,
  responderAccount,
  startsAt,
} from './responder-account.ts';

const day = 24 * hour;
const rich: EbsBurstResponderProps = { ...acting, maxMonthlyIncrease: 500 };
const io2: EbsBurstResponderProps = { ...rich, target: 'io2', fixedIops: 2_500 };

const fourHours: readonly Load[] = [
  { at: 0, iops: 50 },
  { at: 30, iops: 2_000 },
  { at: 240, iops: 20 },
];

async function anAccountWith(
  props: EbsBurstResponderProps,
  volume: VolumeOptions,
  load: readonly Load[],
  volumes: VolumeSettings = {},
) {
  const ids: string[] = [];
  const responder = await responderAccount(
    props,
    (account) => {
      ids.push(attachedVolume(account, volume, load));
    },
    { volumes },
  );
  return { ...responder, volumeId: ids.join() };
}

describe('already at the wall → io2 → relieved → back', () => {
  it('moves as soon as it may, proves the relief, and goes back after a day of little demand', async () => {
    const waiting: VolumeOptions = { volumeType: 'gp2', sizeGiB: 100, tags: { 'ebs-burst:mode': 'notify' } };
    const responder = await anAccountWith(io2, waiting, fourHours);
    const { account, volumeId } = responder;
    await account.simulation.runUntil(startsAt + 100 * minute);
    expect(account.ebs.volumes.volume(volumeId).physics.balance).toBe(0);
    expect(saidInOrder(responder)).toEqual(['warned', 'needed']);

    account.ebs.volumes.setTag(volumeId, 'ebs-burst:mode', 'act');
    await account.simulation.runUntil(startsAt + 4 * hour);
    expect(modifyCalls(responder)).toMatchObject([
      { input: { VolumeId: volumeId, VolumeType: 'io2', Iops: 2_500 } },
    ]);
    expect(caseNotices(responder).map(({ said }) => said)).toContainEqual(
      expect.objectContaining({ kind: 'judged', verdict: expect.objectContaining({ kind: 'relieved' }) }),
    );
    expect(openCases(responder)).toMatchObject([
      { state: 'bridged', bridge: { verdict: { kind: 'relieved' } } },
    ]);
    expect(committed(responder)).toBeGreaterThan(100);

    await account.simulation.runUntil(startsAt + 4 * hour + day - 10 * minute);
    expect(modifyCalls(responder)).toHaveLength(1);

    await account.simulation.runUntil(startsAt + 6 * hour + day);
    expect(modifyCalls(responder).slice(1)).toMatchObject([
      { input: { VolumeId: volumeId, VolumeType: 'gp2' } },
    ]);
    expect(saidInOrder(responder).slice(-2)).toEqual(['returning', 'ended put-back']);
    expect(closedCases(responder)).toMatchObject([{ ending: 'put-back', stays: undefined }]);
    expect(account.ebs.volumes.volume(volumeId).configuration).toEqual({ volumeType: 'gp2', sizeGiB: 100 });
    expect([...account.ebs.volumes.volume(volumeId).tags.keys()]).toEqual(['Name', 'ebs-burst:mode']);
    expect(committed(responder)).toBe(0);
  });

  it('does not go back while a day of its demand would not have fitted the bucket', async () => {
    const busy: readonly Load[] = [
      { at: 0, iops: 50 },
      { at: 30, iops: 1_500 },
    ];
    const responder = await anAccountWith(io2, { volumeType: 'gp2', sizeGiB: 100 }, busy);
    await responder.account.simulation.runUntil(startsAt + day + 8 * hour);
    expect(modifyCalls(responder)).toHaveLength(1);
    expect(openCases(responder)).toMatchObject([{ state: 'bridged' }]);
  });

  it.each([
    ['zero', 0, 20],
    ['kept', 55, 80],
    ['full', 100, 100],
  ] as const)(
    'tells the first BurstBalance where AWS gives a volume %s credits on its return',
    async (balanceAfterReturn, least, most) => {
      const load: readonly Load[] = [
        { at: 0, iops: 50 },
        { at: 30, iops: 2_000 },
        { at: 60, iops: 20 },
      ];
      const volume: VolumeOptions = { volumeType: 'gp2', sizeGiB: 100 };
      const responder = await anAccountWith(io2, volume, load, { balanceAfterReturn });
      await responder.account.simulation.runUntil(startsAt + day + 4 * hour);
      expect(saidInOrder(responder).slice(-2)).toEqual(['returning', 'ended put-back']);
      const text = unfolded(mails(responder).at(-1)?.message ?? '');
      const told = Number(/BACK ON gp2\. .* Its balance is ([\d.]+) %/.exec(text)?.[1]);
      expect(told).toBeGreaterThanOrEqual(least);
      expect(told).toBeLessThanOrEqual(most);
    },
  );
});

describe('a bridge that is not put back', () => {
  const halfAnHour: readonly Load[] = [
    { at: 0, iops: 50 },
    { at: 30, iops: 2_000 },
    { at: 60, iops: 20 },
  ];
  const gp2: VolumeOptions = {
    volumeType: 'gp2',
    sizeGiB: 100,
    tags: { 'aws:cloudformation:stack-name': 'storage' },
  };

  it('stays while its stack is being updated, and goes back once that has settled', async () => {
    const responder = await anAccountWith(io2, gp2, halfAnHour);
    const { account } = responder;
    account.ebs.stacks.setStackStatus('storage', 'UPDATE_COMPLETE');
    await account.simulation.runUntil(startsAt + 20 * hour);
    account.ebs.stacks.setStackStatus('storage', 'UPDATE_IN_PROGRESS');
    await account.simulation.runUntil(startsAt + day + 4 * hour);
    expect(modifyCalls(responder)).toHaveLength(1);
    expect(openCases(responder)).toMatchObject([{ state: 'bridged' }]);
    // Told once, however often it is asked: what stays on provisioned IOPS costs money every day.
    expect(saidInOrder(responder).filter((said) => said.startsWith('warned'))).toHaveLength(1);
    expect(mails(responder).at(-1)).toMatchObject({
      subject: expect.stringMatching(/^FYI: .* disk could go back but stays on io2/),
      message: expect.stringContaining('CloudFormation stack storage is in'),
    });
    account.ebs.stacks.setStackStatus('storage', 'UPDATE_COMPLETE');
    await account.simulation.runUntil(startsAt + day + 5 * hour);
    expect(modifyCalls(responder)).toHaveLength(2);
  });

  it('goes back although it was detached before its day was over', async () => {
    const responder = await anAccountWith(io2, { volumeType: 'gp2', sizeGiB: 100 }, halfAnHour);
    const { account, volumeId } = responder;
    await account.simulation.runUntil(startsAt + 6 * hour);
    account.ebs.volumes.detach(volumeId);
    await account.simulation.runUntil(startsAt + day + 4 * hour);
    expect(modifyCalls(responder).slice(1)).toMatchObject([{ input: { VolumeType: 'gp2' } }]);
    expect(saidInOrder(responder).slice(-2)).toEqual(['returning', 'ended put-back']);
  });

  it('stays where its instance was stopped, for its day is not known, and that is told once', async () => {
    const responder = await anAccountWith(io2, { volumeType: 'gp2', sizeGiB: 100 }, halfAnHour);
    const { account } = responder;
    await account.simulation.runUntil(startsAt + 6 * hour);
    const [instance] = account.ebs.volumes.instances;
    account.ebs.volumes.setInstanceState(instance?.id ?? 'none', 'stopped');
    await account.simulation.runUntil(startsAt + day + 12 * hour);
    expect(modifyCalls(responder)).toHaveLength(1);
    expect(openCases(responder)).toMatchObject([{ state: 'bridged' }]);
    expect(saidInOrder(responder).filter((said) => said === 'warned')).toHaveLength(1);
    expect(mails(responder).at(-1)).toMatchObject({
      subject: expect.stringMatching(/^FYI: .* disk stays on io2, its last day is not known/),
      message: expect.stringContaining('Not put back to gp2: demand profile is unknown'),
    });
  });

  it('is left to a person who changed it meanwhile, and that is told', async () => {
    const responder = await anAccountWith(io2, { volumeType: 'gp2', sizeGiB: 100 }, halfAnHour);
    const { account, volumeId } = responder;
    await account.simulation.runUntil(startsAt + 6 * hour);
    account.ebs.volumes.modifyByPerson(volumeId, { volumeType: 'gp3', iops: 3_000, throughput: 125 });
    await account.simulation.runUntil(startsAt + day + 4 * hour);
    expect(modifyCalls(responder)).toHaveLength(1);
    expect(saidInOrder(responder).at(-1)).toBe('ended yielded');
    expect(closedCases(responder)).toMatchObject([{ ending: 'yielded' }]);
    expect(account.ebs.volumes.volume(volumeId).configuration.volumeType).toBe('gp3');
    expect(committed(responder)).toBe(0);
    expect([...account.ebs.volumes.volume(volumeId).tags.keys()]).toEqual(['Name', 'ebs-burst:mode']);
  });
});

describe('st1 → gp3 → back', () => {
  const sequential = { ioBytes: 1_048_576 };
  const load: readonly Load[] = [
    { at: 0, iops: 5, ...sequential },
    { at: 10, iops: 115, ...sequential },
    { at: 40, iops: 5, ...sequential },
    { at: 120, iops: 115, ...sequential },
    { at: 180, iops: 5, ...sequential },
  ];
  const st1: VolumeOptions = { volumeType: 'st1', sizeGiB: 500 };

  it('sizes gp3 from the stored profile and goes back to exactly st1', async () => {
    const responder = await anAccountWith(rich, st1, load, { optimizingTime: () => 10 * minute });
    const { account, deployed, volumeId } = responder;
    await account.simulation.runUntil(startsAt + hour);
    account.invocations.accept(deployed.stack.physicalName('DemandProfiler/ProfileDemand/Function'), {});
    await account.simulation.runUntil(startsAt + 4 * hour);
    // 115 MiB/s at the 99.5th percentile, and a fifth more.
    expect(modifyCalls(responder)).toMatchObject([
      { input: { VolumeId: volumeId, VolumeType: 'gp3', Iops: 3_000, Throughput: 138 } },
    ]);
    expect(openCases(responder)).toMatchObject([
      { state: 'bridged', bridge: { plan: { purpose: 'bridge' } } },
    ]);
    await account.simulation.runUntil(startsAt + day + 4 * hour);
    expect(modifyCalls(responder).slice(1)).toMatchObject([
      { input: { VolumeId: volumeId, VolumeType: 'st1' } },
    ]);
    expect(account.ebs.volumes.volume(volumeId).configuration).toEqual({ volumeType: 'st1', sizeGiB: 500 });
    expect(closedCases(responder)).toMatchObject([{ ending: 'put-back' }]);
  });

  it('does not guess before there is a profile, and says so', async () => {
    const responder = await anAccountWith(rich, st1, load);
    await responder.account.simulation.runUntil(startsAt + 4 * hour);
    expect(modifyCalls(responder)).toEqual([]);
    expect(refusalsTold(responder)).toContain('unread-fact');
    expect(unfolded(mails(responder)[0]?.message ?? '')).toContain(
      'Not moved: demand profile is unknown (no',
    );
  });
});

describe('latency-critical volumes', () => {
  const critical: VolumeOptions = {
    volumeType: 'gp2',
    sizeGiB: 100,
    tags: { 'ebs-burst:tier': 'latency-critical' },
  };
  const idle: readonly Load[] = [{ at: 0, iops: 20 }];

  it('become io2 before they ever dip and never go back', async () => {
    const responder = await anAccountWith(rich, critical, idle);
    const { account, volumeId } = responder;
    await account.simulation.runUntil(startsAt + day + 4 * hour);
    expect(modifyCalls(responder)).toMatchObject([
      {
        at: expect.toSatisfy((at: number) => at < startsAt + 16 * minute),
        input: { VolumeType: 'io2', Iops: 3_000 },
      },
    ]);
    expect(closedCases(responder)).toMatchObject([{ ending: 'averted', stays: { purpose: 'keep' } }]);
    expect(account.ebs.volumes.volume(volumeId).configuration.volumeType).toBe('io2');
  });

  it('become io1 where the zone has no io2, which is told', async () => {
    const responder = await anAccountWith(rich, critical, idle, { zonesWithout: { 'us-east-1a': ['io2'] } });
    await responder.account.simulation.runUntil(startsAt + 3 * hour);
    expect(modifyCalls(responder)).toMatchObject([
      { input: { VolumeType: 'io2' }, error: 'VolumeTypeNotAvailableInZone' },
      { input: { VolumeType: 'io1', Iops: 3_000 } },
    ]);
    expect(refusalsTold(responder)).toEqual(['aws-type-not-in-zone']);
    expect(closedCases(responder)).toMatchObject([{ stays: { purpose: 'keep', to: { type: 'io1' } } }]);
  });

  it('stay what they are without the tier tag, as long as they do not dip', async () => {
    const responder = await anAccountWith(rich, { volumeType: 'gp2', sizeGiB: 100 }, idle);
    await responder.account.simulation.runUntil(startsAt + 3 * hour);
    expect(modifyCalls(responder)).toEqual([]);
    expect(openCases(responder)).toEqual([]);
  });
});
