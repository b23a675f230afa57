import type { Table } from '../../twin/dynamodb/table.ts';
import type { ResponderAccount } from '../scenarios/responder-account.ts';

export const caseTable = ({ account, deployed }: ResponderAccount): Table =>
  account.tables.get(deployed.stack.outputs['CaseTableName']);
