import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeTableCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { DeleteRolePolicyCommand, ListRolePoliciesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { alarmNameOf } from '../../core/domain/credits/alarm-plan.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import type { Clients } from '../../test/conformance/clients.ts';
import { ACCOUNT, type Cdk, REGION, STACK } from './cdk.ts';
import { type DeployedStack, deployedStack } from './deployed-stack.ts';
import { alarmEvent, runningEvent } from './documented-events.ts';
import { type DrainingVolume, drainingVolume } from './draining-volume.ts';
import { eventually } from './eventually.ts';
import { type NoticeQueue, noticeQueue } from './notice-queue.ts';
import type { Proofs } from './proofs.ts';
import { notAsSynthesized, resourcesOf } from './reported-resources.ts';

export interface Trial {
  readonly cdk: Cdk;
  readonly clients: Clients;
  readonly proofs: Proofs;
}

/** Every right and every resource that acting needs, and a mail address, so that there is a subscription too. */
const PROPS = {
  mode: 'act',
  runbookUrl: 'https://wiki.example.com/ebs-burst',
  mailTo: ['storage@example.com'],
};

/** From a template to a stack that is gone again. Ends at the first thing that fails. */
export async function trial({ cdk, clients, proofs }: Trial): Promise<void> {
  await proofs.prove('cdk synth', async () => {
    await cdk.synth(PROPS);
    return `the app of cdk.json with ${JSON.stringify(PROPS)}`;
  });
  await proofs.prove('cdk bootstrap', async () => {
    await cdk.bootstrap();
    return `account ${ACCOUNT}, ${REGION}`;
  });
  await proofs.prove('cdk deploy', async () => {
    await cdk.deploy();
    return `stack ${STACK}`;
  });
  const stack = await deployedStack(clients);
  await created(proofs, cdk, stack);
  await functionsRun({ proofs, clients }, stack);
  const volume = await drainingVolume(clients, 'db');
  const onCall = await noticeQueue(clients);
  await onCall.subscribe(stack.output('NoticeTopicArn'));
  await events({ proofs, clients }, { stack, volume, onCall });
  await withoutRights({ proofs, clients }, stack);
  await gone({ cdk, clients, proofs }, stack, volume);
}

const created = (proofs: Proofs, cdk: Cdk, stack: DeployedStack): Promise<void> =>
  proofs.prove('every resource of the template is created', async () => {
    const expected = resourcesOf(
      JSON.parse(readFileSync(join(cdk.assembly, `${STACK}.template.json`), 'utf8')),
    );
    const wrong = notAsSynthesized(expected, stack.resources);
    const count = `${expected.size - wrong.length} of ${expected.size} are CREATE_COMPLETE, each by its logical id and type`;
    if (wrong.length > 0) throw new Error([count, ...wrong].join('\n       '));
    return count;
  });

type Asking = Pick<Trial, 'proofs' | 'clients'>;

async function functionsRun({ proofs, clients }: Asking, stack: DeployedStack): Promise<void> {
  await proofs.prove('custom resource → clean-up → answer to CloudFormation', async () => {
    const [id = 'nothing'] = stack.physicalIds('Custom::EbsBurstCleanUp').values();
    if (id !== 'ebs-burst-clean-up')
      throw new Error(`physical id: got ${id}, expected the function's, ebs-burst-clean-up`);
    return `physical id ${id}, which the function chose`;
  });
  await proofs.prove('trigger of the deployment → keep-alarms → table', async () => {
    const { Item } = await clients.dynamodb.send(
      new GetItemCommand({
        TableName: stack.output('CaseTableName'),
        Key: { pk: { S: 'CENSUS' }, sk: { S: 'LATEST' } },
      }),
    );
    if (Item === undefined) throw new Error('no census in the table');
    return 'the first census is in the table';
  });
  for (const [handler, logicalId] of [
    ['sweep', /^ResponderSweepFunction[0-9A-F]+$/],
    ['profile-demand', /ProfileDemandFunction[0-9A-F]+$/],
  ] as const)
    await proofs.prove(`Invoke → ${handler}`, async () => {
      const { error, answer } = await invoked(clients, stack, logicalId);
      if (error !== undefined) throw new Error(`${error}: ${answer}`);
      return `answered ${answer}`;
    });
}

async function invoked({ lambda }: Clients, stack: DeployedStack, logicalId: RegExp) {
  const [FunctionName] = stack.physicalIds('AWS::Lambda::Function', logicalId).values();
  if (FunctionName === undefined) throw new Error(`no function has a logical id like ${logicalId}`);
  const { FunctionError: error, Payload = new Uint8Array() } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: '{}' }),
  );
  return { error, answer: Buffer.from(Payload).toString() };
}

