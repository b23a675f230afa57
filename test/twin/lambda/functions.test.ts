import { setTimeout } from 'node:timers/promises';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { NotImitatedError } from '../../../twin/service-error.ts';
import { functionsUnderTest, START } from './functions-under-test.ts';

const MINUTE = 60_000;

/** Sends three messages one after the other and says how far it got. */
function sender(context: ReturnType<typeof functionsUnderTest>) {
  const { functions, client, out } = context;
  const reached: string[] = [];
  functions.implement('respond', () => async () => {
    for (const body of ['one', 'two', 'three']) {
      await client.send(new SendMessageCommand({ QueueUrl: out.url, MessageBody: body }));
      reached.push(body);
    }
    return 'done';
  });
  return { ...context, reached, sent: () => out.peek().map(({ body }) => body) };
}

describe('a function', () => {
  test('gets its environment, its event through JSON and a context, and answers through JSON', async () => {
    const { functions } = functionsUnderTest();
    functions.implement('respond', (environment) => (event, context) => ({
      mode: environment['MODE'],
      region: environment['AWS_REGION'],
      event,
      name: context.functionName,
      left: context.getRemainingTimeInMillis(),
      gone: undefined,
    }));
    expect(await functions.invoke('respond', { at: new Date(START) })).toEqual({
      mode: 'act',
      region: 'eu-central-1',
      event: { at: '2026-11-22T10:00:00.000Z' },
      name: 'respond',
      left: 30_000,
    });
    expect(functions.log).toMatchObject([
      { functionName: 'respond', trigger: 'direct', at: START, calls: 0 },
    ]);
  });

  test('is known by the calls of each of its runs, also after a sleep; other calls belong to no run', async () => {
    const { functions, endpoint, client, out, simulation } = functionsUnderTest();
    const send = () => client.send(new SendMessageCommand({ QueueUrl: out.url, MessageBody: 'here' }));
    functions.implement('respond', () => async (event: { milliseconds: number }) => {
      await functions.sleep(event.milliseconds);
      await send();
    });
    for (const milliseconds of [20, 10]) {
      const onEnd = () => undefined;
      await functions.start({ functionName: 'respond', trigger: 'direct', event: { milliseconds }, onEnd });
    }
    await simulation.runFor(100);
    await send();
    const runs = functions.log.map(({ requestId }) => requestId);
    expect(new Set(runs).size).toBe(2);
    expect(endpoint.calls.map(({ invocation }) => invocation)).toEqual([...runs, undefined]);
  });

  test('keeps its execution environment warm, but not after an error', async () => {
    const { functions } = functionsUnderTest();
    let coldStarts = 0;
    functions.implement('respond', () => {
      coldStarts += 1;
      return (event: { fail: boolean }) => {
        if (event.fail) throw new TypeError('broken');
      };
    });
    await functions.invoke('respond', { fail: false });
    await functions.invoke('respond', { fail: false });
    expect(coldStarts).toBe(1);
    await expect(functions.invoke('respond', { fail: true })).rejects.toThrow('respond TypeError: broken');
    await functions.invoke('respond', { fail: false });
    expect(coldStarts).toBe(2);
  });

  test.each([0, 901])('cannot have a timeout of %i s', (timeout) => {
    expect(() => functionsUnderTest({ timeout })).toThrow(`Timeout must be from 1 to 900, got ${timeout}`);
  });

  test('without an implementation stops the simulation instead of failing quietly', async () => {
    const { functions } = functionsUnderTest();
    await expect(functions.invoke('respond', {})).rejects.toThrow(
      'function respond was invoked but has no implementation',
    );
  });

  test('whose end fails stops the simulation', async () => {
    const { functions } = functionsUnderTest();
    functions.implement('respond', () => async () => 'done');
    const onEnd = () => {
      throw new TypeError('a defect');
    };
    const starting = functions.start({ functionName: 'respond', trigger: 'direct', event: {}, onEnd });
    await expect(starting).rejects.toThrow('a defect');
  });

  test('that takes real time is waited for without work', async () => {
    const { functions } = functionsUnderTest();
    functions.implement('respond', () => () => setTimeout(300, 'done'));
    const before = performance.eventLoopUtilization();
    expect(await functions.invoke('respond', {})).toBe('done');
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
  });

  test('that swallows a NotImitatedError stops the simulation all the same', async () => {
    const { functions, client, out } = functionsUnderTest();
    functions.implement('respond', () => async () => {
      await client
        .send(new SendMessageCommand({ QueueUrl: out.url, MessageBody: 'x', MessageGroupId: 'g' }))
        .catch(() => 'swallowed');
    });
    await expect(functions.invoke('respond', {})).rejects.toBeInstanceOf(NotImitatedError);
  });
});

