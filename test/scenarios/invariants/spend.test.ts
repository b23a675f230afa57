import { beforeEach, describe, expect, test } from 'vitest';
import { modifyCalls } from '../account-history.ts';
import { breachesIn } from '../invariants.ts';
import { acting, minute } from '../responder-account.ts';
import { type Rescue, rescued, rescueUnder } from './rescue.ts';

let rescue: Rescue;

beforeEach(async () => {
  rescue = await rescued();
});

describe('the invariants', () => {
  test('are broken by a ledger over its cap, whatever is written after it, not by one that is full', async () => {
    const writeLedger = async (version: number, committed: number): Promise<void> => {
      const ledger = { version, committed, recentClaims: [] };
      const body = { S: JSON.stringify(ledger) };
      await rescue.write({ pk: { S: 'TEST' }, sk: { S: 'LEDGER' }, kind: { S: 'ledger' }, body });
    };
    await writeLedger(1, 100);
    expect(rescue.breached()).toEqual([]);
    await writeLedger(2, 100.01);
    await writeLedger(3, 0);
    expect(rescue.breached()).toEqual(['I5']);
  });
});

describe('what AWS bills for our acts', () => {
  const dear = { VolumeType: 'io2', Iops: 10_000 };
  const half = { VolumeType: 'io2', Iops: 1_000 };

  beforeEach(() => rescue.account.simulation.runFor(70 * minute));

  test('breaks the cap where the ledger knows nothing of it, not where it keeps within', async () => {
    await rescue.askAnyhow(half);
    expect(rescue.breached()).not.toContain('I5');
    await rescue.account.simulation.runFor(70 * minute);
    await rescue.askAnyhow(dear);
    expect(breachesIn(rescue)).toContainEqual(
      expect.stringMatching(/^I5: .*Z \$585\.00 a month stand, cap \$100$/),
    );
  });

  test('counts no act that somebody has undone', async () => {
    const { simulation, ebs } = rescue.account;
    await rescue.askAnyhow(half);
    await simulation.runFor(70 * minute);
    ebs.volumes.modifyByPerson(rescue.volumeId, { volumeType: 'gp2' });
    await simulation.runFor(70 * minute);
    await rescue.askAnyhow(half);
    expect(modifyCalls(rescue).map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
    expect(rescue.breached()).not.toContain('I5');
  });

  test('counts an act whose undoing failed, not one whose undoing succeeded', async () => {
    const undone = async (isFailing: boolean): Promise<void> => {
      rescue = await rescueUnder({ ...acting, blastRadius: { volumes: 10, percentOfWatched: 100 } }, 2);
      const [first = '', second = ''] = rescue.account.ebs.volumes.volumes.map(({ id }) => id);
      const { volumes } = rescue.account.ebs;
      await rescue.account.simulation.runFor(70 * minute);
      rescue.volumeId = first;
      await rescue.askAnyhow(half);
      await rescue.account.simulation.runFor(70 * minute);
      if (isFailing) volumes.modifier.failNext(first, 'Internal error.');
      volumes.modifyByPerson(first, { volumeType: 'gp2' });
      await rescue.account.simulation.runFor(70 * minute);
      rescue.volumeId = second;
      await rescue.askAnyhow(half);
    };
    await undone(false);
    expect(rescue.breached()).not.toContain('I5');
    await undone(true);
    expect(rescue.breached()).toContain('I5');
  });

  test('counts a second bridge after the first went back', async () => {
    const { simulation } = rescue.account;
    for (const to of [dear, { VolumeType: 'gp2' }]) {
      await rescue.askAnyhow(to);
      await simulation.runFor(70 * minute);
    }
    const before = breachesIn(rescue).filter((line) => line.includes('a month stand')).length;
    await rescue.askAnyhow(dear);
    const after = breachesIn(rescue).filter((line) => line.includes('a month stand')).length;
    expect(modifyCalls(rescue).at(-1)?.error).toBeUndefined();
    expect(after).toBe(before + 1);
  });

  test('is summed over all volumes, also over one that somebody has let grow, but not over one whose act failed', async () => {
    const halves = async (afterwards: (id: string) => void): Promise<void> => {
      rescue = await rescueUnder({ ...acting, blastRadius: { volumes: 10, percentOfWatched: 100 } }, 2);
      const [first = '', second = ''] = rescue.account.ebs.volumes.volumes.map(({ id }) => id);
      await rescue.account.simulation.runFor(70 * minute);
      rescue.volumeId = first;
      await rescue.askAnyhow(half);
      afterwards(first);
      await rescue.account.simulation.runFor(70 * minute);
      rescue.volumeId = second;
      await rescue.askAnyhow(half);
    };
    await halves(() => undefined);
    expect(rescue.breached()).toContain('I5');
    await halves((id) => {
      const { simulation, ebs } = rescue.account;
      simulation.after(30 * minute, () => void ebs.volumes.modifyByPerson(id, { sizeGiB: 200 }));
    });
    expect(rescue.breached()).toContain('I5');
    await halves((id) => rescue.account.ebs.volumes.modifier.failNext(id, 'Internal error.'));
    expect(rescue.breached()).not.toContain('I5');
  });

  test('is not held against a table that was lost before, but is against one that was lost after', async () => {
    const { simulation } = rescue.account;
    const memoryLostAt = simulation.now;
    await rescue.askAnyhow(dear);
    expect(rescue.breached([], { memoryLosses: [memoryLostAt] })).not.toContain('I5');
    expect(rescue.breached([], { memoryLosses: [memoryLostAt + 1] })).toContain('I5');
  });
});
