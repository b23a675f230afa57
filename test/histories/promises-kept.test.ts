import { describe, expect, test } from 'vitest';
import type { Bridged, Closed, Told } from '../../core/domain/cases/case.ts';
import type { Ending } from '../../core/domain/deciding/decision.ts';
import { instant } from '../../core/domain/units.ts';
import { isVolumeId, type VolumeId } from '../../core/domain/volume.ts';
import { keyItem } from '../../lambda/adapters/dynamo-table.ts';
import { bodyOf } from '../../lambda/adapters/item-body.ts';
import { keys } from '../../lambda/adapters/table-keys.ts';
import type { Item } from '../../twin/dynamodb/attribute-value.ts';
import type { Modification } from '../../twin/ebs/simulated-volume.ts';
import { bridged } from '../domain/some-case.ts';
import { closedCases, openCases } from '../scenarios/account-history.ts';
import { lambdaNamed } from '../scenarios/lambdas.ts';
import { hour, minute } from '../scenarios/responder-account.ts';
import { caseTable } from './case-table.ts';
import { live } from './history.ts';
import { misjudgedIn } from './misjudged.ts';
import { perform } from './perform.ts';
import { rescue } from './rescue.ts';
import { unreturned } from './unended.ts';
import { untoldIn } from './untold.ts';
import type { World } from './world.ts';

const volumeOf = ({ volumeIds: [id = ''] }: World): VolumeId => {
  if (!isVolumeId(id)) throw new Error(`got ${id}; expected the id of a volume`);
  return id;
};

const closedIn = ({ responder }: World): Closed => {
  const [closed] = closedCases(responder);
  if (closed === undefined) throw new Error('expected a case that has ended');
  return closed;
};

/** What the table says, as if the responder had written it. */
const leave = ({ responder }: World, item: Item): void => {
  const table = caseTable(responder);
  table.restore([...table.snapshot(), item]);
};

const close = (world: World, closed: Closed): void =>
  leave(world, {
    ...keyItem(keys.closedCase(closed.volumeId, closed.id)),
    kind: { S: 'closed-case' },
    caseId: { S: closed.id },
    body: bodyOf(closed),
  });

const closeAs = (world: World, ending: Ending): void =>
  close(world, { ...closedIn(world), ending } as Closed);

const needed = ({ responder }: World): Told => ({
  what: 'needed',
  at: instant(responder.account.simulation.now),
  codes: [],
  easedAt: undefined,
});

describe('what a case ended as is compared with AWS', () => {
  test('and a move that AWS made is not said to have failed', async () => {
    const world = await live(rescue);
    await world.responder.account.simulation.runFor(2 * hour);
    expect(closedIn(world).ending).toBe('averted');
    expect(misjudgedIn(world)).toEqual([]);
    closeAs(world, 'failed');
    const { id, volumeId } = closedIn(world);
    expect(misjudgedIn(world)).toEqual([
      `I10: ${id} of ${volumeId} ended failed, and AWS says completed of its last move`,
    ]);
  });

  test.each(['averted', 'relieved', 'not-relieved', 'unproved', 'put-back'] as const)(
    'and one that AWS gave up is not said to have ended %s, unless the table was lost',
    async (ending) => {
      const [live21] = rescue.steps;
      if (live21 === undefined) throw new Error('expected a step');
      const world = await live({ ...rescue, steps: [{ kind: 'fail modification', volume: 0 }, live21] });
      expect(closedIn(world).ending).toBe('failed');
      expect(misjudgedIn(world)).toEqual([]);
      closeAs(world, ending);
      const { id, volumeId } = closedIn(world);
      expect(misjudgedIn(world)).toEqual([
        `I10: ${id} of ${volumeId} ended ${ending}, and AWS says failed of its last move`,
      ]);
      const forgotten = closedIn(world);
      await perform(world, { kind: 'lose table' });
      close(world, forgotten);
      expect(misjudgedIn(world)).toEqual([]);
    },
  );

  test('and one that AWS gave up may end as done where somebody else had the same done before', async () => {
    const [live21] = rescue.steps;
    if (live21 === undefined) throw new Error('expected a step');
    const world = await live({ ...rescue, steps: [{ kind: 'fail modification', volume: 0 }, live21] });
    closeAs(world, 'averted');
    const [volume] = world.responder.account.ebs.volumes.volumes;
    const [ours] = volume?.modifications ?? [];
    if (volume === undefined || ours === undefined) throw new Error('expected a modification');
    const { closedAt } = closedIn(world);
    const then = (after: Partial<Modification>): void => {
      volume.modifications = [ours, { ...ours, state: 'completed', startedAt: closedAt, ...after }];
    };
    then({});
    expect(misjudgedIn(world)).toEqual([]);
    then({ target: { ...ours.target, iops: 4_000 } });
    expect(misjudgedIn(world)).toHaveLength(1);
    then({ startedAt: closedAt + minute });
    expect(misjudgedIn(world)).toHaveLength(1);
  });
});

