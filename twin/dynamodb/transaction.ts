import type { TransactWriteItem, TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import { ServiceError } from '../service-error.ts';
import type { TwinTime } from '../simulation.ts';
import { copyOf, itemSize } from './attribute-value.ts';
import { invalid } from './invalid.ts';
import type { Table } from './table.ts';
import { keyText } from './table-definition.ts';
import {
  apply,
  conditionCheck,
  conditionHolds,
  deleteWrite,
  effectOf,
  putWrite,
  updateWrite,
  type Write,
} from './write.ts';

/** Source: DynamoDB API reference, TransactWriteItems. */
const MAXIMUM_WRITES = 100;
const MAXIMUM_BYTES = 4 * 1024 * 1024;
const TOKEN_LIFETIME_MS = 10 * 60_000;

interface Part extends Write {
  readonly showsItemOnFailure: boolean;
}

/** All or nothing: every condition is judged on the state before the transaction. */
export class Transactions {
  readonly #table: (name: string | undefined) => Table;
  readonly #done = new Map<string, { readonly at: TwinTime; readonly request: string }>();

  constructor(table: (name: string | undefined) => Table) {
    this.#table = table;
  }

  write(input: TransactWriteItemsCommandInput, now: TwinTime): void {
    const items = input.TransactItems ?? [];
    if (items.length < 1 || items.length > MAXIMUM_WRITES) {
      throw invalid(
        `1 validation error detected: Value '[${items.length} items]' at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to ${MAXIMUM_WRITES} and greater than or equal to 1`,
      );
    }
    if (this.#isRepetition(input, now)) return;
    const parts = items.map((item) => this.#part(item));
    assertDistinct(parts);
    const reasons = parts.map(cancellationReason);
    if (reasons.some(({ Code }) => Code !== 'None')) throw cancelled(reasons);
    const bytes = parts.reduce((sum, part) => sum + itemSize(effectOf(part).after ?? {}), 0);
    if (bytes > MAXIMUM_BYTES) throw invalid('Transaction request is larger than the 4 MB limit');
    for (const part of parts) apply(part);
    if (input.ClientRequestToken !== undefined) {
      this.#done.set(input.ClientRequestToken, { at: now, request: JSON.stringify(items) });
    }
  }

  /** A known token answers success without writing again. */
  #isRepetition(
    { ClientRequestToken: token, TransactItems: items }: TransactWriteItemsCommandInput,
    now: TwinTime,
  ): boolean {
    const earlier = token === undefined ? undefined : this.#done.get(token);
    if (earlier === undefined || now - earlier.at > TOKEN_LIFETIME_MS) return false;
    if (earlier.request === JSON.stringify(items)) return true;
    throw new ServiceError(
      'IdempotentParameterMismatchException',
      'The request uses the same client token as a previous, but non-identical request.',
    );
  }

  #part(item: TransactWriteItem): Part {
    const given = Object.values(item).filter((part) => part !== undefined);
    if (given.length !== 1) {
      throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
    }
    const { Put, Update, Delete, ConditionCheck } = item;
    const table = this.#table(given[0]?.TableName);
    const write =
      (Put && putWrite(table, Put)) ??
      (Update && updateWrite(table, Update)) ??
      (Delete && deleteWrite(table, Delete)) ??
      (ConditionCheck && conditionCheck(table, ConditionCheck));
    const showsItemOnFailure = given[0]?.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
    return { ...(write as Write), showsItemOnFailure };
  }
}

function assertDistinct(parts: readonly Part[]): void {
  const targets = parts.map(({ table, key }) => `${table.arn} ${keyText(key, table.definition.keys)}`);
  if (new Set(targets).size < targets.length) {
    throw invalid('Transaction request cannot include multiple operations on one item');
  }
}

interface CancellationReason {
  readonly Code: 'None' | 'ConditionalCheckFailed' | 'ValidationError';
  readonly Message?: string;
  readonly Item?: object;
}

function cancellationReason(part: Part): CancellationReason {
  if (!conditionHolds(part)) {
    const item = part.showsItemOnFailure ? part.table.get(part.key) : undefined;
    return {
      Code: 'ConditionalCheckFailed',
      Message: 'The conditional request failed',
      ...(item !== undefined && { Item: copyOf(item) }),
    };
  }
  try {
    effectOf(part);
    return { Code: 'None' };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { Code: 'ValidationError', Message: error.message };
  }
}

const cancelled = (reasons: readonly CancellationReason[]): ServiceError =>
  new ServiceError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    { CancellationReasons: reasons },
  );
