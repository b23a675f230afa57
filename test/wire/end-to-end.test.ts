import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import { saidInOrder } from '../scenarios/account-history.ts';
import {
  acting,
  attachedVolume,
  type Load,
  minute,
  startsAt,
  tokenParameter,
} from '../scenarios/responder-account.ts';
import { type Assembly, assembled, type DeployedBundles, deployedBundles } from './deployed-bundles.ts';

const house = { runbookUrl: 'https://wiki.example.com/ebs-burst', mailTo: ['storage@example.com'] };
const draining: readonly Load[] = [
  { at: 0, iops: 50 },
  { at: 30, iops: 1_900 },
];

const assemblies: Assembly[] = [];
const worlds: DeployedBundles[] = [];

const assembly = (props: EbsBurstResponderProps): Assembly => {
  const made = assembled({ ...house, ...props });
  assemblies.push(made);
  return made;
};

async function world(of: Assembly): Promise<DeployedBundles> {
  const deployed = await deployedBundles(of);
  worlds.push(deployed);
  return deployed;
}

afterAll(async () => {
  await Promise.all(worlds.map(({ stop }) => stop()));
  for (const { remove } of assemblies) remove();
});

/** What ModifyVolume was asked for, in order. */
const modified = ({ account }: DeployedBundles): readonly object[] =>
  account.endpoint.calls.filter(({ operation }) => operation === 'ModifyVolume').map(({ input }) => input);

/** Of which functions some invocation did not succeed. */
const unsuccessful = ({ account }: DeployedBundles): readonly string[] =>
  account.functions.log
    .filter(({ outcome }) => outcome.kind !== 'succeeded')
    .map(({ functionName }) => functionName);

/** A queue of a person who subscribed to the notices. */
function noticeQueue({ account, deployed }: DeployedBundles): string {
  const { url, arn } = account.queues.create({ name: 'on-call' });
  account.topics.subscribe(String(deployed.stack.outputs['NoticeTopicArn']), 'sqs', arn, false);
  return url;
}

interface Mail {
  readonly Subject: string;
  readonly Message: string;
}

/** What SNS put into the queue about volumes, read over the wire and sorted by time. */
async function received(endpoint: string, QueueUrl: string): Promise<readonly Mail[]> {
  const credentials = { accessKeyId: 'on-call', secretAccessKey: 'any' };
  const client = new SQSClient({ region: 'us-east-1', endpoint, credentials });
  const mails: (Mail & { readonly Timestamp: string })[] = [];
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    mails.push(...Messages.map(({ Body = '{}' }) => JSON.parse(Body)));
    if (Messages.length > 0) continue;
    return mails
      .filter(({ Subject }) => !Subject.startsWith('FYI:'))
      .toSorted((a, b) => a.Timestamp.localeCompare(b.Timestamp));
  }
}

interface Failure {
  readonly incident: string;
  readonly detail: string;
  /** Both in milliseconds since the epoch. */
  readonly at: number;
  readonly nextTryAt: number;
}

/** What `deliver-notice` logged of what it could not deliver, in order. */
const failures = ({ deployed, processes }: DeployedBundles): readonly Failure[] =>
  processes.logs
    .filter(({ functionName }) => deployed.lambdaNames.get(functionName) === 'deliver-notice')
    .map(({ line }) => JSON.parse(line) as { message?: string; timestamp: string; delivery: Failure })
    .filter(({ message }) => message === 'not delivered')
    .map(({ timestamp, delivery }) => ({ ...delivery, at: Date.parse(timestamp) }));

