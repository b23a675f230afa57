import { beforeEach, describe, expect, test } from 'vitest';
import type { Plan } from '../../core/domain/deciding/decision.ts';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import { modifyCalls } from './account-history.ts';
import { drainingVolume } from './draining-volumes.ts';
import { breachesIn, type SwitchTurn, type Witnessed } from './invariants.ts';
import { lambdaNamed, switchParameter } from './lambdas.ts';
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

const drainUnder = async (props: EbsBurstResponderProps, volumes = 1): Promise<void> => {
  responder = await responderAccount(
    props,
    (account) => {
      for (let made = 0; made < volumes; made += 1) volumeId = drainingVolume(account);
    },
    { volumes: { optimizingTime: () => 15 * minute } },
  );
  await responder.account.simulation.runUntil(startsAt + 70 * minute);
};

beforeEach(async () => {
  await drainUnder(acting);
  expect(modifyCalls(responder)).toHaveLength(1);
});

/** A request that no intent, no consent and no switch stands behind; `run` is the invocation that makes it. */
const askAnyhow = async (
  parameters: object = { VolumeType: 'gp3', Iops: 4_000 },
  run?: string,
): Promise<void> => {
  const request = { VolumeId: volumeId, ...parameters };
  await responder.account
    .endpoint('EC2', 'ModifyVolume', request, lambdaNamed(responder, 'respond'), run)
    .catch((error: unknown) => error);
};

const readSwitch = async (run: string): Promise<void> => {
  const respond = lambdaNamed(responder, 'respond');
  await responder.account.endpoint('SSM', 'GetParameter', { Name: switchParameter }, respond, run);
};

type Item = Readonly<Record<string, { readonly S?: string }>>;

const write = async (item: Item, run?: string): Promise<void> => {
  const TableName = responder.deployed.stack.physicalName('Cases');
  const transaction = { TransactItems: [{ Put: { TableName, Item: item } }] };
  await responder.account.endpoint(
    'DynamoDB',
    'TransactWriteItems',
    transaction,
    lambdaNamed(responder, 'respond'),
    run,
  );
};

/** The claim of the rescue. */
const claimed = () => {
  const claim = responder.account.endpoint.calls
    .filter(({ operation }) => operation === 'TransactWriteItems')
    .flatMap(({ input }) => (input as { TransactItems: readonly { Put?: { Item: Item } }[] }).TransactItems)
    .find(({ Put }) => Put?.Item['state']?.S === 'intended')?.Put?.Item;
  const body = JSON.parse(claim?.['body']?.S ?? '') as { readonly plan: Pick<Plan, 'from' | 'to'> };
  return { claim, body };
};

/** The same once more, now as one that is to end the bridge which the rescue was. */
const intendReturn = async (run?: string): Promise<void> => {
  const { claim, body } = claimed();
  const { from, to } = body.plan;
  const since = modifyCalls(responder)[0]?.at;
  const bridge = { plan: body.plan, since, verdict: { kind: 'relieved' } };
  await write(
    {
      ...claim,
      body: { S: JSON.stringify({ ...body, plan: { ...body.plan, from: to, to: from }, bridge }) },
    },
    run,
  );
};

