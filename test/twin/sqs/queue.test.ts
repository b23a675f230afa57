import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { connect } from '../../../twin/connect.ts';
import { createEndpoint } from '../../../twin/endpoint.ts';
import { Simulation } from '../../../twin/simulation.ts';
import type { QueueDefinition } from '../../../twin/sqs/queue.ts';
import { Queues } from '../../../twin/sqs/queues.ts';
import { sqsService } from '../../../twin/sqs/service.ts';

const SECOND = 1000;

function queueUnderTest(definition: Partial<QueueDefinition> = {}) {
  const simulation = new Simulation(Date.parse('2026-11-22T10:00:00Z'));
  const queues = new Queues({ simulation, accountId: '123456789012', region: 'eu-central-1' });
  const deadLetters = queues.create({ name: 'dead-letters' });
  const queue = queues.create({ name: 'work', ...definition });
  const endpoint = createEndpoint({
    services: { SQS: sqsService(queues, () => simulation.now) },
    simulation,
  });
  const client = connect(new SQSClient({ region: 'eu-central-1' }), endpoint, 'a person');
  const QueueUrl = queue.url;
  const send = (MessageBody: string, more: object = {}) =>
    client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
  const receive = async (more: object = {}) =>
    (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))).Messages ??
    [];
  return { simulation, client, queue, queues, deadLetters, QueueUrl, send, receive };
}

describe('a queue', () => {
  test('hands a message to one receiver until it is deleted', async () => {
    const { client, QueueUrl, send, receive, simulation, queue } = queueUnderTest({ visibilityTimeout: 60 });
    await send('hello', { MessageAttributes: { why: { DataType: 'String', StringValue: 'test' } } });
    const [message] = await receive({ MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
    expect(message).toMatchObject({
      Body: 'hello',
      MD5OfBody: '5d41402abc4b2a76b9719d911017c592',
      MessageAttributes: { why: { StringValue: 'test' } },
      Attributes: { ApproximateReceiveCount: '1', SenderId: 'a person' },
    });
    expect(await receive()).toEqual([]);
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
    await simulation.runFor(61 * SECOND);
    expect(queue.peek()).toEqual([]);
  });

  test('hands it out again when its visibility timeout has passed, and not before', async () => {
    const { send, receive, simulation } = queueUnderTest({ visibilityTimeout: 60 });
    await send('hello');
    await receive();
    await simulation.runFor(60 * SECOND - 1);
    expect(await receive()).toEqual([]);
    await simulation.runFor(1);
    const [again] = await receive({ MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
    expect(again?.Attributes).toEqual({ ApproximateReceiveCount: '2' });
  });

  test('does not delete by the handle of an earlier delivery', async () => {
    const { client, QueueUrl, send, receive, simulation, queue } = queueUnderTest({ visibilityTimeout: 1 });
    await send('hello');
    const [first] = await receive();
    await simulation.runFor(SECOND);
    await receive();
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
    expect(queue.peek()).toHaveLength(1);
  });

  test('gives a message up to its dead-letter queue after the receives it allows, not earlier', async () => {
    const redrive = {
      deadLetterQueueArn: 'arn:aws:sqs:eu-central-1:123456789012:dead-letters',
      maxReceiveCount: 2,
    };
    const { send, receive, simulation, queue, deadLetters } = queueUnderTest({
      visibilityTimeout: 1,
      redrive,
    });
    await send('poison');
    for (const _ of [1, 2]) {
      expect(await receive()).toHaveLength(1);
      expect(deadLetters.peek()).toEqual([]);
      await simulation.runFor(SECOND);
    }
    expect(await receive()).toEqual([]);
    expect(queue.peek()).toEqual([]);
    expect(deadLetters.peek()).toMatchObject([{ body: 'poison', receiveCount: 2 }]);
  });

  test('holds back a delayed message', async () => {
    const { send, receive, simulation } = queueUnderTest();
    await send('later', { DelaySeconds: 30 });
    expect(await receive()).toEqual([]);
    await simulation.runFor(30 * SECOND);
    expect(await receive()).toHaveLength(1);
  });

  test('forgets messages after its retention', async () => {
    const { send, queue, simulation } = queueUnderTest({ retention: 60 });
    await send('old');
    await simulation.runFor(60 * SECOND);
    expect(queue.peek()).toHaveLength(1);
    await simulation.runFor(1);
    expect(queue.peek()).toEqual([]);
  });

  test('counts what is visible, in flight and delayed', async () => {
    const { client, QueueUrl, send, receive } = queueUnderTest();
    for (const body of ['a', 'b']) await send(body);
    await send('c', { DelaySeconds: 30 });
    await receive({ MaxNumberOfMessages: 1 });
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
    });
  });
});

describe('a batch', () => {
  const entries = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ Id: `${index}`, MessageBody: 'x' }));

  test('takes ten entries and answers for each', async () => {
    const { client, QueueUrl, queue } = queueUnderTest();
    const [bad, ...good] = entries(10);
    const answer = await client.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [{ ...bad, Id: 'bad', MessageBody: 'null \u0000' }, ...good],
      }),
    );
    expect(answer.Successful).toHaveLength(9);
    expect(answer.Failed).toMatchObject([{ Id: 'bad', SenderFault: true, Code: 'InvalidMessageContents' }]);
    expect(queue.peek()).toHaveLength(9);
  });

  test.each([
    [0, 'EmptyBatchRequest'],
    [11, 'TooManyEntriesInBatchRequest'],
  ])('does not take %i entries', async (count, name) => {
    const { client, QueueUrl } = queueUnderTest();
    await expect(
      client.send(new SendMessageBatchCommand({ QueueUrl, Entries: entries(count) })),
    ).rejects.toMatchObject({ name });
  });

  test('does not take one id twice, nor more than a MiB together', async () => {
    const { client, QueueUrl } = queueUnderTest();
    const twice = [...entries(1), ...entries(1)];
    await expect(
      client.send(new SendMessageBatchCommand({ QueueUrl, Entries: twice })),
    ).rejects.toMatchObject({
      name: 'BatchEntryIdsNotDistinct',
    });
    const spaced = [{ Id: 'with space', MessageBody: 'a' }];
    await expect(
      client.send(new SendMessageBatchCommand({ QueueUrl, Entries: spaced })),
    ).rejects.toMatchObject({ name: 'InvalidBatchEntryId' });
    const heavy = entries(2).map((entry) => ({ ...entry, MessageBody: 'x'.repeat(600_000) }));
    await expect(
      client.send(new SendMessageBatchCommand({ QueueUrl, Entries: heavy })),
    ).rejects.toMatchObject({
      name: 'BatchRequestTooLong',
    });
  });
});

describe('refusals', () => {
  test('come for an unknown queue and for an empty body', async () => {
    const { client, send } = queueUnderTest();
    await expect(
      client.send(new SendMessageCommand({ QueueUrl: 'https://sqs/1/nope', MessageBody: 'x' })),
    ).rejects.toBeInstanceOf(QueueDoesNotExist);
    await expect(send('')).rejects.toMatchObject({ name: 'MissingParameter' });
  });

  test('come while the queue is down, and not afterwards', async () => {
    const { send, queue } = queueUnderTest();
    queue.isDown = true;
    await expect(send('x')).rejects.toMatchObject({ name: 'ServiceUnavailable', $fault: 'server' });
    queue.isDown = false;
    await send('x');
    expect(queue.peek()).toHaveLength(1);
  });
});
