import { paginateScan } from '@aws-sdk/client-dynamodb';
import type { AuditItems } from '../../core/application/ports.ts';
import type { Instant } from '../../core/domain/units.ts';
import type { Item, Table } from './dynamo-table.ts';
import { type MalformedItemError, readable, readBody } from './item-body.ts';
import { storedClosedCase, storedOpenCase } from './stored-case.ts';
import { storedNotice } from './stored-notice.ts';

/**
 * Everything the table tells of cases since then. A scan: no index lists closed cases, and a volume that is gone cannot be
 * asked about by its id. It reads the whole table, so nothing that runs by itself may do it.
 */
export async function auditItems(
  table: Table,
  since: Instant,
  report: (error: MalformedItemError) => void,
): Promise<AuditItems> {
  const items = await caseItems(table);
  const ofKind = (kind: string) => items.filter((item) => item['kind']?.S === kind);
  const notices = readable(ofKind('notice'), (item) => readBody(storedNotice, item), report);
  const closed = readable(ofKind('closed-case'), (item) => readBody(storedClosedCase, item), report);
  return {
    notices: notices.flatMap((notice) => (notice.kind === 'case' && notice.at >= since ? [notice] : [])),
    closed: closed.filter(({ closedAt }) => closedAt >= since),
    open: readable(ofKind('case'), (item) => readBody(storedOpenCase, item), report),
  };
}

async function caseItems({ client, name }: Table): Promise<readonly Item[]> {
  const items: Item[] = [];
  const query = {
    TableName: name,
    ConsistentRead: true,
    FilterExpression: '#kind IN (:notice, :closed, :open)',
    ExpressionAttributeNames: { '#kind': 'kind' },
    ExpressionAttributeValues: {
      ':notice': { S: 'notice' },
      ':closed': { S: 'closed-case' },
      ':open': { S: 'case' },
    },
  };
  for await (const { Items = [] } of paginateScan({ client }, query)) items.push(...Items);
  return items;
}
