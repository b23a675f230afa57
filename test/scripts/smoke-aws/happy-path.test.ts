import { describe, expect, test } from 'vitest';
import { smokeClients } from '../../../scripts/smoke-aws/real-world.ts';
import { answer } from '../../../twin/wire/front.ts';
import { listen } from '../../../twin/wire/server.ts';
import { emptyAccount, run, runSmoke, smokeWorld, standing } from './smoke-world.ts';

const steps = (said: readonly string[]) => said.filter((line) => /^\d+\. /.test(line));

describe('a whole run', () => {
  test('in mode notify follows the alarm to the notice, sees the volume untouched and leaves nothing', async () => {
    const smoke = smokeWorld();
    expect(await runSmoke(smoke)).toBe(0);
    expect(steps(smoke.said)).toHaveLength(12);
    expect(smoke.said.at(-2)).toBe('Removed 7 things; nothing is left.');
    expect(standing(smoke.account)).toEqual([]);
    expect(calls(smoke, 'ModifyVolume')).toBe(0);
    const page = smoke.files.get(`./smoke-aws-${run}.md`) ?? '';
    expect(page).toContain('Everything that was waited for was seen.');
    expect(page).toContain(
      '| alarm-to-notice | How long is it from the alarm that was raised to the notice on the topic? | 25 s |',
    );
    expect(page).toMatch(/### FYI: ebs-burst-smoke-0badcafe disk runs out of burst credits/);
    expect(page, 'nothing was modified').toMatch(/\| modification-events \|.*\| not seen \|/);
  });

  test('in mode act goes on to gp3, to the end of the case and back to gp2', async () => {
    const smoke = smokeWorld();
    expect(await runSmoke(smoke, '--act')).toBe(0);
    expect(steps(smoke.said)).toHaveLength(15);
    expect(standing(smoke.account)).toEqual([]);
    expect(calls(smoke, 'ModifyVolume'), 'one by the responder, one by us').toBe(2);
    const record = JSON.parse(smoke.files.get(`./smoke-aws-${run}.json`) ?? '{}');
    expect(record.failure).toBeUndefined();
    const answers = new Map<string, string | undefined>(
      record.answers.map(({ id, seen }: { id: string; seen?: string }) => [id, seen]),
    );
    expect([...answers.values()].filter((seen) => seen === undefined)).toEqual([]);
    expect(answers.get('modification-states')).toMatch(
      /to gp3: modifying .*to gp3: optimizing .*to gp3: completed .*to gp2: modifying .*to gp2: completed/,
    );
    expect(answers.get('balance-after-going-back')).toMatch(/^0\.0 % of .*; last before gp3: 52\.2 %$/);
  });

  test('does the same when every call goes through a socket, in the protocols of AWS', async () => {
    const account = emptyAccount();
    const local = { host: '127.0.0.1', port: 0, beyondLoopback: false };
    const listening = await listen((request) => answer(account, request), local);
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const clients = smokeClients({ region: 'us-east-1', endpoint: listening.url, credentials });
    try {
      const smoke = smokeWorld({ clients }, 'loaded', account);
      expect(await runSmoke(smoke, '--act')).toBe(0);
      expect(standing(account)).toEqual([]);
      expect(calls(smoke, 'ModifyVolume')).toBe(2);
    } finally {
      await listening.stop();
    }
  });

  test('waits for nothing beyond the hours that were paid for in the estimate, and leaves nothing', async () => {
    const smoke = smokeWorld();
    const { cdk, sleep, stop } = smoke.world;
    const slowly: typeof cdk.deploy = async (...asked) => {
      await sleep(99 * 60_000, stop);
      await cdk.deploy(...asked);
    };
    const slow = { ...smoke, world: { ...smoke.world, cdk: { ...cdk, deploy: slowly } } };
    expect(await runSmoke(slow)).toBe(1);
    expect(smoke.said).toContain(
      'Ended early: NotSeen: alarm ebs-burst/vol-00000000000000002, the time of the run being nearly over: not seen within 0 minutes. Cleaning up.',
    );
    expect(standing(smoke.account)).toEqual([]);
  });

  test('a volume without load has an alarm but no notice: the run says so, fails and leaves nothing', async () => {
    const smoke = smokeWorld({}, 'idle');
    expect(await runSmoke(smoke)).toBe(1);
    expect(smoke.said).toContain(
      'Ended early: NotSeen: a balance below the threshold: not seen within 30 minutes. Cleaning up.',
    );
    expect(standing(smoke.account)).toEqual([]);
  });
});

const calls = ({ account }: ReturnType<typeof smokeWorld>, operation: string): number =>
  account.endpoint.calls.filter((call) => call.operation === operation && call.error === undefined).length;