describe('a bridge without load', () => {
  const keepBridged = (world: World, rest: Partial<Bridged>): void => {
    const held = bridged({ volumeId: volumeOf(world), ...rest });
    const since = instant(world.startedAt);
    leave(world, {
      ...keyItem(keys.case(held.volumeId)),
      kind: { S: 'case' },
      caseId: { S: held.id },
      volumeId: { S: held.volumeId },
      state: { S: held.state },
      body: bodyOf({ ...held, bridge: { ...held.bridge, since } }),
    });
  };

  test('is named after a day and more, not before, and not where its load came back or the reason was told', async () => {
    const lived = await live(rescue);
    const world = { ...lived, setting: { ...lived.setting, loadEnds: 0 } };
    const { simulation } = world.responder.account;
    simulation.every(minute, () => world.responder.account.bus.lose(() => true));
    await simulation.runUntil(world.startedAt + 27 * hour);
    keepBridged(world, {});
    expect(unreturned(world)).toEqual([]);
    await simulation.runFor(minute);
    expect(unreturned(world)).toEqual([
      `I9: EB-00000001 of ${volumeOf(world)} is bridged for a day without load or word`,
    ]);
    expect(unreturned(lived)).toEqual([]);
    keepBridged(world, { told: needed(world) });
    expect(unreturned(world)).toEqual([]);
    keepBridged(world, {});
    await perform(world, { kind: 'tag', volume: 0, key: 'tier', value: 'latency-critical' });
    expect(unreturned(world)).toEqual([]);
    await perform(world, { kind: 'tag', volume: 0, key: 'tier', value: null });
    expect(unreturned(world)).toHaveLength(1);
    const muted = { ...world, performed: [...world.performed] };
    await perform(muted, { kind: 'mute', volume: 0, minutes: 30 });
    expect(unreturned(muted)).toEqual([]);
    await perform(world, { kind: 'demand', volume: 0, share: 0.5 });
    expect(unreturned(world)).toEqual([]);
  });
});

describe('a call for help', () => {
  test('of which a channel heard only before it was made is named, also after its case has ended', async () => {
    const world = await live(rescue);
    const [held] = openCases(world.responder);
    if (held === undefined) throw new Error('expected an open case');
    expect(untoldIn(world, [])).toEqual([]);
    const item = caseTable(world.responder)
      .snapshot()
      .find(({ caseId }) => caseId?.S === held.id);
    const body = { ...(JSON.parse(String(item?.['body']?.S)) as object), told: needed(world) };
    const Item = { ...item, body: { S: JSON.stringify(body) } };
    const { account, deployed } = world.responder;
    const Put = { TableName: deployed.stack.physicalName('Cases'), Item };
    const asRespond = lambdaNamed(world.responder, 'respond');
    await account.endpoint('DynamoDB', 'TransactWriteItems', { TransactItems: [{ Put }] }, asRespond);
    const missing = ['sns', 'slack'].map(
      (name) => `I9: ${held.id} of ${held.volumeId} needs a person, and ${name} was not told`,
    );
    expect(untoldIn(world, [])).toEqual(missing);
    const waiting = { noticeId: `${held.id}#9`, channel: 'slack' };
    expect(untoldIn(world, [waiting])).toEqual(missing.slice(0, 1));
    await perform(world, { kind: 'lose table' });
    expect(untoldIn(world, [])).toEqual([]);
  });
});

describe('a move', () => {
  test('of which a channel heard nothing since is named there', async () => {
    const world = await live(rescue);
    const { account, deployed } = world.responder;
    const { publications } = account.topics.get(deployed.stack.outputs['NoticeTopicArn']);
    expect(untoldIn(world, [])).toEqual([]);
    publications.splice(0, publications.length);
    const [held] = openCases(world.responder);
    expect(untoldIn(world, [])).toEqual([
      `I9: ${held?.id} of ${volumeOf(world)} was moved, and sns was not told`,
    ]);
  });
});
