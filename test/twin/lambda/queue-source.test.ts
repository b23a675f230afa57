import type { SQSEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { QueueSource, type QueueSourceDefinition } from '../../../twin/lambda/queue-source.ts';
import { functionsUnderTest, START } from './functions-under-test.ts';

const SECOND = 1000;

function sourceUnderTest(definition: Partial<QueueSourceDefinition> = {}) {
  const context = functionsUnderTest();
  const { queues, simulation, functions, failures } = context;
  const redrive = { deadLetterQueueArn: failures.arn, maxReceiveCount: 3 };
  const work = queues.create({ name: 'work', visibilityTimeout: 60, redrive });
  const source = new QueueSource(
    { functionName: 'respond', reportBatchItemFailures: true, ...definition },
    { queue: work, ...context },
  );
  const batches: string[][] = [];
  const handle = (answer: (event: SQSEvent) => unknown) =>
    functions.implement('respond', () => (event: SQSEvent) => {
      batches.push(event.Records.map(({ body }) => body));
      return answer(event);
    });
  const send = (...bodies: string[]) => {
    for (const body of bodies) work.send({ body, senderId: 'events' });
  };
  const times = () => functions.log.map(({ at }) => (at - START) / SECOND);
  return { ...context, simulation, work, source, batches, handle, send, times };
}

describe('a queue event source', () => {
  test('hands over messages in the shape of an SQS event and deletes them after success', async () => {
    const { functions, send, simulation, work } = sourceUnderTest();
    const events: SQSEvent[] = [];
    functions.implement('respond', () => (event: SQSEvent) => void events.push(event));
    send('hello');
    await simulation.runFor(SECOND);
    expect(events[0]?.Records).toMatchObject([
      {
        body: 'hello',
        eventSource: 'aws:sqs',
        eventSourceARN: work.arn,
        awsRegion: 'eu-central-1',
        attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(START) },
      },
    ]);
    expect(work.peek()).toEqual([]);
  });

  test('waits for its window to fill a batch, but not when the batch is full', async () => {
    const { handle, send, simulation, batches, times } = sourceUnderTest({
      batchSize: 3,
      maximumBatchingWindow: 5,
    });
    handle(() => undefined);
    send('a', 'b');
    simulation.after(2 * SECOND, () => send('c', 'd'));
    await simulation.runFor(60 * SECOND);
    expect(batches).toEqual([['a', 'b', 'c'], ['d']]);
    expect(times()).toEqual([2, 7]);
  });

  test('brings back only the messages that are reported as failed, after their visibility timeout', async () => {
    const { handle, send, simulation, batches, times, work } = sourceUnderTest({ batchSize: 10 });
    let isFirst = true;
    handle(({ Records }) => {
      const failed = isFirst ? Records.filter(({ body }) => body === 'b') : [];
      isFirst = false;
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    });
    send('a', 'b');
    await simulation.runFor(120 * SECOND);
    expect(batches).toEqual([['a', 'b'], ['b']]);
    expect(times()).toEqual([0, 60]);
    expect(work.peek()).toEqual([]);
  });

  test.each([
    [
      'an error',
      () => {
        throw new Error('broken');
      },
    ],
    ['an unknown identifier', () => ({ batchItemFailures: [{ itemIdentifier: 'nope' }] })],
    ['an answer it cannot read', () => ({ batchItemFailures: [{}] })],
  ])('brings the whole batch back after %s, and gives it up after three receives', async (_, answer) => {
    const { handle, send, simulation, batches, work, failures } = sourceUnderTest();
    handle(answer);
    send('a', 'b');
    await simulation.runFor(600 * SECOND);
    expect(batches).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(work.peek()).toEqual([]);
    expect(failures.peek().map(({ body }) => body)).toEqual(['a', 'b']);
  });

  test.each([undefined, null, {}, { batchItemFailures: [] }, { batchItemFailures: null }])(
    'does not bring anything back after the answer %j',
    async (answer) => {
      const { handle, send, simulation, batches } = sourceUnderTest();
      handle(() => answer);
      send('a');
      await simulation.runFor(600 * SECOND);
      expect(batches).toEqual([['a']]);
    },
  );

  test('does not run more batches at once than its maximum concurrency', async () => {
    const { handle, send, simulation, functions, times } = sourceUnderTest({
      batchSize: 1,
      maximumConcurrency: 2,
    });
    handle(() => functions.sleep(10 * SECOND));
    send('a', 'b', 'c');
    await simulation.runFor(60 * SECOND);
    expect(times()).toEqual([0, 0, 10]);
  });

  test.each([
    ['is free again after 15 s', 15, [0, 10, 20]],
    ['is not free before they are visible again', 75, [0, 10, 20, 30, 40, 50, 60, 70, 80]],
  ])('tries throttled messages again while it hides them, where the function %s', async (_, busy, starts) => {
    const { handle, send, simulation, functions, work } = sourceUnderTest();
    functions.create({ name: 'respond', environment: {}, timeout: 90, reservedConcurrency: 1 });
    handle(({ Records }) => (Records.length === 0 ? functions.sleep(busy * SECOND) : undefined));
    const direct = { functionName: 'respond', trigger: 'direct', event: { Records: [] } } as const;
    simulation.after(0, () => functions.start({ ...direct, onEnd: () => undefined }));
    await simulation.runFor(0);
    send('a');
    await simulation.runFor(120 * SECOND);
    const polled = functions.log.filter(({ trigger }) => trigger === 'queue');
    expect(polled.map(({ at }) => (at - START) / SECOND)).toEqual(starts);
    expect(work.peek()).toEqual([]);
  });

  test('does not poll once it is disabled', async () => {
    const { source, handle, send, simulation, batches } = sourceUnderTest();
    handle(() => undefined);
    source.isEnabled = false;
    send('a');
    await simulation.runFor(60 * SECOND);
    expect(batches).toEqual([]);
  });

  test('goes on after the queue has been down', async () => {
    const { handle, send, simulation, batches, work } = sourceUnderTest();
    handle(() => undefined);
    send('a');
    work.isDown = true;
    await simulation.runFor(30 * SECOND);
    expect(batches).toEqual([]);
    work.isDown = false;
    await simulation.runFor(30 * SECOND);
    expect(batches).toEqual([['a']]);
  });

  test.each([
    [
      { batchSize: 11 },
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    ],
    [{ maximumConcurrency: 1 }, 'MaximumConcurrency must be from 2 to 1000, got 1'],
    [{ maximumBatchingWindow: 301 }, 'MaximumBatchingWindowInSeconds must be from 0 to 300, got 301'],
  ])('is not created with %j', (definition, message) => {
    expect(() => sourceUnderTest(definition)).toThrow(message);
  });

  test('is not created on a queue that hides messages for less than the function may run', () => {
    const context = functionsUnderTest({ timeout: 61 });
    const queue = context.queues.create({ name: 'work', visibilityTimeout: 60 });
    expect(
      () =>
        new QueueSource({ functionName: 'respond', reportBatchItemFailures: true }, { queue, ...context }),
    ).toThrow('Queue visibility timeout: 60 seconds is less than Function timeout: 61 seconds');
  });
});
