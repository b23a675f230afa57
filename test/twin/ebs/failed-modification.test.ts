import {
  DescribeVolumesCommand,
  DescribeVolumesModificationsCommand,
  ModifyVolumeCommand,
  type ModifyVolumeCommandInput,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { constantDemand } from '../../../twin/ebs/open-loop-workload.ts';
import { connectedEbsAccount, HOUR, MINUTE, START } from '../connected-ebs-account.ts';

const BRIEF = { modifyingTime: () => 10_000, optimizingTime: () => 20 * MINUTE };

type Change = Omit<ModifyVolumeCommandInput, 'VolumeId'>;

/** A gp2 volume of 100 GiB whose next modification fails after this state. */
function failing(after?: 'modifying' | 'optimizing') {
  const account = connectedEbsAccount({ volumes: BRIEF });
  const { ec2, volumes, events } = account;
  const { id } = volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100 });
  volumes.modifier.failNext(id, 'Internal error', after);
  const modify = (change: Change) => ec2.send(new ModifyVolumeCommand({ VolumeId: id, ...change }));
  const volume = async () => (await ec2.send(new DescribeVolumesCommand({ VolumeIds: [id] }))).Volumes?.[0];
  const modification = async () =>
    (await ec2.send(new DescribeVolumesModificationsCommand({ VolumeIds: [id] }))).VolumesModifications?.[0];
  const results = () =>
    events
      .filter(({ detail }) => detail['event'] === 'modifyVolume')
      .map(({ detail, time }) => [detail['result'], time]);
  return { ...account, id, modify, volume, modification, results };
}

test('as many modifications fail as were named, and no other', async () => {
  const { modify, simulation, volumes, id } = failing();
  volumes.modifier.failNext(id, 'Internal error', 'optimizing', 2);
  for (let times = 0; times < 3; times += 1) {
    await modify({ VolumeType: 'gp3' });
    await simulation.runFor(HOUR);
  }
  expect(volumes.volume(id).modifications.map(({ state }) => state)).toEqual([
    'failed',
    'failed',
    'completed',
  ]);
});

describe('a modification that fails after optimizing', () => {
  test('says so, and the type is as it was', async () => {
    const { modify, simulation, volume, modification, results } = failing();
    await modify({ VolumeType: 'gp3' });
    await simulation.runFor(HOUR);
    expect(await modification()).toMatchObject({
      ModificationState: 'failed',
      StatusMessage: 'Internal error',
      EndTime: new Date(START + 10_000 + 20 * MINUTE),
    });
    expect(await volume()).toMatchObject({ Size: 100, VolumeType: 'gp2', Iops: 300 });
    expect(results()).toEqual([
      ['optimizing', '2026-11-22T10:00:10Z'],
      ['failed', '2026-11-22T10:20:10Z'],
    ]);
  });

  test('keeps the size that has taken effect, which cannot be asked back either', async () => {
    const { modify, simulation, volume } = failing();
    await modify({ VolumeType: 'io1', Iops: 2_000, Size: 200 });
    await simulation.runFor(HOUR);
    expect(await volume()).toMatchObject({ Size: 200, VolumeType: 'gp2', Iops: 600 });
    await expect(modify({ Size: 150 })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await modify({ Size: 201 });
  });

  test.each([
    ['the baseline of its new size', 200, 600],
    ['its old baseline where it did not grow', undefined, 300],
  ])('leaves it %s and the credits it had', async (_what, Size, baseline) => {
    const { modify, simulation, volumes, id } = failing();
    volumes.attach(id, volumes.createInstance().id);
    volumes.setWorkload(id, constantDemand({ iops: 20_000, ioBytes: 4_096 }, { atMost: 0 }));
    await simulation.runFor(HOUR);
    await modify({ VolumeType: 'gp3', Size });
    await simulation.runFor(HOUR);
    const { physics } = volumes.rouse(id);
    expect(physics.balancePercent).toBeLessThan(20);
    await simulation.runFor(HOUR);
    physics.offer(simulation.now, 1);
    expect(physics.capacity.iops).toBe(baseline);
  });
});

describe('a modification that fails before optimizing', () => {
  test('has changed nothing, and does not disturb the next one', async () => {
    const { modify, simulation, volume, modification, results } = failing('modifying');
    await modify({ VolumeType: 'gp3', Size: 200 });
    await simulation.runFor(MINUTE);
    expect(await volume()).toMatchObject({ Size: 100, VolumeType: 'gp2', Iops: 300 });
    expect(await modification()).toMatchObject({
      ModificationState: 'failed',
      StatusMessage: 'Internal error',
      Progress: 0,
      EndTime: new Date(START + 10_000),
    });
    await modify({ VolumeType: 'gp3' });
    await simulation.runFor(HOUR);
    expect(await volume()).toMatchObject({ Size: 100, VolumeType: 'gp3' });
    expect(results()).toEqual([
      ['failed', '2026-11-22T10:00:10Z'],
      ['optimizing', '2026-11-22T10:01:10Z'],
      ['completed', '2026-11-22T10:21:10Z'],
    ]);
  });
});
