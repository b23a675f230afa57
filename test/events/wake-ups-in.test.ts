import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SQSRecord } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { wakeUpsIn } from '../../lambda/events/wake-ups-in.ts';

const event = (name: string): string =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'events', `${name}.json`), 'utf8');
const alarm = event('alarm-single-metric');
const { account, region } = JSON.parse(alarm) as { account: string; region: string };
const volumeId = /ebs-burst\/(vol-[0-9a-f]+)/.exec(alarm)?.[1] ?? 'none in the fixture';

const message = (messageId: string, body: string): SQSRecord => ({
  messageId,
  body,
  receiptHandle: '',
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '0',
    SenderId: '',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: '',
  awsRegion: region,
});
const swept = JSON.stringify({ kind: 'look-at', volumeId, because: 'sweep', mute: { kind: 'unsaid' } });
const received = (...bodies: readonly string[]) =>
  wakeUpsIn({ Records: bodies.map((body, index) => message(`m-${index}`, body)) }, { account, region });

describe('a batch from the work queue', () => {
  test('wakes for alarms and for our own messages, and knows which message asked for which volume', () => {
    expect(received(alarm, swept)).toMatchObject({
      messages: [
        { messageId: 'm-0', volumeId },
        { messageId: 'm-1', volumeId },
      ],
      wakeUps: [
        { kind: 'look-at', volumeId, because: 'alarm' },
        { kind: 'look-at', volumeId, because: 'sweep' },
      ],
      ignored: [],
    });
  });

  test('tells of a mute whose end cannot be read, and of no other', () => {
    const event = JSON.parse(alarm) as { detail: object };
    const muted = { ...event, time: '2026-11-22T17:04:41Z', detail: { ...event.detail, muteDetail: 'yes' } };
    expect(received(alarm, swept, JSON.stringify(muted)).assumed).toEqual([
      `m-2: the muteDetail of ${volumeId} cannot be read, taken as muted until 2026-11-23T17:04:41.000Z`,
    ]);
  });

  test('tells of a message nobody can use and gives none of it back', () => {
    const { messages, wakeUps, ignored } = received('{', alarm);
    expect(ignored).toEqual(['m-0: no JSON in a message of 1 characters']);
    expect(messages).toMatchObject([{ messageId: 'm-1' }]);
    expect(wakeUps).toHaveLength(1);
  });

  test('does not wake for an instance that starts: that belongs to the census', () => {
    const started = JSON.stringify({
      version: '0',
      id: '1',
      source: 'aws.ec2',
      'detail-type': 'EC2 Instance State-change Notification',
      account,
      region,
      time: '2026-11-22T12:00:00Z',
      resources: [],
      detail: { 'instance-id': 'i-0123456789abcdef0', state: 'running' },
    });
    expect(received(started)).toEqual({
      messages: [],
      wakeUps: [],
      ignored: ['m-0: instance-started does not belong on the work queue'],
      assumed: [],
    });
  });

  test('does not wake for another account', () => {
    const other = alarm.replaceAll(account, '999988887777');
    expect(received(other)).toMatchObject({
      wakeUps: [],
      ignored: [`m-0: event of 999988887777 in ${region}, expected ${account} in ${region}`],
    });
  });

  test('is nothing when it is empty', () => {
    expect(received()).toEqual({ messages: [], wakeUps: [], ignored: [], assumed: [] });
  });
});
