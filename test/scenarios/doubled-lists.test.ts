import { describe, expect, test } from 'vitest';
import { drainingVolume } from './draining-volumes.ts';
import { acting, hour, responderAccount, startsAt } from './responder-account.ts';

describe('DescribeVolumes that shows every volume', () => {
  test.each(['once', 'twice'] as const)('%s: each is watched and counted once', async (times) => {
    const responder = await responderAccount(acting, (account) => {
      for (let count = 0; count < 3; count += 1) drainingVolume(account);
      const { volumes } = account.ebs;
      const views = volumes.views.bind(volumes);
      if (times === 'twice') volumes.views = () => [...views(), ...views()];
    });
    const { account, deployed } = responder;
    await account.simulation.runUntil(startsAt + hour / 4);
    expect(account.ebs.alarms.all).toHaveLength(3);
    expect(account.endpoint.calls.filter(({ operation }) => operation === 'PutMetricAlarm')).toHaveLength(3);
    const [coverage] = account.topics.get(deployed.stack.outputs['NoticeTopicArn']).publications;
    expect(coverage?.subject).toBe('FYI: 3 disks watched in us-east-1, 0 not watched');
  });
});
