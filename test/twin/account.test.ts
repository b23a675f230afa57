import { DescribeVolumesModificationsCommand, EC2Client, ModifyVolumeCommand } from '@aws-sdk/client-ec2';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { type Account, createAccount } from '../../twin/account.ts';
import type { Template } from '../../twin/template/load-template.ts';

const START = Date.parse('2026-11-22T10:00:00Z');
const MINUTE = 60_000;

/** Volume events go through a queue to one function. */
const TEMPLATE: Template = {
  Resources: {
    Work: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 60 } },
    Respond: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 30 } },
    Created: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { source: ['aws.ec2'], detail: { event: ['createVolume'] } },
        Targets: [{ Id: 'Work', Arn: { 'Fn::GetAtt': ['Work', 'Arn'] } }],
      },
    },
    Poll: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { FunctionName: { Ref: 'Respond' }, EventSourceArn: { 'Fn::GetAtt': ['Work', 'Arn'] } },
    },
  },
};

/** The function moves the new volume unless it is already moving, and tells Slack. */
function accountUnderTest(seed = 1) {
  const account = createAccount({ accountId: '123456789012', region: 'eu-central-1', startAt: START, seed });
  account.loadTemplate(TEMPLATE, 'Small');
  const channel = account.slackWorkspace.addChannel('storage');
  const VolumeId = 'vol-00000000000000001';
  account.functions.implement('Respond', () => {
    const client = account.connect(new EC2Client({ region: 'eu-central-1' }), 'Respond');
    return async () => {
      const { VolumesModifications: [modification] = [] } = await client.send(
        new DescribeVolumesModificationsCommand({ Filters: [{ Name: 'volume-id', Values: [VolumeId] }] }),
      );
      if (modification === undefined) {
        await client.send(
          new ModifyVolumeCommand({ VolumeId, VolumeType: 'gp3', Iops: 3000, Throughput: 125 }),
        );
      }
      await tell(account, channel, modification === undefined ? 'moved' : 'was moved before');
    };
  });
  account.ebs.volumes.createVolume({ id: VolumeId, volumeType: 'gp2', sizeGiB: 100 });
  const operations = () => account.endpoint.calls.map(({ operation, error }) => error ?? operation);
  const told = () => account.slackWorkspace.messages(channel).map(({ text }) => text);
  return { account, operations, told };
}

const tell = (account: Account, channel: string, text: string) =>
  account.fetch('https://slack.com/api/chat.postMessage', {
    method: 'POST',
    headers: { authorization: `Bearer ${account.slackBotToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel, text }),
  });

describe('an account', () => {
  test('carries an event of a volume to a function that modifies it and tells Slack', async () => {
    const { account, operations, told } = accountUnderTest();
    await account.simulation.runFor(5 * MINUTE);
    expect(operations()).toEqual(['DescribeVolumesModifications', 'ModifyVolume']);
    expect(told()).toEqual(['moved']);
    expect(account.functions.log).toMatchObject([{ functionName: 'Respond', trigger: 'queue', calls: 3 }]);
  });

  test('lets a function die after its change was accepted; the message comes back and finds it made', async () => {
    const { account, operations, told } = accountUnderTest();
    account.functions.crash('Respond', { after: 'ModifyVolume' });
    await account.simulation.runFor(5 * MINUTE);
    expect(account.functions.log.map(({ outcome }) => outcome.kind)).toEqual(['crashed', 'succeeded']);
    expect(operations()).toEqual([
      'DescribeVolumesModifications',
      'ModifyVolume',
      'DescribeVolumesModifications',
    ]);
    expect(told()).toEqual(['was moved before']);
  });

  test('does not make the change when a function dies before it', async () => {
    const { account, operations, told } = accountUnderTest();
    account.functions.crash('Respond', { before: 'ModifyVolume' });
    await account.simulation.runFor(MINUTE / 2);
    expect(operations()).toEqual(['DescribeVolumesModifications']);
    await account.simulation.runFor(5 * MINUTE);
    expect(told()).toEqual(['moved']);
  });

  test('counts calls to Slack as calls of the run, so that it can die there too', async () => {
    const { account, told } = accountUnderTest();
    account.functions.crash('Respond', { before: 'chat.postMessage' });
    await account.simulation.runFor(5 * MINUTE);
    expect(told()).toEqual(['was moved before']);
  });

  test('fails calls as scripted', async () => {
    const { account, operations } = accountUnderTest();
    account.endpoint.fail(
      { operation: 'ModifyVolume', principal: 'Respond' },
      new TypeError('socket hang up'),
    );
    await account.simulation.runFor(5 * MINUTE);
    expect(operations()).toEqual([
      'DescribeVolumesModifications',
      'TypeError',
      'DescribeVolumesModifications',
      'ModifyVolume',
    ]);
  });

  test('repeats itself exactly for the same seed, and not for another', async () => {
    const history = async (seed: number) => {
      const { account } = accountUnderTest(seed);
      await account.simulation.runFor(5 * MINUTE);
      return JSON.stringify([account.functions.log, account.endpoint.calls, account.bus.log]);
    };
    expect(await history(7)).toBe(await history(7));
    expect(await history(7)).not.toBe(await history(8));
  });

  test('does not call anything but AWS and Slack', async () => {
    const { account } = accountUnderTest();
    await expect(account.fetch('https://example.com', { method: 'POST' })).rejects.toThrow(
      'fetch of https://example.com/ is not imitated',
    );
  });
});

test.each([
  [undefined, 40],
  ['none' as const, 100],
])('with throttling %s, parameters can be read %i times in a second', async (throttling, reads) => {
  const place = { accountId: '123456789012', region: 'eu-central-1', startAt: START, seed: 1 };
  const account = createAccount({ ...place, ...(throttling && { throttling }) });
  const client = account.connect(new SSMClient({ region: 'eu-central-1' }), 'respond');
  account.parameters.put('/switch', 'on');
  const read = () => client.send(new GetParameterCommand({ Name: '/switch' }));
  const answers = await Promise.allSettled(Array.from({ length: 100 }, read));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(reads);
  await account.simulation.runFor(1_000);
  await expect(read()).resolves.toMatchObject({ Parameter: { Value: 'on' } });
});
