import { describe, expect, test } from 'vitest';
import { closedCases, modifyCalls, openCases, saidInOrder } from './account-history.ts';
import { drainingVolume } from './draining-volumes.ts';
import { expectInvariants } from './invariants.ts';
import {
  acting,
  hour,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

/** 50 volumes, of which every fifth may not be moved: their cases are in every state that a rescue goes through. */
const fleet = (): Promise<ResponderAccount> =>
  responderAccount(
    { ...acting, blastRadius: { volumes: 50, percentOfWatched: 100 } },
    (account) => {
      for (let index = 0; index < 50; index += 1) {
        const mode = index % 5 === 0 ? 'notify' : 'act';
        drainingVolume(account, {
          sizeGiB: 100 + index,
          tags: { Name: `db-${index}`, 'ebs-burst:mode': mode },
        });
      }
    },
    { throttling: 'none', volumes: { optimizingTime: () => 30 * minute } },
  );

/** What another version leaves in the table: fields that this one has never heard of, in every open case and the ledger. */
function takeOver({ account, deployed }: ResponderAccount, state?: string): void {
  const table = account.tables.get(deployed.stack.outputs['CaseTableName']);
  const items = table.snapshot().map((item) => {
    const { kind, body } = item;
    if (body?.S === undefined || !['case', 'ledger'].includes(kind?.S ?? '')) return item;
    const known = JSON.parse(body.S) as object;
    const taken = {
      ...known,
      fromLater: { version: 2 },
      ...(state !== undefined && kind?.S === 'case' && { state }),
    };
    return { ...item, body: { S: JSON.stringify(taken) }, later: { S: 'x' } };
  });
  table.restore(items);
}

/** The open cases as they are stored, whoever can read them. */
const casesIn = ({ account, deployed }: ResponderAccount) =>
  account.tables
    .get(deployed.stack.outputs['CaseTableName'])
    .snapshot()
    .filter(({ kind }) => kind?.S === 'case');

/** New execution environments, as every deployment starts them. */
function deployAgain({ account: { functions }, deployed }: ResponderAccount): void {
  for (const name of deployed.lambdaNames.keys()) functions.reconfigure(name, {});
}
/** What became of every volume: what it was asked to be, what was told of it, and how its case stands. */
const storiesOf = (responder: ResponderAccount) => ({
  asked: modifyCalls(responder)
    .map(({ input }) => JSON.stringify(input))
    .toSorted(),
  said: saidInOrder(responder).toSorted(),
  closed: closedCases(responder)
    .map(({ volumeId, ending }) => `${volumeId} ${ending}`)
    .toSorted(),
  open: openCases(responder)
    .map(({ volumeId, state }) => `${volumeId} ${state}`)
    .toSorted(),
});

describe('50 open cases', () => {
  const now = startsAt + 68 * minute;
  const end = startsAt + 3 * hour;

  test('are told and moved as they would have been when another version takes over and is rolled back', async () => {
    const undisturbed = await fleet();
    await undisturbed.account.simulation.runUntil(end);
    const responder = await fleet();
    const { simulation } = responder.account;
    await simulation.runUntil(now);
    const states = openCases(responder).map(({ state }) => state);
    expect(states).toHaveLength(50);
    expect(new Set(states)).toEqual(new Set(['watching', 'announced', 'upgrading']));
    takeOver(responder);
    deployAgain(responder);
    await simulation.runUntil(end);
    expect(storiesOf(responder)).toEqual(storiesOf(undisturbed));
    expect(modifyCalls(responder)).toHaveLength(40);
    expectInvariants(responder);
  });

  test('are left as they are when what took over left a state that this one does not know, and nothing is asked for them', async () => {
    const responder = await fleet();
    const { simulation } = responder.account;
    await simulation.runUntil(now);
    const asked = modifyCalls(responder).length;
    takeOver(responder, 'dancing');
    const left = casesIn(responder);
    expect(left).toHaveLength(50);
    deployAgain(responder);
    await simulation.runUntil(now + 20 * minute);
    expect(modifyCalls(responder)).toHaveLength(asked);
    expect(casesIn(responder)).toEqual(left);
  });
});