describe('simulated time', () => {
  test('passes in a sleep, and other things happen meanwhile', async () => {
    const { functions, simulation } = functionsUnderTest();
    const seen: string[] = [];
    functions.implement('respond', () => async (event: string) => {
      seen.push(`${event} starts`);
      await functions.sleep(10_000);
      seen.push(`${event} ends after ${simulation.now - START}`);
    });
    for (const [delay, event] of [
      [0, 'first'],
      [4000, 'second'],
    ] as const) {
      simulation.after(delay, () =>
        functions.start({ functionName: 'respond', trigger: 'direct', event, onEnd: () => undefined }),
      );
    }
    await simulation.runFor(MINUTE);
    expect(seen).toEqual([
      'first starts',
      'second starts',
      'first ends after 10000',
      'second ends after 14000',
    ]);
  });

  test.each([
    [3, ['one'], 'timed out', 3000],
    [7, ['one', 'two', 'three'], 'succeeded', 6000],
  ])('ends a run at its timeout of %i s and no earlier', async (timeout, sent, kind, duration) => {
    const context = sender(functionsUnderTest({ timeout }));
    const { functions, simulation } = context;
    functions.settings('respond').callLatency = 2000;
    simulation.after(0, () =>
      functions.start({ functionName: 'respond', trigger: 'direct', event: {}, onEnd: () => undefined }),
    );
    await simulation.runFor(MINUTE);
    expect(context.sent()).toEqual(sent);
    expect(functions.log).toMatchObject([{ outcome: { kind }, endedAt: START + duration }]);
  });
});

describe('a crash', () => {
  test.each([
    [{ before: 2 }, ['one'], ['one']],
    [{ after: 2 }, ['one', 'two'], ['one']],
    [{ before: 'SendMessage' }, [], []],
    [{ after: 'SendMessage' }, ['one'], []],
  ])('at %j leaves what was sent before it', async (point, sent, reached) => {
    const context = sender(functionsUnderTest());
    context.functions.crash('respond', point);
    await expect(context.functions.invoke('respond', {})).rejects.toThrow('respond crashed');
    expect(context.sent()).toEqual(sent);
    expect(context.reached).toEqual(reached);
  });

  test('is not survived by catching it: all later calls fail too', async () => {
    const { functions, client, out } = functionsUnderTest();
    functions.implement('respond', () => async () => {
      for (const MessageBody of ['one', 'two', 'three']) {
        await client
          .send(new SendMessageCommand({ QueueUrl: out.url, MessageBody }))
          .catch(() => 'swallowed');
      }
    });
    functions.crash('respond', { after: 1 });
    await expect(functions.invoke('respond', {})).rejects.toThrow('respond crashed');
    expect(out.peek()).toHaveLength(1);
  });

  test('does not strike a run that never gets there, nor twice, nor a caller outside a run', async () => {
    const context = sender(functionsUnderTest());
    context.functions.crash('respond', { before: 4 });
    expect(await context.functions.invoke('respond', {})).toBe('done');
    context.functions.crash('respond', { before: 1 });
    await context.client.send(new SendMessageCommand({ QueueUrl: context.out.url, MessageBody: 'mine' }));
    await expect(context.functions.invoke('respond', {})).rejects.toThrow('respond crashed');
    expect(await context.functions.invoke('respond', {})).toBe('done');
  });
});

