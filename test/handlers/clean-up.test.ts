import { beforeEach, expect, test, vi } from 'vitest';
import { instant } from '../../core/domain/units.ts';
import { cleanUp } from '../../lambda/handlers/clean-up.ts';
import type { Runtime } from '../../lambda/wiring/runtime.ts';
import { accountUnderTest } from '../adapters/account-under-test.ts';

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true');
  vi.stubEnv('AWS_REGION', 'us-east-1');
});

const create = {
  RequestType: 'Create',
  ServiceToken: 'arn:aws:lambda:us-east-1:123456789012:function:clean-up',
  ResponseURL: 'https://cloudformation.example.org/answer',
  StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/ebs-burst/1',
  RequestId: 'request-1',
  LogicalResourceId: 'CleanUp',
  ResourceType: 'Custom::EbsBurstCleanUp',
  ResourceProperties: { ServiceToken: 'arn:aws:lambda:us-east-1:123456789012:function:clean-up' },
} as const;

/** A CloudFormation that answers so, one answer after the other. */
function underTest(...replies: readonly (Response | Error)[]) {
  const { account, table } = accountUnderTest();
  const told: string[] = [];
  const waiting = [...replies];
  const runtime: Runtime = {
    environment: {
      TABLE_NAME: table.name,
      DEPLOYMENT_ID: 'test',
      ACCOUNT_ID: '123456789012',
      AWS_REGION: 'us-east-1',
      CHANNELS: 'sns',
    },
    connect: (kind) => account.connected(kind, 'clean-up'),
    fetch: async (_, init) => {
      const body: { Status?: string } = JSON.parse(String(init?.body));
      told.push(body.Status ?? '');
      const reply = waiting.shift() ?? new Response();
      if (reply instanceof Error) throw reply;
      return reply;
    },
    now: () => instant(account.simulation.now),
    newId: () => 'id',
    sleep: () => Promise.resolve(),
  };
  return { account, told, run: cleanUp(runtime) };
}

test('a deployment that went well is answered once', async () => {
  const { run, told } = underTest();
  await run(create);
  expect(told).toEqual(['SUCCESS']);
});

test.each([[new TypeError('fetch failed')], [new Response(undefined, { status: 503 })]])(
  'an answer that is lost does not become a failure: the retry gives it again',
  async (loss) => {
    const { run, told } = underTest(loss);
    await expect(run(create)).rejects.toThrow();
    await run(create);
    expect(told).toEqual(['SUCCESS', 'SUCCESS']);
  },
);

test('a deployment that failed is answered once, with FAILED', async () => {
  const { account, run, told } = underTest();
  account.endpoint.fail({ service: 'DynamoDB' }, Object.assign(new Error('gone'), { name: 'Gone' }), 10);
  await run(create);
  expect(told).toEqual(['FAILED']);
});
