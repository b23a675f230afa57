import { expect, test } from 'vitest';
import {
  type ConversationName,
  deliverNotice,
  leaseLasts,
  waitAfter,
} from '../../core/application/deliver-notice.ts';
import type { Channel } from '../../core/application/ports.ts';
import { after, type Instant, minutes, seconds } from '../../core/domain/units.ts';
import { caseNotice, said, time } from '../fakes/case-notices.ts';
import { InMemoryOutbox } from '../fakes/in-memory-outbox.ts';
import { outage, RecordingChannel } from '../fakes/recording-channel.ts';

const acted = caseNotice(said.acted);
const averted = caseNotice(said.averted, { version: 2, at: time('03:37') });
const onSns = [{ incident: 'incident-1', channel: 'sns' }] as const;
const onSlack = [{ incident: 'incident-1', channel: 'slack' }] as const;

function underTest() {
  const outbox = new InMemoryOutbox('sns', 'slack');
  const sns = new RecordingChannel('sns');
  const slack = new RecordingChannel('slack');
  const clock = { at: time('03:11'), now: (): Instant => clock.at };
  let deliveries = 0;
  const newId = () => `delivery-${deliveries++}`;
  const deliver = (
    conversations?: readonly ConversationName[],
    channels: readonly Channel[] = [sns, slack],
  ) =>
    outbox
      .due(clock.now())
      .then((due) => deliverNotice({ outbox, channels, clock, newId }, conversations ?? due));
  return { outbox, sns, slack, clock, deliver };
}

test('every channel gets the first message and the rows are told', async () => {
  const { outbox, sns, slack, deliver, clock } = underTest();
  await outbox.add(acted);
  await expect(deliver()).resolves.toEqual([
    { incident: 'incident-1', channel: 'sns', kind: 'sent', as: 'first', notices: 1 },
    { incident: 'incident-1', channel: 'slack', kind: 'sent', as: 'first', notices: 1 },
  ]);
  expect([sns.taken, slack.taken]).toEqual([
    [{ kind: 'first', notices: [acted] }],
    [{ kind: 'first', notices: [acted] }],
  ]);
  await expect(outbox.due(clock.now())).resolves.toEqual([]);
});

test('nothing is told twice', async () => {
  const { outbox, sns, slack, deliver, clock } = underTest();
  await outbox.add(acted);
  await deliver();
  clock.at = after(clock.at, leaseLasts);
  await deliver([...onSns, ...onSlack]);
  expect([sns.tried, slack.tried].map(({ length }) => length)).toEqual([1, 1]);
});

test('a conversation named twice is delivered once', async () => {
  const { outbox, slack, deliver } = underTest();
  await outbox.add(acted);
  await deliver([...onSlack, ...onSlack]);
  expect(slack.tried).toHaveLength(1);
});

test('Slack edits with the handle it was given', async () => {
  const { outbox, slack, deliver, clock } = underTest();
  await outbox.add(acted);
  await deliver();
  clock.at = time('03:37');
  await outbox.add(averted);
  await deliver();
  expect(slack.taken[1]).toEqual({
    kind: 'update',
    handle: 'C0:1.000001',
    all: [acted, averted],
    fresh: [averted],
  });
});

test('a digest is held back and told when it is time', async () => {
  const { outbox, sns, deliver, clock } = underTest();
  await outbox.add(acted);
  await deliver();
  clock.at = time('03:20');
  await outbox.add(caseNotice(said.averted, { version: 2, at: time('03:20') }));
  await expect(deliver()).resolves.toMatchObject([
    { channel: 'sns', kind: 'held', until: time('03:26') },
    {},
  ]);
  clock.at = time('03:26');
  await expect(deliver()).resolves.toMatchObject([{ channel: 'sns', kind: 'sent', as: 'digest' }]);
  expect(sns.taken).toHaveLength(2);
});

test('a failure keeps the rows and comes back later each time', async () => {
  const { outbox, slack, deliver, clock } = underTest();
  slack.failNext(outage, 3);
  await outbox.add(acted);
  const waits: number[] = [];
  for (let tries = 0; tries < 3; tries += 1) {
    const failed = (await deliver()).find(({ channel }) => channel === 'slack');
    expect(failed).toMatchObject({ kind: 'failed', reason: 'outage', detail: 'status 500' });
    const nextTryAt = failed?.kind === 'failed' ? failed.nextTryAt : clock.at;
    waits.push((nextTryAt - clock.at) / 60_000);
    clock.at = nextTryAt;
  }
  expect(waits).toEqual([1, 2, 4]);
  await expect(deliver()).resolves.toMatchObject([{ channel: 'slack', kind: 'sent', as: 'first' }]);
});