const breached = (turns: readonly SwitchTurn[] = [], witnessed: Witnessed = {}): readonly string[] => [
  ...new Set(breachesIn(responder, { turns, ...witnessed }).map((line) => line.split(':')[0] ?? '')),
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

  test('are broken by the second of two requests at one instant, not by the first', async () => {
    await responder.account.simulation.runFor(8 * hour);
    await askAnyhow({ VolumeType: 'io2', Iops: 500 });
    expect(breached()).not.toContain('I1');
    await askAnyhow();
    const [, first, second] = modifyCalls(responder);
    expect(second?.at).toBe(first?.at);
    expect(breachesIn(responder)).toContainEqual(expect.stringMatching(/^I1: .*"VolumeType":"gp3"/));
  });

  test('are broken by a request that is not what was intended, not by one that is', async () => {
    await responder.account.simulation.runFor(70 * minute);
    await intendReturn();
    await askAnyhow({ VolumeType: 'gp2' });
    expect(breached()).not.toContain('I6');
    await intendReturn();
    await askAnyhow({ VolumeType: 'gp2', Size: 200 });
    expect(breachesIn(responder)).toContainEqual(
      expect.stringMatching(/^I6: .*"Size":200}, intended {"VolumeType":"gp2"}$/),
    );
  });

  test('are broken by a request for a volume that never was, not by one for a volume that is gone since', async () => {
    responder.account.ebs.volumes.deleteVolume(volumeId);
    expect(breached()).toEqual([]);
    volumeId = 'vol-0fffffffffffffff0';
    await askAnyhow();
    expect(breached()).toContain('I4');
  });

  test('are broken by a request on an intent that was used, and on a permit older than 30 seconds', async () => {
    await responder.account.simulation.runFor(70 * minute);
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
    await responder.account.simulation.runFor(70 * minute);
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

describe('the run that asks', () => {
  beforeEach(() => responder.account.simulation.runFor(70 * minute));

  test('has read the switch itself within 30 seconds, however freshly another has', async () => {
    await readSwitch('run-1');
    await responder.account.simulation.runFor(40_000);
    await readSwitch('run-2');
    await askAnyhow({ VolumeType: 'gp2' }, 'run-2');
    expect(breached()).toEqual(['I6']);
    await askAnyhow({ VolumeType: 'gp2' }, 'run-1');
    expect(breached()).toContain('I12');
  });

  test('has read itself that the switch says run, whatever another has read since', async () => {
    const { simulation } = responder.account;
    const turns = [
      { at: simulation.now, value: 'stop' },
      { at: simulation.now + 2_000, value: 'run' },
    ];
    await simulation.runFor(1_000);
    await readSwitch('run-1');
    await simulation.runFor(2_000);
    await readSwitch('run-2');
    await askAnyhow({ VolumeType: 'gp2' }, 'run-2');
    expect(breached(turns)).toEqual(['I6']);
    await askAnyhow({ VolumeType: 'gp2' }, 'run-1');
    expect(breached(turns)).toContain('I3');
  });

  test.each([
    ['its own', 'run-1', []],
    ['another’s', 'run-2', ['I6']],
  ])('stands on an intent that is its own: %s', async (_whose, run, expected) => {
    await intendReturn(run);
    await readSwitch('run-1');
    await askAnyhow({ VolumeType: 'gp2' }, 'run-1');
    expect(modifyCalls(responder)).toHaveLength(2);
    expect(breached()).toEqual(expected);
  });
});

describe('an upgrade without a BurstBalance of the last ten minutes', () => {
  const upgrade = async (code: string): Promise<void> => {
    await responder.account.simulation.runFor(70 * minute);
    const { claim, body } = claimed();
    const plan = { ...body.plan, to: { type: 'io2', iops: 500 } };
    await write({ ...claim, body: { S: JSON.stringify({ ...body, plan, reason: { code } }) } }, 'run-1');
    await readSwitch('run-1');
    await askAnyhow({ VolumeType: 'io2', Iops: 500 }, 'run-1');
    expect(modifyCalls(responder).at(-1)?.error).toBeUndefined();
  };

  test('breaks I12 where a forecast asked for it', async () => {
    await upgrade('heading-for-wall');
    expect(breached()).toEqual(['I12']);
  });

  test('breaks nothing where no balance was asked for', async () => {
    await upgrade('born-right');
    expect(breached()).toEqual([]);
  });
});

describe('what AWS bills for our acts', () => {
  const dear = { VolumeType: 'io2', Iops: 10_000 };
  const half = { VolumeType: 'io2', Iops: 1_000 };

  beforeEach(() => responder.account.simulation.runFor(70 * minute));

  test('breaks the cap where the ledger knows nothing of it, not where it keeps within', async () => {
    await askAnyhow(half);
    expect(breached()).not.toContain('I5');
    await responder.account.simulation.runFor(70 * minute);
    await askAnyhow(dear);
    expect(breachesIn(responder)).toContainEqual(
      expect.stringMatching(/^I5: .*Z \$585\.00 a month stand, cap \$100$/),
    );
  });

  test('counts no act that somebody has undone', async () => {
    const { simulation, ebs } = responder.account;
    await askAnyhow(half);
    await simulation.runFor(70 * minute);
    ebs.volumes.modifyByPerson(volumeId, { volumeType: 'gp2' });
    await simulation.runFor(70 * minute);
    await askAnyhow(half);
    expect(modifyCalls(responder).map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
    expect(breached()).not.toContain('I5');
  });

  test('counts an act whose undoing failed, not one whose undoing succeeded', async () => {
    const undone = async (isFailing: boolean): Promise<void> => {
      await drainUnder({ ...acting, blastRadius: { volumes: 10, percentOfWatched: 100 } }, 2);
      const [first = '', second = ''] = responder.account.ebs.volumes.volumes.map(({ id }) => id);
      const { volumes } = responder.account.ebs;
      await responder.account.simulation.runFor(70 * minute);
      volumeId = first;
      await askAnyhow(half);
      await responder.account.simulation.runFor(70 * minute);
      if (isFailing) volumes.modifier.failNext(first, 'Internal error.');
      volumes.modifyByPerson(first, { volumeType: 'gp2' });
      await responder.account.simulation.runFor(70 * minute);
      volumeId = second;
      await askAnyhow(half);
    };
    await undone(false);
    expect(breached()).not.toContain('I5');
    await undone(true);
    expect(breached()).toContain('I5');
  });

  test('counts a second bridge after the first went back', async () => {
    const { simulation } = responder.account;
    for (const to of [dear, { VolumeType: 'gp2' }]) {
      await askAnyhow(to);
      await simulation.runFor(70 * minute);
    }
    const before = breachesIn(responder).filter((line) => line.includes('a month stand')).length;
    await askAnyhow(dear);
    const after = breachesIn(responder).filter((line) => line.includes('a month stand')).length;
    expect(modifyCalls(responder).at(-1)?.error).toBeUndefined();
    expect(after).toBe(before + 1);
  });

  test('is summed over all volumes, also over one that somebody has let grow, but not over one whose act failed', async () => {
    const halves = async (afterwards: (id: string) => void): Promise<void> => {
      await drainUnder({ ...acting, blastRadius: { volumes: 10, percentOfWatched: 100 } }, 2);
      const [first = '', second = ''] = responder.account.ebs.volumes.volumes.map(({ id }) => id);
      await responder.account.simulation.runFor(70 * minute);
      volumeId = first;
      await askAnyhow(half);
      afterwards(first);
      await responder.account.simulation.runFor(70 * minute);
      volumeId = second;
      await askAnyhow(half);
    };
    await halves(() => undefined);
    expect(breached()).toContain('I5');
    await halves((id) => {
      const { simulation, ebs } = responder.account;
      simulation.after(30 * minute, () => void ebs.volumes.modifyByPerson(id, { sizeGiB: 200 }));
    });
    expect(breached()).toContain('I5');
    await halves((id) => responder.account.ebs.volumes.modifier.failNext(id, 'Internal error.'));
    expect(breached()).not.toContain('I5');
  });

  test('is not held against a table that was lost before, but is against one that was lost after', async () => {
    const { simulation } = responder.account;
    const memoryLostAt = simulation.now;
    await askAnyhow(dear);
    expect(breached([], { memoryLosses: [memoryLostAt] })).not.toContain('I5');
    expect(breached([], { memoryLosses: [memoryLostAt + 1] })).toContain('I5');
  });
});

describe('acts within an hour', () => {
  /** One that was not moved. */
  const another = (): string =>
    responder.account.ebs.volumes.volumes.find(({ modifications }) => modifications.length === 0)?.id ?? '';

  test('are as many as there may be volumes, and no more', async () => {
    await drainUnder({ ...acting, blastRadius: { volumes: 2, percentOfWatched: 100 } }, 3);
    expect(modifyCalls(responder)).toHaveLength(2);
    expect(breached()).toEqual([]);
    volumeId = another();
    await askAnyhow();
    expect(breachesIn(responder)).toContainEqual(
      expect.stringMatching(/^I5: .*Z 3 acts within an hour, limit 2$/),
    );
  });

  test('are as many as the share of what is watched allows, and no more', async () => {
    await drainUnder({ ...acting, blastRadius: { volumes: 10, percentOfWatched: 100 } }, 2);
    expect(modifyCalls(responder)).toHaveLength(2);
    expect(breached()).toEqual([]);
    await drainUnder(acting, 2);
    expect(modifyCalls(responder)).toHaveLength(1);
    volumeId = another();
    await askAnyhow();
    expect(breached()).toContain('I5');
  });

  test('are counted by an hour that is as much shorter as a clock of ours may have been wrong', async () => {
    await responder.account.simulation.runFor(20 * minute);
    await askAnyhow();
    expect(breached([], { clockError: 5 * minute })).toContain('I5');
    expect(breached([], { clockError: 25 * minute })).not.toContain('I5');
  });

  test('count also where their volume is gone since', async () => {
    await drainUnder(acting, 2);
    const moved = responder.account.ebs.volumes.volumes.find(({ modifications }) => modifications.length > 0);
    volumeId = another();
    responder.account.ebs.volumes.deleteVolume(moved?.id ?? '');
    expect(breached()).toEqual([]);
    await askAnyhow();
    expect(breached()).toContain('I5');
  });

  test('are counted again from a loss of the table on, not those before it', async () => {
    await drainUnder(acting, 3);
    const lostAt = responder.account.simulation.now;
    await responder.account.simulation.runFor(6 * minute);
    volumeId = another();
    await askAnyhow();
    expect(breached([], { memoryLosses: [lostAt] })).not.toContain('I5');
    volumeId = another();
    await askAnyhow();
    expect(breached([], { memoryLosses: [lostAt] })).toContain('I5');
  });

  test('are not held against a table that was lost before', async () => {
    await responder.account.simulation.runFor(20 * minute);
    const memoryLostAt = responder.account.simulation.now;
    await askAnyhow();
    expect(breached([], { memoryLosses: [memoryLostAt] })).not.toContain('I5');
  });
});
