import { describe, expect, test } from 'vitest';
import { type Instant, instant, minutes, seconds } from '../../../core/domain/units.ts';
import { alarmWritingLease } from '../../../lambda/adapters/dynamo-lease.ts';
import { steadyPace } from '../../../lambda/wiring/steady-pace.ts';
import { accountUnderTest } from '../../adapters/account-under-test.ts';

/** Time passes only while somebody sleeps. */
function sleeper() {
  let now: Instant = instant(0);
  const slept: number[] = [];
  const wait = (milliseconds: number) => {
    now = instant(now + milliseconds);
  };
  const sleep = async (milliseconds: number) => {
    slept.push(milliseconds);
    wait(milliseconds);
  };
  return { now: () => now, sleep, wait, slept };
}

describe('a steady pace', () => {
  test('gives the first turn at once and the others an interval apart', async () => {
    const runtime = sleeper();
    const pace = steadyPace(runtime, seconds(0.5), minutes(1));
    expect([await pace.turn(), await pace.turn(), await pace.turn()]).toEqual(['go', 'go', 'go']);
    expect(runtime.slept).toEqual([500, 500]);
  });

  test('is over when its time has passed since the first turn, and stays so', async () => {
    const runtime = sleeper();
    const pace = steadyPace(runtime, seconds(0.5), minutes(1));
    runtime.wait(minutes(5));
    expect(await pace.turn()).toBe('go');
    runtime.wait(seconds(59.9));
    expect(await pace.turn()).toBe('go');
    expect(await pace.turn()).toBe('over');
    expect(await pace.turn()).toBe('over');
    expect(runtime.now()).toBe(instant(360_400));
  });

  /** Two runs that share one lease. */
  function shared(whileHeld: 'waits' | 'gives-up') {
    const runtime = sleeper();
    const { table } = accountUnderTest();
    const paceOf = (owner: string) =>
      steadyPace(runtime, seconds(0.5), minutes(13), { lease: alarmWritingLease(table, owner), whileHeld });
    return { runtime, first: paceOf('first'), second: paceOf('second') };
  }

  test('that waits gets its turn when the lease of a run that crashed is over', async () => {
    const { runtime, first, second } = shared('waits');
    expect([await first.turn(), await second.turn()]).toEqual(['go', 'go']);
    expect(runtime.slept).toEqual([2_000, 2_000, 2_000, 2_000, 2_000]);
  });

  test('that waits gets its turn at once when the other run has ended', async () => {
    const { runtime, first, second } = shared('waits');
    await first.turn();
    await first.end();
    expect(await second.turn()).toBe('go');
    expect(runtime.slept).toEqual([]);
  });

  test('that waits does not wait longer than its own time', async () => {
    const { runtime, first, second } = shared('waits');
    await first.turn();
    const isOver = second.turn();
    // A sleep of the one renews the other: the lease never ends.
    let renewals = 0;
    while (runtime.now() < minutes(13) && renewals < 2_000) {
      renewals += 1;
      expect(await first.turn()).toBe('go');
    }
    expect(await isOver).toBe('over');
  });

  test('that ends takes no lease away that is held by another', async () => {
    const { first, second } = shared('gives-up');
    await first.turn();
    await second.turn();
    await second.end();
    expect(await second.turn()).toBe('over');
  });

  test('is over while another run holds the lease, and goes on when that has let go', async () => {
    const { runtime, first, second } = shared('gives-up');
    expect([await first.turn(), await second.turn(), await first.turn()]).toEqual(['go', 'over', 'go']);
    runtime.wait(seconds(9.4));
    expect(await second.turn()).toBe('over');
    expect(await second.turn()).toBe('go');
    expect(await first.turn()).toBe('over');
  });
});
