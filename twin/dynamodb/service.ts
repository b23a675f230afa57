import type {
  BatchGetItemCommandInput,
  BatchWriteItemCommandInput,
  DeleteItemCommandInput,
  GetItemCommandInput,
  PutItemCommandInput,
  QueryCommandInput,
  ScanCommandInput,
  TransactWriteItemsCommandInput,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Call, Operation, Service } from '../service.ts';
import { NotImitatedError, ServiceError } from '../service-error.ts';
import { copyOf, type Item } from './attribute-value.ts';
import { batchGet, batchWrite } from './batch.ts';
import { invalid } from './invalid.ts';
import { query } from './query.ts';
import { SCAN, scan } from './scan.ts';
import { tableLife } from './table-life.ts';
import type { Tables } from './tables.ts';
import { Transactions } from './transaction.ts';
import {
  acceptKey,
  apply,
  conditionHolds,
  deleteWrite,
  putWrite,
  returned,
  updateWrite,
  type Write,
} from './write.ts';

const CONDITIONAL = [
  'TableName',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValues',
  'ReturnValuesOnConditionCheckFailure',
];

const QUERY = [
  'TableName',
  'IndexName',
  'KeyConditionExpression',
  'FilterExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ScanIndexForward',
  'Limit',
  'ExclusiveStartKey',
  'ConsistentRead',
  'Select',
];

/** DynamoDB, as SDK commands. */
export const dynamodbService = (tables: Tables): Service => ({ ...tableLife(tables), ...dataPlane(tables) });

function dataPlane(tables: Tables): Service {
  const find = (name: string | undefined) => tables.get(name);
  const transactions = new Transactions(find);
  return {
    GetItem: {
      accepts: ['TableName', 'Key', 'ConsistentRead'],
      run: ({ TableName, Key }: GetItemCommandInput) => {
        const table = find(TableName);
        return withItem('Item', table.get(acceptKey(table, Key)));
      },
    },
    PutItem: {
      accepts: [...CONDITIONAL, 'Item'],
      run: (input: PutItemCommandInput) =>
        writeOne(putWrite(find(input.TableName), input), input, ['NONE', 'ALL_OLD']),
    },
    DeleteItem: {
      accepts: [...CONDITIONAL, 'Key'],
      run: (input: DeleteItemCommandInput) =>
        writeOne(deleteWrite(find(input.TableName), input), input, ['NONE', 'ALL_OLD']),
    },
    UpdateItem: {
      accepts: [...CONDITIONAL, 'Key', 'UpdateExpression'],
      run: (input: UpdateItemCommandInput) =>
        writeOne(updateWrite(find(input.TableName), input), input, UPDATE_RETURNS),
    },
    Query: queryOperation(tables),
    Scan: {
      accepts: SCAN,
      run: (input: ScanCommandInput) => {
        const { items, scanned, lastKey } = scan(find(input.TableName), input);
        const counts = { Count: items.length, ScannedCount: scanned };
        return { ...counts, Items: items.map(copyOf), ...withItem('LastEvaluatedKey', lastKey) };
      },
    },
    BatchGetItem: {
      accepts: ['RequestItems'],
      run: (input: BatchGetItemCommandInput) => batchGet(input, find),
    },
    BatchWriteItem: {
      accepts: ['RequestItems'],
      run: (input: BatchWriteItemCommandInput) => {
        batchWrite(input, find);
        return { UnprocessedItems: {} };
      },
    },
    TransactWriteItems: {
      accepts: ['TransactItems', 'ClientRequestToken'],
      run: (input: TransactWriteItemsCommandInput, { at }: Call) => {
        transactions.write(input, at);
        return {};
      },
    },
  };
}

const UPDATE_RETURNS = ['NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW'];

function queryOperation(tables: Tables): Operation<QueryCommandInput> {
  return {
    accepts: QUERY,
    run: (input) => {
      if (input.Select !== undefined && input.Select !== 'ALL_ATTRIBUTES' && input.Select !== 'COUNT') {
        throw new NotImitatedError(`DynamoDB:Query Select ${input.Select} is not imitated; imitated: COUNT`);
      }
      const { items, scanned, lastKey } = query(tables.get(input.TableName), input);
      return {
        Count: items.length,
        ScannedCount: scanned,
        ...(input.Select !== 'COUNT' && { Items: items.map(copyOf) }),
        ...withItem('LastEvaluatedKey', lastKey),
      };
    },
  };
}

interface Returning {
  readonly ReturnValues?: string | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined;
}

function writeOne(write: Write, input: Returning, allowed: readonly string[]): object {
  if (input.ReturnValues !== undefined && !allowed.includes(input.ReturnValues)) {
    throw invalid('Return values set to invalid value');
  }
  if (!conditionHolds(write)) {
    const shown =
      input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? write.table.get(write.key) : undefined;
    throw new ServiceError(
      'ConditionalCheckFailedException',
      'The conditional request failed',
      withItem('Item', shown),
    );
  }
  return withItem('Attributes', returned(input.ReturnValues, apply(write), write.updates));
}

const withItem = (name: string, item: Item | undefined): Record<string, Item> =>
  item === undefined ? {} : { [name]: copyOf(item) };
