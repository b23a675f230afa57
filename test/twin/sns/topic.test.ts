import { InternalErrorException, NotFoundException, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, test } from 'vitest';
import { connect } from '../../../twin/connect.ts';
import { createEndpoint } from '../../../twin/endpoint.ts';
import { Simulation } from '../../../twin/simulation.ts';
import { snsService } from '../../../twin/sns/service.ts';
import { Topics } from '../../../twin/sns/topics.ts';
import { Queues } from '../../../twin/sqs/queues.ts';

function topicUnderTest() {
  const simulation = new Simulation(Date.parse('2026-11-22T10:00:00Z'));
  const shared = { simulation, accountId: '123456789012', region: 'eu-central-1' };
  const queues = new Queues(shared);
  const queue = queues.create({ name: 'machines' });
  const topics = new Topics({ ...shared, queues });
  const topic = topics.create('notices');
  const endpoint = createEndpoint({ services: { SNS: snsService(topics) }, simulation });
  const client = connect(new SNSClient({ region: 'eu-central-1' }), endpoint, 'deliver-notice');
  const publish = (more: object) =>
    client.send(new PublishCommand({ TopicArn: topic.arn, Message: 'text', ...more }));
  return { simulation, topics, topic, queue, publish };
}

describe('Publish', () => {
  test('reaches mail and queues, and is kept', async () => {
    const { topics, topic, queue, publish } = topicUnderTest();
    topics.subscribe(topic.arn, 'email', 'team@example.com');
    topics.subscribe(topic.arn, 'sqs', queue.arn);
    const { MessageId } = await publish({
      Subject: 'Disk – 磁盘',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'page' } },
    });
    expect(topic.publications).toMatchObject([
      { messageId: MessageId, mailedTo: ['team@example.com'], message: 'text' },
    ]);
    expect(JSON.parse(queue.peek()[0]?.body ?? '')).toMatchObject({
      Type: 'Notification',
      Message: 'text',
      Subject: 'Disk – 磁盘',
      Timestamp: '2026-11-22T10:00:00.000Z',
      MessageAttributes: { kind: { Type: 'String', Value: 'page' } },
    });
  });

  test.each([
    ['a subject of 100 characters', { Subject: 'x'.repeat(100) }, 'Invalid parameter: Subject'],
    ['a subject with a line break', { Subject: 'a\nb' }, 'Invalid parameter: Subject'],
    ['an empty message', { Message: '' }, 'Invalid parameter: Empty message'],
    ['more than 256 KiB', { Message: 'x'.repeat(262_145) }, 'Invalid parameter: Message too long'],
  ])('does not take %s', async (_, more, message) => {
    const { publish, topic } = topicUnderTest();
    await expect(publish(more)).rejects.toMatchObject({ name: 'InvalidParameterException', message });
    expect(topic.publications).toEqual([]);
  });

  test('takes the longest subject and message there may be', async () => {
    const { publish, topic } = topicUnderTest();
    await publish({ Subject: 'x'.repeat(99), Message: 'x'.repeat(262_144) });
    expect(topic.publications).toHaveLength(1);
  });

  test('does not know other topics', async () => {
    const { publish } = topicUnderTest();
    await expect(publish({ TopicArn: 'arn:aws:sns:eu-central-1:1:other' })).rejects.toBeInstanceOf(
      NotFoundException,
    );
  });

  test('fails during an outage', async () => {
    const { publish, topic } = topicUnderTest();
    topic.isDown = true;
    await expect(publish({})).rejects.toBeInstanceOf(InternalErrorException);
    expect(topic.publications).toEqual([]);
  });

  test('does not fail because a subscribed queue is down; the queue gets it later', async () => {
    const { simulation, topics, topic, queue, publish } = topicUnderTest();
    topics.subscribe(topic.arn, 'sqs', queue.arn, true);
    topics.subscribe(topic.arn, 'sqs', 'arn:aws:sqs:eu-central-1:123456789012:missing');
    queue.isDown = true;
    await publish({});
    expect(queue.peek()).toEqual([]);
    queue.isDown = false;
    await simulation.runFor(20_000);
    expect(queue.peek()).toMatchObject([{ body: 'text' }]);
  });

  test.each([
    ['for an instant, it gets it a second later', 1, 1_000],
    ['for two and a half seconds, after three', 2_500, 3_000],
    ['for an hour, within 20 s', 3_600_000, 3_620_000],
  ])('where a subscribed queue is down %s', async (_, down, delivered) => {
    const { simulation, topics, topic, queue, publish } = topicUnderTest();
    topics.subscribe(topic.arn, 'sqs', queue.arn, true);
    queue.isDown = true;
    await publish({});
    await simulation.runFor(down);
    queue.isDown = false;
    expect(queue.peek()).toEqual([]);
    await simulation.runFor(delivered - down);
    expect(queue.peek()).toHaveLength(1);
  });
});
