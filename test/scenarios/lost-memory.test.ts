import { describe, expect, test } from 'vitest';
import type { Table } from '../../twin/dynamodb/table.ts';
import { modifyCalls, refusalsTold, saidInOrder } from './account-history.ts';
import { drainingVolume } from './draining-volumes.ts';
import { expectInvariants } from './invariants.ts';
import { lambdaNamed } from './lambdas.ts';
import {
  acting,
  hour,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

/** One volume heads for the wall at once, one half an hour later. */
async function twoVolumes(): Promise<{
  responder: ResponderAccount;
  first: string;
  second: string;
  table: Table;
}> {
  const ids: string[] = [];
  const responder = await responderAccount(
    { ...acting, blastRadius: { volumes: 10, percentOfWatched: 100 } },
    (account) => {
      for (const from of [30, 90]) {
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
    },
  );
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
