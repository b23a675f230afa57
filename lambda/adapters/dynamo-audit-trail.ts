import { paginateScan } from '@aws-sdk/client-dynamodb';
import type { CaseFile } from '../../core/domain/auditing/audit-trail.ts';
import type { SilentStep } from '../../core/domain/auditing/silent-step.ts';
import type { Case } from '../../core/domain/cases/case.ts';
import type { CaseNotice } from '../../core/domain/notices/notice.ts';
import { isVolumeId, type VolumeId } from '../../core/domain/volume.ts';
import { type Item, queryAll, type Table } from './dynamo-table.ts';
import { MalformedItemError, readable, readBody } from './item-body.ts';
import { storedClosedCase, storedOpenCase } from './stored-case.ts';
import { storedNotice } from './stored-notice.ts';
import { storedStep } from './stored-step.ts';
import { keys } from './table-keys.ts';

type Report = (error: MalformedItemError) => void;

/**
 * Every case the table knows, those of one volume after another, each volume's oldest first; volumes come in no order.
 * A scan finds the volumes: no index lists closed cases. Only one of its pages and the items of one volume are held at a
 * time. It reads the whole table, so nothing that runs by itself may do it.
 */
export async function* caseFiles(table: Table, report: Report): AsyncGenerator<CaseFile> {
  const known = new Set<VolumeId>();
  for await (const page of pages(table))
    for (const volumeId of readable(page, volumeIdOf, report)) {
      if (known.has(volumeId)) continue;
      known.add(volumeId);
      yield* filesOf(table, volumeId, report);
    }
}

async function* pages({ client, name }: Table): AsyncGenerator<readonly Item[]> {
  const scan = {
    TableName: name,
    ConsistentRead: true,
    FilterExpression: '#kind IN (:closed, :open)',
    ExpressionAttributeNames: { '#kind': 'kind' },
    ExpressionAttributeValues: { ':closed': { S: 'closed-case' }, ':open': { S: 'case' } },
  };
  for await (const { Items = [] } of paginateScan({ client }, scan)) yield Items;
}

function volumeIdOf({ pk, sk, volumeId }: Item): VolumeId {
  const id = volumeId?.S ?? '';
  if (isVolumeId(id)) return id;
  throw new MalformedItemError(
    `item ${pk?.S}/${sk?.S} is malformed (volumeId: expected vol-…, got "${id}"); repair or delete it by hand`,
  );
}

async function* filesOf(table: Table, volumeId: VolumeId, report: Report): AsyncGenerator<CaseFile> {
  const { cases, steps } = await heldOf(table, volumeId, report);
  for (const one of cases) yield await fileOf(table, one, steps, report);
}

/**
 * The cases of one volume, the newest first, by a query of what it has in the table: whoever takes one of them has the
 * notices of no other read.
 */
export async function* caseFilesOf(
  table: Table,
  volumeId: VolumeId,
  report: Report,
): AsyncGenerator<CaseFile> {
  const { cases, steps } = await heldOf(table, volumeId, report);
  for (const one of cases.toReversed()) yield await fileOf(table, one, steps, report);
}

interface Held {
  /** The oldest first. */
  readonly cases: readonly Case[];
  readonly steps: readonly SilentStep[];
}

async function heldOf(table: Table, volumeId: VolumeId, report: Report): Promise<Held> {
  const items = await queryAll(table, {
    ConsistentRead: true,
    KeyConditionExpression: '#pk = :pk',
    ExpressionAttributeNames: { '#pk': 'pk' },
    ExpressionAttributeValues: { ':pk': { S: keys.case(volumeId).pk } },
  });
  const ofKind = (kind: string) => items.filter((item) => item['kind']?.S === kind);
  const read = (kind: string, readItem: (item: Item) => Case) => readable(ofKind(kind), readItem, report);
  const cases: readonly Case[] = [
    ...read('closed-case', (item) => readBody(storedClosedCase, item)),
    ...read('case', (item) => readBody(storedOpenCase, item)),
  ];
  return {
    cases: cases.toSorted((a, b) => a.openedAt - b.openedAt),
    steps: readable(ofKind('step'), (item) => readBody(storedStep, item), report),
  };
}

const fileOf = async (
  table: Table,
  one: Case,
  steps: readonly SilentStep[],
  report: Report,
): Promise<CaseFile> => ({
  case: one,
  silent: steps.filter(({ caseId }) => caseId === one.id),
  notices: await noticesOf(table, one, report),
});

/** Every notice has a row for each channel, and SNS is always one. */
async function noticesOf(
  table: Table,
  { id, incident }: Case,
  report: Report,
): Promise<readonly CaseNotice[]> {
  if (incident === undefined) return [];
  const { pk, sk } = keys.notice(incident, 'sns', `${id}#`);
  const rows = await queryAll(table, {
    ConsistentRead: true,
    KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :notices)',
    ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
    ExpressionAttributeValues: { ':pk': { S: pk }, ':notices': { S: sk } },
  });
  const notices = readable(rows, (row) => readBody(storedNotice, row), report);
  return notices.flatMap((notice) => (notice.kind === 'case' ? [notice] : []));
}
