import { describe, expect, test } from 'vitest';
import { getItems } from '../../lambda/adapters/dynamo-table.ts';
import { accountUnderTest } from './account-under-test.ts';

const keysOf = (count: number) =>
  Array.from({ length: count }, (_, place) => ({ pk: `V${place}`, sk: 'CASE' }));

/** So large that a third of a hundred is all that DynamoDB answers at once. */
function withLargeItems(count: number) {
  const under = accountUnderTest();
  const wanted = keysOf(count);
  for (const { pk, sk } of wanted)
    under.account.tables
      .get('table')
      .put({ pk: { S: pk }, sk: { S: sk }, text: { S: 'x'.repeat(390 * 1024) } });
  return { ...under, wanted };
}

describe('getItems', () => {
  test('asks again for what an answer of 16 MB had no room for', async () => {
    const { table, calls, wanted } = withLargeItems(100);
    const items = await getItems(table, wanted);
    expect(items.map(({ pk }) => pk?.S)).toEqual(wanted.map(({ pk }) => pk));
    expect(calls('BatchGetItem')).toHaveLength(3);
  });

  test('does not ask again where everything was read', async () => {
    const { table, calls } = accountUnderTest();
    expect(await getItems(table, keysOf(100))).toEqual([]);
    expect(calls('BatchGetItem')).toHaveLength(1);
  });

  test('does not ask for nothing, and not for more than a hundred at once', async () => {
    const { table, calls } = accountUnderTest();
    await getItems(table, []);
    expect(calls('BatchGetItem')).toEqual([]);
    await getItems(table, keysOf(101));
    expect(calls('BatchGetItem')).toHaveLength(2);
  });
});
