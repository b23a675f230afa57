import { beforeEach, describe, expect, test } from 'vitest';
import type { Closed, OpenCase } from '../../core/domain/cases/case.ts';
import { instant } from '../../core/domain/units.ts';
import { isVolumeId, type VolumeId } from '../../core/domain/volume.ts';
import { keyItem } from '../../lambda/adapters/dynamo-table.ts';
import { bodyOf } from '../../lambda/adapters/item-body.ts';
import { keys } from '../../lambda/adapters/table-keys.ts';
import type { Item } from '../../twin/dynamodb/attribute-value.ts';
import { announced, bridged, intended, upgrading, watching } from '../domain/some-case.ts';
import { closedCases, openCases } from '../scenarios/account-history.ts';
import { hour, minute } from '../scenarios/responder-account.ts';
import { caseTable } from './case-table.ts';
import { live } from './history.ts';
import { perform } from './perform.ts';
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
  const table = caseTable(world.responder);
  table.restore([...table.snapshot(), item]);
};

const fromNow = (minutes: number) => ({
  N: String(world.responder.account.simulation.now + minutes * minute),
});

const openItem = (held: OpenCase): Item => ({
  ...keyItem(keys.case(held.volumeId)),
  kind: { S: 'case' },
  caseId: { S: held.id },
  volumeId: { S: held.volumeId },
  state: { S: held.state },
  body: bodyOf(held),
});

/** Without a place in the queue, so that no sweep finds it. */
const forget = (held: OpenCase): void => leave(openItem(held));

/** With its place in the queue. */
const keep = (held: OpenCase, dueInMinutes: number): void =>
  leave({ ...openItem(held), queue: { S: 'case' }, dueAt: fromNow(dueInMinutes) });

const close = (closed: Closed): void =>
  leave({
    ...keyItem(keys.closedCase(closed.volumeId, closed.id)),
    kind: { S: 'closed-case' },
    caseId: { S: closed.id },
    body: bodyOf(closed),
  });

const row = (minutesFromNow: number, noticeId = 'N-1', channel: 'sns' | 'slack' = 'sns'): void =>
  leave({
    ...keyItem(keys.notice(incident, channel, noticeId)),
    kind: { S: 'notice' },
    noticeId: { S: noticeId },
    channel: { S: channel },
    incident: { S: incident },
    queue: { S: 'notice' },
    dueAt: fromNow(minutesFromNow),
  });

/** No schedule and no event wakes anybody any more. */
const sleep = (): void => world.responder.account.bus.lose(() => true);

/** Lives on until the rescue has its end. */
const ended = async (): Promise<Closed> => {
  await world.responder.account.simulation.runFor(2 * hour);
  const [closed] = closedCases(world.responder).filter(({ volumeId }) => volumeId === rescuedId);
  if (closed === undefined) throw new Error('the rescue has not ended');
  expect(closed.ending).toBe('averted');
  return closed;
};

const publications = () => {
  const { account, deployed } = world.responder;
  return account.topics.get(deployed.stack.outputs['NoticeTopicArn']).publications;
};

