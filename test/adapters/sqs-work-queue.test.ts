import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import type { LookAt } from '../../core/domain/look-at.ts';
import { sqsWorkQueue } from '../../lambda/adapters/sqs-work-queue.ts';
import { domainEventIn } from '../../lambda/events/event-kinds.ts';
import { connect } from '../../twin/connect.ts';
import { accountUnderTest, START, volumeId } from './account-under-test.ts';

const home = { account: '123456789012', region: 'us-east-1' };
const wakeUp = (count: number, mute: LookAt['mute'] = { kind: 'unsaid' }): LookAt => ({
  kind: 'look-at',
  volumeId: volumeId(`vol-0${String(count).padStart(16, '0')}`),
  because: 'sweep',
  mute,
});

function queueUnderTest() {
  const world = accountUnderTest();
  const queue = world.account.queues.create({ name: 'work' });
  return { ...world, bodies: () => received(queue), workQueue: sqsWorkQueue(world.sqs, queue.url) };
}

/** Takes everything that waits. */
function received(queue: { receive(most: number): readonly { readonly body: string }[] }): readonly string[] {
  const bodies: string[] = [];
  for (;;) {
    const messages = queue.receive(10);
    if (messages.length === 0) return bodies;
    bodies.push(...messages.map(({ body }) => body));
  }
}

describe('enqueue', () => {
  test('sends ten a call, and what arrives is what was sent', async () => {
    const { workQueue, calls, bodies } = queueUnderTest();
    const wakeUps = Array.from({ length: 25 }, (_, count) =>
      wakeUp(count, count === 3 ? { kind: 'muted', saidAt: START, until: START, end: 'told' } : undefined),
    );
    await workQueue.enqueue(wakeUps);
    expect(calls('SendMessageBatch')).toHaveLength(3);
    const arrived = bodies().map((body) => domainEventIn(body, home));
    expect(arrived).toHaveLength(25);
    expect(arrived).toEqual(expect.arrayContaining(wakeUps));
  });

  test('sends nothing for nothing', async () => {
    const { workQueue, account } = queueUnderTest();
    await workQueue.enqueue([]);
    expect(account.endpoint.calls).toEqual([]);
  });
});

describe('what SQS refuses', () => {
  /** SQS that takes of each batch only the first entry, `refusals` times; then everything. */
  function refusing(refusals: number) {
    const batches: (readonly string[])[] = [];
    const endpoint = async (_service: string, _operation: string, input: object) => {
      const { Entries = [] } = input as { Entries?: readonly { Id: string; MessageBody: string }[] };
      batches.push(Entries.map(({ MessageBody }) => MessageBody));
      const taken = batches.length <= refusals ? Entries.slice(0, 1) : Entries;
      return { Successful: taken.map(({ Id }) => ({ Id })), $metadata: {} };
    };
    const client = connect(new SQSClient({ region: 'us-east-1' }), endpoint, 'sweep');
    return { batches, workQueue: sqsWorkQueue(client, 'https://queue') };
  }

  test('is sent once more, alone', async () => {
    const { workQueue, batches } = refusing(1);
    await workQueue.enqueue([wakeUp(1), wakeUp(2), wakeUp(3)]);
    expect(batches.map(({ length }) => length)).toEqual([3, 2]);
  });

  test('is named when it is refused twice', async () => {
    const { workQueue } = refusing(2);
    await expect(workQueue.enqueue([wakeUp(1), wakeUp(2), wakeUp(3)])).rejects.toThrow(
      'https://queue refused 1 of 3 wake-ups twice: vol-00000000000000003; the next sweep asks again',
    );
  });
});
