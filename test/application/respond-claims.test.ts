import { describe, expect, test } from 'vitest';
import type { Policy } from '../../core/domain/policy.ts';
import { dollars, iops } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import { announced, upgrading, watching } from '../domain/some-case.ts';
import { fix, level } from '../domain/some-situation.ts';
import { noon } from '../domain/some-volume.ts';
import { type FakeAccount, lookAt, someCensus } from '../fakes/fake-account.ts';
import { draining100GiB, id, numbered, takenError } from './draining-account.ts';

describe('a claim', () => {
  test('that lost the ledger to another volume is made again on the newer one', async () => {
    const account = draining100GiB();
    account.cases.beforeCommit = async () => {
      const ledger = await account.cases.ledger();
      account.cases.setLedger({ ...ledger, version: ledger.version + 1 });
    };
    expect(await account.respond([lookAt(id)])).toMatchObject([{ kind: 'stepped', state: 'upgrading' }]);
    expect(account.modifier.requests).toHaveLength(1);
  });

  test('is not made again when the newer ledger has no room: the team is told instead', async () => {
    const account = draining100GiB();
    account.cases.beforeCommit = async () => {
      const ledger = await account.cases.ledger();
      account.cases.setLedger({ ...ledger, version: ledger.version + 1, recentClaims: Array(5).fill(noon) });
    };
    expect(await account.respond([lookAt(id)])).toMatchObject([
      { kind: 'stepped', state: 'announced', decision: 'page' },
    ]);
    expect(account.cases.of(id)).toMatchObject({
      refusals: [{ code: 'over-blast-radius', used: 5, limit: 5 }],
    });
    expect(account.modifier.requests).toEqual([]);
    expect(account.modifier.tagOf(id)).toBeUndefined();
  });

  test('that another worker was faster at leaves the tag of the case that holds the volume', async () => {
    const account = draining100GiB();
    const held = announced({ id: 'EB-OTHER', version: 3, dueAt: noon });
    account.cases.beforeCommit = async () => account.cases.hold(held);
    expect(await account.respond([lookAt(id)])).toEqual([
      { kind: 'failed', volumeId: id, error: takenError },
    ]);
    expect(account.modifier.tagOf(id)).toBeUndefined();
  });

  test('that could not be written leaves no tag that would forbid every later act', async () => {
    const account = draining100GiB();
    account.cases.failNext('commit');
    expect(await account.respond([lookAt(id)])).toEqual([
      { kind: 'failed', volumeId: id, error: 'Error: commit failed' },
    ]);
    expect(account.modifier.requests).toEqual([]);
    expect(await account.respond([lookAt(id)])).toMatchObject([{ state: 'upgrading' }]);
  });

  test('whose tag could not be written is not acted on: it is given back, and the team is told why', async () => {
    const account = draining100GiB();
    account.modifier.failNext('markState');
    expect(await account.respond([lookAt(id)])).toMatchObject([{ state: 'announced', said: 'needed' }]);
    expect(account.modifier.requests).toEqual([]);
    expect(account.cases.of(id)).toMatchObject({
      refusals: [{ code: 'state-untagged', why: 'Error: markState failed' }],
      requests: [],
    });
    expect(await account.cases.ledger()).toMatchObject({ committed: 0, recentClaims: [] });
  });
});

describe('the caps', () => {
  test('hold for a storm in one run: five of a hundred watched, the rest is told', async () => {
    const account = draining100GiB(8);
    const outcomes = await account.respond(account.volumes.ids.map((each) => lookAt(each)));
    expect(account.modifier.requests).toHaveLength(5);
    expect(outcomes.filter((one) => one.kind === 'stepped' && one.said === 'needed')).toHaveLength(3);
  });

  test('hold for many workers at the same time', async () => {
    const account = draining100GiB(8);
    await Promise.all(account.volumes.ids.map((each) => account.respond([lookAt(each)])));
    expect(account.modifier.requests.length).toBeLessThanOrEqual(5);
    expect((await account.cases.ledger()).recentClaims.length).toBeLessThanOrEqual(5);
  });

  test('hold for spend: two bridges at $67.50 each are one too many for $100', async () => {
    const account = draining100GiB(2, { 'ebs-burst:target': 'io1' });
    const policy = { fixedIops: iops(1_000) };
    const outcomes = await account.respond(
      account.volumes.ids.map((each) => lookAt(each)),
      policy,
    );
    expect(account.modifier.requests).toHaveLength(1);
    expect(outcomes).toMatchObject([{ state: 'upgrading' }, { state: 'announced' }]);
    expect((await account.cases.ledger()).committed).toBeCloseTo(67.5);
  });

  test('serve the earliest wall first', async () => {
    const account = draining100GiB(3);
    account.almanac.censuses.push(someCensus({ watched: 20 }));
    account.metrics.setBalance(numbered(2), level(0));
    await account.respond(account.volumes.ids.map((each) => lookAt(each)));
    expect(account.modifier.requests.map(({ volumeId }) => volumeId)).toEqual([numbered(2)]);
  });
});

