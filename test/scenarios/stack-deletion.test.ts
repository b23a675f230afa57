import { describe, expect, test } from 'vitest';
import { modifyCalls } from './account-history.ts';
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

const foreignName = 'ebs-burst/vol-0123456789abcdef0';

/** One volume on io1 that would go back some day, one that is only watched, and somebody else's alarm with our prefix. */
async function upgraded(): Promise<{ responder: ResponderAccount; volumeId: string }> {
  let volumeId = '';
  const responder = await responderAccount({ ...acting, target: 'io1', fixedIops: 1_000 }, (account) => {
    volumeId = drainingVolume(account);
    drainingVolume(account, {
      tags: { Name: 'calm' },
      demand: [{ from: startsAt, iops: 50, ioBytes: 16_384 }],
    });
  });
  const { ebs, simulation } = responder.account;
  await simulation.runUntil(startsAt + 2 * hour);
  const [ours] = ebs.alarms.all;
  if (ours !== undefined)
    ebs.alarms.put({ ...ours.definition, name: foreignName, description: 'put up by another team' }, {});
  expect(modifyCalls(responder)).toHaveLength(1);
  expect(ebs.alarms.all.length).toBeGreaterThan(1);
  expectInvariants(responder);
  return { responder, volumeId };
}

const alarmNames = ({ account }: ResponderAccount): readonly string[] =>
  account.ebs.alarms.all.map(({ definition }) => definition.name);

describe('the stack is deleted with a volume upgraded', () => {
  test('our alarms go, others stay, and the farewell is sent before the deletion is over', async () => {
    const { responder, volumeId } = await upgraded();
    const { account, deployed } = responder;
    const tableName = deployed.stack.outputs['CaseTableName'];
    const topic = account.topics.get(deployed.stack.outputs['NoticeTopicArn']);
    expect(await deployed.stack.delete()).toEqual({ status: 'DELETE_COMPLETE' });
    const deletedAt = account.simulation.now;
    expect(alarmNames(responder)).toEqual([foreignName]);
    const farewell = topic.publications.at(-1);
    expect(farewell?.at).toBeLessThanOrEqual(deletedAt);
    expect(farewell?.message).toContain(volumeId);
    expect(farewell?.message).toMatch(/gp2/);
    expect(farewell?.message).toMatch(/io1/);
    const slack = account.slackWorkspace.messages(responder.slackChannelId).at(-1);
    expect(JSON.stringify(slack?.blocks)).toContain(volumeId);
    expect(
      account.tables
        .get(tableName)
        .snapshot()
        .some((item) => item['kind']?.S === 'case'),
    ).toBe(true);
    await account.simulation.runFor(2 * hour);
    expect(modifyCalls(responder)).toHaveLength(1);
    expect(alarmNames(responder), 'nothing puts alarms up again').toEqual([foreignName]);
  });

  test('a channel that is down does not hold the deletion longer than it waits', async () => {
    const { responder } = await upgraded();
    const { account, deployed } = responder;
    account.slack.settings.outage = 'network';
    const topic = account.topics.get(deployed.stack.outputs['NoticeTopicArn']);
    const before = account.simulation.now;
    expect(await deployed.stack.delete()).toEqual({ status: 'DELETE_COMPLETE' });
    expect(account.simulation.now - before).toBeLessThan(4 * minute);
    expect(topic.publications.at(-1)?.message).toContain('gp2');
    expect(alarmNames(responder)).toEqual([foreignName]);
  });

  test('a table that cannot be read fails the deletion with its reason, soon, and can be repeated', async () => {
    const { responder } = await upgraded();
    const { account, deployed } = responder;
    const outage = Object.assign(new Error('Requested resource not found'), {
      name: 'ResourceNotFoundException',
    });
    const cleanUp = lambdaNamed(responder, 'clean-up');
    account.endpoint.fail({ service: 'DynamoDB', principal: cleanUp }, outage, 1);
    const before = account.simulation.now;
    const failed = await deployed.stack.delete();
    expect(failed.status).toBe('DELETE_FAILED');
    expect(failed).toMatchObject({ reason: expect.stringContaining('Requested resource not found') });
    expect(account.simulation.now - before).toBeLessThan(minute);
    expect(await deployed.stack.delete()).toEqual({ status: 'DELETE_COMPLETE' });
    expect(alarmNames(responder)).toEqual([foreignName]);
  });
});