test('a failed conversation is not due before its time', async () => {
  const { outbox, slack, deliver, clock } = underTest();
  slack.failNext();
  await outbox.add(acted);
  await deliver();
  clock.at = after(time('03:11'), seconds(59));
  await expect(outbox.due(clock.now())).resolves.toEqual([]);
});

test.each([
  [0, outage, minutes(1)],
  [4, outage, minutes(16)],
  [5, outage, minutes(30)],
  [500, outage, minutes(30)],
  [0, { ...outage, retry: 'slowly' } as const, minutes(8)],
  [2, { ...outage, retry: 'slowly' } as const, minutes(30)],
  [4, { ...outage, retryAfter: seconds(7) }, seconds(7)],
])('after %i tries it waits as long as it should', (attempts, failure, wait) => {
  expect(waitAfter(attempts, failure)).toBe(wait);
});

test("Slack's silence does not delay SNS", async () => {
  const { outbox, sns, deliver } = underTest();
  const silent: Channel = { name: 'slack', edits: 'edits', send: () => new Promise(() => undefined) };
  await outbox.add(acted);
  const delivering = deliver(undefined, [silent, sns]);
  await expect.poll(() => sns.taken.length).toBe(1);
  await expect(Promise.race([delivering, Promise.resolve('still waiting')])).resolves.toBe('still waiting');
});

test('one conversation that cannot be read blocks no other', async () => {
  const { outbox, sns, deliver } = underTest();
  outbox.makeUnreadable('incident-0');
  const bad = caseNotice(said.acted, { other: { incident: 'incident-0' } });
  await outbox.add(bad);
  await outbox.add(acted);
  await expect(deliver()).resolves.toMatchObject([
    { incident: 'incident-0', channel: 'sns', kind: 'broken', detail: 'RangeError' },
    { incident: 'incident-1', channel: 'sns', kind: 'sent' },
    { incident: 'incident-0', channel: 'slack', kind: 'broken' },
    { incident: 'incident-1', channel: 'slack', kind: 'sent' },
  ]);
  expect(sns.taken).toHaveLength(1);
});

test('a channel that throws is a failure that keeps its rows, without its words', async () => {
  const { outbox, slack, deliver } = underTest();
  slack.failNext(new TypeError('xoxb-secret'));
  await outbox.add(acted);
  const deliveries = await deliver();
  expect(deliveries[1]).toMatchObject({ kind: 'failed', detail: 'channel slack threw TypeError' });
  await expect(outbox.conversation('incident-1', 'slack')).resolves.toMatchObject({
    rows: [{ state: 'pending', attempts: 1 }],
  });
});

test('a delivery that was overtaken says so and records nothing', async () => {
  const { outbox, deliver } = underTest();
  await outbox.add(acted);
  outbox.beforeRecording = async () => {
    await outbox.recordSent(
      await outbox.conversation('incident-1', 'sns'),
      [acted.id],
      undefined,
      time('03:11'),
    );
  };
  await expect(deliver(onSns)).resolves.toEqual([
    { incident: 'incident-1', channel: 'sns', kind: 'overtaken', as: 'first' },
  ]);
});

test('of two deliveries side by side one tells it, and the other leaves it be', async () => {
  const { outbox, slack, deliver } = underTest();
  await outbox.add(acted);
  const deliveries = (await Promise.all([deliver(onSlack), deliver(onSlack)])).flat();
  expect(deliveries.map(({ kind }) => kind)).toEqual(['sent', 'taken']);
  expect(slack.tried).toHaveLength(1);
});

test('a delivery that read the conversation before another delivered sends nothing on what it read', async () => {
  const { outbox, slack, deliver } = underTest();
  await outbox.add(acted);
  const old = await outbox.conversation('incident-1', 'slack');
  await deliver(onSlack);
  outbox.conversation = () => Promise.resolve(old);
  await expect(deliver(onSlack)).resolves.toMatchObject([{ kind: 'taken' }]);
  expect(slack.tried).toHaveLength(1);
});

