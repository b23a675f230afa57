import {
  DeleteTableCommand,
  type DynamoDBClient,
  ListTablesCommand,
  ListTagsOfResourceCommand,
} from '@aws-sdk/client-dynamodb';
import { type AccountCase, accountOfTwin, twinAccount } from './account.ts';
import { holds, refused, same } from './expectations.ts';

const namesIn = async (dynamodb: DynamoDBClient): Promise<readonly string[]> =>
  (await dynamodb.send(new ListTablesCommand({}))).TableNames ?? [];

export const deleteTableCases: readonly AccountCase[] = [
  {
    fact: 'A table is listed until it is deleted.',
    source: 'DynamoDB API reference, ListTables and DeleteTable',
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const TableName = await account.createTable();
      holds('it is listed', (await namesIn(account.dynamodb)).includes(TableName));
      await account.dynamodb.send(new DeleteTableCommand({ TableName }));
      holds('it is not listed', !(await namesIn(account.dynamodb)).includes(TableName));
    },
  },
  {
    fact: 'A table that does not exist is ResourceNotFoundException.',
    source: 'DynamoDB API reference, DeleteTable',
    confidence: 'verified',
    public: true,
    check: ({ dynamodb, mark }) =>
      refused(
        dynamodb.send(new DeleteTableCommand({ TableName: `${mark}-none` })),
        'ResourceNotFoundException',
      ),
  },
  {
    fact: 'The tags of a table are asked for by its ARN.',
    source: 'DynamoDB API reference, ListTagsOfResource',
    confidence: 'verified',
    public: false,
    check: async () => {
      const twin = accountOfTwin();
      const account = twinAccount(twin);
      const table = twin.tables.get(await account.createTable());
      table.tags = { team: 'storage' };
      const { Tags } = await account.dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn: table.arn }));
      same('tags', Tags, [{ Key: 'team', Value: 'storage' }]);
    },
  },
];