/** The other side of all that worked: rights are checked, and the functions have theirs from the template. */
const withoutRights = ({ proofs, clients }: Asking, stack: DeployedStack): Promise<void> =>
  proofs.prove('Invoke ⇸ sweep, once its role has lost its policy', async () => {
    const [RoleName] = stack.physicalIds('AWS::IAM::Role', /^ResponderSweepRole/).values();
    const { PolicyNames = [] } = await clients.iam.send(new ListRolePoliciesCommand({ RoleName }));
    for (const PolicyName of PolicyNames)
      await clients.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    const { error, answer } = await invoked(clients, stack, /^ResponderSweepFunction[0-9A-F]+$/);
    if (error === undefined || !/AccessDenied|not authorized/.test(answer))
      throw new Error(`expected AccessDenied, got ${error ?? 'no error'}: ${answer}`);
    return `AccessDenied: ${/not authorized to perform: [\w:]+/.exec(answer)?.[0] ?? error}`;
  });

interface Scene {
  readonly stack: DeployedStack;
  readonly volume: DrainingVolume;
  readonly onCall: NoticeQueue;
}

/** Longer than MiniStack lets a message wait before a function gets it. */
const SILENCE_MS = 15_000;

/** No alarm of ours exists before the last of them, so that nothing but these events can have started what is seen. */
async function events({ proofs, clients }: Asking, { stack, volume, onCall }: Scene): Promise<void> {
  const { volumeId, instanceId } = volume;
  const noticeOf = async (id: string) =>
    (await onCall.received()).find(({ message }) => message.includes(id));
  await proofs.prove('event of somebody else’s alarm ⇸ rule AlarmChanges', async () => {
    await put(clients, alarmEvent('someone-elses-burst-alarm', volumeId));
    await pause(SILENCE_MS);
    const notice = await noticeOf(volumeId);
    if (notice !== undefined) throw new Error(`expected nothing, got "${notice.subject}"`);
    return `no notice about ${volumeId} in ${SILENCE_MS / 1_000} s`;
  });
  const path = 'rule AlarmChanges → queue → respond → table → stream → deliver-notice → SNS → SQS';
  await proofs.prove(`event of our alarm → ${path}`, async () => {
    await put(clients, alarmEvent(alarmNameOf(volumeId), volumeId));
    const { subject } = await eventually(`a notice about ${volumeId}`, () => noticeOf(volumeId));
    return `"${subject}"`;
  });
  await proofs.prove('event of an instance that runs → rule InstanceRuns → keep-alarms → alarm', async () => {
    await put(clients, runningEvent(instanceId));
    const [alarm] = await eventually(`an alarm on ${volumeId}`, async () => {
      const alarms = await alarmsOf(clients, volumeId);
      return alarms.length === 0 ? undefined : alarms;
    });
    return `${alarm?.AlarmName}: ${alarm?.MetricName} below ${alarm?.Threshold}`;
  });
  await proofs.prove('the queues of what failed are empty', () => failureQueuesEmpty(clients, stack));
}

async function put({ eventBridge }: Clients, event: PutEventsRequestEntry): Promise<void> {
  const { FailedEntryCount, Entries } = await eventBridge.send(new PutEventsCommand({ Entries: [event] }));
  if (FailedEntryCount !== 0) throw new Error(`PutEvents: ${JSON.stringify(Entries)}`);
}

async function alarmsOf({ cloudwatch }: Clients, volumeId: VolumeId) {
  const { MetricAlarms = [] } = await cloudwatch.send(
    new DescribeAlarmsCommand({ AlarmNames: [alarmNameOf(volumeId)] }),
  );
  return MetricAlarms;
}

async function failureQueuesEmpty({ sqs }: Clients, stack: DeployedStack): Promise<string> {
  const queues = stack.physicalIds('AWS::SQS::Queue', /Failures|Undelivered|Unanswered/);
  const full: string[] = [];
  for (const [logicalId, QueueUrl] of queues) {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    const count = Attributes?.['ApproximateNumberOfMessages'];
    if (count !== '0') full.push(`${logicalId} holds ${count}`);
  }
  if (queues.size === 0) throw new Error('the stack has none');
  if (full.length > 0) throw new Error(full.join(', '));
  return `${queues.size} queues`;
}

const gone = ({ cdk, clients, proofs }: Trial, stack: DeployedStack, { volumeId }: DrainingVolume) =>
  proofs.prove('cdk destroy → clean-up → our alarm is gone, the table stays', async () => {
    await allowDeleteAlarms(clients, stack);
    await cdk.destroy();
    const alarms = await alarmsOf(clients, volumeId);
    if (alarms.length > 0) throw new Error(`left: the alarm ${alarms[0]?.AlarmName}`);
    const TableName = stack.output('CaseTableName');
    const { Table } = await clients.dynamodb.send(new DescribeTableCommand({ TableName }));
    return `no alarm on ${volumeId}; ${Table?.TableName} is ${Table?.TableStatus}`;
  });

/**
 * MiniStack 1.5.33 takes the resource of a permission on alarms from `AlarmName` and not from `AlarmNames`, so that it refuses
 * DeleteAlarms to a role that may delete alarms of certain names only.
 */
async function allowDeleteAlarms({ iam }: Clients, stack: DeployedStack): Promise<void> {
  const [RoleName] = stack.physicalIds('AWS::IAM::Role', /^ResponderCleanUpRole/).values();
  const statement = { Effect: 'Allow', Action: 'cloudwatch:DeleteAlarms', Resource: '*' };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'delete-alarms', PolicyDocument }));
}
