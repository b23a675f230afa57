import { describe, expect, test } from 'vitest';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import type { Table } from '../../twin/dynamodb/table.ts';
import { committed, modifyCalls, refusalsTold, saidInOrder } from './account-history.ts';
import { drainingVolume } from './draining-volumes.ts';
import { expectInvariants } from './invariants.ts';
import { lambdaNamed, switchParameter } from './lambdas.ts';
import {
  acting,
  hour,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

const uncapped: EbsBurstResponderProps = {
  ...acting,
  blastRadius: { volumes: 10, percentOfWatched: 100 },
};

/** One volume heads for the wall at once, one an hour later or when it is said. */
async function twoVolumes(
  props: EbsBurstResponderProps = uncapped,
  burstsFrom: readonly [number, number] = [30, 90],
): Promise<{
  responder: ResponderAccount;
  first: string;
  second: string;
  table: Table;
}> {
  const ids: string[] = [];
  const responder = await responderAccount(props, (account) => {
    for (const from of burstsFrom) {
      ids.push(
        drainingVolume(account, {
          tags: { Name: `from-${from}`, 'ebs-burst:mode': 'act' },
          demand: [
            { from: startsAt, iops: 50, ioBytes: 16_384 },
            { from: startsAt + from * minute, iops: 1_900, ioBytes: 16_384 },
          ],
        }),
      );
    }
  });
  const [first = '', second = ''] = ids;
  const table = responder.account.tables.get(responder.deployed.stack.outputs['CaseTableName']);
  return { responder, first, second, table };
}

const stateTagOf = ({ account }: ResponderAccount, id: string): string | undefined =>
  account.ebs.volumes.volume(id).tags.get('ebs-burst:state');

const askedOf = (responder: ResponderAccount, id: string) =>
  modifyCalls(responder).filter(({ input }) => JSON.stringify(input).includes(id));

describe('the table is lost, genesis item and all', () => {
  test('while a volume is moved and tagged: nothing is modified any more, and that is said', async () => {
    const { responder, first, second, table } = await twoVolumes();
    const { simulation } = responder.account;
    await simulation.runUntil(startsAt + 75 * minute);
    expect(askedOf(responder, first)).toHaveLength(1);
    expect(stateTagOf(responder, first)).toMatch(/^EB-/);
    table.lose();
    await simulation.runUntil(startsAt + 6 * hour);
    expect(modifyCalls(responder)).toHaveLength(1);
    expect(askedOf(responder, second)).toEqual([]);
    expect(stateTagOf(responder, first), 'the tag stays, for people').toMatch(/^EB-/);
    expect(new Set(refusalsTold(responder))).toEqual(new Set(['no-genesis']));
    expect(saidInOrder(responder)).toContain('needed');
    expectInvariants(responder);
  });
});

describe('the table is restored from an older backup', () => {
  test('while a request is open: the tagged volume is only told about, a new one is moved', async () => {
    const { responder, first, second, table } = await twoVolumes();
    const { simulation, functions } = responder.account;
    await simulation.runUntil(startsAt + 30 * minute);
    const backup = table.snapshot();
    functions.crash(lambdaNamed(responder, 'respond'), { before: 'ModifyVolume' });
    while (stateTagOf(responder, first) === undefined && simulation.now < startsAt + 80 * minute) {
      await simulation.runFor(minute / 4);
    }
    table.restore(backup);
    await simulation.runUntil(startsAt + 6 * hour);
    expect(askedOf(responder, first)).toEqual([]);
    expect(stateTagOf(responder, first)).toMatch(/^EB-/);
    expect(refusalsTold(responder)).toContain('unknown-case-tag');
    expect(askedOf(responder, second)).toHaveLength(1);
    expectInvariants(responder);
  });

  test('without any tag on a volume: it is simply new, and moved', async () => {
    const { responder, first, table } = await twoVolumes();
    const { simulation } = responder.account;
    await simulation.runUntil(startsAt + 30 * minute);
    table.restore(table.snapshot());
    await simulation.runUntil(startsAt + 70 * minute);
    expect(askedOf(responder, first)).toHaveLength(1);
    expectInvariants(responder);
  });
});

/** A restored ledger is as old as its backup; docs/limitations.md says so, and the runbook how to restore all the same. */
describe('a cap that covers one of two volumes', () => {
  const caps: Record<'blast radius' | 'spend cap', EbsBurstResponderProps> = {
    'blast radius': { ...acting, blastRadius: { volumes: 1, percentOfWatched: 100 } },
    'spend cap': { ...uncapped, target: 'io1', fixedIops: 1_000, maxMonthlyIncrease: 100 },
  };
  const refusals = { 'blast radius': 'over-blast-radius', 'spend cap': 'over-budget' } as const;

  test.each(['blast radius', 'spend cap'] as const)('holds for the second: the %s', async (cap) => {
    const { responder, first, second } = await twoVolumes(caps[cap], [30, 45]);
    await responder.account.simulation.runUntil(startsAt + 110 * minute);
    expect(askedOf(responder, first)).toHaveLength(1);
    expect(askedOf(responder, second)).toEqual([]);
    expect(new Set(refusalsTold(responder))).toEqual(new Set([refusals[cap]]));
  });

  test.each(['blast radius', 'spend cap'] as const)(
    'counts from the restored table, which has forgotten the first: the %s is passed',
    async (cap) => {
      const { responder, first, second, table } = await twoVolumes(caps[cap], [30, 45]);
      const { simulation } = responder.account;
      await simulation.runUntil(startsAt + 50 * minute);
      const backup = table.snapshot();
      await simulation.runUntil(startsAt + 70 * minute);
      const before = committed(responder);
      expect(askedOf(responder, first)).toHaveLength(1);
      table.restore(backup);
      await simulation.runUntil(startsAt + 110 * minute);
      expect(askedOf(responder, second)).toHaveLength(1);
      expect(refusalsTold(responder)).toEqual([]);
      expect(committed(responder), 'what the second costs and no more').toBe(before);
    },
  );

  test('holds after a restore under the switch at stop, which runs again an hour later: the blast radius', async () => {
    const { responder, first, second, table } = await twoVolumes(caps['blast radius'], [30, 45]);
    const { simulation, parameters } = responder.account;
    await simulation.runUntil(startsAt + 50 * minute);
    const backup = table.snapshot();
    await simulation.runUntil(startsAt + 70 * minute);
    parameters.put(switchParameter, 'stop');
    table.restore(backup);
    await simulation.runUntil(startsAt + 131 * minute);
    expect(askedOf(responder, second)).toEqual([]);
    parameters.put(switchParameter, 'run');
    await simulation.runUntil(startsAt + 150 * minute);
    const [firstAt = Number.NaN, ...again] = askedOf(responder, first).map(({ at }) => at);
    const [secondAt = Number.NaN, ...more] = askedOf(responder, second).map(({ at }) => at);
    expect([...again, ...more]).toEqual([]);
    expect(secondAt - firstAt).toBeGreaterThan(hour);
    expectInvariants(responder, [
      { at: startsAt + 70 * minute, value: 'stop' },
      { at: startsAt + 131 * minute, value: 'run' },
    ]);
  });
});
