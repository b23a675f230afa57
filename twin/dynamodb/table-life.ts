import type {
  DeleteTableCommandInput,
  ListTablesCommandInput,
  ListTagsOfResourceCommandInput,
} from '@aws-sdk/client-dynamodb';
import { page } from '../paging.ts';
import type { Service } from '../service.ts';
import { invalid } from './invalid.ts';
import type { Tables } from './tables.ts';

/** Source: DynamoDB API reference, ListTables: up to 100 a page. */
const NAMES_A_PAGE = 100;

/** Finding tables and taking them away. Source: DynamoDB API reference, ListTables, ListTagsOfResource and DeleteTable. */
export const tableLife = (tables: Tables): Service => ({
  ListTables: {
    accepts: ['ExclusiveStartTableName'],
    run: ({ ExclusiveStartTableName: last = '' }: ListTablesCommandInput) => {
      const names = tables.all.map(({ definition }) => definition.name).filter((name) => name > last);
      const { items, NextToken } = page(names, NAMES_A_PAGE, undefined, () => invalid('no such page'));
      return {
        TableNames: items,
        ...(NextToken !== undefined && { LastEvaluatedTableName: items.at(-1) }),
      };
    },
  },
  ListTagsOfResource: {
    accepts: ['ResourceArn'],
    run: ({ ResourceArn }: ListTagsOfResourceCommandInput) => ({
      Tags: Object.entries(tables.get(ResourceArn).tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  },
  /** At once, where AWS shows it as DELETING for a while. */
  DeleteTable: {
    accepts: ['TableName'],
    run: ({ TableName }: DeleteTableCommandInput) => {
      const { definition, arn } = tables.get(TableName);
      tables.delete(definition.name);
      return { TableDescription: { TableName: definition.name, TableArn: arn, TableStatus: 'DELETING' } };
    },
  },
});
