import { beforeAll, describe, expect, test } from 'vitest';
import { examinedAccount, examinedTemplate } from '../../../cli/demo/ailing-account.ts';
import { ServiceError } from '../../../twin/service-error.ts';
import type { Template } from '../../../twin/template/load-template.ts';
import { doctorOn, troublesIn } from './doctor-world.ts';

let template: Template;

beforeAll(() => {
  template = examinedTemplate();
}, 60_000);

describe('what cannot be seen', () => {
  const denied = async (operation: string, code = 'AccessDeniedException') => {
    const message = 'User: arn:aws:iam::123456789012:user/ci is not authorized to perform that';
    const examined = await examinedAccount(template);
    examined.account.endpoint.fail(
      { operation },
      new ServiceError(code, message, { httpStatusCode: 403 }),
      99,
    );
    return doctorOn(examined);
  };

  test.each([
    [
      'ListStackResources',
      'cloudformation:ListStackResources',
      ['functions', 'concurrency', 'configuration', 'rules', 'event', 'dead', 'Slack', 'roles'],
    ],
    [
      'GetFunctionConfiguration',
      'lambda:GetFunctionConfiguration',
      ['functions', 'configuration', 'Slack', 'roles'],
    ],
    ['GetFunctionConcurrency', 'lambda:GetFunctionConcurrency', ['concurrency']],
    ['GetEventSourceMapping', 'lambda:GetEventSourceMapping', ['event']],
    ['DescribeRule', 'events:DescribeRule', ['rules']],
    ['GetQueueAttributes', 'sqs:GetQueueAttributes', ['dead']],
    ['GetItem', 'dynamodb:GetItem', ['memory', 'census']],
    ['Query', 'dynamodb:Query', ['cases', 'notices']],
    ['DescribeVolumes', 'ec2:DescribeVolumes', ['alarms', 'tags', 'quotas']],
    ['DescribeAlarms', 'cloudwatch:DescribeAlarms', ['alarms']],
    ['ListServiceQuotas', 'servicequotas:ListServiceQuotas', ['quotas']],
    ['GetParameter', 'ssm:GetParameter', ['Slack', 'switch']],
    ['SimulatePrincipalPolicy', 'iam:SimulatePrincipalPolicy', ['roles']],
  ])(
    'without permission to %s is unknown and names it, and is no finding',
    async (operation, action, checks) => {
      const { code, out } = await denied(operation);
      expect(code).toBe(1);
      const troubles = troublesIn(out);
      expect(troubles.filter((line) => line.startsWith('FINDING'))).toEqual([]);
      expect(troubles.map((line) => /^unknown (\w+)/.exec(line)?.[1])).toEqual(checks);
      expect(out).toContain(`    needs     ${action}\n`);
    },
  );

  test('of SNS, which has a word of its own for it', async () => {
    const { out } = await denied('ListSubscriptionsByTopic', 'AuthorizationErrorException');
    expect(troublesIn(out)).toEqual([expect.stringContaining('unknown subscribers: topic')]);
    expect(out).toContain('    needs     sns:ListSubscriptionsByTopic\n');
  });

  test('names the decryption behind a call, where that is what is denied', async () => {
    const examined = await examinedAccount(template);
    const message = 'User: arn:aws:iam::1:user/ci is not authorized to perform: kms:Decrypt on resource: key';
    const input = (asked: object) => 'Name' in asked && asked.Name === '/ebs-burst/slack-token';
    examined.account.endpoint.fail(
      { operation: 'GetParameter', input },
      new ServiceError('AccessDeniedException', message),
      9,
    );
    const { out } = await doctorOn(examined);
    expect(troublesIn(out)).toEqual(['unknown Slack: parameter /ebs-burst/slack-token']);
    expect(out).toContain('    needs     kms:Decrypt\n');
  });

  test('the channel, by a token that may only write: unknown, with the scope', async () => {
    const examined = await examinedAccount(template);
    examined.account.slack.settings.scopes = new Set(['chat:write'] as const);
    const { code, out } = await doctorOn(examined);
    expect({ code, troubles: troublesIn(out) }).toEqual({
      code: 1,
      troubles: ['unknown Slack: Slack channel C0TWIN0001'],
    });
    expect(out).toContain('    needs     Slack scope channels:read\n');
  });

  test('a fault of AWS is unknown and needs nothing', async () => {
    const examined = await examinedAccount(template);
    const fault = new ServiceError('InternalFailure', 'we are sorry', {
      httpStatusCode: 500,
      $fault: 'server',
    });
    examined.account.endpoint.fail({ operation: 'DescribeRule' }, fault);
    const { out } = await doctorOn(examined);
    expect(troublesIn(out)).toHaveLength(1);
    expect(out).toContain('    why       events:DescribeRule: InternalFailure: we are sorry\n');
    expect(out).not.toContain('    needs ');
  });

  test('Slack that cannot be reached is unknown', async () => {
    const examined = await examinedAccount(template);
    examined.account.slack.settings.outage = 'network';
    const { out } = await doctorOn(examined);
    expect(troublesIn(out)).toEqual(['unknown Slack: Slack']);
    expect(out).not.toContain(examined.account.slackBotToken);
  });
});