describe('64 workers at the same time, one volume each', () => {
  /** Bridges at $67.50 a month each, and no other cap that could hold them back. */
  const spending = (maxMonthlyIncrease: number): Partial<Policy> => ({
    fixedIops: iops(1_000),
    caps: {
      maxMonthlyIncrease: dollars(maxMonthlyIncrease),
      blastRadius: { volumes: 64, percentOfWatched: 100 },
    },
  });

  /** A worker loses the ledger to others three times; then the queue brings its volume back, again together. */
  async function untilAllAreAnswered(account: FakeAccount, policy: Partial<Policy>): Promise<void> {
    let left: readonly VolumeId[] = account.volumes.ids;
    while (left.length > 0) {
      const outcomes = await Promise.all(left.map((each) => account.respond([lookAt(each)], policy)));
      left = outcomes.flat().flatMap((one) => (one.kind === 'failed' ? one.volumeId : []));
    }
  }

  test('commit what the spend cap covers, ten of them, and tell the rest that it is used up', async () => {
    const account = draining100GiB(64, { 'ebs-burst:target': 'io1' });
    await untilAllAreAnswered(account, spending(700));
    expect(new Set(account.modifier.requests.map(({ volumeId }) => volumeId)).size).toBe(10);
    expect(account.modifier.requests).toHaveLength(10);
    expect((await account.cases.ledger()).committed).toBe(675);
    const refused = account.volumes.ids.flatMap((each) => {
      const held = account.cases.of(each);
      return held?.state === 'announced' ? held.refusals.map(({ code }) => code) : [];
    });
    expect(refused).toEqual(Array(54).fill('over-budget'));
  });

  test('are all let through by a cap that covers them all', async () => {
    const account = draining100GiB(64, { 'ebs-burst:target': 'io1' });
    await untilAllAreAnswered(account, spending(64 * 67.5));
    expect(account.modifier.requests).toHaveLength(64);
    expect((await account.cases.ledger()).committed).toBe(64 * 67.5);
  });
});

describe('a step that was overtaken', () => {
  test('on an open case is finished: the other worker has seen at least as much', async () => {
    const account = draining100GiB();
    account.cases.hold(watching());
    account.cases.beforeCommit = async () => account.cases.hold(watching({ version: 2 }));
    expect(await account.respond([lookAt(id)], { mode: 'notify' })).toEqual([
      { kind: 'overtaken', volumeId: id, by: 'case' },
    ]);
  });

  test('on a new case is not, by word or by act: its place may hold an item that nobody can read', async () => {
    for (const mode of ['notify', 'act'] as const) {
      const account = draining100GiB();
      account.cases.beforeCommit = async () => account.cases.hold(watching());
      expect(await account.respond([lookAt(id)], { mode })).toMatchObject([{ kind: 'failed' }]);
    }
  });
});

test('a release of cost survives another write to the ledger in between', async () => {
  const account = draining100GiB();
  account.cases.setLedger({ version: 7, committed: dollars(90), recentClaims: [] });
  const costly = fix({ price: { ...fix().price, difference: dollars(90) } });
  account.cases.hold(upgrading({ plan: costly, acceptedAt: noon }));
  account.volumes.startModifying(id, fix().to);
  account.volumes.endModifying(id, 'failed');
  account.cases.beforeCommit = async () =>
    account.cases.setLedger({ version: 8, committed: dollars(95), recentClaims: [] });
  expect(await account.respond([lookAt(id, 'sweep')])).toMatchObject([{ state: 'closed', said: 'ended' }]);
  expect(await account.cases.ledger()).toMatchObject({ version: 9, committed: 5 });
});
