import { beforeEach, describe, expect, test } from 'vitest';
import type { OpenCase } from '../../core/domain/cases/case.ts';
import { isVolumeId, type VolumeId } from '../../core/domain/volume.ts';
import { keyItem } from '../../lambda/adapters/dynamo-table.ts';
import { bodyOf } from '../../lambda/adapters/item-body.ts';
import { keys } from '../../lambda/adapters/table-keys.ts';
import type { Item } from '../../twin/dynamodb/attribute-value.ts';
import { announced, bridged, intended } from '../domain/some-case.ts';
import { minute } from '../scenarios/responder-account.ts';
import { live } from './history.ts';
import { rescue } from './rescue.ts';
import { settle } from './settle.ts';
import type { World } from './world.ts';

const goneId: VolumeId = 'vol-0fffffffffffffff0';
const incident = 'IN-FORGOTTEN';

let world: World;
/** Rescued and told of. */
let rescuedId: VolumeId;
/** Nothing was ever told of it. */
let quietId: VolumeId;

beforeEach(async () => {
  const [drained] = rescue.setting.volumes;
  if (drained === undefined) throw new Error('the rescue has no volume; expected one');
  const volumes = [drained, { ...drained, demand: 0.02 }];
  world = await live({ ...rescue, setting: { ...rescue.setting, volumes } });
  const [first, second] = world.volumeIds.filter(isVolumeId);
  if (first === undefined || second === undefined) throw new Error('expected two volumes');
  rescuedId = first;
  quietId = second;
});

/** The table as somebody has written it behind our back, so that nobody is woken. */
const leave = (item: Item): void => {
  const { account, deployed } = world.responder;
  const table = account.tables.get(deployed.stack.outputs['CaseTableName']);
  table.restore([...table.snapshot(), item]);
};

/** Without a place in the queue, so that no sweep finds it. */
const forget = (held: OpenCase): void =>
  leave({
    ...keyItem(keys.case(held.volumeId)),
    kind: { S: 'case' },
    state: { S: held.state },
    body: bodyOf(held),
  });

const row = (minutesFromNow: number): void =>
  leave({
    ...keyItem(keys.notice(incident, 'sns', 'N-1')),
    kind: { S: 'notice' },
    incident: { S: incident },
    queue: { S: 'notice' },
    dueAt: { N: String(world.responder.account.simulation.now + minutesFromNow * minute) },
  });

/** No schedule and no event wakes anybody any more. */
const sleep = (): void => world.responder.account.bus.lose(() => true);

describe('at the end of a history', () => {
  test('nothing is named where every case has its end and every notice is out', async () => {
    expect(await settle(world)).toEqual([]);
  });

  test('a request that was left open is named, a bridge that stands is not', async () => {
    forget(bridged({ volumeId: quietId }));
    expect(await settle(world)).toEqual([]);
    forget(intended({ volumeId: quietId }));
    expect(await settle(world)).toEqual([`I9: ${quietId} is intended (version 1)`]);
  });

  test('a case that is kept for a volume which is gone is named', async () => {
    forget(bridged({ volumeId: goneId }));
    expect(await settle(world)).toEqual([`I9: ${goneId} is bridged (version 1), but the volume is gone`]);
  });

  test('an announcement that nobody was told is named, one that was told is not', async () => {
    forget(announced({ volumeId: rescuedId, incident }));
    expect(await settle(world)).toEqual([]);
    forget(announced({ volumeId: quietId, incident }));
    expect(await settle(world)).toEqual([`I9: EB-00000001 of ${quietId} is announced, and nobody was told`]);
  });

  test('an announcement whose notice is going to be tried soon is not named', async () => {
    forget(announced({ volumeId: quietId, incident }));
    row(30);
    expect(await settle(world)).toEqual([]);
  });

  test('a notice that was due and is not delivered is named', async () => {
    sleep();
    row(-1);
    expect(await settle(world)).toEqual([
      expect.stringMatching(/^I10: NOTICE#sns#N-1 was due (9[0-3]) min ago$/),
    ]);
  });

  test('a notice that is put off for hours is named, one that is put off for half an hour is not', async () => {
    row(30);
    expect(await settle(world)).toEqual([]);
    row(180);
    expect(await settle(world)).toEqual(['I10: NOTICE#sns#N-1 was due -176 min ago']);
  });
});
