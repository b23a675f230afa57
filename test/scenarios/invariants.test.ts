import { beforeEach, describe, expect, test } from 'vitest';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
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

const drainUnder = async (props: EbsBurstResponderProps): Promise<void> => {
  responder = await responderAccount(
    props,
    (account) => {
      volumeId = drainingVolume(account);
    },
    { volumes: { optimizingTime: () => 15 * minute } },
  );
  await responder.account.simulation.runUntil(startsAt + 70 * minute);
};

beforeEach(async () => {
  await drainUnder(acting);
  expect(modifyCalls(responder)).toHaveLength(1);
});

/** A request that no intent, no consent and no switch stands behind. */
const askAnyhow = async (parameters: object = { VolumeType: 'gp3', Iops: 4_000 }): Promise<void> => {
  const request = { VolumeId: volumeId, ...parameters };
  await responder.account
    .endpoint('EC2', 'ModifyVolume', request, lambdaNamed(responder, 'respond'))
    .catch((error: unknown) => error);
};

type Item = Readonly<Record<string, { readonly S?: string }>>;

const write = async (item: Item): Promise<void> => {
  const TableName = responder.deployed.stack.physicalName('Cases');
  const transaction = { TransactItems: [{ Put: { TableName, Item: item } }] };
  await responder.account.endpoint(
    'DynamoDB',
    'TransactWriteItems',
    transaction,
    lambdaNamed(responder, 'respond'),
  );
};

/** The claim of the rescue once more, now as one that is to end the bridge which the rescue was. */
const intendReturn = async (): Promise<void> => {
  const claim = responder.account.endpoint.calls
    .filter(({ operation }) => operation === 'TransactWriteItems')
    .flatMap(({ input }) => (input as { TransactItems: readonly { Put?: { Item: Item } }[] }).TransactItems)
    .find(({ Put }) => Put?.Item['state']?.S === 'intended')?.Put?.Item;
  const body = JSON.parse(claim?.['body']?.S ?? '') as { readonly plan: object };
  const since = modifyCalls(responder)[0]?.at;
  const bridge = { plan: body.plan, since, verdict: { kind: 'relieved' } };
  await write({ ...claim, body: { S: JSON.stringify({ ...body, bridge }) } });
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

  test.each([
    ['another type', { VolumeType: 'st1' }],
    ['the same type with a size', { VolumeType: 'gp2', Size: 200 }],
    ['more of what is there', { VolumeType: 'gp3', Iops: 4_000 }],
  ])('are broken by a return to something else than the volume was before: %s', async (_what, to) => {
    await responder.account.simulation.runFor(20 * minute);
    await intendReturn();
    await askAnyhow(to);
    expect(breached()).toContain('I7');
  });

  test('are not broken by a return to exactly what the volume was', async () => {
    await responder.account.simulation.runFor(20 * minute);
    await intendReturn();
    expect(breached()).toEqual([]);
    await askAnyhow({ VolumeType: 'gp2' });
    expect(modifyCalls(responder)).toHaveLength(2);
    expect(breached()).toEqual(['I12']);
  });

  test('are broken by a request of a deployment that may only tell, not by its telling', async () => {
    await drainUnder({ ...acting, mode: 'notify' });
    expect(breached()).toEqual([]);
    await askAnyhow();
    expect(breached()).toContain('I11');
  });

  test('are broken by a request of a deployment whose selector is empty, not of one that selects by a single value', () => {
    const { functions } = responder.account;
    const name = lambdaNamed(responder, 'respond');
    const { environment } = functions.definition(name);
    const policy = JSON.parse(environment?.['POLICY'] ?? '') as { readonly act: object };
    const select = (values: readonly string[]): void => {
      const POLICY = JSON.stringify({ ...policy, act: { ...policy.act, values } });
      functions.reconfigure(name, { environment: { ...environment, POLICY } });
    };
    select(['act']);
    expect(breached()).toEqual([]);
    select([]);
    expect(breached()).toEqual(['I4', 'I11']);
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
      const body = { S: JSON.stringify(ledger) };
      await write({ pk: { S: 'TEST' }, sk: { S: 'LEDGER' }, kind: { S: 'ledger' }, body });
    };
    await writeLedger(1, 100);
    expect(breached()).toEqual([]);
    await writeLedger(2, 100.01);
    await writeLedger(3, 0);
    expect(breached()).toEqual(['I5']);
  });
});