describe('the bundles of `cdk deploy`, each in a process of its own under AWS’s runtime client', () => {
  let acts: Assembly;
  let responder: DeployedBundles;
  let volumeId: string;
  let mails: readonly Mail[];

  beforeAll(async () => {
    acts = assembly(acting);
    responder = await world(acts);
    const queue = noticeQueue(responder);
    volumeId = attachedVolume(responder.account, { volumeType: 'gp2', sizeGiB: 100 }, draining);
    await responder.account.simulation.runUntil(startsAt + 150 * minute);
    mails = await received(responder.url, queue);
  });

  it('answer the custom resource, the schedules, the queue and the stream without one failure', () => {
    expect(unsuccessful(responder)).toEqual([]);
    const triggers = new Set(responder.account.functions.log.map(({ trigger }) => trigger));
    expect([...triggers].sort()).toEqual(['asynchronous', 'queue', 'stream']);
  });

  it('move the volume over the wire before its wall, and prove that it helped', () => {
    expect(modified(responder)).toEqual([
      { VolumeId: volumeId, VolumeType: 'gp3', Iops: 3_000, Throughput: 128 },
    ]);
    expect(saidInOrder(responder)).toEqual(['acted', 'judged', 'ended averted']);
    expect(responder.account.ebs.volumes.volume(volumeId).configuration.volumeType).toBe('gp3');
  });

  it('tell it on SNS, as a queue that subscribed received it', () => {
    const [{ Subject = '' } = {}] = mails;
    const [, id] = /\[(EB-\w{8})\]$/.exec(Subject) ?? [];
    expect(mails.map(({ Subject }) => Subject)).toEqual([
      `NO ACTION NEEDED: db disk moving to gp3, would throttle about 10:26 UTC [${id}]`,
      `NO ACTION NEEDED: db disk moved to gp3 before throttling [${id}]`,
      `NO ACTION NEEDED: db disk moved to gp3 before throttling [${id}]`,
    ]);
    expect(mails.map(({ Message }) => Message)).toEqual([
      expect.stringContaining('DID      10:06:05 UTC gp2 -> gp3, 3,000 IOPS, 128 MiB/s. Accepted by\n'),
      expect.stringContaining('WHAT     db: 10:40 UTC AVERTED.'),
      expect.stringContaining('WHAT     db: 10:41 UTC CLOSED, AVERTED. It never throttled.'),
    ]);
    expect(mails.every(({ Message }) => Message.includes(`\nWHERE    ${volumeId} db`))).toBe(true);
  });

  it('tell it on Slack, in one thread', () => {
    const { account, slackChannelId } = responder;
    const [coverage, first, ...replies] = account.slackWorkspace.messages(slackChannelId);
    expect(coverage).toMatchObject({ text: 'FYI: 0 disks watched in us-east-1, 0 not watched', earlier: [] });
    expect(first).toMatchObject({
      text: 'NO ACTION NEEDED: db disk moved to gp3 before throttling',
      threadTs: undefined,
      via: 'bot',
      earlier: [
        { text: 'NO ACTION NEEDED: db disk moving to gp3, would throttle about 10:26 UTC' },
        { text: 'NO ACTION NEEDED: db disk moved to gp3 before throttling' },
      ],
    });
    expect(replies.map(({ threadTs, text }) => [threadTs, text])).toEqual([
      [first?.ts, expect.stringMatching(/^10:40 UTC AVERTED\. Latency and queue stayed as usual /)],
      [first?.ts, expect.stringMatching(/^10:41 UTC CLOSED, AVERTED\. It never throttled\. /)],
    ]);
  });

  it('stay warm: a process is started for each function, not for each event', () => {
    const called = new Set(responder.account.functions.log.map(({ functionName }) => functionName));
    expect(responder.processes.coldStarts).toBe(called.size);
    expect(responder.account.functions.log.length).toBeGreaterThan(100);
  });

  it('log one JSON object a line, with the handler’s name, and count in embedded metric format', () => {
    const lines = responder.processes.logs.map(
      ({ line }) => JSON.parse(line) as Readonly<Record<string, unknown>>,
    );
    expect(lines.filter((line) => '_aws' in line).length).toBeGreaterThan(0);
    expect(lines.filter((line) => !('_aws' in line)).every(({ level }) => typeof level === 'string')).toBe(
      true,
    );
    expect(lines.filter(({ level }) => level === 'ERROR')).toEqual([]);
  });

  it('do not modify a volume that nobody consented to', async () => {
    const other = await world(acts);
    const tags = { 'ebs-burst:mode': 'notify' };
    attachedVolume(other.account, { volumeType: 'gp2', sizeGiB: 100, tags }, draining);
    await other.account.simulation.runUntil(startsAt + 150 * minute);
    expect(modified(other)).toEqual([]);
    expect(saidInOrder(other)).toEqual(['warned', 'needed']);
  });

  describe('when events come twice and Slack fails in every way', () => {
    let other: DeployedBundles;
    let early: readonly Mail[];
    const until = (minutes: number) => other.account.simulation.runUntil(startsAt + minutes * minute);
    const onSlack = () => other.account.slackWorkspace.messages(other.slackChannelId).map(({ text }) => text);

    beforeAll(async () => {
      other = await world(acts);
      const { account } = other;
      const queue = noticeQueue(other);
      attachedVolume(account, { volumeType: 'gp2', sizeGiB: 100 }, draining);
      account.bus.setFaults('aws.cloudwatch', { duplicate: 1 });
      account.slack.settings.outage = 'network';
      await until(90);
      account.slack.settings.outage = 'rate limited';
      await until(100);
      early = await received(other.url, queue);
    });

    it('modify once although both copies of the alarm were in one batch', () => {
      const batches = other.account.functions.log.filter(({ trigger }) => trigger === 'queue');
      const ids = batches.map(({ event }) =>
        (event as { readonly Records: readonly { readonly body: string }[] }).Records.map(
          ({ body }) => (JSON.parse(body) as { readonly id?: string }).id,
        ),
      );
      expect(ids.filter(([first, second]) => first !== undefined && first === second).length).toBe(2);
      expect(modified(other).length).toBe(1);
    });

    it('tell SNS at once and once, whatever Slack does', () => {
      expect(early.map(({ Subject }) => Subject)).toEqual([
        expect.stringMatching(/^NO ACTION NEEDED: db disk moving to gp3, would throttle about /),
      ]);
    });

    it('ask Slack again no sooner than its Retry-After said', () => {
      const refused = failures(other).filter(({ detail }) => detail === 'Slack: status 429');
      expect(refused.length).toBeGreaterThan(3);
      // After so many failures the responder by itself would wait for half an hour.
      expect(refused.map(({ at, nextTryAt }) => Math.round((nextTryAt - at) / 1_000))).toEqual(
        refused.map(() => 30),
      );
      for (const [index, { at, incident }] of refused.entries()) {
        const before = refused.slice(0, index).findLast((one) => one.incident === incident);
        expect(at).toBeGreaterThanOrEqual(before?.nextTryAt ?? 0);
      }
    });

    it('tell Slack nothing with a token that it does not accept', async () => {
      other.account.slack.settings.outage = 'none';
      other.account.slackBotToken = 'xoxb-rotated';
      await until(140);
      expect(onSlack()).toEqual([]);
      const refused = failures(other).filter(({ at }) => at >= startsAt + 100 * minute);
      expect([...new Set(refused.map(({ detail }) => detail))]).toEqual(['Slack: invalid_auth']);
    });

    it('tell Slack what happened once the token is the right one, and nothing has failed', async () => {
      other.account.parameters.put(tokenParameter, 'xoxb-rotated', 'SecureString');
      await until(200);
      expect(onSlack()).toEqual([
        'FYI: 0 disks watched in us-east-1, 0 not watched',
        'NO ACTION NEEDED: db disk moved to gp3 before throttling',
      ]);
      expect(unsuccessful(other)).toEqual([]);
    });
  });

  it.each([
    ['fails at its start', 'throw new RangeError("no environment")', 'RangeError'],
    [
      'takes too long',
      'export const handler = () => new Promise(() => setInterval(() => {}, 99));',
      'Sandbox.Timedout',
    ],
    [
      'needs too much memory',
      'export const handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill({}).map(() => ({}))) };',
      'Runtime.ExitError',
    ],
  ])('leave what cannot be worked on to people: respond %s', async (_what, code, errorType) => {
    const folder = mkdtempSync(join(tmpdir(), 'ebs-burst-function-'));
    writeFileSync(join(folder, 'index.mjs'), code);
    const broken = { folder, handler: 'index.handler', memoryMebibytes: 32, timeoutSeconds: 1 };
    const other = await world({
      ...acts,
      bundleAt: (path) => (path.startsWith('Responder/Respond/') ? broken : acts.bundleAt(path)),
    });
    const { account, deployed } = other;
    attachedVolume(account, { volumeType: 'gp2', sizeGiB: 100 }, []);
    await account.simulation.runUntil(startsAt + 120 * minute);
    rmSync(folder, { recursive: true });
    const outcomes = account.functions.log
      .filter(({ functionName }) => deployed.lambdaNames.get(functionName) === 'respond')
      .map(({ outcome }) => (outcome.kind === 'failed' ? outcome.errorType : outcome.kind));
    const left = account.queues.get(deployed.stack.physicalName('Unanswered')).peek();
    // The volume's creation and its new alarm, five times each.
    expect(left.map(({ body }) => (JSON.parse(body) as { source: string }).source)).toEqual([
      'aws.ec2',
      'aws.cloudwatch',
    ]);
    expect(outcomes).toEqual(Array.from({ length: 10 }, () => errorType));
    expect(new Set(unsuccessful(other)).size).toBe(1);
  });
});
