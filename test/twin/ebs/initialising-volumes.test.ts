import { describe, expect, test } from 'vitest';
import { ec2VolumeCatalog } from '../../../lambda/adapters/ec2-volume-catalog.ts';
import type { VolumeOptions } from '../../../twin/ebs/simulated-volume.ts';
import { accountUnderTest, volumeId } from '../../adapters/account-under-test.ts';
import { modifyCalls, openCases } from '../../scenarios/account-history.ts';
import {
  acting,
  attachedVolume,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from '../../scenarios/responder-account.ts';

const props = { ...acting, maxMonthlyIncrease: 500 };
const GP2: VolumeOptions = { volumeType: 'gp2', sizeGiB: 100 };
const LOADING: VolumeOptions = { ...GP2, snapshotId: 'snap-1', initialisingTime: 60 * minute };
const tags = { 'ebs-burst:tier': 'latency-critical' };

/** The responder as it is deployed, and a latency-critical volume that does hardly anything. */
const accountWith = (volume: Partial<VolumeOptions>): Promise<ResponderAccount> =>
  responderAccount(props, (account) => {
    attachedVolume(account, { ...GP2, tags, ...volume }, [{ at: 0, iops: 20 }]);
  });

const until = ({ account }: ResponderAccount, minutes: number): Promise<void> =>
  account.simulation.runUntil(startsAt + minutes * minute);

const statusReads = ({ account }: ResponderAccount): number =>
  account.endpoint.calls.filter(({ operation }) => operation === 'DescribeVolumeStatus').length;

describe('the volume catalogue', () => {
  test.each([
    [59, 'initialising'],
    [60, 'ok'],
  ])('reads of it after %d of 60 minutes that it is %s', async (minutes, kind) => {
    const { account, ec2, now } = accountUnderTest();
    const id = volumeId(account.ebs.volumes.createVolume(LOADING).id);
    await account.simulation.runFor(minutes * minute);
    expect((await ec2VolumeCatalog(ec2, now).health([id])).get(id)).toMatchObject({ value: { kind } });
  });
});

describe('a latency-critical volume from a snapshot', () => {
  test('is refused while it is being initialised, and moved once it is', async () => {
    const responder = await accountWith(LOADING);
    await until(responder, 59);
    expect(statusReads(responder)).toBeGreaterThan(0);
    expect(modifyCalls(responder)).toEqual([]);
    await until(responder, 90);
    expect(modifyCalls(responder)).toMatchObject([{ input: { VolumeType: 'io2' }, error: undefined }]);
  });

  test.each<[string, Partial<VolumeOptions>]>([
    ['that was restored fast', { snapshotId: 'snap-1' }],
    ['or made empty', { initialisingTime: 60 * minute }],
  ])('%s is moved at once', async (_what, volume) => {
    const responder = await accountWith(volume);
    await until(responder, 20);
    expect(modifyCalls(responder)).toMatchObject([{ input: { VolumeType: 'io2' } }]);
    expect(openCases(responder)).toHaveLength(1);
  });
});
