import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { mails, modifyCalls, openCases } from './account-history.ts';
import { calmVolume } from './draining-volumes.ts';
import { expectInvariants } from './invariants.ts';
import { toWork } from './lambdas.ts';
import { acting, hour, type ResponderAccount, responderAccount, startsAt } from './responder-account.ts';

/** What each metric sums up to in these lines of embedded metric format. */
function sumsIn(lines: readonly string[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const line of lines)
    for (const [name, value] of Object.entries(JSON.parse(line) as object))
      if (typeof value === 'number') sums.set(name, (sums.get(name) ?? 0) + value);
  return sums;
}

const sent = readFileSync(
  join(import.meta.dirname, '..', 'fixtures', 'events', 'alarm-single-metric.json'),
  'utf8',
);
const sender = JSON.parse(sent) as { readonly account: string; readonly region: string };

/** What CloudWatch sends of the alarm of this volume, from this account and Region. */
const alarmEvent = (volumeId: string, account: string, region: string): string =>
  sent
    .replaceAll(/vol-[0-9a-f]+/g, volumeId)
    .replaceAll(sender.account, account)
    .replaceAll(sender.region, region);

describe('20 events on the work queue', () => {
  /** None of them is this account. */
  const strangers = Array.from({ length: 20 }, (_, index) => String(200_000_000_000 + index * 7_919));

  async function received(events: readonly (readonly [account: string, region: string])[]) {
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
    const lines: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
    let volumeId = '';
    const responder = await responderAccount(acting, (account) => {
      volumeId = calmVolume(account);
    });
    const { simulation } = responder.account;
    await simulation.runUntil(startsAt + hour);
    for (const [account, region] of events) toWork(responder, alarmEvent(volumeId, account, region));
    await simulation.runFor(hour);
    return { responder, ignored: sumsIn(lines).get('EventsIgnored') };
  }

  function expectUntouched(responder: ResponderAccount): void {
    expect([...modifyCalls(responder), ...mails(responder), ...openCases(responder)]).toEqual([]);
    expectInvariants(responder);
  }

  test('of 20 other accounts are counted as ignored, all of them, and cause nothing', async () => {
    const { responder, ignored } = await received(strangers.map((account) => [account, 'us-east-1']));
    expect(ignored).toBe(20);
    expectUntouched(responder);
  });

  test('of this account in another Region are counted as ignored, all of them, and cause nothing', async () => {
    const { responder, ignored } = await received(strangers.map(() => ['123456789012', 'eu-west-1']));
    expect(ignored).toBe(20);
    expectUntouched(responder);
  });

  test('of this account and Region are not: they are reasons to look', async () => {
    const { responder, ignored } = await received(strangers.map(() => ['123456789012', 'us-east-1']));
    expect(ignored).toBe(0);
    expectUntouched(responder);
  });
});
