import { describe, expect, test } from 'vitest';
import { releaseStays } from '../../core/application/release-stays.ts';
import { emptyLedger, withClaim } from '../../core/domain/cases/ledger.ts';
import { dollars, type Instant, instant, iops, minutes } from '../../core/domain/units.ts';
import type { Configuration, Volume } from '../../core/domain/volume.ts';
import { dynamoCaseBook } from '../../lambda/adapters/dynamo-case-book.ts';
import { accountUnderTest, START } from '../adapters/account-under-test.ts';
import { closed, fix, id, watching } from '../adapters/example-cases.ts';
import { someVolume } from '../domain/some-volume.ts';

const io2: Configuration = { type: 'io2', iops: iops(1_000) };
const keep = {
  ...fix,
  purpose: 'keep',
  to: io2,
  price: { ...fix.price, difference: dollars(67.5) },
} as const;

const time = (minute: number): Instant => instant(START + minutes(minute));

/** A table in which one latency-critical volume was moved to io2 for good, at $67.50 a month. */
async function tableWithAKeep() {
  const world = accountUnderTest();
  const book = dynamoCaseBook(world.table, {
    channels: ['sns'],
    now: world.now,
    report: ({ message }) => expect.unreachable(message),
  });
  const ledger = withClaim(emptyLedger, keep.price.difference, instant(START));
  await book.commit({ case: watching(1), expectedVersion: 0, notices: [], ledger });
  const done = closed(2, { stays: keep });
  await book.commit({ case: done, expectedVersion: 1, notices: [], ledger: undefined });
  const census = async (minute: number, ...volumes: readonly Volume[]) =>
    releaseStays(await book.staying(), volumes, time(minute), book);
  return { book, census };
}

const moved = someVolume({ id, configuration: io2 });
const changed = someVolume({ id, configuration: { type: 'io2', iops: iops(500) } });
const other = someVolume();

describe('what stays', () => {
  test.each([
    ['is gone', [other]],
    ['was changed by somebody since', [other, changed]],
  ])('leaves the ledger when the censuses of an hour agree that its volume %s', async (_what, volumes) => {
    const { book, census } = await tableWithAKeep();
    for (const minute of [0, 15, 30, 45, 60]) {
      expect((await book.ledger()).committed).toBe(67.5);
      await census(minute, ...volumes);
    }
    expect((await book.ledger()).committed).toBe(0);
    expect(await book.stillUpgraded()).toEqual([]);
  });

  test('does not leave it on one list alone, however old the census before', async () => {
    const { book, census } = await tableWithAKeep();
    await census(0, moved, other);
    await census(90, other);
    expect((await book.ledger()).committed).toBe(67.5);
    expect(await book.stillUpgraded()).toHaveLength(1);
  });

  test('does not leave it when one census in between found its volume as we left it', async () => {
    const { book, census } = await tableWithAKeep();
    await census(0, other);
    await census(30, moved, other);
    await census(60, other);
    await census(119, changed);
    expect((await book.ledger()).committed).toBe(67.5);
    expect(await book.staying()).toMatchObject([{ notFoundSince: time(60) }]);
  });

  test('does not leave it while its volume is as we left it', async () => {
    const { book, census } = await tableWithAKeep();
    const [before] = await book.staying();
    await census(0, moved, other);
    await census(60, moved, other);
    expect((await book.ledger()).committed).toBe(67.5);
    expect(await book.staying()).toEqual([before]);
  });

  test('does not leave it while nobody can tell what its volume is', async () => {
    const { book, census } = await tableWithAKeep();
    const unknown = someVolume({ id, configuration: { type: 'unjudgeable', got: 'state error' } });
    await census(0, unknown);
    await census(60, unknown);
    expect((await book.ledger()).committed).toBe(67.5);
  });

  test('does not leave it when no volume at all was seen', async () => {
    const { book, census } = await tableWithAKeep();
    await census(0);
    await census(60);
    expect((await book.ledger()).committed).toBe(67.5);
  });

  test('is of one case only, the newest, where two of its volume end as it is now', async () => {
    const { book, census } = await tableWithAKeep();
    const ledger = withClaim(await book.ledger(), keep.price.difference, time(5));
    const again = closed(2, { id: 'EB-2', closedAt: time(5), stays: keep });
    await book.commit({ case: { ...watching(1), id: 'EB-2' }, expectedVersion: 0, notices: [], ledger });
    await book.commit({ case: again, expectedVersion: 1, notices: [], ledger: undefined });
    for (const minute of [10, 40, 69]) await census(minute, moved, other);
    expect((await book.ledger()).committed).toBe(135);
    await census(70, moved, other);
    expect((await book.ledger()).committed).toBe(67.5);
    const left = await book.staying();
    expect(left.map(({ id, notFoundSince }) => ({ id, notFoundSince }))).toEqual([{ id: 'EB-2' }]);
  });

  test('is not released twice by two censuses at once', async () => {
    const { book, census } = await tableWithAKeep();
    await census(0, other);
    await Promise.all([census(60, other), census(60, other)]);
    expect(await book.ledger()).toMatchObject({ committed: 0, version: 2 });
  });

  test('is not brought back by a slower census that still found it', async () => {
    const { book, census } = await tableWithAKeep();
    await census(0, other);
    const slower = await book.staying();
    await census(60, other);
    await releaseStays(slower, [moved], time(60), book);
    expect(await book.staying()).toEqual([]);
  });
});
