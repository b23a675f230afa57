import { describe, expect, test } from 'vitest';
import { person, run, runSmoke, type SmokeWorld, smokeWorld, standing } from './smoke-world.ts';

const steps = Array.from({ length: 15 }, (_, index) => index + 1);
const denied = () => Object.assign(new Error('not authorized'), { name: 'AccessDenied' });

function stopAtStep(smoke: SmokeWorld, step: number): void {
  smoke.onLine = (line) => {
    if (line.startsWith(`${step}. `)) smoke.stop.abort();
  };
}

describe('Ctrl-C', () => {
  test.each(steps)('at step %i leaves nothing', async (step) => {
    const smoke = smokeWorld();
    stopAtStep(smoke, step);
    expect(await runSmoke(smoke, '--act')).toBe(1);
    expect(standing(smoke.account)).toEqual([]);
    expect(smoke.said).toContain('Ended early: Interrupted: stopped from outside. Cleaning up.');
    expect(
      smoke.said.some((line) => line.startsWith(`${step + 1}. `)),
      'goes no further',
    ).toBe(false);
  });

  test('a second one leaves the rest, and says what to type', async () => {
    const smoke = smokeWorld();
    smoke.onLine = (line) => {
      if (line.startsWith('10. ')) smoke.stop.abort();
      if (line.startsWith('  removing instance')) smoke.giveUp.abort();
    };
    expect(await runSmoke(smoke)).toBe(1);
    expect(smoke.said).toContain(
      '    aws ec2 delete-volume --volume-id vol-00000000000000002 --region us-east-1',
    );
    expect(smoke.said).toContain(
      '    aws cloudformation delete-stack --stack-name EbsBurst --region us-east-1',
    );
    expect(standing(smoke.account)).toContain('stack');
  });

  test('what such a run left is removed later by its name', async () => {
    const smoke = smokeWorld();
    smoke.onLine = (line) => {
      if (!line.startsWith('10. ')) return;
      smoke.stop.abort();
      smoke.giveUp.abort();
    };
    expect(await runSmoke(smoke)).toBe(1);
    const later = { ...smoke, world: { ...smoke.world, ...fresh() } };
    expect(await runSmoke(later, '--clean-up-only', run)).toBe(0);
    expect(standing(smoke.account)).toEqual([]);
    expect(await runSmoke(later, '--clean-up-only', run), 'nor does a second time find anything').toBe(0);
    expect(smoke.said.at(-1)).toBe('Nothing of this run was there.');
  });
});

const fresh = () => ({ stop: new AbortController().signal, giveUp: new AbortController().signal });

/** Of the experiment; what is also asked before it is left out, since then nothing is made. */
const asked = [
  ['SQS', 'CreateQueue'],
  ['SNS', 'Subscribe'],
  ['EC2', 'RunInstances'],
  ['EC2', 'CreateVolume'],
  ['EventBridge', 'PutRule'],
  ['EventBridge', 'PutTargets'],
  ['CloudWatch', 'DescribeAlarms'],
  ['SQS', 'ReceiveMessage'],
  ['SQS', 'DeleteMessage'],
  ['EC2', 'DescribeVolumesModifications'],
  ['DynamoDB', 'BatchGetItem'],
  ['EC2', 'DescribeInstances'],
  ['EC2', 'AttachVolume'],
  ['CloudWatch', 'GetMetricData'],
  ['CloudWatch', 'SetAlarmState'],
  ['EC2', 'ModifyVolume'],
] as const;

describe('an error', () => {
  test.each(asked)('of %s %s leaves nothing', async (service, operation) => {
    const smoke = smokeWorld();
    smoke.account.endpoint.fail({ service, operation, principal: person }, denied());
    expect(await runSmoke(smoke, '--act')).toBe(1);
    expect(smoke.said).toContain('Ended early: AccessDenied: not authorized. Cleaning up.');
    expect(standing(smoke.account)).toEqual([]);
  });

  test.each(asked.slice(0, 6))(
    'of %s %s whose answer was lost leaves nothing',
    async (service, operation) => {
      const smoke = smokeWorld();
      smoke.account.endpoint.afterAcceptance({ service, operation, principal: person }, denied());
      expect(await runSmoke(smoke)).toBe(1);
      expect(standing(smoke.account)).toEqual([]);
    },
  );

  test('of a deployment leaves nothing', async () => {
    const smoke = smokeWorld();
    smoke.cdkFaults.add('deploy');
    expect(await runSmoke(smoke)).toBe(1);
    expect(standing(smoke.account)).toEqual([]);
  });

  test.each([
    ['EC2', 'TerminateInstances'],
    ['EC2', 'DeleteVolume'],
    ['EventBridge', 'DeleteRule'],
    ['SNS', 'Unsubscribe'],
    ['SQS', 'DeleteQueue'],
    ['DynamoDB', 'DeleteTable'],
    ['SNS', 'ListSubscriptionsByTopic'],
    ['DynamoDB', 'ListTagsOfResource'],
  ])('of %s %s while cleaning up is tried again', async (service, operation) => {
    const smoke = smokeWorld();
    stopAtStep(smoke, 10);
    smoke.account.endpoint.fail({ service, operation, principal: person }, denied(), 2);
    await runSmoke(smoke);
    expect(smoke.said).toContain('Removed 7 things; nothing is left.');
    expect(standing(smoke.account)).toEqual([]);
  });

  test('that lasts is told with the command, and everything else goes', async () => {
    const smoke = smokeWorld();
    stopAtStep(smoke, 10);
    const always = Number.POSITIVE_INFINITY;
    smoke.account.endpoint.fail({ operation: 'DeleteVolume', principal: person }, denied(), always);
    expect(await runSmoke(smoke)).toBe(1);
    const [volumeId = '', ...others] = standing(smoke.account);
    expect(others).toEqual([]);
    expect(smoke.said).toContain(`  volume ${volumeId} (not authorized)`);
    const command = `aws ec2 delete-volume --volume-id ${volumeId} --region us-east-1`;
    expect(smoke.said).toContain(`    ${command}`);
    expect(smoke.files.get(`./smoke-aws-${run}.md`)).toContain(`(not authorized): \`${command}\``);
  });

  test('that hides what there is counts as something left, after a minute and not after all patience', async () => {
    const smoke = smokeWorld();
    stopAtStep(smoke, 5);
    const always = Number.POSITIVE_INFINITY;
    smoke.account.endpoint.fail({ operation: 'DescribeInstances', principal: person }, denied(), always);
    const before = smoke.world.now();
    expect(await runSmoke(smoke)).toBe(1);
    expect(smoke.said).toContain('  instance, if there is one (could not look: not authorized)');
    expect(smoke.said).toContain(
      `    npm run smoke:aws -- --clean-up-only ${run} with the same --account, --region and --profile`,
    );
    expect(smoke.world.now() - before).toBeLessThan(15 * 60_000);
  });

  test('of cdk destroy is told with the command', async () => {
    const smoke = smokeWorld();
    smoke.cdkFaults.add('destroy');
    stopAtStep(smoke, 3);
    expect(await runSmoke(smoke, '--profile', 'my sandbox')).toBe(1);
    expect(smoke.said).toContain(
      "    aws cloudformation delete-stack --stack-name EbsBurst --region us-east-1 --profile 'my sandbox'",
    );
  });
});
