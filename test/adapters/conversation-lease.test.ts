import { describe, expect, test } from 'vitest';
import { instant, minutes } from '../../core/domain/units.ts';
import { dynamoOutbox } from '../../lambda/adapters/dynamo-outbox.ts';
import { ServiceError } from '../../twin/service-error.ts';
import { retrying } from '../fakes/retrying-client.ts';
import { START } from './account-under-test.ts';
import { caseNotice } from './example-cases.ts';
import { outboxUnderTest } from './outbox-under-test.ts';

const end = instant(START + minutes(2));

describe('lease', () => {
  test('is held by one delivery alone until it ends', async () => {
    const { outbox, telling } = outboxUnderTest();
    const [one, another] = [await telling('one'), await telling('another')];
    const asked = [outbox.lease(one, START, end), outbox.lease(another, START, end)];
    expect(await Promise.all(asked)).toEqual(['leased', 'taken']);
    expect(await outbox.lease(another, instant(end - 1), end)).toBe('taken');
    expect(await outbox.lease(another, end, instant(end + 1))).toBe('leased');
  });

  test('is not shared with other channels or incidents', async () => {
    const { outbox, telling } = outboxUnderTest();
    for (const conversation of [
      await telling('one'),
      await telling('another', 'IN-1', 'sns'),
      await telling('third', 'IN-2'),
    ])
      expect(await outbox.lease(conversation, START, end)).toBe('leased');
  });

  test('ends with what is recorded, a success or a failure', async () => {
    const { outbox, tell, telling } = outboxUnderTest();
    await tell(caseNotice('EB-1#1'), caseNotice('EB-1#2'));
    const one = await telling('one');
    await outbox.lease(one, START, end);
    await outbox.recordFailed(one, ['EB-1#1'], START);
    const another = await telling('another');
    expect(await outbox.lease(another, START, end)).toBe('leased');
    expect(await outbox.recordSent(another, ['EB-1#1'], 'C1/171', START)).toBe('recorded');
    const later = await telling('later');
    expect(later).toMatchObject({ version: 1, handle: 'C1/171' });
    expect(await outbox.lease(later, START, end)).toBe('leased');
  });

  test('does not end with the failure of a delivery that does not hold it', async () => {
    const { outbox, tell, telling } = outboxUnderTest();
    await tell(caseNotice('EB-1#1'));
    await outbox.lease(await telling('one'), START, end);
    await outbox.recordFailed(await telling('another'), ['EB-1#1'], START);
    expect(await outbox.lease(await telling('third'), START, end)).toBe('taken');
  });

  test('is not given to who read the conversation before another delivered', async () => {
    const { outbox, telling } = outboxUnderTest();
    const conversation = await telling('one');
    await outbox.lease(conversation, START, end);
    await outbox.recordSent(await telling('another'), [], 'C1/171', START);
    expect(await outbox.lease(conversation, START, end)).toBe('taken');
  });

  test('does not make a conversation look told', async () => {
    const { outbox, tell, telling } = outboxUnderTest();
    await tell(caseNotice('EB-1#1'));
    const conversation = await telling('one');
    await outbox.lease(conversation, START, end);
    expect(await telling('one')).toEqual(conversation);
  });

  test.each([
    ['TransactionConflictException', 'is not given while another delivery records', 'taken'],
    ['InternalServerError', 'is not answered by a table that fails', 'InternalServerError'],
  ])('on %s %s', async (code, _what, answer) => {
    const { outbox, account, telling } = outboxUnderTest();
    account.endpoint.fail({ operation: 'UpdateItem' }, new ServiceError(code, 'oops'));
    const asked = outbox.lease(await telling('one'), START, end);
    expect(await asked.catch(({ name }: Error) => name)).toBe(answer);
  });
});

describe('a lease whose answer was lost', () => {
  const lossy = () => {
    const world = outboxUnderTest();
    const client = retrying(world.table.client);
    const outbox = dynamoOutbox({ ...world.table, client }, { channels: [], report: () => undefined });
    const lost = new ServiceError('TimeoutError', 'no reply within 3 s');
    world.account.endpoint.afterAcceptance({ operation: 'UpdateItem' }, lost);
    return { ...world, outbox };
  };

  test('is the own one when the SDK asks for it again', async () => {
    const { outbox, telling, calls } = lossy();
    expect(await outbox.lease(await telling('one'), START, end)).toBe('leased');
    expect(calls('UpdateItem')).toHaveLength(2);
  });

  test('is not given to another delivery', async () => {
    const { outbox, telling } = lossy();
    await outbox.lease(await telling('one'), START, end);
    expect(await outbox.lease(await telling('another'), START, end)).toBe('taken');
  });
});

describe('a lease that was written without a holder, before there were any', () => {
  const old = () => {
    const world = outboxUnderTest();
    world.account.tables.get('table').put({
      pk: { S: 'INCIDENT#IN-1' },
      sk: { S: 'CONVERSATION#slack' },
      kind: { S: 'conversation' },
      sendingUntil: { N: String(end) },
    });
    return world;
  };

  test('is respected until it ends, and not longer', async () => {
    const { outbox, telling } = old();
    expect(await outbox.lease(await telling('one'), instant(end - 1), end)).toBe('taken');
    expect(await outbox.lease(await telling('one'), end, instant(end + 1))).toBe('leased');
  });
});
