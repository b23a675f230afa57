import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import type { CaseFile } from '../../core/domain/auditing/audit-trail.ts';
import { before, minutes } from '../../core/domain/units.ts';
import { writeCommit } from '../../lambda/adapters/case-commit.ts';
import { caseFiles, caseFilesOf } from '../../lambda/adapters/dynamo-audit-trail.ts';
import { accountUnderTest, START, volumeId } from './account-under-test.ts';
import { closed, watching } from './example-cases.ts';

const numbered = (count: number) => volumeId(`vol-0${String(count).padStart(16, '0')}`);

function tableOfCases() {
  const { table, calls } = accountUnderTest();
  const reports: string[] = [];
  return {
    calls,
    reports,
    open: (volume: number) =>
      writeCommit(
        table,
        { case: watching(1, numbered(volume)), expectedVersion: 0, notices: [], ledger: undefined },
        ['sns'],
      ),
    put: (pk: string, sk: string, rest: Record<string, { S: string }>) =>
      table.client.send(
        new PutItemCommand({ TableName: table.name, Item: { pk: { S: pk }, sk: { S: sk }, ...rest } }),
      ),
    close: (volume: number) => {
      const openedAt = before(START, minutes(60));
      const one = closed(1, { id: 'EB-EARLIER', volumeId: numbered(volume), openedAt });
      return writeCommit(table, { case: one, expectedVersion: 0, notices: [], ledger: undefined }, ['sns']);
    },
    files: () => caseFiles(table, ({ message }) => reports.push(message)),
    filesOf: (volume: number) => caseFilesOf(table, numbered(volume), ({ message }) => reports.push(message)),
  };
}

async function all(files: AsyncIterable<CaseFile>): Promise<readonly CaseFile[]> {
  const found: CaseFile[] = [];
  for await (const file of files) found.push(file);
  return found;
}

test('the cases of a volume come one after the other, the oldest first, each once', async () => {
  const table = tableOfCases();
  await table.close(1);
  await table.open(1);
  await table.open(2);
  const files = await all(table.files());
  expect(files.map(({ case: one }) => [one.volumeId, one.state]).toSorted()).toEqual([
    [numbered(1), 'closed'],
    [numbered(1), 'watching'],
    [numbered(2), 'watching'],
  ]);
  const first = files.findIndex(({ case: one }) => one.volumeId === numbered(1));
  expect(files.slice(first, first + 2).map(({ case: one }) => one.state)).toEqual(['closed', 'watching']);
});

test('those of one volume come the newest first, without a scan and without those of another', async () => {
  const table = tableOfCases();
  await table.close(1);
  await table.open(1);
  await table.open(2);
  const files = await all(table.filesOf(1));
  expect(files.map(({ case: one }) => [one.volumeId, one.state])).toEqual([
    [numbered(1), 'watching'],
    [numbered(1), 'closed'],
  ]);
  expect(await all(table.filesOf(3))).toEqual([]);
  expect(table.calls('Scan')).toEqual([]);
});

test('and whoever takes the newest has the notices of no other read', async () => {
  const table = tableOfCases();
  await table.close(1);
  await table.open(1);
  const already = table.calls('Query').length;
  await table.filesOf(1).next();
  expect(table.calls('Query').length - already).toBe(2);
  await all(table.filesOf(1));
  expect(table.calls('Query').length - already).toBe(5);
});

test('nothing is read ahead: whoever takes one case has the table read no further than its page', async () => {
  const table = tableOfCases();
  const filling = { kind: { S: 'notice' }, t: { S: 'x'.repeat(350_000) } };
  for (let volume = 1; volume <= 8; volume += 1) {
    await table.open(volume);
    await table.put(`VOLUME#${numbered(volume)}`, 'FILLING', filling);
  }
  const already = table.calls('Scan').length;
  const files = table.files();
  await files.next();
  expect(table.calls('Scan').length - already).toBe(1);
  expect(await all(files)).toHaveLength(7);
  expect(table.calls('Scan').length - already).toBeGreaterThan(2);
});

test('an item that cannot be read is reported by its name, and the others are there', async () => {
  const table = tableOfCases();
  await table.open(1);
  await table.put('VOLUME#vol-2', 'CASE', { kind: { S: 'case' }, body: { S: '{}' } });
  await table.put(`VOLUME#${numbered(1)}`, 'STEP#EB-1#00000001', {
    kind: { S: 'step' },
    body: { S: '{"id":"EB-1#1"}' },
  });
  expect(await all(table.files())).toHaveLength(1);
  expect(table.reports.toSorted()).toEqual([
    expect.stringMatching(/^item VOLUME#vol-0+1\/STEP#EB-1#00000001 is malformed \(/),
    'item VOLUME#vol-2/CASE is malformed (volumeId: expected vol-…, got ""); repair or delete it by hand',
  ]);
});
