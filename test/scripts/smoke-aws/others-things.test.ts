import { describe, expect, test } from 'vitest';
import { accountId, person, run, runSmoke, smokeWorld } from './smoke-world.ts';

const key = 'ebs-burst-smoke';
const deletions = /^(Delete|Terminate|Remove|Unsubscribe)/;

describe('what is not tagged with the run', () => {
  test('is never deleted, however like it looks', async () => {
    const smoke = smokeWorld();
    const { ebs, queues, bus, tables } = smoke.account;
    const { volumes } = ebs;
    const gp2 = { volumeType: 'gp2', sizeGiB: 1 } as const;
    const kept = [
      volumes.createVolume(gp2).id,
      volumes.createVolume({ ...gp2, tags: { [key]: 'deadbeef' } }).id,
      volumes.createVolume({ ...gp2, tags: { Name: `${key}-${run}` } }).id,
      volumes.createInstance({ tags: { [key]: 'deadbeef' } }).id,
      volumes.createInstance({ tags: { Name: `${key}-${run}` } }).id,
    ];
    queues.create({ name: `${key}-deadbeef`, tags: { [key]: 'deadbeef' } });
    const trigger = { pattern: { source: ['aws.ec2'] } };
    bus.putRule({
      name: `${key}-deadbeef`,
      trigger,
      isEnabled: true,
      targets: [],
      tags: { [key]: 'deadbeef' },
    });
    const keys = { partition: { name: 'pk', type: 'S' } } as const;
    tables.create({ name: 'EbsBurst-ResponderCasesOld', keys, indexes: [] }).tags = { [key]: 'deadbeef' };
    expect(await runSmoke(smoke)).toBe(0);
    const { instances } = volumes;
    const there = [
      ...volumes.volumes.map(({ id }) => id),
      ...instances.filter(({ state }) => state === 'running').map(({ id }) => id),
    ];
    expect(there).toEqual(kept);
    expect(queues.find(`${key}-deadbeef`)).toBeDefined();
    expect(bus.has(`${key}-deadbeef`)).toBe(true);
    expect(tables.all.map(({ definition }) => definition.name)).toEqual(['EbsBurst-ResponderCasesOld']);
  });

  test('is not deleted for having its name: a queue, a rule and a stack without the tag', async () => {
    const smoke = smokeWorld();
    const { queues, bus, ebs, endpoint } = smoke.account;
    queues.create({ name: `${key}-${run}` });
    const trigger = { pattern: { source: ['aws.ec2'] } };
    bus.putRule({ name: `${key}-${run}`, trigger, isEnabled: true, targets: [] });
    ebs.stacks.setStackStatus('EbsBurst', 'UPDATE_COMPLETE');
    expect(await runSmoke(smoke, '--clean-up-only', run)).toBe(0);
    expect(smoke.said.at(-1)).toBe('Nothing of this run was there.');
    const sent = endpoint.calls.filter(
      ({ principal, operation }) => principal === person && deletions.test(operation),
    );
    expect(sent).toEqual([]);
    expect(ebs.stacks.describe('EbsBurst').status).toBe('UPDATE_COMPLETE');
  });

  test('is not deployed over nor destroyed: a stack that somebody makes while the question stands', async () => {
    const smoke = smokeWorld({
      ask: async () => {
        ebs.stacks.setStackStatus('EbsBurst', 'CREATE_COMPLETE');
        return accountId;
      },
    });
    const { ebs, endpoint } = smoke.account;
    expect(await runSmoke(smoke)).toBe(1);
    expect(smoke.said).toContain(
      'Ended early: Error: a stack EbsBurst was made meanwhile, and not by this run; it is left as it is. Cleaning up.',
    );
    const sent = endpoint.calls.filter(
      ({ principal, operation }) => principal === person && deletions.test(operation),
    );
    expect(sent).toEqual([]);
    expect(ebs.stacks.describe('EbsBurst')).toMatchObject({ status: 'CREATE_COMPLETE', tags: {} });
  });

  test('other subscriptions of the topic stay until their stack goes', async () => {
    const smoke = smokeWorld();
    const { topics, queues, endpoint } = smoke.account;
    smoke.onLine = (line) => {
      if (!line.startsWith('4. ')) return;
      const arn = String(smoke.account.ebs.stacks.describe('EbsBurst').outputs['NoticeTopicArn']);
      topics.subscribe(arn, 'sqs', queues.create({ name: 'of-somebody-else' }).arn);
      smoke.stop.abort();
    };
    await runSmoke(smoke);
    const unsubscribed = endpoint.calls.filter(({ operation }) => operation === 'Unsubscribe');
    expect(unsubscribed).toHaveLength(1);
    expect(queues.find('of-somebody-else')).toBeDefined();
  });
});

