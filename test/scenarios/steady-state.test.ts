import { describe, expect, test } from 'vitest';
import { closedCases, mails, modifyCalls } from './account-history.ts';
import { drainingVolume } from './draining-volumes.ts';
import { type LambdaName, lambdaNamed, runsOf } from './lambdas.ts';
import { dollarsFor, metricReads } from './metric-reads.ts';
import {
  acting,
  hour,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

/** Calls of one Lambda in a span of time, counted by operation. */
function callsOf(responder: ResponderAccount, name: LambdaName, from: number, until: number) {
  const counts: Record<string, number> = {};
  for (const { principal, operation, at } of responder.account.endpoint.calls) {
    if (principal !== lambdaNamed(responder, name) || at < from || at >= until) continue;
    counts[operation] = (counts[operation] ?? 0) + 1;
  }
  return counts;
}

describe('1,000 volumes with nothing happening', () => {
  test('cost one read per 1,000 volumes and one per 100 alarms each census, and no write', async () => {
    const responder = await responderAccount(
      acting,
      ({ ebs: { volumes } }) => {
        const instance = volumes.createInstance();
        for (let index = 0; index < 1_000; index += 1) {
          const { id } = volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100 });
          volumes.attach(id, instance.id);
        }
      },
      { throttling: 'none' },
    );
    const { simulation, ebs } = responder.account;
    await simulation.runUntil(startsAt + hour);
    expect(ebs.alarms.all).toHaveLength(1_000);
    const from = simulation.now;
    await simulation.runUntil(from + hour);
    const censuses = runsOf(responder, 'keep-alarms').filter(({ at }) => at >= from).length;
    expect(censuses).toBe(4);
    const calls = callsOf(responder, 'keep-alarms', from, from + hour);
    expect(calls['DescribeVolumes']).toBe(censuses * 1);
    expect(calls['DescribeAlarms']).toBe(censuses * 10);
    expect(calls['PutMetricAlarm'] ?? 0).toBe(0);
    expect(calls['DeleteAlarms'] ?? 0).toBe(0);
    expect(callsOf(responder, 'sweep', from, from + hour)['DescribeAlarms']).toBe(60);
    expect(callsOf(responder, 'respond', from, from + hour)).toEqual({});
  }, 60_000);
});

describe('a volume that dips every day and recovers', () => {
  /** Down to about 60 % in 40 minutes, which is not heading for the wall, and back in two hours. */
  const days = [0, 1, 2];
  const dips = days.flatMap((day) => [
    { from: startsAt + (day * 24 + 1) * hour, iops: 1_200, ioBytes: 16_384 },
    { from: startsAt + (day * 24 + 1) * hour + 40 * minute, iops: 50, ioBytes: 16_384 },
  ]);

  test('costs less in metric reads than its alarm, ten cents a month, and nobody hears of it', async () => {
    const responder = await responderAccount(
      acting,
      (account) => void drainingVolume(account, { demand: dips }),
    );
    const { simulation } = responder.account;
    await simulation.runUntil(startsAt + days.length * 24 * hour);
    const requested = metricReads(responder, startsAt, simulation.now);
    expect(closedCases(responder).map(({ ending }) => ending)).toEqual(days.map(() => 'recovered'));
    expect([...mails(responder), ...modifyCalls(responder)]).toEqual([]);
    expect(requested).toBeGreaterThan(0);
    expect(dollarsFor((requested / days.length) * 30)).toBeLessThan(0.1);
  });
});
