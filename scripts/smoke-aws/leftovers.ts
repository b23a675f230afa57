import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DeleteTableCommand, ListTagsOfResourceCommand, paginateListTables } from '@aws-sdk/client-dynamodb';
import {
  DeleteVolumeCommand,
  paginateDescribeInstances,
  paginateDescribeVolumes,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  ListTagsForResourceCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { paginateListSubscriptionsByTopic, UnsubscribeCommand } from '@aws-sdk/client-sns';
import { DeleteQueueCommand, GetQueueUrlCommand, ListQueueTagsCommand } from '@aws-sdk/client-sqs';
import { codeOf, messageOf } from '../../lambda/adapters/aws-errors.ts';
import {
  awsLine,
  isOfRun,
  nameOf,
  partitionOf,
  queueArnOf,
  ruleArnOf,
  runTagKey,
  type Site,
  stackName,
} from './names.ts';
import type { World } from './world.ts';

/** One thing of a run that is still there. */
export interface Leftover {
  readonly what: string;
  /** For a person who has to do it. */
  readonly command: string;
  /** Asks for it; whether it is gone, the next look says. */
  readonly remove: () => Promise<unknown>;
}

export interface Kind {
  readonly name: string;
  /** Minutes after which what is still there is not tried again; removing a stack is waited for in any case. */
  readonly patience: number;
  /** What of the run is still there: by the tag of the run as AWS shows it, whatever we remember. */
  readonly find: () => Promise<readonly Leftover[]>;
}

export type Cleaning = Pick<World, 'clients' | 'cdk'>;

/** Every kind of thing a run makes, the last made first. */
export const kindsOf = (world: Cleaning, site: Site, run: string): readonly Kind[] => [
  { name: 'instance', patience: 10, find: () => instances(world, site, run) },
  { name: 'volume', patience: 10, find: () => volumes(world, site, run) },
  { name: 'rule', patience: 2, find: () => rule(world, site, run) },
  { name: 'subscription', patience: 2, find: () => subscription(world, site, run) },
  { name: 'queue', patience: 3, find: () => queue(world, site, run) },
  { name: 'stack', patience: 10, find: () => stack(world, site, run) },
  { name: 'case table', patience: 5, find: () => tables(world, site, run) },
];

const ofRun = (run: string) => ({ Name: `tag:${runTagKey}`, Values: [run] });
const notGone = ['pending', 'running', 'stopping', 'stopped', 'shutting-down'];

async function instances({ clients: { ec2 } }: Cleaning, site: Site, run: string) {
  const Filters = [ofRun(run), { Name: 'instance-state-name', Values: notGone }];
  const found: Leftover[] = [];
  for await (const { Reservations = [] } of paginateDescribeInstances({ client: ec2 }, { Filters })) {
    for (const { InstanceId = '', Tags } of Reservations.flatMap(({ Instances = [] }) => Instances)) {
      if (!isOfRun(run, Tags)) continue;
      found.push({
        what: `instance ${InstanceId}`,
        command: awsLine(site, `ec2 terminate-instances --instance-ids ${InstanceId}`),
        remove: () => ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] })),
      });
    }
  }
  return found;
}

async function volumes({ clients: { ec2 } }: Cleaning, site: Site, run: string) {
  const found: Leftover[] = [];
  for await (const { Volumes = [] } of paginateDescribeVolumes({ client: ec2 }, { Filters: [ofRun(run)] })) {
    for (const { VolumeId = '', Tags } of Volumes) {
      if (!isOfRun(run, Tags)) continue;
      found.push({
        what: `volume ${VolumeId}`,
        command: awsLine(site, `ec2 delete-volume --volume-id ${VolumeId}`),
        remove: () => ec2.send(new DeleteVolumeCommand({ VolumeId })),
      });
    }
  }
  return found;
}

/** What was asked for, or nothing where AWS says with that code that it does not exist. */
async function ifThere<T>(code: RegExp, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (code.test(codeOf(error))) return undefined;
    throw error;
  }
}

