import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { metrics } from '../../../lambda/environments/metrics.ts';
import { observability } from '../../../lambda/wiring/observability.ts';

afterEach(() => vi.restoreAllMocks());

/** What goes to standard output while `act` runs, one parsed record per line. */
function recordsOf(act: () => void): readonly Record<string, unknown>[] {
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'INFO');
  const lines: string[] = [];
  for (const level of ['log', 'info', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => lines.push(line));
  }
  act();
  return lines.map((line) => JSON.parse(line));
}

describe('observe', () => {
  test('publishes the values of one run as one record, zeros included', () => {
    const records = recordsOf(() => observability('sweep').publish({ SweepCompleted: 1, WakeUpsQueued: 0 }));
    expect(records).toMatchObject([
      {
        service: 'ebs-burst-responder',
        SweepCompleted: 1,
        WakeUpsQueued: 0,
        _aws: {
          CloudWatchMetrics: [
            {
              Namespace: 'EbsBurstResponder',
              Dimensions: [['service']],
              Metrics: [
                { Name: 'SweepCompleted', Unit: 'Count' },
                { Name: 'WakeUpsQueued', Unit: 'Count' },
              ],
            },
          ],
        },
      },
    ]);
  });

  test('does not carry values of one run into the next', () => {
    const [, second] = recordsOf(() => {
      const { publish } = observability('sweep');
      publish({ SweepCompleted: 1 });
      publish({ WakeUpsQueued: 2 });
    });
    expect(second).not.toHaveProperty('SweepCompleted');
  });

  test('logs under the name of the handler', () => {
    const records = recordsOf(() => observability('respond').logger.error('a volume failed'));
    expect(records).toMatchObject([
      { level: 'ERROR', message: 'a volume failed', service: 'ebs-burst-responder', handler: 'respond' },
    ]);
  });
});

describe('every metric', () => {
  const root = join(import.meta.dirname, '..', '..', '..', 'lambda');
  const sources = globSync('{handlers,wiring}/*.ts', { cwd: root }).map((file) =>
    readFileSync(join(root, file), 'utf8'),
  );

  test.each(Object.keys(metrics))('%s is published by some handler', (name) => {
    expect(sources.some((source) => new RegExp(`\\b${name}:`).test(source))).toBe(true);
  });
});