describe('at the end of a history', () => {
  test('nothing is named where every case has its end and every notice is out', async () => {
    expect(await settle(world)).toEqual([]);
  });

  test('a request that was left open is named', async () => {
    forget(intended({ volumeId: quietId }));
    expect(await settle(world)).toEqual([`I9: ${quietId} is intended (version 1)`]);
  });

  test('a bridge that dropped out of the queue is named, one that is due in an hour is not', async () => {
    keep(bridged({ volumeId: quietId }), 60);
    expect(await settle(world)).toEqual([]);
    forget(bridged({ volumeId: quietId }));
    expect(await settle(world)).toEqual([
      `I9: ${quietId} is bridged (version 1), and nobody is going to look at it`,
    ]);
  });

  test('a bridge that nobody looks at for hours is named, a watch whose wall is as far is not', async () => {
    keep(watching({ volumeId: quietId }), 600);
    expect(await settle(world)).toEqual([]);
    keep(bridged({ volumeId: quietId }), 600);
    expect(await settle(world)).toEqual([
      `I9: ${quietId} is bridged, and nobody is going to look at it for 596 min`,
    ]);
  });

  test('a move that has no end after a long calm is named, after a short one it is not', async () => {
    const { now } = world.responder.account.simulation;
    const acceptedAt = instant(now + 5 * minute);
    keep(upgrading({ volumeId: quietId, acceptedAt, predictedWall: undefined }), 1);
    expect(await settle(world)).toEqual([]);
    sleep();
    const longer = { ...world, setting: { ...world.setting, longCalm: true } };
    expect(await settle(longer)).toContain(
      `I9: EB-00000001 of ${quietId} is upgrading since before the calm`,
    );
  });

  test('a move is not named where somebody began another in the long calm, which takes as long again', async () => {
    const { account } = world.responder;
    const acceptedAt = instant(account.simulation.now);
    keep(upgrading({ volumeId: quietId, acceptedAt, predictedWall: undefined }), 1);
    const longer = { ...world, setting: { ...world.setting, longCalm: true } };
    sleep();
    account.simulation.after(hour, () => {
      account.ebs.volumes.modifyByPerson(quietId, { volumeType: 'gp3' });
    });
    expect(await settle(longer)).not.toContain(
      `I9: EB-00000001 of ${quietId} is upgrading since before the calm`,
    );
  });

  test('a case that is neither open nor closed any more is named, unless the table was lost', async () => {
    const { id } = await ended();
    const table = caseTable(world.responder);
    table.restore(table.snapshot().filter((item) => item['kind']?.S !== 'closed-case'));
    expect(await settle(world)).toEqual([`I9: written, and neither open nor closed: ${id}`]);
    await perform(world, { kind: 'lose table' });
    expect(await settle(world)).toEqual([]);
  });

  test('a case that was due and is not looked at is named, with any notice that was', async () => {
    sleep();
    row(-1);
    expect(await settle(world)).toEqual([
      expect.stringMatching(
        new RegExp(`^I9: ${rescuedId} is upgrading \\(version \\d+\\), and was due (8[5-9]|9[0-3]) min ago$`),
      ),
      expect.stringMatching(/^I10: NOTICE#sns#N-1 was due (9[0-3]) min ago$/),
    ]);
  });

  test('a case that is kept for a volume which is gone is named', async () => {
    forget(bridged({ volumeId: goneId }));
    expect(await settle(world)).toEqual([`I9: ${goneId} is bridged (version 1), but the volume is gone`]);
  });

  test('an announcement is named that nobody was told, whatever they were told of its volume before', async () => {
    const [told] = openCases(world.responder);
    keep(announced({ id: String(told?.id), volumeId: rescuedId, incident }), 60);
    expect(await settle(world)).toEqual([]);
    keep(announced({ volumeId: rescuedId, incident }), 60);
    expect(await settle(world)).toEqual([
      `I9: written, and neither open nor closed: ${told?.id}`,
      `I9: EB-00000001 of ${rescuedId} is announced, and nobody was told`,
    ]);
  });

  test('an announcement whose notice is going to be tried soon is not named, one of which another case’s is', async () => {
    keep(announced({ volumeId: quietId, incident }), 60);
    row(30, 'EB-00000001#1');
    expect(await settle(world)).toEqual([]);
    keep(announced({ id: 'EB-00000002', volumeId: quietId, incident }), 60);
    expect(await settle(world)).toEqual([`I9: EB-00000002 of ${quietId} is announced, and nobody was told`]);
  });

  test('a notice that is put off for hours is named, one that is put off for half an hour is not', async () => {
    row(30);
    expect(await settle(world)).toEqual([]);
    row(180);
    expect(await settle(world)).toEqual(['I10: NOTICE#sns#N-1 was due -176 min ago']);
  });
});

describe('an ending', () => {
  test('is named on each channel that was not told, not where it was', async () => {
    const closed = await ended();
    expect(await settle(world)).toEqual([]);
    const told = publications().findLastIndex(({ message }) => message.includes('this case is closed'));
    publications().splice(told, 1);
    expect(await settle(world)).toEqual([
      `I10: ${closed.id} of ${rescuedId} ended averted, and sns was not told`,
    ]);
  });

  test('is named where only the same end of another case of its disk and incident was told', async () => {
    const closed = await ended();
    close({ ...closed, id: 'EB-00000001' });
    expect(await settle(world)).toEqual(
      ['sns', 'slack'].map(
        (name) => `I10: EB-00000001 of ${rescuedId} ended averted, and ${name} was not told`,
      ),
    );
  });

  test('is named where only something else was told of its case', async () => {
    const closed = await ended();
    close({ ...closed, ending: 'not-relieved' });
    expect(await settle(world)).toEqual(
      ['sns', 'slack'].map(
        (name) => `I10: ${closed.id} of ${rescuedId} ended not-relieved, and ${name} was not told`,
      ),
    );
  });

  test('is not named on a channel that is going to be told soon', async () => {
    const closed = await ended();
    close({ ...closed, id: 'EB-00000001', incident, version: 9 });
    row(30, 'EB-00000001#9', 'slack');
    row(30, 'EB-00000001#8', 'sns');
    expect(await settle(world)).toEqual([
      `I10: EB-00000001 of ${rescuedId} ended averted, and sns was not told`,
    ]);
  });

  test('of a watch that nobody heard of is not named', async () => {
    const closed = await ended();
    const silent = { ...closed, id: 'EB-00000001', told: undefined, stays: undefined };
    close({ ...silent, incident: undefined, ending: 'recovered' });
    expect(await settle(world)).toEqual([]);
    close({ ...silent, incident, ending: 'recovered' });
    expect(await settle(world)).toHaveLength(2);
  });

  test('of a case that began before the table was lost is not named', async () => {
    const closed = { ...(await ended()), id: 'EB-00000001', incident };
    close(closed);
    expect(await settle(world)).toHaveLength(2);
    await perform(world, { kind: 'lose table' });
    close(closed);
    expect(await settle(world)).toEqual([]);
  });
});
