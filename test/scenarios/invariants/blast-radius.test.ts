import { beforeEach, describe, expect, test } from 'vitest';
import { modifyCalls } from '../account-history.ts';
import { breachesIn } from '../invariants.ts';
import { acting, minute } from '../responder-account.ts';
import { type Rescue, rescued, rescueUnder } from './rescue.ts';

let rescue: Rescue;

beforeEach(async () => {
  rescue = await rescued();
});

describe('acts within an hour', () => {
  /** One that was not moved. */
  const another = (): string =>
    rescue.account.ebs.volumes.volumes.find(({ modifications }) => modifications.length === 0)?.id ?? '';

  test('are as many as there may be volumes, and no more', async () => {
    rescue = await rescueUnder({ ...acting, blastRadius: { volumes: 2, percentOfWatched: 100 } }, 3);
    expect(modifyCalls(rescue)).toHaveLength(2);
    expect(rescue.breached()).toEqual([]);
    rescue.volumeId = another();
    await rescue.askAnyhow();
    expect(breachesIn(rescue)).toContainEqual(
      expect.stringMatching(/^I5: .*Z 3 acts within an hour, limit 2$/),
    );
  });

  test('are as many as the share of what is watched allows, and no more', async () => {
    rescue = await rescueUnder({ ...acting, blastRadius: { volumes: 10, percentOfWatched: 100 } }, 2);
    expect(modifyCalls(rescue)).toHaveLength(2);
    expect(rescue.breached()).toEqual([]);
    rescue = await rescueUnder(acting, 2);
    expect(modifyCalls(rescue)).toHaveLength(1);
    rescue.volumeId = another();
    await rescue.askAnyhow();
    expect(rescue.breached()).toContain('I5');
  });

  test('are counted by an hour that is as much shorter as a clock of ours may have been wrong', async () => {
    await rescue.account.simulation.runFor(20 * minute);
    await rescue.askAnyhow();
    expect(rescue.breached([], { clockError: 5 * minute })).toContain('I5');
    expect(rescue.breached([], { clockError: 25 * minute })).not.toContain('I5');
  });

  test('count also where their volume is gone since', async () => {
    rescue = await rescueUnder(acting, 2);
    const moved = rescue.account.ebs.volumes.volumes.find(({ modifications }) => modifications.length > 0);
    rescue.volumeId = another();
    rescue.account.ebs.volumes.deleteVolume(moved?.id ?? '');
    expect(rescue.breached()).toEqual([]);
    await rescue.askAnyhow();
    expect(rescue.breached()).toContain('I5');
  });

  test('are counted again from a loss of the table on, not those before it', async () => {
    rescue = await rescueUnder(acting, 3);
    const lostAt = rescue.account.simulation.now;
    await rescue.account.simulation.runFor(6 * minute);
    rescue.volumeId = another();
    await rescue.askAnyhow();
    expect(rescue.breached([], { memoryLosses: [lostAt] })).not.toContain('I5');
    rescue.volumeId = another();
    await rescue.askAnyhow();
    expect(rescue.breached([], { memoryLosses: [lostAt] })).toContain('I5');
  });

  test('are not held against a table that was lost before', async () => {
    await rescue.account.simulation.runFor(20 * minute);
    const memoryLostAt = rescue.account.simulation.now;
    await rescue.askAnyhow();
    expect(rescue.breached([], { memoryLosses: [memoryLostAt] })).not.toContain('I5');
  });
});
