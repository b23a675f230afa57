import { describe, expect, test } from 'vitest';
import { emptyLedger, type Ledger, withClaim } from '../../core/domain/cases/ledger.ts';
import { dollars } from '../../core/domain/units.ts';
import { writeCommit } from '../../lambda/adapters/case-commit.ts';
import { accountUnderTest, START, volumeId } from './account-under-test.ts';
import { watching } from './example-cases.ts';

const numbered = (count: number) => volumeId(`vol-0${String(count).padStart(16, '0')}`);

function claimsOn() {
  const { table } = accountUnderTest();
  return (volume: number, ledger: Ledger) =>
    writeCommit(table, { case: watching(1, numbered(volume)), expectedVersion: 0, notices: [], ledger }, [
      'sns',
    ]);
}

describe('two volumes that claim on the same version of the ledger', () => {
  test('get one claim while the ledger has never been written', async () => {
    const claim = claimsOn();
    const first = withClaim(emptyLedger, dollars(60), START);
    expect(await claim(1, first)).toEqual({ kind: 'written' });
    expect(await claim(2, first)).toEqual({ kind: 'overtaken', by: 'ledger' });
  });

  test('get one claim on every later version', async () => {
    const claim = claimsOn();
    const first = withClaim(emptyLedger, dollars(10), START);
    const second = withClaim(first, dollars(60), START);
    await claim(1, first);
    expect(await claim(2, second)).toEqual({ kind: 'written' });
    expect(await claim(3, second)).toEqual({ kind: 'overtaken', by: 'ledger' });
    expect(await claim(3, withClaim(second, dollars(1), START))).toEqual({ kind: 'written' });
  });
});
