import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** Processes, sockets, the package in an app of its own, and what has to be installed and compiled for them. */
export default defineConfig({
  test: {
    ...base.test,
    include: ['test/wire/**/*.test.ts', 'test/package/package.test.ts'],
    exclude: ['**/node_modules/**'],
    // A day of simulated time is some thousand events through real processes; anything longer is stuck.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
    // In the processes the handlers log and count as in Lambda, and tests read it.
    env: {
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  },
});
