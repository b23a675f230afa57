import { expect, test } from 'vitest';
import { noticeWakeUp } from '../../lambda/events/notice-wake-up.ts';

const record = (incident: string, channel: string) => ({
  eventName: 'INSERT',
  dynamodb: { NewImage: { kind: { S: 'notice' }, incident: { S: incident }, channel: { S: channel } } },
});

test('a stream event names each conversation it touched once', () => {
  const event = {
    Records: [record('i-1', 'sns'), record('i-1', 'sns'), record('i-1', 'slack'), record('i-2', 'sns')],
  };
  expect(noticeWakeUp(event)).toEqual({
    kind: 'rows-written',
    conversations: [
      { incident: 'i-1', channel: 'sns' },
      { incident: 'i-1', channel: 'slack' },
      { incident: 'i-2', channel: 'sns' },
    ],
  });
});

test.each([
  ['a record without an image', { dynamodb: {} }],
  ['a channel we do not know', record('i-1', 'pager')],
  ['a record that is no object', 'record'],
])('%s names nothing and does not fail the others', (_what, other) => {
  expect(noticeWakeUp({ Records: [other, record('i-2', 'sns')] })).toEqual({
    kind: 'rows-written',
    conversations: [{ incident: 'i-2', channel: 'sns' }],
  });
});

test.each([
  ['the schedule', { source: 'aws.events', 'detail-type': 'Scheduled Event' }],
  ['an empty event', {}],
  ['no event', undefined],
])('%s asks for everything that is due', (_what, event) => {
  expect(noticeWakeUp(event)).toEqual({ kind: 'look-at-due' });
});
