import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { TableStream } from '../../twin/dynamodb/stream.ts';
import { StreamSource, type StreamSourceDefinition } from '../../twin/lambda/stream-source.ts';
import { accountOfTwin, START } from './account.ts';

const SECOND = 1_000;

/** What the function makes of a batch, by the letters of its records. */
export type Answer = (names: string, event: DynamoDBStreamEvent) => unknown;

/** A table whose stream wakes one function; a record is known by the letter that is its item's key. */
export function woken(definition: Partial<StreamSourceDefinition>, answer: Answer = () => undefined) {
  const { tables, functions, queues, simulation } = accountOfTwin();
  const failures = queues.create({ name: 'failures' });
  const table = tables.create({
    name: 'cases',
    keys: { partition: { name: 'pk', type: 'S' } },
    indexes: [],
    stream: 'NEW_AND_OLD_IMAGES',
  });
  functions.create({ name: 'deliver', environment: {}, timeout: 30 });
  const batches: { readonly at: number; readonly names: string }[] = [];
  functions.implement('deliver', () => (event: DynamoDBStreamEvent) => {
    const names = event.Records.map(({ dynamodb }) => dynamodb?.Keys?.['pk']?.S ?? '').join('');
    batches.push({ at: (simulation.now - START) / SECOND, names });
    return answer(names, event);
  });
  const source = (): StreamSource =>
    new StreamSource(
      {
        functionName: 'deliver',
        bisectBatchOnFunctionError: false,
        reportBatchItemFailures: false,
        onFailureQueueArn: failures.arn,
        ...definition,
      },
      { stream: table.stream as TableStream, simulation, functions, queues },
    );
  return {
    source,
    functions,
    put: (names: string, kind = 'notice') => {
      for (const pk of names) table.put({ pk: { S: pk }, kind: { S: kind } });
    },
    putLarge: (names: string) => {
      for (const pk of names) table.put({ pk: { S: pk }, text: { S: 'x'.repeat(390 * 1024) } });
    },
    pass: (seconds: number) => simulation.runFor(seconds * SECOND),
    now: () => simulation.now,
    names: () => batches.map(({ names }) => names),
    starts: () => batches.map(({ at }) => at),
    given: () => failures.peek().map(({ body }) => JSON.parse(body)),
  };
}

/** The usual case: the source is there before the records. */
export function waiting(definition: Partial<StreamSourceDefinition>, answer?: Answer) {
  const account = woken(definition, answer);
  account.source();
  return account;
}
