import { beforeEach, describe, expect, test } from 'vitest';
import { modifyCalls } from './account-history.ts';
import { drainingVolume } from './draining-volumes.ts';
import { breachesIn, type SwitchTurn } from './invariants.ts';
import { lambdaNamed } from './lambdas.ts';
import {
  acting,
  hour,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

let responder: ResponderAccount;
let volumeId: string;

beforeEach(async () => {
  responder = await responderAccount(
    acting,
    (account) => {
      volumeId = drainingVolume(account);
    },
    { volumes: { optimizingTime: () => 15 * minute } },
  );
  await responder.account.simulation.runUntil(startsAt + 70 * minute);
  expect(modifyCalls(responder)).toHaveLength(1);
});

/** A request that no intent, no consent and no switch stands behind. */
const askAnyhow = async (): Promise<void> => {
  const request = { VolumeId: volumeId, VolumeType: 'gp3', Iops: 4_000 };
  await responder.account
    .endpoint('EC2', 'ModifyVolume', request, lambdaNamed(responder, 'respond'))
    .catch((error: unknown) => error);
};

const breached = (turns: readonly SwitchTurn[] = []): readonly string[] => [
  ...new Set(breachesIn(responder, { turns }).map((line) => line.split(':')[0] ?? '')),
];

describe('the invariants', () => {
  test('hold for a rescue that goes well', () => {
    expect(breachesIn(responder)).toEqual([]);
  });

  test('are broken by a request while one is in flight', async () => {
    const asked = modifyCalls(responder)[0]?.at ?? 0;
    const { startedAt = 0, endsAt = 0 } =
      responder.account.ebs.volumes.volume(volumeId).lastModification ?? {};
    expect(asked).toBe(startedAt);
    expect(endsAt).toBeGreaterThan(responder.account.simulation.now);
    await askAnyhow();
    expect(breached()).toContain('I1');
  });

  test('are broken by a request on an intent that was used, and on a permit older than 30 seconds', async () => {
    await responder.account.simulation.runFor(20 * minute);
    await askAnyhow();
    expect(breached()).toEqual(['I6', 'I12']);
  });

  test('are broken by a third modification in a day', async () => {
    const { simulation } = responder.account;
    for (const later of [2, 3]) {
      await simulation.runUntil(startsAt + later * hour);
      await askAnyhow();
    }
    expect(breached()).toContain('I2');
  });

  test('are broken by a request after the switch was thrown', () => {
    expect(breached([{ at: startsAt, value: 'stop' }])).toEqual(['I3']);
  });

  test('are broken by a request for a volume without consent', () => {
    responder.account.ebs.volumes.removeTag(volumeId, 'ebs-burst:mode');
    expect(breached()).toEqual(['I4']);
  });

  test('are broken by a request within a day after somebody else’s change, not by that change alone', async () => {
    const { simulation, ebs } = responder.account;
    await simulation.runFor(hour);
    ebs.volumes.modifyByPerson(volumeId, { volumeType: 'gp2' });
    expect(breached()).toEqual([]);
    await simulation.runFor(hour);
    await askAnyhow();
    expect(breached()).toContain('I8');
  });

  test('are broken by a ledger over its cap, whatever is written after it, not by one that is full', async () => {
    const writeLedger = async (version: number, committed: number): Promise<void> => {
      const ledger = { version, committed, recentClaims: [] };
      const Item = {
        pk: { S: 'TEST' },
        sk: { S: 'LEDGER' },
        kind: { S: 'ledger' },
        body: { S: JSON.stringify(ledger) },
      };
      const TableName = responder.deployed.stack.physicalName('Cases');
      const transaction = { TransactItems: [{ Put: { TableName, Item } }] };
      await responder.account.endpoint(
        'DynamoDB',
        'TransactWriteItems',
        transaction,
        lambdaNamed(responder, 'respond'),
      );
    };
    await writeLedger(1, 100);
    expect(breached()).toEqual([]);
    await writeLedger(2, 100.01);
    await writeLedger(3, 0);
    expect(breached()).toEqual(['I5']);
  });
});
