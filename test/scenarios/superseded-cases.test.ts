import { describe, expect, test } from 'vitest';
import { visibleText } from '../../twin/slack/visible-text.ts';
import { closedCases, mails, modifyCalls, unfolded } from './account-history.ts';
import { expectInvariants } from './invariants.ts';
import { type Drain, drainWith, prompt, until } from './refused-drains.ts';
import { acting, attachedVolume, minute, type ResponderAccount } from './responder-account.ts';

interface ChannelUnderTest {
  readonly name: string;
  readonly isDown: (responder: ResponderAccount, isDown: boolean) => void;
  /** Every message as it came, one line each; edits wake nobody. */
  readonly texts: (responder: ResponderAccount) => readonly string[];
}

const channels: readonly ChannelUnderTest[] = [
  {
    name: 'SNS',
    isDown: ({ account, deployed }, isDown) => {
      account.topics.get(deployed.stack.outputs['NoticeTopicArn']).isDown = isDown;
    },
    texts: (responder) => mails(responder).map(({ subject, message }) => unfolded(`${subject} ${message}`)),
  },
  {
    name: 'Slack',
    isDown: ({ account }, isDown) => {
      account.slack.settings.outage = isDown ? 'network' : 'none';
    },
    texts: ({ account, slackChannelId }) =>
      account.slackWorkspace
        .messages(slackChannelId)
        .map((message) => unfolded(visibleText(message.earlier[0] ?? message))),
  },
];

/** AWS gives its first move up; the case after it, of the same incident, moves the disk. */
async function failingOnce(): Promise<Drain> {
  const drain = await drainWith({
    load: [
      { at: 0, iops: 50 },
      { at: 30, iops: 2_000 },
    ],
    props: { ...acting, blastRadius: { percentOfWatched: 100 } },
    options: { metrics: prompt, volumes: { optimizingTime: () => 4 * minute } },
    change: ({ account }) =>
      void attachedVolume(account, { volumeType: 'gp2', sizeGiB: 100 }, [{ at: 0, iops: 10 }]),
  });
  drain.account.ebs.volumes.modifier.failNext(drain.volumeId, 'internal error');
  return drain;
}

/** Its first case ended at 66 minutes and a second one has moved it since 67, until 94. */
const minuteOf = { firstOver: 66.8, secondMoving: 68, bothOver: 100 } as const;

/** The end of the first case as one that a newer case superseded. */
const toldAsEarlier = (texts: readonly string[], id: string): readonly string[] =>
  texts.filter((text) => text.includes(`earlier case ${id}: `));

describe.each(channels)(
  'by $name, a move that AWS gave up on a disk that has a newer case',
  ({ isDown, texts }) => {
    test('is told once where the channel was down for both', async () => {
      const drain = await failingOnce();
      isDown(drain, true);
      await until(drain, minuteOf.secondMoving);
      expect(modifyCalls(drain)).toHaveLength(2);
      isDown(drain, false);
      await until(drain, minuteOf.bothOver + 40);
      const [failed, moved] = closedCases(drain);
      expect([failed, moved]).toMatchObject([
        { ending: 'failed' },
        { ending: 'averted', incident: failed?.incident },
      ]);
      const told = toldAsEarlier(texts(drain), String(failed?.id));
      expect(told).toHaveLength(1);
      expect(told[0]).toMatch(/earlier case \S+ \d\d:\d\d UTC CLOSED, FAILED\. AWS gave the modification up/);
      expectInvariants(drain);
    });

    test('wakes nobody again where the channel went down only after it was told', async () => {
      const drain = await failingOnce();
      await until(drain, minuteOf.firstOver);
      expect(modifyCalls(drain)).toHaveLength(1);
      const [failed] = closedCases(drain);
      expect(texts(drain).join('\n')).toMatch(/could not be moved|CLOSED, FAILED/);
      isDown(drain, true);
      await until(drain, minuteOf.bothOver - 10);
      isDown(drain, false);
      await until(drain, minuteOf.bothOver + 40);
      expect(toldAsEarlier(texts(drain), String(failed?.id))).toEqual([]);
      expect(texts(drain).at(-1)).not.toContain('CLOSED, FAILED');
      expectInvariants(drain);
    });
  },
);

test('in Slack, the message that tells how the newer case ended goes on showing how the earlier one did', async () => {
  const drain = await failingOnce();
  await until(drain, minuteOf.bothOver + 40);
  const [failed] = closedCases(drain);
  const messages = drain.account.slackWorkspace.messages(drain.slackChannelId);
  const standing = messages.find(({ earlier }) => earlier.length > 0);
  const text = unfolded(standing === undefined ? '' : visibleText(standing));
  expect(text).toContain('moved to gp3 before throttling');
  expect(toldAsEarlier([text], String(failed?.id))).toHaveLength(1);
});
