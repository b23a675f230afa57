import { describe, expect, test } from 'vitest';
import { releaseStays } from '../../core/application/release-stays.ts';
import { emptyLedger, withClaim } from '../../core/domain/cases/ledger.ts';
import { dollars, instant, iops } from '../../core/domain/units.ts';
import type { Configuration } from '../../core/domain/volume.ts';
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
  return book;
}

const moved = someVolume({ id, configuration: io2 });
const other = someVolume();

describe('what stays', () => {
  test('leaves the ledger when its volume is gone', async () => {
    const book = await tableWithAKeep();
    expect(await releaseStays([other], book)).toBe(1);
    expect((await book.ledger()).committed).toBe(0);
    expect(await book.stillUpgraded()).toEqual([]);
  });

  test('leaves the ledger when somebody changed its volume since', async () => {
    const book = await tableWithAKeep();
    await releaseStays([someVolume({ id, configuration: { type: 'io2', iops: iops(500) } })], book);
    expect((await book.ledger()).committed).toBe(0);
  });

  test('does not leave it while its volume is as we left it', async () => {
    const book = await tableWithAKeep();
    expect(await releaseStays([moved, other], book)).toBe(0);
    expect((await book.ledger()).committed).toBe(67.5);
    expect(await book.staying()).toHaveLength(1);
  });

  test('does not leave it while nobody can tell what its volume is', async () => {
    const book = await tableWithAKeep();
    const unknown = someVolume({ id, configuration: { type: 'unjudgeable', got: 'state error' } });
    expect(await releaseStays([unknown], book)).toBe(0);
    expect((await book.ledger()).committed).toBe(67.5);
  });

  test('does not leave it when no volume at all was seen', async () => {
    const book = await tableWithAKeep();
    expect(await releaseStays([], book)).toBe(0);
    expect((await book.ledger()).committed).toBe(67.5);
  });

  test('is not released twice by two censuses at once', async () => {
    const book = await tableWithAKeep();
    await Promise.all([releaseStays([other], book), releaseStays([other], book)]);
    expect(await book.ledger()).toMatchObject({ committed: 0, version: 2 });
  });
});
