import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import { saidInOrder } from '../scenarios/account-history.ts';
import { acting, attachedVolume, type Load, minute, startsAt } from '../scenarios/responder-account.ts';
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

async function received(endpoint: string, QueueUrl: string): Promise<readonly string[]> {
  const credentials = { accessKeyId: 'on-call', secretAccessKey: 'any' };
  const client = new SQSClient({ region: 'us-east-1', endpoint, credentials });
  const subjects: string[] = [];
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return subjects;
    for (const { Body = '{}' } of Messages)
      subjects.push((JSON.parse(Body) as { readonly Subject: string }).Subject);
  }
}

describe('the bundles of `cdk deploy`, each in a process of its own under AWS’s runtime client', () => {
  let acts: Assembly;
  let responder: DeployedBundles;
  let volumeId: string;
  let subjects: readonly string[];

  beforeAll(async () => {
    acts = assembly(acting);
    responder = await world(acts);
    const queue = noticeQueue(responder);
    volumeId = attachedVolume(responder.account, { volumeType: 'gp2', sizeGiB: 100 }, draining);
    await responder.account.simulation.runUntil(startsAt + 150 * minute);
    subjects = await received(responder.url, queue);
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
    expect(subjects.some((subject) => subject.includes(volumeId) || subject.includes('db'))).toBe(true);
  });

  it('tell it on Slack, in one thread', () => {
    const { account, slackChannelId } = responder;
    const messages = account.slackWorkspace.messages(slackChannelId);
    const ofVolume = messages.filter(({ text }) => text.includes('db'));
    expect(ofVolume.length).toBeGreaterThan(0);
  });

  it('stay warm: a process is started for each function, not for each event', () => {
    expect(responder.processes.coldStarts).toBeLessThanOrEqual(6);
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

  it('tell Slack after an outage and a 429 what happened meanwhile', async () => {
    const other = await world(acts);
    attachedVolume(other.account, { volumeType: 'gp2', sizeGiB: 100 }, draining);
    const { settings } = other.account.slack;
    settings.outage = 'network';
    await other.account.simulation.runUntil(startsAt + 90 * minute);
    settings.outage = 'rate limited';
    await other.account.simulation.runUntil(startsAt + 100 * minute);
    expect(other.account.slackWorkspace.messages(other.slackChannelId)).toEqual([]);
    settings.outage = 'none';
    await other.account.simulation.runUntil(startsAt + 200 * minute);
    const told = other.account.slackWorkspace.messages(other.slackChannelId).map(({ text }) => text);
    expect(told.some((text) => text.includes('db'))).toBe(true);
    expect(unsuccessful(other)).toEqual([]);
  });
});