describe('an asynchronous invocation', () => {
  test('is tried three times, after one and two minutes, and then goes to the failure destination', async () => {
    const context = functionsUnderTest();
    const { functions, invocations, simulation, failures } = context;
    functions.configureAsynchronous('respond', { onFailureQueueArn: failures.arn });
    functions.implement('respond', () => () => {
      throw new Error('broken');
    });
    invocations.accept('respond', { id: 7 });
    await simulation.runFor(10 * MINUTE);
    expect(functions.log.map(({ at }) => (at - START) / MINUTE)).toEqual([0, 1, 3]);
    expect(failures.peek().map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      {
        requestPayload: { id: 7 },
        requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
        responsePayload: { errorMessage: 'broken' },
      },
    ]);
  });

  test('is not repeated once it succeeds', async () => {
    const { functions, invocations, simulation, failures } = functionsUnderTest();
    functions.configureAsynchronous('respond', { onFailureQueueArn: failures.arn });
    let attempts = 0;
    functions.implement('respond', () => () => {
      attempts += 1;
      if (attempts === 1) throw new Error('broken');
    });
    invocations.accept('respond', {});
    await simulation.runFor(10 * MINUTE);
    expect(attempts).toBe(2);
    expect(failures.peek()).toEqual([]);
  });

  test('gives up early when the retries or the age allowed are fewer', async () => {
    for (const [config, attempts] of [
      [{ maximumRetryAttempts: 0 }, 1],
      [{ maximumEventAge: 90 }, 2],
    ] as const) {
      const { functions, invocations, simulation } = functionsUnderTest();
      functions.configureAsynchronous('respond', config);
      functions.implement('respond', () => () => {
        throw new Error('broken');
      });
      invocations.accept('respond', {});
      await simulation.runFor(10 * MINUTE);
      expect(functions.log).toHaveLength(attempts);
    }
  });

  test('waits while it is throttled, which does not count as a failure', async () => {
    const { functions, invocations, simulation } = functionsUnderTest({ reservedConcurrency: 1 });
    functions.implement('respond', () => () => functions.sleep(5000));
    invocations.accept('respond', 'first');
    invocations.accept('respond', 'second');
    await simulation.runFor(MINUTE);
    expect(functions.log.filter(({ outcome }) => outcome.kind === 'succeeded')).toHaveLength(2);
    expect(functions.log.filter(({ outcome }) => outcome.kind === 'throttled').length).toBeGreaterThan(0);
  });

  test('of a function switched off by reserved concurrency 0 goes to both destinations at once', async () => {
    const { functions, invocations, simulation, queues, failures } = functionsUnderTest({
      reservedConcurrency: 0,
      deadLetterQueueArn: 'arn:aws:sqs:eu-central-1:123456789012:dead',
    });
    const dead = queues.create({ name: 'dead' });
    functions.configureAsynchronous('respond', { onFailureQueueArn: failures.arn });
    invocations.accept('respond', { id: 7 });
    await simulation.runFor(1000);
    expect(failures.peek()).toHaveLength(1);
    expect(dead.peek()).toMatchObject([
      {
        body: '{"id":7}',
        messageAttributes: { ErrorCode: { StringValue: '429' }, RequestID: { DataType: 'String' } },
      },
    ]);
    expect(functions.log).toMatchObject([{ outcome: { kind: 'throttled' } }]);
  });

  test.each([
    [{ maximumRetryAttempts: 3 }, 'MaximumRetryAttempts must be from 0 to 2, got 3'],
    [{ maximumEventAge: 59 }, 'MaximumEventAgeInSeconds must be from 60 to 21600, got 59'],
  ])('does not take the configuration %j', (config, message) => {
    const { functions } = functionsUnderTest();
    expect(() => functions.configureAsynchronous('respond', config)).toThrow(message);
  });

  test('follows the configuration of the version that was asked for', async () => {
    const { functions, invocations, simulation } = functionsUnderTest();
    functions.configureAsynchronous('respond:1', { maximumRetryAttempts: 0 });
    functions.implement('respond', () => () => {
      throw new Error('broken');
    });
    invocations.accept(`${functions.arn('respond')}:1`, {});
    await simulation.runFor(10 * MINUTE);
    expect(functions.log).toHaveLength(1);
    invocations.accept(functions.arn('respond'), {});
    await simulation.runFor(10 * MINUTE);
    expect(functions.log).toHaveLength(4);
  });

  test('whose failure destination fails too is lost, and kept on record', async () => {
    const { functions, invocations, simulation, failures } = functionsUnderTest();
    functions.configureAsynchronous('respond', { maximumRetryAttempts: 0, onFailureQueueArn: failures.arn });
    functions.implement('respond', () => () => {
      throw new Error('broken');
    });
    failures.isDown = true;
    invocations.accept('respond', { id: 7 });
    await simulation.runFor(10 * MINUTE);
    expect(invocations.destination.lost).toMatchObject([
      { queueArn: failures.arn, error: 'ServiceUnavailable' },
    ]);
  });
});
