import {
  CreateTableCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { type Account, type AccountOptions, createAccount } from '../../twin/account.ts';
import type { TableDefinition } from '../../twin/dynamodb/table-definition.ts';
import type { ConformanceCase } from './case.ts';
import { type Clients, clientsIn } from './clients.ts';
import {
  type ConformanceEbsAccount,
  type RemoteAccount,
  remoteEbsAccount,
  twinEbsAccount,
} from './ebs-account.ts';

interface QueueToCreate {
  readonly deadLetters?: { readonly queueUrl: string; readonly maxReceiveCount: number };
}

/** Tables, queues, topics and parameters beside the volumes. Names of one case start with its `mark`. */
export interface ConformanceAccount extends ConformanceEbsAccount, Clients {
  /** Keys `pk` and `sk`, both text; its index `due` has the keys `queue`, text, and `dueAt`, a number. Answers its name. */
  createTable(): Promise<string>;
  /** Answers the queue's URL. */
  createQueue(name: string, queue?: QueueToCreate): Promise<string>;
  queueArn(queueUrl: string): Promise<string>;
  /** Answers the topic's ARN. */
  createTopic(): Promise<string>;
  subscribe(topicArn: string, queueUrl: string, delivery: 'enveloped' | 'raw'): Promise<void>;
  putParameter(name: string, value: string, type: 'String' | 'SecureString'): Promise<void>;
}

export type AccountCase = ConformanceCase<ConformanceAccount>;

export const START = Date.parse('2026-11-22T10:00:00Z');

/** The keys and the index of `createTable`, as the twin's own definition. */
export const TABLE: TableDefinition = {
  name: 'conformance',
  keys: { partition: { name: 'pk', type: 'S' }, sort: { name: 'sk', type: 'S' } },
  indexes: [
    {
      name: 'due',
      keys: { partition: { name: 'queue', type: 'S' }, sort: { name: 'dueAt', type: 'N' } },
      projection: 'ALL',
    },
  ],
};

/** A new simulated account for what needs its levers. */
export const accountOfTwin = (options: Partial<AccountOptions> = {}) =>
  createAccount({ accountId: '123456789012', region: 'us-east-1', startAt: START, seed: 1, ...options });

/** Without request limits, which have cases of their own; `clients` may reach it by another way than inside the process. */
export function twinAccount(
  account: Account = accountOfTwin({ throttling: 'none' }),
  clients: Clients = clientsIn(account),
): ConformanceAccount {
  const { tables, queues, topics, parameters } = account;
  return {
    ...clients,
    ...twinEbsAccount(account, clients),
    createTable: async () => tables.create(TABLE).definition.name,
    createQueue: async (name, { deadLetters } = {}) => {
      const redrive = deadLetters && {
        deadLetterQueueArn: queues.get(deadLetters.queueUrl).arn,
        maxReceiveCount: deadLetters.maxReceiveCount,
      };
      return queues.create({ name, ...(redrive && { redrive }) }).url;
    },
    queueArn: async (queueUrl) => queues.get(queueUrl).arn,
    createTopic: async () => topics.create('conformance').arn,
    subscribe: async (topicArn, queueUrl, delivery) =>
      topics.subscribe(topicArn, 'sqs', queues.get(queueUrl).arn, delivery === 'raw'),
    putParameter: async (name, value, type) => parameters.put(name, value, type),
  };
}

export type RemoteServices = Omit<RemoteAccount, keyof Clients> & Clients;

/** Anything that speaks AWS's protocols: an emulator, or an account. */
export function remoteAccount(remote: RemoteServices): ConformanceAccount {
  const { dynamodb, sqs, sns, ssm, mark } = remote;
  return {
    ...remote,
    ...remoteEbsAccount(remote),
    createTable: () => createTable(dynamodb, mark),
    createQueue: (name, queue = {}) => createQueue(sqs, `${mark}-${name}`, queue),
    queueArn: (queueUrl) => queueArn(sqs, queueUrl),
    createTopic: async () => (await sns.send(new CreateTopicCommand({ Name: mark }))).TopicArn ?? '',
    subscribe: async (TopicArn, queueUrl, delivery) => {
      const Endpoint = await queueArn(sqs, queueUrl);
      const Attributes = { RawMessageDelivery: String(delivery === 'raw') };
      await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes }));
    },
    putParameter: async (Name, Value, Type) => {
      await ssm.send(new PutParameterCommand({ Name, Value, Type, Overwrite: true }));
    },
  };
}

async function createTable(client: DynamoDBClient, TableName: string): Promise<string> {
  const schema = (partition: string, sort: string): KeySchemaElement[] => [
    { AttributeName: partition, KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ];
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        ...['pk', 'sk', 'queue'].map((name) => ({ AttributeName: name, AttributeType: 'S' as const })),
        { AttributeName: 'dueAt', AttributeType: 'N' },
      ],
      KeySchema: schema('pk', 'sk'),
      GlobalSecondaryIndexes: [
        { IndexName: 'due', KeySchema: schema('queue', 'dueAt'), Projection: { ProjectionType: 'ALL' } },
      ],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 2 }, { TableName });
  return TableName;
}

async function createQueue(
  client: SQSClient,
  QueueName: string,
  { deadLetters }: QueueToCreate,
): Promise<string> {
  const RedrivePolicy =
    deadLetters &&
    JSON.stringify({
      deadLetterTargetArn: await queueArn(client, deadLetters.queueUrl),
      maxReceiveCount: deadLetters.maxReceiveCount,
    });
  const Attributes = RedrivePolicy === undefined ? {} : { RedrivePolicy };
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName, Attributes }));
  if (QueueUrl === undefined) throw new Error('CreateQueue answered without a QueueUrl');
  return QueueUrl;
}

async function queueArn(client: SQSClient, QueueUrl: string): Promise<string> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  return Attributes?.['QueueArn'] ?? '';
}
