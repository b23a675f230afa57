import { type SpawnSyncReturns, spawnSync } from 'node:child_process';

/** Asks for one small page, once: npm's own retries would keep a machine without a registry waiting for minutes. */
const answer = spawnSync(
  'npm',
  ['view', 'constructs', 'name', '--fetch-retries=0', '--fetch-timeout=20000'],
  {
    encoding: 'utf8',
  },
);

/** Its first line; npm goes on about proxies. */
const complaint = ({ stderr, error }: SpawnSyncReturns<string>): string =>
  error?.message ?? /^npm error (.*)$/m.exec(stderr)?.[1] ?? stderr;

/** Why nothing can be installed here; `undefined` where npm reaches a registry. */
export const whyNoRegistry: string | undefined =
  answer.status === 0
    ? undefined
    : `npm reaches no registry, so the package cannot be installed: check the network and \`npm config get registry\`. It said: ${complaint(answer)}`;

/** With CI=true a missing registry is a failure, not a reason to look away. */
export const isSkipped: boolean = whyNoRegistry !== undefined && process.env['CI'] !== 'true';
