import { beforeAll, describe, expect, test } from 'vitest';
import { mails, slackTexts } from './account-history.ts';
import { drainingVolume } from './draining-volumes.ts';
import { expectInvariants } from './invariants.ts';
import {
  acting,
  hour,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

const end = startsAt + 4 * hour;
/** Everything worth a word happens between 09:45 and 10:45. */
const outage = { from: startsAt + 45 * minute, until: startsAt + 105 * minute };

/** One volume that is moved and one that nobody may touch: words of all kinds, of two cases in one incident. */
const twoCases = (): Promise<ResponderAccount> =>
  responderAccount(
    acting,
    (account) => {
      drainingVolume(account, { tags: { Name: 'moved', 'ebs-burst:mode': 'act' } });
      drainingVolume(account, { tags: { Name: 'watched' } });
    },
    { volumes: { optimizingTime: () => 5 * minute } },
  );

const published = (responder: ResponderAccount) =>
  topicOf(responder).publications.map(({ at, subject, message }) => ({ at, subject, message }));

const topicOf = ({ account, deployed }: ResponderAccount) =>
  account.topics.get(deployed.stack.outputs['NoticeTopicArn']);

const conversationIn = ({ account, slackChannelId }: ResponderAccount) =>
  account.slackWorkspace.messages(slackChannelId).filter(({ text }) => !/watched in/.test(text));

const firstMessages = (responder: ResponderAccount) =>
  conversationIn(responder).filter(({ threadTs }) => threadTs === undefined);

let undisturbed: ResponderAccount;
beforeAll(async () => {
  undisturbed = await twoCases();
  await undisturbed.account.simulation.runUntil(end);
});

test('without an outage both channels tell both cases to their end', () => {
  expect(published(undisturbed).length).toBeGreaterThan(3);
  expect(firstMessages(undisturbed)).toHaveLength(1);
  const within = published(undisturbed).filter(({ at }) => outage.from < at && at < outage.until);
  expect(within.length, 'words within the outage').toBeGreaterThan(2);
});

describe('Slack down for an hour', () => {
  let responder: ResponderAccount;
  beforeAll(async () => {
    responder = await twoCases();
    const { simulation, slack } = responder.account;
    await simulation.runUntil(outage.from);
    slack.settings.outage = 'server error';
    await simulation.runUntil(outage.from + 20 * minute);
    slack.settings.outage = 'network';
    await simulation.runUntil(outage.from + 40 * minute);
    slack.settings.outage = 'rate limited';
    await simulation.runUntil(outage.until);
    slack.settings.outage = 'none';
    await simulation.runUntil(end);
  });

  test('does not make SNS late, nor change a word of it', () => {
    expect(published(responder)).toEqual(published(undisturbed));
  });

  test('is filled up once when it is back, within the longest wait', () => {
    const [first, ...more] = firstMessages(responder);
    expect(more).toEqual([]);
    expect(first?.postedAt).toBeGreaterThanOrEqual(outage.until);
    expect(first?.postedAt).toBeLessThanOrEqual(outage.until + 31 * minute);
  });

  test('ends with the same message as without the outage, and no reply twice', () => {
    expect(firstMessages(responder).map(({ text }) => text)).toEqual(
      firstMessages(undisturbed).map(({ text }) => text),
    );
    const replies = conversationIn(responder).filter(({ threadTs }) => threadTs !== undefined);
    expect(new Set(replies.map(({ text }) => text)).size).toBe(replies.length);
    const times = conversationIn(responder).map(({ postedAt }) => postedAt);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expectInvariants(responder);
  });
});

describe('SNS down for an hour', () => {
  test('does not make Slack late and is filled up once', async () => {
    const responder = await twoCases();
    const { simulation } = responder.account;
    await simulation.runUntil(outage.from);
    topicOf(responder).isDown = true;
    await simulation.runUntil(outage.until);
    topicOf(responder).isDown = false;
    await simulation.runUntil(end);
    expect(conversationIn(responder).map(({ postedAt, text }) => ({ postedAt, text }))).toEqual(
      conversationIn(undisturbed).map(({ postedAt, text }) => ({ postedAt, text })),
    );
    const late = published(responder).filter(({ at }) => at >= outage.until);
    expect(late[0]?.at).toBeLessThanOrEqual(outage.until + 31 * minute);
    expect(late[0]?.message).toContain('moved');
    expect(late[0]?.message).toContain('watched');
    expect(published(responder).filter(({ at }) => at > outage.from && at < outage.until)).toEqual([]);
    const [mailed, wanted] = [published(responder).at(-1), published(undisturbed).at(-1)];
    expect(mailed?.subject).toBe(wanted?.subject);
  });
});

describe('the Slack token is rotated', () => {
  const rotated = 'xoxb-rotated-token';
  const tokenParameter = '/ebs-burst/slack-token';

  test('with the new one in its parameter: no message is late', async () => {
    const responder = await twoCases();
    const { simulation, parameters } = responder.account;
    simulation.at(outage.from, () => {
      responder.account.slackBotToken = rotated;
      parameters.put(tokenParameter, rotated, 'SecureString');
    });
    await simulation.runUntil(end);
    expect(conversationIn(responder).map(({ postedAt, text }) => ({ postedAt, text }))).toEqual(
      conversationIn(undisturbed).map(({ postedAt, text }) => ({ postedAt, text })),
    );
  });

  test('and stored three minutes after a message needed it: the message is there within five more', async () => {
    const responder = await twoCases();
    const { simulation, parameters } = responder.account;
    const neededAt = firstMessages(undisturbed)[0]?.postedAt ?? 0;
    simulation.at(outage.from, () => {
      responder.account.slackBotToken = rotated;
    });
    const storedAt = neededAt + 3 * minute;
    simulation.at(storedAt, () => parameters.put(tokenParameter, rotated, 'SecureString'));
    await simulation.runUntil(end);
    const [first, ...more] = firstMessages(responder);
    expect(more).toEqual([]);
    expect(first?.postedAt).toBeGreaterThan(storedAt);
    expect(first?.postedAt).toBeLessThanOrEqual(storedAt + 5 * minute);
    expect(slackTexts(responder).join()).not.toContain(rotated);
    expect(published(responder)).toEqual(published(undisturbed));
  });
});

describe('a notice row that cannot be read', () => {
  test('blocks neither its own conversation nor any other', async () => {
    const responder = await twoCases();
    const { simulation, tables } = responder.account;
    const table = tables.get(responder.deployed.stack.outputs['CaseTableName']);
    await simulation.runUntil(outage.until);
    const incident = table
      .snapshot()
      .find((item) => item['kind']?.S === 'notice' && item['incident']?.S?.startsWith('IN-'));
    expect(incident).toBeDefined();
    for (const pk of [String(incident?.['pk']?.S), 'INCIDENT#IN-OTHER']) {
      for (const channel of ['sns', 'slack']) {
        table.put({
          pk: { S: pk },
          sk: { S: `NOTICE#${channel}#bad` },
          kind: { S: 'notice' },
          incident: { S: pk.replace('INCIDENT#', '') },
          channel: { S: channel },
          state: { S: 'pending' },
          queue: { S: 'notice' },
          dueAt: { N: '0' },
          attempts: { N: '0' },
          body: { S: '{"kind":"no such notice"}' },
        });
      }
    }
    await simulation.runUntil(end);
    expect(published(responder)).toEqual(published(undisturbed));
    expect(mails(responder)).toEqual(mails(undisturbed));
    expect(conversationIn(responder).map(({ text }) => text)).toEqual(
      conversationIn(undisturbed).map(({ text }) => text),
    );
  });
});
