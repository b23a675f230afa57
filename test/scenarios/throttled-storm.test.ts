import { beforeAll, describe, expect, test } from 'vitest';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import { ServiceError } from '../../twin/service-error.ts';
import { caseNotices, mails, modifyCalls, openCases, refusalsTold } from './account-history.ts';
import { drainingVolume } from './draining-volumes.ts';
import { expectInvariants } from './invariants.ts';
import { acting, minute, type ResponderAccount, responderAccount, startsAt } from './responder-account.ts';

const calm = startsAt + 75 * minute;
const end = calm + 5 * minute;

async function stormOf(volumes: number, props: EbsBurstResponderProps = acting) {
  const ids: string[] = [];
  const responder = await responderAccount(props, (account) => {
    for (let index = 0; index < volumes; index += 1) ids.push(drainingVolume(account));
  });
  return { ...responder, ids };
}

/** Most calls of this operation within one minute of the clock, in which the work queue allows few runs. */
function mostInAMinute({ account }: ResponderAccount, operation: string): number {
  const counts = new Map<number, number>();
  for (const call of account.endpoint.calls)
    if (call.operation === operation && call.at < calm) {
      const at = Math.floor(call.at / minute);
      counts.set(at, (counts.get(at) ?? 0) + 1);
    }
  return Math.max(...counts.values());
}

describe('AWS throttles ModifyVolume while 200 volumes drain', () => {
  let responder: ResponderAccount;

  beforeAll(async () => {
    responder = await stormOf(200);
    const { endpoint, simulation } = responder.account;
    const throttled = new ServiceError('RequestLimitExceeded', 'Request limit exceeded.');
    endpoint.fail({ operation: 'ModifyVolume' }, throttled, Number.POSITIVE_INFINITY);
    await simulation.runUntil(calm);
    endpoint.heal();
    await simulation.runUntil(end);
  }, 240_000);

  test.each(['ModifyVolume', 'CreateTags', 'DeleteTags'])(
    'each run asks for one modification, so that a minute has no more than a handful of %s',
    (operation) => {
      const most = mostInAMinute(responder, operation);
      expect(most).toBeGreaterThanOrEqual(1);
      expect(most).toBeLessThanOrEqual(5);
    },
  );

  test('every volume is told of, and none twice with the same word', () => {
    const said = caseNotices(responder).map((notice) => `${notice.caseId} ${notice.said.kind}`);
    expect(new Set(caseNotices(responder).map(({ caseId }) => caseId)).size).toBe(200);
    expect(new Set(said).size).toBe(said.length);
    expect(refusalsTold(responder)).toContain('aws-throttled');
    expect(mails(responder).length).toBeLessThan(10);
  });

  test('once it answers again, as many are moved as the blast radius allows', () => {
    const accepted = modifyCalls(responder).filter(({ error }) => error === undefined);
    expect(accepted).toHaveLength(10);
    expect(accepted.every(({ at }) => at < calm + 3 * minute)).toBe(true);
    expect(openCases(responder).filter(({ state }) => state === 'intended')).toEqual([]);
    expectInvariants(responder);
  });
});

test('another refusal, of one volume, does not keep the others from being moved', async () => {
  const responder = await stormOf(6, { ...acting, blastRadius: { volumes: 6, percentOfWatched: 100 } });
  const { endpoint, simulation } = responder.account;
  const [first] = responder.ids;
  endpoint.fail(
    { operation: 'ModifyVolume', input: (input) => 'VolumeId' in input && input.VolumeId === first },
    new ServiceError('IncorrectState', 'is not available'),
    Number.POSITIVE_INFINITY,
  );
  await simulation.runUntil(calm);
  const calls = modifyCalls(responder);
  expect(new Set(calls.map(({ error }) => error))).toEqual(new Set(['IncorrectState', undefined]));
  expect(calls.filter(({ error }) => error === undefined)).toHaveLength(5);
  const [refusedFirst] = calls.filter(({ error }) => error !== undefined);
  expect(calls.some(({ at, error }) => error === undefined && at >= (refusedFirst?.at ?? end))).toBe(true);
  expectInvariants(responder);
});
