import { beforeEach, describe, expect, test } from 'vitest';
import { modifyCalls } from '../account-history.ts';
import { breachesIn } from '../invariants.ts';
import { minute } from '../responder-account.ts';
import { type Rescue, rescued } from './rescue.ts';

let rescue: Rescue;

beforeEach(async () => {
  rescue = await rescued();
});

describe('the invariants', () => {
  test('are broken by a request that is not what was intended, not by one that is', async () => {
    await rescue.account.simulation.runFor(70 * minute);
    await rescue.intendReturn();
    await rescue.askAnyhow({ VolumeType: 'gp2' });
    expect(rescue.breached()).not.toContain('I6');
    await rescue.intendReturn();
    await rescue.askAnyhow({ VolumeType: 'gp2', Size: 200 });
    expect(breachesIn(rescue)).toContainEqual(
      expect.stringMatching(/^I6: .*"Size":200}, intended {"VolumeType":"gp2"}$/),
    );
  });

  test('are broken by a request on an intent that was used, and on a permit older than 30 seconds', async () => {
    await rescue.account.simulation.runFor(70 * minute);
    await rescue.askAnyhow();
    expect(rescue.breached()).toEqual(['I6', 'I12']);
  });

  test.each([
    ['another type', { VolumeType: 'st1' }],
    ['the same type with a size', { VolumeType: 'gp2', Size: 200 }],
    ['more of what is there', { VolumeType: 'gp3', Iops: 4_000 }],
  ])('are broken by a return to something else than the volume was before: %s', async (_what, to) => {
    await rescue.account.simulation.runFor(20 * minute);
    await rescue.intendReturn();
    await rescue.askAnyhow(to);
    expect(rescue.breached()).toContain('I7');
  });

  test('are not broken by a return to exactly what the volume was', async () => {
    await rescue.account.simulation.runFor(70 * minute);
    await rescue.intendReturn();
    expect(rescue.breached()).toEqual([]);
    await rescue.askAnyhow({ VolumeType: 'gp2' });
    expect(modifyCalls(rescue)).toHaveLength(2);
    expect(rescue.breached()).toEqual(['I12']);
  });

  test('are not broken by a return of a volume that is gone since, which took along what it was', async () => {
    await rescue.account.simulation.runFor(70 * minute);
    await rescue.intendReturn();
    await rescue.askAnyhow({ VolumeType: 'gp2' });
    rescue.account.ebs.volumes.deleteVolume(rescue.volumeId);
    expect(rescue.breached()).toEqual(['I12']);
  });
});

describe('the run that asks', () => {
  beforeEach(() => rescue.account.simulation.runFor(70 * minute));

  test.each([
    ['its own', 'run-1', []],
    ['another’s', 'run-2', ['I6']],
  ])('stands on an intent that is its own: %s', async (_whose, run, expected) => {
    await rescue.intendReturn(run);
    await rescue.readSwitch('run-1');
    await rescue.askAnyhow({ VolumeType: 'gp2' }, 'run-1');
    expect(modifyCalls(rescue)).toHaveLength(2);
    expect(rescue.breached()).toEqual(expected);
  });
});
