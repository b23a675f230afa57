import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    // Those need what npm and pip have to install and compile first: `npm run test:wire`.
    exclude: ['**/node_modules/**', 'test/wire/**', 'test/package/package.test.ts'],
    setupFiles: ['./test/setup/loopback-only.ts'],
    // A property test or a bundled synth takes seconds on two cores; anything longer is stuck.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    restoreMocks: true,
    unstubEnvs: true,
    // A run on a developer's machine must not read that person's profile, Region or keys.
    env: {
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      // The handlers log and count as in Lambda; in a test run nobody reads it.
      POWERTOOLS_LOG_LEVEL: 'SILENT',
      POWERTOOLS_METRICS_DISABLED: 'true',
    },
  },
});
