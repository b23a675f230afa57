import { describe, expect, test } from 'vitest';
import { caseNotices, mails, modifyCalls, openCases } from './account-history.ts';
import { drainingVolume } from './draining-volumes.ts';
import { expectInvariants } from './invariants.ts';
import {
  acting,
  hour,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

const lasts = 6 * hour;

/** Half of each period at this rate and half at rest, after an hour that brings the balance down to about 20 %. */
const squareWave = (period: number, iops: number) => {
  const periods = Math.ceil(lasts / (period * minute));
  const waves = Array.from({ length: periods }, (_, index) => {
    const from = startsAt + hour + index * period * minute;
    return [
      { from, iops, ioBytes: 16_384 },
      { from: from + (period / 2) * minute, iops: 0, ioBytes: 16_384 },
    ];
  });
  return [{ from: startsAt + 10 * minute, iops: 1_750, ioBytes: 16_384 }, ...waves.flat()];
};

async function live(period: number, iops: number, tags: Record<string, string>): Promise<ResponderAccount> {
  const responder = await responderAccount(
    acting,
    (account) => void drainingVolume(account, { tags, demand: squareWave(period, iops) }),
    { volumes: { optimizingTime: () => 5 * minute } },
  );
  await responder.account.simulation.runUntil(startsAt + lasts);
  return responder;
}

describe.each([2, 20, 60])('a load that comes and goes every %i minutes', (period) => {
  test('and empties the bucket is told at most once an hour where nobody may act, in one conversation', async () => {
    const responder = await live(period, 1_000, {});
    expect(modifyCalls(responder)).toEqual([]);
    const notices = caseNotices(responder);
    expect(notices.length).toBeGreaterThan(0);
    expect(notices.filter(({ said }) => said.kind === 'warned').length).toBeLessThanOrEqual(2);
    const calls = notices.filter(({ said }) => said.kind === 'needed').map(({ at }) => at);
    for (const [index, at] of calls.slice(1).entries())
      expect(at - (calls[index] ?? at)).toBeGreaterThanOrEqual(hour);
    expect(mails(responder).length).toBeLessThanOrEqual(lasts / hour + 2);
    expectInvariants(responder);
  });

  test('and empties the bucket is moved once where we may act', async () => {
    const responder = await live(period, 1_000, { 'ebs-burst:mode': 'act' });
    expect(modifyCalls(responder)).toHaveLength(1);
    expect(openCases(responder)).toEqual([]);
    expectInvariants(responder);
  });
});