test('what a delivery left behind that died while it sent is told when its lease has run out, and not before', async () => {
  const { outbox, slack, deliver, clock } = underTest();
  await outbox.add(acted);
  const dying: Channel = { name: 'slack', edits: 'edits', send: () => new Promise(() => undefined) };
  const begun = clock.at;
  void deliver(onSlack, [dying]);
  await expect.poll(() => deliver(onSlack)).toMatchObject([{ kind: 'taken' }]);
  clock.at = after(begun, seconds(149));
  await expect(deliver(onSlack)).resolves.toMatchObject([{ kind: 'taken' }]);
  clock.at = after(begun, leaseLasts);
  await expect(deliver(onSlack)).resolves.toMatchObject([{ kind: 'sent', as: 'first' }]);
  expect(slack.taken).toHaveLength(1);
});

test('the lease of one message does not delay the next', async () => {
  const { outbox, slack, deliver } = underTest();
  await outbox.add(acted);
  await deliver(onSlack);
  await outbox.add(averted);
  await expect(deliver(onSlack)).resolves.toMatchObject([{ kind: 'sent', as: 'update' }]);
  expect(slack.taken).toHaveLength(2);
});

test('a lease is not asked for where nothing is to be sent', async () => {
  const { outbox, deliver } = underTest();
  await outbox.add(acted);
  await deliver();
  await outbox.add(averted);
  outbox.lease = () => expect.unreachable('asked for a lease');
  await expect(deliver(onSns)).resolves.toMatchObject([{ kind: 'held' }]);
  await expect(deliver([{ incident: 'incident-2', channel: 'sns' }])).resolves.toMatchObject([
    { kind: 'quiet' },
  ]);
});

test('a lease that cannot be written does not keep the message back', async () => {
  const { outbox, slack, deliver } = underTest();
  await outbox.add(acted);
  outbox.lease = () => Promise.reject(new Error('the table is throttled'));
  await expect(deliver(onSlack)).resolves.toMatchObject([{ kind: 'sent' }]);
  expect(slack.tried).toHaveLength(1);
});

test('rows of a channel that was taken out are dropped, once and with a word; the others are not', async () => {
  const { outbox, sns, deliver, clock } = underTest();
  await outbox.add(acted);
  await expect(deliver(undefined, [sns])).resolves.toEqual([
    { incident: 'incident-1', channel: 'sns', kind: 'sent', as: 'first', notices: 1 },
    { incident: 'incident-1', channel: 'slack', kind: 'dropped', notices: 1 },
  ]);
  await expect(outbox.due(clock.now())).resolves.toEqual([]);
  expect(sns.taken).toHaveLength(1);
});

test('a row of a removed channel that cannot be read blocks no other', async () => {
  const { outbox, sns, deliver } = underTest();
  outbox.makeUnreadable('incident-0');
  await outbox.add(caseNotice(said.acted, { other: { incident: 'incident-0' } }));
  await outbox.add(acted);
  await expect(deliver(undefined, [sns])).resolves.toMatchObject([
    { channel: 'sns', kind: 'broken' },
    { channel: 'sns', kind: 'sent' },
    { channel: 'slack', kind: 'broken', detail: 'RangeError' },
    { channel: 'slack', kind: 'dropped' },
  ]);
});

const incidents = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    caseNotice(said.acted, { other: { incident: `incident-${index}` } }),
  );

test('one failure does not stop the others of its channel', async () => {
  const { outbox, slack, deliver } = underTest();
  for (const notice of incidents(3)) await outbox.add(notice);
  slack.failNext();
  const kinds = (await deliver()).filter(({ channel }) => channel === 'slack').map(({ kind }) => kind);
  expect(kinds).toEqual(['failed', 'sent', 'sent']);
});

test('a channel that is down is asked twice a run, not once for every conversation', async () => {
  const { outbox, slack, sns, deliver, clock } = underTest();
  for (const notice of incidents(5)) await outbox.add(notice);
  slack.failNext(outage, 5);
  const kinds = (await deliver()).filter(({ channel }) => channel === 'slack').map(({ kind }) => kind);
  expect(kinds).toEqual(['failed', 'failed', 'postponed', 'postponed', 'postponed']);
  expect(sns.taken).toHaveLength(5);
  const stillDue = await outbox.due(clock.now());
  expect(stillDue.map(({ incident }) => incident)).toEqual(['incident-2', 'incident-3', 'incident-4']);
});

test('a conversation that Slack rejects does not count as Slack being down', async () => {
  const { outbox, slack, deliver } = underTest();
  for (const notice of incidents(4)) await outbox.add(notice);
  slack.failNext({ ...outage, reason: 'rejected' }, 3);
  const kinds = (await deliver()).filter(({ channel }) => channel === 'slack').map(({ kind }) => kind);
  expect(kinds).toEqual(['failed', 'failed', 'failed', 'sent']);
});
