import { beforeEach, describe, expect, test } from 'vitest';
import { modifyCalls } from '../account-history.ts';
import { minute } from '../responder-account.ts';
import { type Rescue, rescued } from './rescue.ts';

let rescue: Rescue;

beforeEach(async () => {
  rescue = await rescued();
});

describe('an upgrade without a BurstBalance of the last ten minutes', () => {
  const upgrade = async (code: string): Promise<void> => {
    await rescue.account.simulation.runFor(70 * minute);
    const { claim, body } = rescue.claimed();
    const plan = { ...body.plan, to: { type: 'io2', iops: 500 } };
    await rescue.write(
      { ...claim, body: { S: JSON.stringify({ ...body, plan, reason: { code } }) } },
      'run-1',
    );
    await rescue.readSwitch('run-1');
    await rescue.askAnyhow({ VolumeType: 'io2', Iops: 500 }, 'run-1');
    expect(modifyCalls(rescue).at(-1)?.error).toBeUndefined();
  };

  test('breaks I12 where a forecast asked for it', async () => {
    await upgrade('heading-for-wall');
    expect(rescue.breached()).toEqual(['I12']);
  });

  test('breaks nothing where no balance was asked for', async () => {
    await upgrade('born-right');
    expect(rescue.breached()).toEqual([]);
  });
});
