import { beforeAll, describe, expect, test } from 'vitest';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import { visibleText } from '../../twin/slack/visible-text.ts';
import type { Publication } from '../../twin/sns/topics.ts';
import { caseNotices, modifyCalls, refusalsTold, saidInOrder } from './account-history.ts';
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

/** Volumes that begin to drain together; half an hour before, their alarms are there. */
const storm = (volumes: number, iops: number, props: EbsBurstResponderProps = acting) =>
  responderAccount(
    props,
    (account) => {
      for (let index = 0; index < volumes; index += 1) {
        drainingVolume(account, {
          tags: { Name: `db-${index}`, 'ebs-burst:mode': 'act' },
          demand: [
            { from: startsAt, iops: 50, ioBytes: 16_384 },
            { from: startsAt + 30 * minute, iops, ioBytes: 16_384 },
          ],
        });
      }
    },
    // The backfill of alarms would be throttled otherwise, and is no part of this.
    { throttling: 'none', metrics: { balanceSampling: 5, publicationDelay: 2 } },
  );

/** Coverage is about the account; everything else here is about the storm. */
const stormMails = ({ account, deployed }: ResponderAccount): readonly Publication[] =>
  account.topics
    .get(deployed.stack.outputs['NoticeTopicArn'])
    .publications.filter(({ subject = '' }) => !/watched in/.test(subject));

const stormMessages = ({ account, slackChannelId }: ResponderAccount) =>
  account.slackWorkspace.messages(slackChannelId).filter(({ text }) => !/watched in/.test(text));

const rowsOf = (text: string): readonly string[] =>
  text.split('\n').filter((line) => /^db-\d+ +vol-/.test(line.trim()));

describe('500 alarms at once', () => {
  let responder: ResponderAccount;

  beforeAll(async () => {
    responder = await storm(500, 2_900);
    await responder.account.simulation.runUntil(startsAt + 47 * minute);
  }, 120_000);

  test('are 500 alarms', () => {
    const alarming = responder.account.bus.log
      .map(({ event }) => event)
      .filter(
        ({ source, detail }) =>
          source === 'aws.cloudwatch' && JSON.stringify(detail['state']).includes('"ALARM"'),
      );
    expect(new Set(alarming.map(({ detail }) => detail['alarmName'])).size).toBe(500);
  });

  test('are one message on each channel, with the count in its title', () => {
    const [mail, ...others] = stormMails(responder);
    expect(others).toEqual([]);
    expect(mail?.subject).toBe('FYI: 500 disks low on burst credits in us-east-1, 10 moving');
    const [message, ...more] = stormMessages(responder);
    expect(more).toEqual([]);
    expect(message?.text).toBe('FYI: 500 disks low on burst credits in us-east-1, 10 moving');
  });

  test('are a table of 20 rows and the number of the others', () => {
    const text = stormMails(responder)[0]?.message ?? '';
    expect(rowsOf(text)).toHaveLength(20);
    expect(text).toContain('... and 480 more');
    const [message] = stormMessages(responder);
    expect(message && visibleText(message)).toMatch(/and 4\d\d more/);
  });

  test('move the ten volumes that the blast radius allows and refuse all others for it', () => {
    expect(modifyCalls(responder)).toHaveLength(10);
    expect(saidInOrder(responder).filter((said) => said === 'acted')).toHaveLength(10);
    expect(refusalsTold(responder).filter((code) => code === 'over-blast-radius')).toHaveLength(490);
    expect(new Set(refusalsTold(responder))).toEqual(new Set(['over-blast-radius']));
    expectInvariants(responder);
  });

  test('tell nothing twice', () => {
    const said = caseNotices(responder).map((notice) => `${notice.caseId} ${notice.said.kind}`);
    expect(new Set(said).size).toBe(said.length);
  });
});

describe('a storm of 60 volumes over three hours', () => {
  let responder: ResponderAccount;

  beforeAll(async () => {
    responder = await storm(60, 1_900);
    await responder.account.simulation.runUntil(startsAt + 3 * hour);
  }, 60_000);

  test('mails digests no oftener than every 15 minutes, and a first call for help at once', () => {
    const mails = stormMails(responder);
    const [first, ...digests] = mails;
    expect(first?.subject).toMatch(/^FYI: 60 disks/);
    expect(digests.length).toBeGreaterThan(1);
    const firstCall = mails.find(({ subject }) => subject?.startsWith('YOU ARE NEEDED'));
    for (const [index, digest] of digests.entries()) {
      const apart = digest.at - (mails[index]?.at ?? 0);
      const least = digest === firstCall ? 0 : 15 * minute;
      expect(apart, `${digest.subject} ${new Date(digest.at).toISOString()}`).toBeGreaterThanOrEqual(least);
    }
  });

  test('moves three an hour: five per cent of those watched', () => {
    const asked = modifyCalls(responder).map(({ at }) => at);
    expect(asked.length).toBeGreaterThan(3);
    for (const at of asked)
      expect(asked.filter((one) => one > at - hour && one <= at).length).toBeLessThanOrEqual(3);
    expectInvariants(responder);
  });

  test('is one conversation in Slack', () => {
    expect(stormMessages(responder).filter(({ threadTs }) => threadTs === undefined)).toHaveLength(1);
  });
});

describe('the spend cap', () => {
  const expensive: EbsBurstResponderProps = {
    ...acting,
    target: 'io1',
    fixedIops: 1_000,
    blastRadius: { volumes: 10, percentOfWatched: 100 },
  };

  test('ends acting when the next volume would cost more than it leaves, and says so', async () => {
    const responder = await storm(4, 1_900, expensive);
    await responder.account.simulation.runUntil(startsAt + 70 * minute);
    expect(modifyCalls(responder).map(({ error }) => error)).toEqual([undefined]);
    expect(new Set(refusalsTold(responder))).toEqual(new Set(['over-budget']));
    expect(caseNotices(responder).filter(({ said }) => said.kind === 'warned')).toHaveLength(3);
    expectInvariants(responder);
  });

  test('does not stand in the way of what it covers', async () => {
    const responder = await storm(4, 1_900, { ...expensive, maxMonthlyIncrease: 300 });
    await responder.account.simulation.runUntil(startsAt + 70 * minute);
    expect(modifyCalls(responder)).toHaveLength(4);
    expect(refusalsTold(responder)).toEqual([]);
    expectInvariants(responder);
  });
});
