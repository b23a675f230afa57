import { describe, expect, test } from 'vitest';
import type { Commit } from '../../core/application/ports.ts';
import type { SilentStep } from '../../core/domain/auditing/silent-step.ts';
import { emptyLedger, type Ledger, withClaim } from '../../core/domain/cases/ledger.ts';
import type { CaseNotice } from '../../core/domain/notices/notice.ts';
import { dollars } from '../../core/domain/units.ts';
import { writeCommit } from '../../lambda/adapters/case-commit.ts';
import { expiryAfter } from '../../lambda/adapters/expiry.ts';
import { readBody } from '../../lambda/adapters/item-body.ts';
import { storedStep } from '../../lambda/adapters/stored-step.ts';
import { accountUnderTest, START, volumeId } from './account-under-test.ts';
import { caseNotice, fix, watching } from './example-cases.ts';

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

describe('a step that nobody is told of', () => {
  const silent: SilentStep = {
    ...caseNotice('EB-1#1'),
    became: 'watching',
    reason: { code: 'heading-for-wall' },
    asked: { plan: fix, state: 'refused', requestId: 'r-1' },
  };
  const one = watching(1, numbered(1));
  const first: Commit = { case: one, expectedVersion: 0, notices: [], ledger: undefined, silent };

  async function stepsAfter(...commits: readonly Commit[]) {
    const { account, table } = accountUnderTest();
    for (const commit of commits) await writeCommit(table, commit, ['sns']);
    return account.tables
      .get(table.name)
      .snapshot()
      .filter(({ kind }) => kind?.S === 'step');
  }

  test('is kept beside its case, under its version, for as long as a notice', async () => {
    expect(await stepsAfter(first)).toMatchObject([
      {
        pk: { S: `VOLUME#${numbered(1)}` },
        sk: { S: `STEP#${one.id}#00000001` },
        expiresAt: { N: expiryAfter(silent.at) },
      },
    ]);
  });

  test('is not kept where its case could not be written, and none where there is none', async () => {
    const overtaken = { ...first, case: { ...one, version: 8 }, expectedVersion: 7 };
    expect(await stepsAfter(first, overtaken)).toHaveLength(1);
    expect(await stepsAfter({ ...first, silent: undefined })).toEqual([]);
  });

  test('is read back as it was written', async () => {
    const [item = {}] = await stepsAfter(first);
    const { kind: _kind, incident: _incident, said: _said, ...facts } = silent as typeof silent & CaseNotice;
    expect(readBody(storedStep, item)).toEqual(facts);
  });
});
