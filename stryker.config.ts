/** Options of StrykerJS: https://stryker-mutator.io/docs/stryker-js/configuration. Run by `npm run mutation`. */
export default {
  mutate: ['core/domain/**/*.ts'],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', './scripts/mutation/prose-of-guards.ts'],
  ignorers: ['prose-of-guards'],
  vitest: { configFile: 'vitest.mutation.config.ts', related: true },
  coverageAnalysis: 'perTest',
  // Stryker would rewrite tsconfig.json for its sandbox with an API that TypeScript 7 no longer has.
  tsconfigFile: 'none',
  ignorePatterns: ['cdk.out', 'docs', '*.svg'],
  concurrency: 2,
  // Busy machines are slow to start a worker; a mutant that loops forever is found by its hit count long before this.
  timeoutMS: 20_000,
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: 'reports/mutation.json' },
  thresholds: { high: 95, low: 90, break: 90 },
};
