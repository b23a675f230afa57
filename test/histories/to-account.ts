import type { Item } from '../../twin/dynamodb/attribute-value.ts';
import type { DeliveryFaults } from '../../twin/events/bus.ts';
import { lookMessage, switchParameter, toWork } from '../scenarios/lambdas.ts';
import { minute } from '../scenarios/responder-account.ts';
import { caseTable } from './case-table.ts';
import type { Doing } from './doing.ts';
import { stackName, type World } from './world.ts';

/** A table is never as it was less than five minutes ago (DynamoDB API reference, LatestRestorableDateTime). */
const YOUNGEST_RESTORE = 5 * minute;
/**
 * AWS restores no table in place: it makes a new one, which takes it minutes, and until then ours is gone. Else an act could
 * be forgotten seconds after it, before EC2's lists, up to two minutes late here, show it to anybody.
 */
const SHORTEST_RESTORE = 3 * minute;

/** What happens to the account as a whole: events, the table, the channels, the switch, the stack, the quotas. */
export const toAccount: Doing<
  | 'forge message'
  | 'repeat events'
  | 'event trouble'
  | 'lose alarm events'
  | 'switch'
  | 'stack'
  | 'lose table'
  | 'restore table'
  | 'slack'
  | 'sns'
  | 'quota'
> = {
  'forge message': (world, { body }) => {
    toWork(world.responder, bodies[body](world));
    return true;
  },
  'repeat events': ({ responder: { account } }, { newest, later }) => {
    let repeated = 0;
    for (const { event } of account.bus.log.slice(-newest)) {
      account.simulation.after(later * minute, () => {
        repeated += 1;
        account.bus.emit(event);
      });
    }
    return () => repeated > 0;
  },
  'event trouble': ({ responder, troubles }, { source, trouble }) => {
    const before = troubles.get(source) ?? 'none';
    troubles.set(source, trouble);
    responder.account.bus.setFaults(source, faults[trouble]);
    return before !== trouble;
  },
  'lose alarm events': (world, { lost }) => {
    const before = world.alarmEventsLost;
    world.alarmEventsLost = lost;
    return before !== lost;
  },
  switch: ({ responder: { account }, turns }, { value }) => {
    const before = turns.at(-1) ?? { value: 'run' };
    if (value === 'absent') account.parameters.delete(switchParameter);
    else account.parameters.put(switchParameter, value);
    turns.push({ at: account.simulation.now, value: value === 'absent' ? undefined : value });
    return before.value !== turns.at(-1)?.value;
  },
  stack: ({ responder: { account }, setting, volumeIds }, { status }) => {
    const { stacks, volumes } = account.ebs;
    const before = stacks.describe(stackName).status;
    stacks.setStackStatus(stackName, status);
    const members = volumeIds.filter((_id, index) => setting.volumes[index]?.inStack);
    return before !== status && volumes.volumes.some(({ id }) => members.includes(id));
  },
  'lose table': ({ responder }) => {
    const table = caseTable(responder);
    const held = table.snapshot().length;
    table.lose();
    return held > 0;
  },
  'restore table': async ({ responder, backups }, { stepsAgo }) => {
    const backup = backups.at(Math.max(-backups.length, -1 - stepsAgo));
    if (backup === undefined) return false;
    const { simulation } = responder.account;
    const table = caseTable(responder);
    const before = table.snapshot();
    table.lose();
    await simulation.runUntil(Math.max(backup.at + YOUNGEST_RESTORE, simulation.now + SHORTEST_RESTORE));
    table.restore(backup.items);
    return contentOf(before) !== contentOf(backup.items);
  },
  slack: ({ responder }, { outage }) => {
    const { settings } = responder.account.slack;
    const before = settings.outage;
    settings.outage = outage;
    return before !== outage;
  },
  sns: ({ responder: { account, deployed } }, { isDown }) => {
    const topic = account.topics.get(deployed.stack.outputs['NoticeTopicArn']);
    const before = topic.isDown;
    topic.isDown = isDown;
    return before !== isDown;
  },
  quota: ({ responder }, { of, type, value }) => {
    const { quotas } = responder.account.ebs.volumes;
    const before = quotas.all.find((one) => one.kind === of && one.volumeType === type)?.value;
    quotas.set(of, type, value);
    return before !== undefined && before !== value;
  },
};

const contentOf = (items: readonly Item[]): string =>
  JSON.stringify(items.map((item) => JSON.stringify(item)).sort());

const bodies = {
  garbage: () => '{"detail-type":"CloudWatch Alarm State Change","detail":null',
  stranger: () => lookMessage('vol-0fffffffffffffff0'),
  look: ({ volumeIds }: World) => lookMessage(volumeIds[0] ?? ''),
};

const faults = {
  none: {},
  duplicate: { duplicate: 0.7 },
  drop: { drop: 0.8 },
  delay: { delay: { low: minute, high: 30 * minute } },
  reorder: { reorder: 0.8, duplicate: 0.3 },
} as const satisfies Readonly<Record<string, Partial<DeliveryFaults>>>;
