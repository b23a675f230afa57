import type { DeliveryFaults } from '../../twin/events/bus.ts';
import { lookMessage, switchParameter, toWork } from '../scenarios/lambdas.ts';
import { minute } from '../scenarios/responder-account.ts';
import type { Doing } from './doing.ts';
import type { World } from './world.ts';

/** A table is never as it was less than five minutes ago (DynamoDB API reference, LatestRestorableDateTime). */
const YOUNGEST_RESTORE = 5 * minute;

/** What happens to the account as a whole: events, the table, the channels, the switch, the quotas. */
export const toAccount: Doing<
  | 'forge message'
  | 'repeat events'
  | 'event trouble'
  | 'lose alarm events'
  | 'switch'
  | 'table'
  | 'slack'
  | 'sns'
  | 'quota'
> = {
  'forge message': (world, { body }) => toWork(world.responder, bodies[body](world)),
  'repeat events': ({ responder: { account } }, { newest, later }) => {
    for (const { event } of account.bus.log.slice(-newest)) {
      account.simulation.after(later * minute, () => account.bus.emit(event));
    }
  },
  'event trouble': ({ responder }, { source, trouble }) =>
    responder.account.bus.setFaults(source, troubles(source)[trouble]),
  'lose alarm events': (world, { lost }) => {
    world.alarmEventsLost = lost;
  },
  switch: ({ responder: { account }, turns }, { value }) => {
    if (value === 'absent') account.parameters.delete(switchParameter);
    else account.parameters.put(switchParameter, value);
    turns.push({ at: account.simulation.now, value: value === 'absent' ? undefined : value });
  },
  table: async (world, { what }) => {
    const { account, deployed } = world.responder;
    const table = account.tables.get(deployed.stack.outputs['CaseTableName']);
    if (what === 'lose') table.lose();
    else if (what === 'back up') world.backup = { items: table.snapshot(), at: account.simulation.now };
    else if (world.backup !== undefined) {
      await account.simulation.runUntil(world.backup.at + YOUNGEST_RESTORE);
      table.restore(world.backup.items);
    }
  },
  slack: ({ responder }, { outage }) => {
    responder.account.slack.settings.outage = outage;
  },
  sns: ({ responder: { account, deployed } }, { isDown }) => {
    account.topics.get(deployed.stack.outputs['NoticeTopicArn']).isDown = isDown;
  },
  quota: ({ responder }, { of, type, value }) => responder.account.ebs.volumes.quotas.set(of, type, value),
};

const bodies = {
  garbage: () => '{"detail-type":"CloudWatch Alarm State Change","detail":null',
  stranger: () => lookMessage('vol-0fffffffffffffff0'),
  look: ({ volumeIds }: World) => lookMessage(volumeIds[0] ?? ''),
};

/** AWS drops nothing of CloudWatch's; losing those is a step of its own. */
const troubles = (source: string) =>
  ({
    none: {},
    duplicate: { duplicate: 0.7 },
    drop: source === 'aws.ec2' ? { drop: 0.8 } : {},
    delay: { delay: { low: minute, high: 30 * minute } },
    reorder: { reorder: 0.8, duplicate: 0.3 },
  }) as const satisfies Readonly<Record<string, Partial<DeliveryFaults>>>;
