import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { type AuditRecord, auditTrail } from '../../core/domain/auditing/audit-trail.ts';
import { caseFiles } from '../../lambda/adapters/dynamo-audit-trail.ts';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import { ServiceError } from '../../twin/service-error.ts';
import { modifyCalls } from './account-history.ts';
import {
  acting,
  attachedVolume,
  hour,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

const onIo2: EbsBurstResponderProps = {
  ...acting,
  target: 'io2',
  fixedIops: 2_500,
  maxMonthlyIncrease: 500,
};

async function auditOf({ account, deployed }: ResponderAccount): Promise<readonly AuditRecord[]> {
  const config = { region: 'us-east-1' };
  const client = account.connect(new DynamoDBClient(config), 'an auditor');
  const table = { client, name: deployed.stack.physicalName('Cases') };
  const failed = (error: Error) => {
    throw error;
  };
  const records: AuditRecord[] = [];
  for await (const file of caseFiles(table, failed)) records.push(...auditTrail(file));
  return records;
}

const stepText = ({ decision: { did, told, verdict }, change }: AuditRecord): string =>
  [told ? did : `(${did})`, verdict, change && `${change.request} ${change.from} -> ${change.to}`]
    .filter((part) => part !== undefined)
    .join(' ');

const requestIds = ({ account }: ResponderAccount): readonly (string | undefined)[] =>
  account.endpoint.calls
    .filter(({ operation }) => operation === 'ModifyVolume')
    .map(({ requestId }) => requestId);

describe('the audit trail of one case', () => {
  test('has every step from the warning to the way back, and the request ids of both modifications', async () => {
    const responder = await responderAccount(onIo2, (account) => {
      const volume = { volumeType: 'gp2', sizeGiB: 100, tags: { 'ebs-burst:mode': 'notify' } } as const;
      attachedVolume(account, volume, [
        { at: 0, iops: 50 },
        { at: 30, iops: 2_000 },
        { at: 240, iops: 20 },
      ]);
    });
    const { account } = responder;
    await account.simulation.runUntil(startsAt + 100 * minute);
    for (const { id } of account.ebs.volumes.volumes) account.ebs.volumes.setTag(id, 'ebs-burst:mode', 'act');
    await account.simulation.runUntil(startsAt + 31 * hour);

    const [first, ...later] = [...Map.groupBy(await auditOf(responder), ({ caseId }) => caseId).values()];
    const records = first ?? [];
    expect(records.map(stepText)).toEqual([
      '(watching)',
      'warned wished gp2 -> io2, 2,500 IOPS',
      'needed wished gp2 -> io2, 2,500 IOPS',
      '(intended) intended gp2 -> io2, 2,500 IOPS',
      'acted accepted gp2 -> io2, 2,500 IOPS',
      'judged not-relieved',
      'completed',
      'judged relieved',
      '(intended) intended io2, 2,500 IOPS -> gp2',
      'returning accepted io2, 2,500 IOPS -> gp2',
      'ended',
    ]);
    expect(later.map((steps) => steps.map(stepText))).toEqual([['(watching)']]);
    const asked = records.flatMap(({ requestId }) => requestId ?? []);
    expect(asked).toEqual(requestIds(responder));
    expect(asked).toHaveLength(2);
    expect(records.map(({ authority }) => authority.consent)).toEqual([
      undefined,
      undefined,
      undefined,
      ...Array(8).fill('ebs-burst:mode=act'),
    ]);
    expect(records.every(({ evidence }) => evidence.forecast !== undefined)).toBe(true);
    expect(new Set(records.map(({ outcome, incident }) => JSON.stringify({ outcome, incident }))).size).toBe(
      1,
    );
    expect(records.at(-1)).toMatchObject({ outcome: { kind: 'closed', ending: 'put-back' } });
  }, 120_000);

  test('has every request that AWS refused, under its id, also where the team had heard it before', async () => {
    const responder = await responderAccount({ ...acting, target: 'gp3' }, (account) => {
      attachedVolume(account, { volumeType: 'gp2', sizeGiB: 100 }, [
        { at: 0, iops: 50 },
        { at: 30, iops: 2_000 },
      ]);
    });
    const refusal = new ServiceError('VolumeModificationRateExceeded', 'You have reached the maximum', {
      requestId: 'r-refused',
    });
    responder.account.endpoint.fail({ service: 'EC2', operation: 'ModifyVolume' }, refusal, 3);
    await responder.account.simulation.runUntil(startsAt + 100 * minute);
    expect(modifyCalls(responder)[0]?.error).toBe('VolumeModificationRateExceeded');
    const records = await auditOf(responder);
    const told = records.find(({ change }) => change?.request === 'refused');
    expect(told).toMatchObject({ requestId: 'r-refused', decision: { told: true } });
    expect(records[records.indexOf(told as AuditRecord) - 1]).toMatchObject({
      decision: { did: 'intended', told: false, reason: 'heading-for-wall' },
      requestId: undefined,
    });
    const refused = records.filter(({ change }) => change?.request === 'refused');
    expect(refused).toHaveLength(3);
    expect(refused[1]).toMatchObject({
      requestId: 'r-refused',
      decision: { did: 'announced', told: false, refusals: told?.decision.refusals },
    });
    const asked = modifyCalls(responder).length;
    expect(records.filter(({ decision: { did } }) => did === 'intended')).toHaveLength(asked);
  });

  test('of a dip that nobody heard of has its beginning and its end, with what was seen', async () => {
    const responder = await responderAccount(acting, (account) => {
      attachedVolume(account, { volumeType: 'gp2', sizeGiB: 100 }, [
        { at: 0, iops: 50 },
        { at: 30, iops: 600 },
        { at: 120, iops: 20 },
      ]);
    });
    await responder.account.simulation.runUntil(startsAt + 12 * hour);
    const records = await auditOf(responder);
    expect(records.map(stepText)).toEqual(['(watching)', '(closed)']);
    expect(records.every(({ evidence: { balancePercent } }) => balancePercent !== undefined)).toBe(true);
    expect(requestIds(responder)).toEqual([]);
  });
});
