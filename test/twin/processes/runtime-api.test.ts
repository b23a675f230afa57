import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FunctionError, RuntimeApi, type RuntimeEvent } from '../../../twin/processes/runtime-api.ts';

let api: RuntimeApi;
let url: string;

beforeEach(async () => {
  api = new RuntimeApi();
  url = `http://${await api.open()}/2018-06-01/runtime`;
});
afterEach(() => api.close());

const event = (requestId: string, content: unknown = {}): RuntimeEvent => ({
  requestId,
  functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:any',
  deadline: 1_700_000_000_000,
  event: content,
});

const next = () => fetch(`${url}/invocation/next`);

/** What a runtime reports. */
async function reports(path: string, body: string): Promise<readonly [number, unknown]> {
  const reply = await fetch(`${url}/${path}`, { method: 'POST', body });
  return [reply.status, await reply.json()];
}

const accepted = [202, { status: 'OK' }];
const invalidRequestId = [400, { errorType: 'InvalidRequestID', errorMessage: 'Invalid request ID' }];

describe('the next event', () => {
  test('comes with its request id, its deadline and whose it is', async () => {
    void api.invoke(event('r-1', { a: 'ä' })).catch(() => undefined);
    const reply = await next();
    expect(await reply.json()).toEqual({ a: 'ä' });
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'lambda-runtime-aws-request-id': 'r-1',
      'lambda-runtime-deadline-ms': '1700000000000',
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:123456789012:function:any',
    });
  });

  test('is waited for, and being asked for it is the end of the start', async () => {
    const asking = next();
    await api.initialised;
    void api.invoke(event('r-1')).catch(() => undefined);
    expect((await asking).headers.get('lambda-runtime-aws-request-id')).toBe('r-1');
  });
});

describe('a response', () => {
  test('ends its invocation', async () => {
    const result = api.invoke(event('r-1'));
    await next();
    expect(await reports('invocation/r-1/response', '{"done":true}')).toEqual(accepted);
    expect(await result).toEqual({ done: true });
  });

  test('to an event of before does not end the one that runs', async () => {
    const first = api.invoke(event('r-1'));
    await next();
    await reports('invocation/r-1/response', '1');
    const second = api.invoke(event('r-2'));
    await next();
    expect(await reports('invocation/r-1/response', '"late"')).toEqual(invalidRequestId);
    expect(await reports('invocation/r-1/error', '{"errorType":"Late","errorMessage":""}')).toEqual(
      invalidRequestId,
    );
    await reports('invocation/r-2/response', '2');
    expect([await first, await second]).toEqual([1, 2]);
  });

  test('is taken once', async () => {
    const result = api.invoke(event('r-1'));
    await next();
    await reports('invocation/r-1/response', '1');
    expect(await reports('invocation/r-1/response', '2')).toEqual(invalidRequestId);
    expect(await result).toBe(1);
  });

  test('that is no JSON fails the invocation at once', async () => {
    const result = expect(api.invoke(event('r-1'))).rejects.toMatchObject({
      name: 'UnreadableResponse',
      message: String.raw`got the response "{\"half", expected JSON`,
    });
    await next();
    expect(await reports('invocation/r-1/response', '{"half')).toEqual(accepted);
    await result;
  });

  test.each([
    [6_291_556, 'succeeds'],
    [6_291_557, 'Function.ResponseSizeTooLarge'],
  ])('of %d bytes %s', async (bytes, expected) => {
    const result = api.invoke(event('r-1')).then(
      () => 'succeeds',
      (error: Error) => error.name,
    );
    await next();
    const [status] = await reports('invocation/r-1/response', JSON.stringify('x'.repeat(bytes - 2)));
    expect([await result, status]).toEqual([expected, expected === 'succeeds' ? 202 : 413]);
  });
});

describe('an error', () => {
  test.each([
    ['{"errorType":"NoDisk","errorMessage":"gone","trace":[]}', 'NoDisk', 'gone'],
    ['{"errorType":"NoDisk"}', 'Unknown', '{"errorType":"NoDisk"}'],
    ['null', 'Unknown', 'null'],
    ['no JSON', 'Unknown', 'no JSON'],
  ])('reported as %s fails the invocation', async (body, name, message) => {
    const result = expect(api.invoke(event('r-1'))).rejects.toMatchObject({ name, message });
    await next();
    expect(await reports('invocation/r-1/error', body)).toEqual(accepted);
    await result;
  });

  test('of the start fails the start', async () => {
    expect(await reports('init/error', 'no JSON')).toEqual(accepted);
    await expect(api.initialised).rejects.toMatchObject({ name: 'Unknown', message: 'no JSON' });
  });
});

describe('a process that is gone', () => {
  const gone = new FunctionError('Runtime.ExitError', 'Runtime exited with status 1');

  test('fails what it was doing', async () => {
    const result = expect(api.invoke(event('r-1'))).rejects.toBe(gone);
    await next();
    api.abandon(gone);
    await result;
  });

  test('fails what it is to do next, although it had asked for it', async () => {
    const asking = next();
    await api.initialised;
    api.abandon(gone);
    await expect(api.invoke(event('r-1'))).rejects.toBe(gone);
    await api.close();
    await expect(asking).rejects.toThrow();
    await api.open();
  });
});

test('a path that the Runtime API does not have is told', async () => {
  expect(await reports('invocation/r-1/answer', '1')).toEqual([
    404,
    { errorType: 'NotFound', errorMessage: 'no POST /2018-06-01/runtime/invocation/r-1/answer' },
  ]);
});
