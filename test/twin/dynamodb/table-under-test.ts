import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { connect } from '../../../twin/connect.ts';
import { dynamodbService } from '../../../twin/dynamodb/service.ts';
import type { StreamRecord } from '../../../twin/dynamodb/stream.ts';
import { Tables } from '../../../twin/dynamodb/tables.ts';
import { createEndpoint } from '../../../twin/endpoint.ts';
import { Simulation } from '../../../twin/simulation.ts';

export const START = Date.parse('2026-11-22T10:00:00Z');

/** A table with two indexes, a stream and expiry, behind a real client. */
export function tableUnderTest() {
  const simulation = new Simulation(START);
  const tables = new Tables({ simulation, accountId: '123456789012', region: 'eu-central-1', seed: 7 });
  const table = tables.create({
    name: 'cases',
    keys: { partition: { name: 'pk', type: 'S' }, sort: { name: 'sk', type: 'S' } },
    indexes: [
      {
        name: 'due',
        keys: { partition: { name: 'open', type: 'S' }, sort: { name: 'dueAt', type: 'N' } },
        projection: 'ALL',
      },
      { name: 'keys', keys: { partition: { name: 'open', type: 'S' } }, projection: 'KEYS_ONLY' },
    ],
    stream: 'NEW_AND_OLD_IMAGES',
    timeToLiveAttribute: 'expiresAt',
  });
  const records: StreamRecord[] = [];
  table.stream?.subscribe((record) => void records.push(record));
  const endpoint = createEndpoint({ services: { DynamoDB: dynamodbService(tables) }, simulation });
  const client = connect(new DynamoDBClient({ region: 'eu-central-1' }), endpoint, 'a person');
  return { client, table, tables, simulation, records };
}

export const key = (pk: string, sk = 'a') => ({ pk: { S: pk }, sk: { S: sk } });