describe('nothing is made', () => {
  const writes = (smoke: ReturnType<typeof smokeWorld>) =>
    smoke.account.endpoint.calls.filter(
      ({ principal, operation }) => principal === person && !/^(Describe|Get|List)/.test(operation),
    );

  test('with credentials of another account', async () => {
    const smoke = smokeWorld();
    expect(await runSmoke(smoke, '--account', '210987654321', '--yes')).toBe(2);
    expect(smoke.said).toEqual([
      `Nothing was made: your credentials are of account ${accountId} (arn:aws:iam::${accountId}:user/a person), expected 210987654321; sign in there, or name another --profile`,
    ]);
    expect(smoke.account.endpoint.calls.map(({ operation }) => operation)).toEqual(['GetCallerIdentity']);
  });

  test('nor cleaned up, with credentials of another account', async () => {
    const smoke = smokeWorld();
    expect(await runSmoke(smoke, '--account', '210987654321', '--clean-up-only', run)).toBe(2);
    expect(smoke.account.endpoint.calls.map(({ operation }) => operation)).toEqual(['GetCallerIdentity']);
  });

  test.each([
    ['another account is typed', async () => '210987654321'],
    ['nobody can answer', async () => undefined],
  ])('when %s', async (_, ask) => {
    const smoke = smokeWorld({ ask });
    expect(await runSmoke(smoke)).toBe(2);
    expect(smoke.said.at(-1)).toBe(
      'Nothing was made: not confirmed; type the account as asked, or pass --yes where nobody can answer',
    );
    expect(writes(smoke)).toEqual([]);
  });

  test('when a responder is deployed there already', async () => {
    const smoke = smokeWorld();
    smoke.account.ebs.stacks.setStackStatus('EbsBurst', 'CREATE_COMPLETE');
    expect(await runSmoke(smoke, '--yes')).toBe(2);
    expect(smoke.said).toEqual([
      'Nothing was made: there is a stack EbsBurst already; it would be replaced and then deleted. Take another Region or account',
    ]);
    expect(writes(smoke)).toEqual([]);
  });

  test('when so many volumes would get an alarm that it costs too much, unless more is allowed', async () => {
    const smoke = smokeWorld();
    const { volumes } = smoke.account.ebs;
    for (let made = 0; made < 90; made += 1) volumes.createVolume({ volumeType: 'gp2', sizeGiB: 10 });
    expect(await runSmoke(smoke, '--yes')).toBe(2);
    expect(smoke.said.at(-1)).toMatch(
      /^Nothing was made: it may cost \$0\.1\d{3}, expected under \$0\.10; take a Region/,
    );
    expect(writes(smoke)).toEqual([]);
    smoke.stop.abort();
    expect(await runSmoke(smoke, '--yes', '--at-most', '0.2'), 'is begun').toBe(1);
  });

  test('when what is there cannot be looked at', async () => {
    const smoke = smokeWorld();
    const denied = Object.assign(new Error('not authorized'), { name: 'UnauthorizedOperation' });
    smoke.account.endpoint.fail({ operation: 'DescribeVolumes', principal: person }, denied);
    expect(await runSmoke(smoke, '--yes')).toBe(2);
    expect(smoke.said).toEqual([
      'Nothing was made: what is there could not be looked at: UnauthorizedOperation: not authorized',
    ]);
  });

  test('when the Region is not bootstrapped', async () => {
    const smoke = smokeWorld();
    smoke.account.parameters.delete('/cdk-bootstrap/hnb659fds/version');
    expect(await runSmoke(smoke, '--yes')).toBe(2);
    expect(smoke.said.at(-1)).toMatch(/not bootstrapped for the CDK; run npx cdk bootstrap/);
    expect(writes(smoke)).toEqual([]);
  });
});
