import type { DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import type { TableStream } from '../../../twin/dynamodb/stream.ts';
import { Tables } from '../../../twin/dynamodb/tables.ts';
import { StreamSource, type StreamSourceDefinition } from '../../../twin/lambda/stream-source.ts';
import { functionsUnderTest, START } from './functions-under-test.ts';

const SECOND = 1000;

function sourceUnderTest(definition: Partial<StreamSourceDefinition> = {}) {
  const context = functionsUnderTest();
  const { simulation, functions, queues } = context;
  const tables = new Tables({ ...context, seed: 1 });
  const table = tables.create({
    name: 'cases',
    keys: { partition: { name: 'pk', type: 'S' } },
    indexes: [],
    stream: 'NEW_AND_OLD_IMAGES',
  });
  new StreamSource(
    {
      functionName: 'respond',
      bisectBatchOnFunctionError: true,
      reportBatchItemFailures: true,
      maximumRetryAttempts: 2,
      ...definition,
    },
    { stream: table.stream as TableStream, simulation, functions, queues },
  );
  const batches: string[] = [];
  const handle = (answer: (event: DynamoDBStreamEvent, names: string) => unknown) =>
    functions.implement('respond', () => (event: DynamoDBStreamEvent) => {
      const names = event.Records.map(({ dynamodb }) => dynamodb?.Keys?.['pk']?.S ?? '').join('');
      batches.push(names);
      return answer(event, names);
    });
  const put = (...names: string[]) => {
    for (const pk of names) table.put({ pk: { S: pk }, kind: { S: pk < 'd' ? 'notice' : 'case' } });
  };
  return { ...context, table, batches, handle, put };
}

describe('a stream event source', () => {
  test('hands over changes in order and in batches', async () => {
    const { handle, put, simulation, batches, functions } = sourceUnderTest({
      batchSize: 2,
      maximumBatchingWindow: 5,
    });
    const events: DynamoDBStreamEvent[] = [];
    handle((event) => void events.push(event));
    put('a', 'b', 'c');
    await simulation.runFor(60 * SECOND);
    expect(batches).toEqual(['ab', 'c']);
    expect(functions.log.map(({ at }) => at - START)).toEqual([0, 5 * SECOND]);
    expect(events[0]?.Records[0]).toMatchObject({
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      dynamodb: { NewImage: { kind: { S: 'notice' } }, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });

  test('hands over only what matches its filters', async () => {
    const filters = [{ eventName: ['INSERT'], dynamodb: { NewImage: { kind: { S: ['notice'] } } } }];
    const { handle, put, simulation, batches } = sourceUnderTest({ filters });
    handle(() => undefined);
    put('a', 'x', 'b');
    await simulation.runFor(SECOND);
    expect(batches).toEqual(['ab']);
  });

  test('splits a failing batch until the poisonous record is alone, then gives only that one up', async () => {
    const { handle, put, simulation, batches, failures } = sourceUnderTest({
      onFailureQueueArn: 'arn:aws:sqs:eu-central-1:123456789012:failures',
    });
    handle((_, names) => {
      if (names.includes('c')) throw new Error('poison');
    });
    put('a', 'b', 'c', 'd');
    await simulation.runFor(600 * SECOND);
    expect(batches).toEqual(['abcd', 'ab', 'cd', 'c', 'c', 'c', 'd']);
    const [failure] = failures.peek();
    expect(JSON.parse(failure?.body ?? '')).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted' },
      DDBStreamBatchInfo: { batchSize: 1, startSequenceNumber: '100000000000000000003' },
    });
  });

  test('goes on from the first record that is reported as failed', async () => {
    const { handle, put, simulation, batches, failures } = sourceUnderTest();
    let isFirst = true;
    handle(({ Records }) => {
      const failed = isFirst ? Records.slice(2) : [];
      isFirst = false;
      return {
        batchItemFailures: failed.map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber })),
      };
    });
    put('a', 'b', 'c', 'd');
    await simulation.runFor(60 * SECOND);
    expect(batches).toEqual(['abcd', 'cd']);
    expect(failures.peek()).toEqual([]);
  });

  test('does not let later records pass a batch that keeps failing, until its records expire', async () => {
    const { handle, put, simulation, batches } = sourceUnderTest({ maximumRetryAttempts: -1 });
    handle((_, names) => {
      if (names === 'a') throw new Error('poison');
    });
    put('a');
    await simulation.runFor(SECOND);
    put('b');
    await simulation.runFor(23 * 3600 * SECOND);
    expect(batches).not.toContain('b');
    await simulation.runFor(2 * 3600 * SECOND);
    expect(batches.at(-1)).toBe('b');
  });

  test('does not count throttles as failures', async () => {
    const { handle, put, simulation, batches, functions } = sourceUnderTest({ maximumRetryAttempts: 0 });
    functions.create({ name: 'respond', environment: {}, timeout: 30, reservedConcurrency: 1 });
    let isFirst = true;
    handle(() => {
      const pause = isFirst ? functions.sleep(10 * SECOND) : undefined;
      isFirst = false;
      return pause;
    });
    simulation.after(0, () =>
      functions.start({
        functionName: 'respond',
        trigger: 'direct',
        event: { Records: [] },
        onEnd: () => undefined,
      }),
    );
    simulation.after(SECOND, () => put('a'));
    await simulation.runFor(60 * SECOND);
    expect(batches).toEqual(['', 'a']);
    expect(functions.log.filter(({ outcome }) => outcome.kind === 'throttled').length).toBeGreaterThan(0);
  });

  test('gives records up that were throttled until they were too old', async () => {
    const { put, simulation, batches, functions, failures } = sourceUnderTest({
      maximumRecordAge: 600,
      onFailureQueueArn: 'arn:aws:sqs:eu-central-1:123456789012:failures',
    });
    functions.create({ name: 'respond', environment: {}, timeout: 30, reservedConcurrency: 0 });
    put('a');
    await simulation.runFor(500 * SECOND);
    expect(failures.peek()).toEqual([]);
    await simulation.runFor(200 * SECOND);
    expect(batches).toEqual([]);
    const { requestContext } = JSON.parse(failures.peek()[0]?.body ?? '');
    expect(requestContext).toMatchObject({ condition: 'MaximumRecordAgeExceeded' });
  });

  test('ends a batch, and its window, early at 6 MB', async () => {
    const { handle, simulation, batches, table, functions } = sourceUnderTest({ maximumBatchingWindow: 60 });
    handle(() => undefined);
    const text = { S: 'x'.repeat(390 * 1024) };
    const names = [...'abcdefghijklmnopqr'];
    for (const pk of names) table.put({ pk: { S: pk }, text });
    await simulation.runFor(SECOND);
    expect(batches).toEqual(['abcdefghijklmno']);
    await simulation.runFor(60 * SECOND);
    expect(batches.join('')).toBe(names.join(''));
    expect(functions.log).toHaveLength(2);
  });
});