async function rule({ clients: { eventBridge } }: Cleaning, site: Site, run: string) {
  const Name = nameOf(run);
  const tags = await ifThere(/ResourceNotFound/, async () => {
    await eventBridge.send(new DescribeRuleCommand({ Name }));
    const ResourceARN = ruleArnOf(site, run);
    return (await eventBridge.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags;
  });
  if (!isOfRun(run, tags)) return [];
  const remove = async () => {
    await eventBridge.send(new RemoveTargetsCommand({ Rule: Name, Ids: ['queue'] }));
    await eventBridge.send(new DeleteRuleCommand({ Name }));
  };
  const targets = awsLine(site, `events remove-targets --rule ${Name} --ids queue`);
  const command = `${targets} && ${awsLine(site, `events delete-rule --name ${Name}`)}`;
  return [{ what: `rule ${Name}`, command, remove }];
}

/** Subscriptions have no tags; that of the run is the one to the queue of the run, on the topic of its stack. */
async function subscription(world: Cleaning, site: Site, run: string) {
  const { sns } = world.clients;
  const TopicArn = (await ownStack(world, run))?.topicArn;
  if (TopicArn === undefined) return [];
  const found: Leftover[] = [];
  const look = async () => {
    for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic(
      { client: sns },
      { TopicArn },
    ))
      for (const { Endpoint, SubscriptionArn = '' } of Subscriptions) {
        if (Endpoint !== queueArnOf(site, run) || !SubscriptionArn.startsWith('arn:')) continue;
        found.push({
          what: `subscription ${SubscriptionArn}`,
          command: awsLine(site, `sns unsubscribe --subscription-arn ${SubscriptionArn}`),
          remove: () => sns.send(new UnsubscribeCommand({ SubscriptionArn })),
        });
      }
  };
  await ifThere(/NotFound/, look);
  return found;
}

async function queue({ clients: { sqs } }: Cleaning, site: Site, run: string) {
  const there = await ifThere(/QueueDoesNotExist|NonExistentQueue/, async () => {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: nameOf(run) }));
    return { QueueUrl, tags: (await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags };
  });
  if (there?.QueueUrl === undefined || there.tags?.[runTagKey] !== run) return [];
  const { QueueUrl } = there;
  return [
    {
      what: `queue ${nameOf(run)}`,
      command: awsLine(site, `sqs delete-queue --queue-url ${QueueUrl}`),
      remove: () => sqs.send(new DeleteQueueCommand({ QueueUrl })),
    },
  ];
}

/** The stack, when it is the run's. */
export async function ownStack({ clients }: Pick<Cleaning, 'clients'>, run: string) {
  const found = await standingStack({ clients });
  if (found === undefined || !isOfRun(run, found.Tags)) return undefined;
  const output = (key: string) => found.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
  return { topicArn: output('NoticeTopicArn'), tableName: output('CaseTableName') };
}

/** Whoever deployed it. */
export async function standingStack({ clients: { cloudFormation } }: Pick<Cleaning, 'clients'>) {
  try {
    const { Stacks: [stack] = [] } = await cloudFormation.send(
      new DescribeStacksCommand({ StackName: stackName }),
    );
    return stack?.StackStatus === 'DELETE_COMPLETE' ? undefined : stack;
  } catch (error) {
    // CloudFormation has no code of its own for a stack that there is not (API reference, DescribeStacks).
    if (codeOf(error) === 'ValidationError' && /does not exist/.test(messageOf(error))) return undefined;
    throw error;
  }
}

async function stack(world: Cleaning, site: Site, run: string) {
  if ((await ownStack(world, run)) === undefined) return [];
  const command = awsLine(site, `cloudformation delete-stack --stack-name ${stackName}`);
  return [{ what: `stack ${stackName}`, command, remove: () => world.cdk.destroy() }];
}

/** The stack keeps its table on purpose (docs/decisions/0004); that of a run holds nothing anybody will miss. */
async function tables({ clients: { dynamo } }: Cleaning, site: Site, run: string) {
  const found: Leftover[] = [];
  for await (const { TableNames = [] } of paginateListTables({ client: dynamo }, {})) {
    for (const TableName of TableNames.filter((name) => name.includes('ResponderCases'))) {
      const ResourceArn = `arn:${partitionOf(site.region)}:dynamodb:${site.region}:${site.account}:table/${TableName}`;
      const tags = await ifThere(/ResourceNotFound/, () =>
        dynamo.send(new ListTagsOfResourceCommand({ ResourceArn })),
      );
      if (!isOfRun(run, tags?.Tags)) continue;
      found.push({
        what: `table ${TableName}`,
        command: awsLine(site, `dynamodb delete-table --table-name ${TableName}`),
        remove: () => dynamo.send(new DeleteTableCommand({ TableName })),
      });
    }
  }
  return found;
}
