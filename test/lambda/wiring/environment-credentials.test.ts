import { afterEach, describe, expect, test, vi } from 'vitest';
import { defaultProvider } from '../../../lambda/wiring/environment-credentials.ts';

const inEnvironment = (variables: Readonly<Record<string, string | undefined>>): void => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
};

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the credentials of a bundled handler', () => {
  test('are the keys that Lambda puts into the environment', async () => {
    inEnvironment({ AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' });
    await expect(defaultProvider()()).resolves.toEqual({
      accessKeyId: 'id',
      secretAccessKey: 'secret',
      sessionToken: 'token',
    });
  });

  test('have no session token where there is none', async () => {
    inEnvironment({ AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: undefined });
    await expect(defaultProvider()()).resolves.toEqual({ accessKeyId: 'id', secretAccessKey: 'secret' });
  });

  test('are read when they are asked for, not when the provider is made', async () => {
    inEnvironment({ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined });
    const provider = defaultProvider();
    inEnvironment({ AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: undefined });
    await expect(provider()).resolves.toEqual({ accessKeyId: 'id', secretAccessKey: 'secret' });
  });

  test.each([
    { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: 'secret' },
    { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: '' },
  ])('are refused where one half is missing: %j', async (variables) => {
    inEnvironment(variables);
    await expect(defaultProvider()()).rejects.toThrow(
      'no credentials: expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, where Lambda puts the keys of the function’s role; a bundled handler looks nowhere else, so set both to run it outside Lambda',
    );
  });
});
