import { describe, expect, test } from 'vitest';
import { modifyCalls, refusalsTold, saidInOrder } from './account-history.ts';
import { expectInvariants } from './invariants.ts';
import { type Drain, drainWith, fullBurst, prompt, until } from './refused-drains.ts';
import { acting, attachedVolume, hour, minute, startsAt } from './responder-account.ts';

/** Nothing but the rule against fighting keeps us from a second act: four volumes, all of which may be moved. */
const wide = { ...acting, blastRadius: { volumes: 10, percentOfWatched: 100 } } as const;

const drained = (): Promise<Drain> =>
  drainWith({
    props: wide,
    load: fullBurst,
    options: { metrics: prompt, volumes: { optimizingTime: () => 2 * minute } },
    change: ({ account }) => {
      for (let index = 0; index < 3; index += 1)
        void attachedVolume(account, { volumeType: 'gp2', sizeGiB: 100 }, [{ at: 0, iops: 10 }]);
    },
  });

/** Applies `type = "gp2"`; AWS may refuse, which it tries again at its next run. Returns how often AWS took it. */
function robot({ account, volumeId }: Drain): () => number {
  let applied = 0;
  const { volumes } = account.ebs;
  account.simulation.every(
    10 * minute,
    () => {
      if (volumes.volume(volumeId).configuration.volumeType === 'gp2') return;
      try {
        volumes.modifyByPerson(volumeId, { volumeType: 'gp2' });
        applied += 1;
      } catch {
        // Still in flight, or no slot left: the next run will find the same difference.
      }
    },
    startsAt + 5 * minute,
  );
  return () => applied;
}

describe('a Terraform robot that applies gp2 every ten minutes', () => {
  test('undoes one change of ours and never gets another: we stand back for a day and say why', async () => {
    const drain = await drained();
    const applied = robot(drain);
    await until(drain, 12 * 60);
    expect(applied()).toBe(1);
    expect(modifyCalls(drain)).toHaveLength(1);
    expect(saidInOrder(drain)).toContain('ended yielded');
    expect(refusalsTold(drain)).toContain('foreign-change');
    expectInvariants(drain);
  }, 60_000);

  test('that is not there undoes nothing: the change stays', async () => {
    const drain = await drained();
    await drain.account.simulation.runUntil(startsAt + 12 * hour);
    expect(modifyCalls(drain)).toHaveLength(1);
    expect(saidInOrder(drain)).not.toContain('ended yielded');
    expect(drain.account.ebs.volumes.volume(drain.volumeId).configuration.volumeType).toBe('gp3');
  });
});
