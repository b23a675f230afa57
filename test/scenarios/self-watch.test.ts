import { describe, expect, test, vi } from 'vitest';
import { mails, modifyCalls } from './account-history.ts';
import { calmVolume, drainingVolume } from './draining-volumes.ts';
import { expectInvariants } from './invariants.ts';
import { runsOf, toWork } from './lambdas.ts';
import { acting, minute, type ResponderAccount, responderAccount, startsAt } from './responder-account.ts';

/** Every line the functions write to their log while `work` runs. */
async function linesOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const lines: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      lines.push(...String(chunk).split('\n').filter(Boolean));
      return true;
    }),
  );
  try {
    await work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return lines;
}

/** A calm volume, deployed and past its first minutes, whose words are not looked at. */
async function calmAccount(): Promise<ResponderAccount> {
  const { promise, resolve } = Promise.withResolvers<ResponderAccount>();
  await linesOf(async () => {
    const responder = await responderAccount(acting, (account) => void calmVolume(account));
    await responder.account.simulation.runUntil(startsAt + 10 * minute);
    resolve(responder);
  });
  return promise;
}

interface LogRecord {
  readonly level?: string;
  readonly message?: string;
  readonly why?: string;
  readonly CensusCompleted?: number;
  readonly SweepCompleted?: number;
  readonly NoticesPending?: number;
}

const parsed = (line: string): LogRecord => JSON.parse(line) as LogRecord;

describe('what the self-watch alarms look at', () => {
  test('every census and every sweep that ends says so in embedded metric format', async () => {
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
    const responder = await calmAccount();
    const lines = await linesOf(() => responder.account.simulation.runUntil(startsAt + 70 * minute));
    const records = lines.map(parsed);
    expect(records.filter(({ CensusCompleted }) => CensusCompleted === 1)).toHaveLength(4);
    expect(records.filter(({ SweepCompleted }) => SweepCompleted === 1)).toHaveLength(60);
  });

  test('a census or sweep that fails does not say so', async () => {
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
    const responder = await calmAccount();
    const { simulation, endpoint } = responder.account;
    endpoint.fail({ operation: 'DescribeAlarms' }, new Error('socket hang up'), 1_000);
    const records = (await linesOf(() => simulation.runUntil(startsAt + 70 * minute))).map(parsed);
    expect(
      records.filter(({ CensusCompleted, SweepCompleted }) => CensusCompleted ?? SweepCompleted),
    ).toEqual([]);
    const failed = runsOf(responder, 'sweep').filter(({ outcome }) => outcome.kind === 'failed');
    expect(failed.length).toBeGreaterThanOrEqual(60);
  });
});

describe('a notice that nobody can tell', () => {
  /** What NoticesPending was in the half hour from 11:30 on, the two periods that its alarm looks at. */
  async function pendingAfter(disturb: (responder: ResponderAccount) => void): Promise<readonly number[]> {
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
    const { promise, resolve } = Promise.withResolvers<ResponderAccount>();
    await linesOf(async () => {
      const responder = await responderAccount(acting, (account) => void drainingVolume(account));
      disturb(responder);
      await responder.account.simulation.runUntil(startsAt + 150 * minute);
      resolve(responder);
    });
    const { account } = await promise;
    const lines = await linesOf(() => account.simulation.runUntil(startsAt + 180 * minute));
    return lines.map(parsed).flatMap(({ NoticesPending }) => NoticesPending ?? []);
  }

  test('because its conversation cannot be read raises the alarm, although no run fails and nothing was tried', async () => {
    const pending = await pendingAfter(({ account }) => {
      const conversations = {
        operation: 'GetItem',
        input: (input: object) => JSON.stringify(input).includes('CONVERSATION'),
      };
      account.endpoint.fail(conversations, Object.assign(new Error('no'), { name: 'AccessDenied' }), 1e6);
    });
    expect(pending).toHaveLength(30);
    expect(Math.min(...pending)).toBeGreaterThan(0);
  });

  test('is none where all are told, and raises none', async () => {
    const pending = await pendingAfter(() => undefined);
    expect(pending).toHaveLength(30);
    expect(Math.max(...pending)).toBe(0);
  });
});

describe('a volume on which respond fails every time', () => {
  test('is retried alone and ends in the dead-letter queue after five receives; the others are answered', async () => {
    const ids: string[] = [];
    const responder = await responderAccount(
      acting,
      (account) => {
        ids.push(drainingVolume(account, { tags: { Name: 'good', 'ebs-burst:mode': 'act' } }));
        ids.push(drainingVolume(account, { tags: { Name: 'bad', 'ebs-burst:mode': 'act' } }));
      },
      { metrics: { balanceSampling: 1, publicationDelay: 2 } },
    );
    const [good = '', bad = ''] = ids;
    const { endpoint, simulation, queues } = responder.account;
    const broken = {
      operation: 'TransactWriteItems',
      input: (input: object) => JSON.stringify(input).includes(bad),
    };
    endpoint.fail(broken, Object.assign(new Error('boom'), { name: 'InternalServerError' }), 10_000);
    await simulation.runUntil(startsAt + 100 * minute);
    const unanswered = queues.get(responder.deployed.stack.physicalName('Responder/Unanswered')).peek();
    expect(unanswered.length).toBeGreaterThan(0);
    for (const { body, receiveCount } of unanswered) {
      expect(body).toContain(bad);
      expect(body).not.toContain(good);
      expect(receiveCount).toBe(5);
    }
    expect(modifyCalls(responder).map(({ input }) => JSON.stringify(input).includes(good))).toEqual([true]);
    expect(mails(responder).length).toBeGreaterThan(0);
    expectInvariants(responder);
  });
});

describe('messages that nobody can use', () => {
  const poison = ['{"kind":', 'null', '{"kind":"look-at","volumeId":"vol-x"}', 'x'.repeat(1_048_576)];

  test('are told in the log, one line each, without their text', async () => {
    vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'WARN');
    const responder = await calmAccount();
    const lines = await linesOf(async () => {
      for (const body of poison) toWork(responder, body);
      await responder.account.simulation.runFor(minute);
    });
    const told = lines.map(parsed).filter(({ message }) => message === 'ignored a message');
    expect(told.map(({ level }) => level)).toEqual(['WARN', 'WARN', 'WARN', 'WARN']);
    expect(told.map(({ why = '' }) => why.replace(/^[\w-]+: /, ''))).toEqual([
      'no JSON in a message of 8 characters',
      expect.stringMatching(/^no event: /),
      'malformed wake-up: volumeId: expected a volume id; because: Invalid key: Expected "because" but received undefined; mute: Invalid key: Expected "mute" but received undefined',
      'no JSON in a message of 1048576 characters',
    ]);
    for (const line of lines) expect(line.length).toBeLessThan(2_000);
  });
});
