import { describe, expect, test } from 'vitest';
import { createEndpoint } from '../../twin/endpoint.ts';
import { ServiceError } from '../../twin/service-error.ts';
import { Simulation } from '../../twin/simulation.ts';

function counter() {
  let count = 0;
  const run = ({ by }: { by: number }) => {
    count += by;
    return { count };
  };
  const service = { Add: { accepts: ['by'], run } };
  return createEndpoint({ services: { Counter: service }, simulation: new Simulation(1_000) });
}

const ADD = ['Counter', 'Add'] as const;
const LOST = new ServiceError('TimeoutError', 'socket hang up');

describe('an endpoint', () => {
  test('records each call with its outcome', async () => {
    const endpoint = counter();
    await expect(endpoint(...ADD, { by: 2 }, 'sweep')).resolves.toEqual({
      count: 2,
      $metadata: { httpStatusCode: 200, requestId: '00000000-0000-4000-8000-000000000000' },
    });
    await expect(endpoint(...ADD, { of: 2 }, 'respond')).rejects.toMatchObject({ name: 'NotImitatedError' });
    const common = { service: 'Counter', operation: 'Add', at: 1_000 };
    expect(endpoint.calls).toEqual([
      { ...common, principal: 'sweep', input: { by: 2 }, requestId: '00000000-0000-4000-8000-000000000000' },
      {
        ...common,
        principal: 'respond',
        input: { of: 2 },
        requestId: '00000000-0000-4000-8000-000000000001',
        error: 'NotImitatedError',
      },
    ]);
  });

  test('fails scripted calls without an effect, as often as asked and only those that match', async () => {
    const endpoint = counter();
    endpoint.fail({ operation: 'Add', principal: 'respond' }, LOST, 2);
    await expect(endpoint(...ADD, { by: 1 }, 'sweep')).resolves.toMatchObject({ count: 1 });
    await expect(endpoint(...ADD, { by: 1 }, 'respond')).rejects.toBe(LOST);
    await expect(endpoint(...ADD, { by: 1 }, 'respond')).rejects.toBe(LOST);
    await expect(endpoint(...ADD, { by: 1 }, 'respond')).resolves.toMatchObject({ count: 2 });
  });

  test('loses a reply after the effect', async () => {
    const endpoint = counter();
    endpoint.afterAcceptance({ input: (input) => 'by' in input }, LOST);
    await expect(endpoint(...ADD, { by: 5 }, 'respond')).rejects.toBe(LOST);
    await expect(endpoint(...ADD, { by: 1 }, 'respond')).resolves.toMatchObject({ count: 6 });
    expect(endpoint.calls.map(({ error }) => error)).toEqual(['TimeoutError', undefined]);
  });

  test('forgets the calls made so far and counts on, so that no request id comes twice', async () => {
    const endpoint = counter();
    await endpoint(...ADD, { by: 1 }, 'sweep');
    endpoint.forgetCalls();
    expect(endpoint.calls).toEqual([]);
    await endpoint(...ADD, { by: 1 }, 'sweep');
    expect(endpoint.calls.map(({ requestId }) => requestId)).toEqual([
      '00000000-0000-4000-8000-000000000001',
    ]);
  });

  test('does not remember a forgotten call when its error comes', async () => {
    const endpoint = counter();
    endpoint.fail({}, LOST);
    const answer = endpoint(...ADD, { by: 1 }, 'sweep');
    endpoint.forgetCalls();
    await expect(answer).rejects.toBe(LOST);
    expect(endpoint.calls).toEqual([]);
  });

  test('does not answer for a service it was not given', async () => {
    await expect(counter()('S3', 'GetObject', {}, 'sweep')).rejects.toMatchObject({
      name: 'NotImitatedError',
      message: 'service S3 is not imitated; imitated: Counter',
    });
  });
});
