import { describe, expect, test, vi } from 'vitest';
import { placeOf } from '../../../lambda/wiring/place-of.ts';
import { inLambda, lambdaRuntime, type Runtime } from '../../../lambda/wiring/runtime.ts';

const runtimeIn = (environment: Runtime['environment']): Runtime => ({ ...lambdaRuntime, environment });

describe('where a function runs', () => {
  test('is the Region that Lambda sets', () => {
    expect(placeOf(runtimeIn({ AWS_REGION: 'eu-west-1' }), '111122223333')).toEqual({
      account: '111122223333',
      region: 'eu-west-1',
    });
  });

  test.each([{}, { AWS_REGION: '' }])('is an error that says what to do without one: %j', (environment) => {
    expect(() => placeOf(runtimeIn(environment), '111122223333')).toThrow(
      'AWS_REGION is not set; Lambda sets it, elsewhere set it to the Region of the deployment',
    );
  });
});

describe('a handler', () => {
  const counted = () => {
    const built: Runtime[] = [];
    const build = (runtime: Runtime) => {
      built.push(runtime);
      return async (event: string) => `${event}!`;
    };
    return { built, build };
  };

  test('is built by its first event outside Lambda, and once', async () => {
    const { built, build } = counted();
    const handler = inLambda(build);
    expect(built).toEqual([]);
    expect([await handler('a'), await handler('b')]).toEqual(['a!', 'b!']);
    expect(built).toEqual([lambdaRuntime]);
  });

  test('is built at import inside Lambda, so that a bad environment fails the init phase', async () => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'respond');
    const { built, build } = counted();
    const handler = inLambda(build);
    expect(built).toHaveLength(1);
    await handler('a');
    expect(built).toHaveLength(1);
  });

  test('fails at import inside Lambda when it cannot be built', () => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'respond');
    const build = (): ((event: string) => Promise<string>) => {
      throw new Error('TABLE_NAME is not set');
    };
    expect(() => inLambda(build)).toThrow('TABLE_NAME is not set');
  });
});

test('identifiers of the real runtime are fresh', () => {
  expect(lambdaRuntime.newId()).not.toBe(lambdaRuntime.newId());
});
