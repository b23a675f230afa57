import { beforeAll, describe, expect, test } from 'vitest';
import type { CaseNotice } from '../../core/domain/notices/notice.ts';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import { ServiceError } from '../../twin/service-error.ts';
import { caseNotices, mails, modifyCalls, openCases, refusalsTold } from './account-history.ts';
import { type Draining, drainingVolume } from './draining-volumes.ts';
import { expectInvariants } from './invariants.ts';
import { acting, minute, type ResponderAccount, responderAccount, startsAt } from './responder-account.ts';

const calm = startsAt + 75 * minute;
const end = calm + 5 * minute;

async function stormOf(volumes: number, props: EbsBurstResponderProps = acting, draining: Draining = {}) {
  const ids: string[] = [];
  const responder = await responderAccount(props, (account) => {
    for (let index = 0; index < volumes; index += 1) ids.push(drainingVolume(account, draining));
  });
  return { ...responder, ids };
}

const codesOf = ({ said }: CaseNotice): readonly string[] =>
  said.kind === 'warned' || said.kind === 'needed' ? said.refusals.map(({ code }) => code) : [];

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
    'a run asks for at most three modifications, so that a minute has no more than fifteen of %s',
    (operation) => {
      const most = mostInAMinute(responder, operation);
      expect(most).toBeGreaterThanOrEqual(3);
      expect(most).toBeLessThanOrEqual(15);
    },
  );

  test('every volume is told of, and none twice with the same word and reasons', () => {
    const said = caseNotices(responder).map(
      (notice) => `${notice.caseId} ${notice.said.kind} ${codesOf(notice).join()}`,
    );
    expect(new Set(caseNotices(responder).map(({ caseId }) => caseId)).size).toBe(200);
    expect(new Set(said).size).toBe(said.length);
    expect(refusalsTold(responder)).toContain('aws-throttled');
    expect(mails(responder).length).toBeLessThan(10);
  });

  test('once it answers again, those that are not moved are told that the blast radius is why, and how to do it by hand', () => {
    const notMoved = new Set(
      openCases(responder).flatMap((one) => (one.state === 'announced' ? [one.id] : [])),
    );
    const told = caseNotices(responder).filter((notice) => codesOf(notice).includes('over-blast-radius'));
    expect(notMoved.size).toBe(190);
    expect(new Set(told.map(({ caseId }) => caseId))).toEqual(notMoved);
    expect(told.every(({ at }) => at < calm + 4 * minute)).toBe(true);
    expect(told.every(({ said }) => 'wouldDo' in said && said.wouldDo !== undefined)).toBe(true);
  });

  test('once it answers again, as many are moved as the blast radius allows', () => {
    const accepted = modifyCalls(responder).filter(({ error }) => error === undefined);
    expect(accepted).toHaveLength(10);
    expect(accepted.every(({ at }) => at < calm + 3 * minute)).toBe(true);
    expect(openCases(responder).filter(({ state }) => state === 'intended')).toEqual([]);
    expectInvariants(responder);
  });
});

const quick: Draining = {
  demand: [
    { from: startsAt, iops: 50, ioBytes: 16_384 },
    { from: startsAt + 30 * minute, iops: 3_000, ioBytes: 16_384 },
  ],
};

/** Twelve volumes that are less than a lead time from the wall when they are first told of. */
async function throttledFor(duration: number) {
  const blastRadius = { volumes: 12, percentOfWatched: 100 };
  const responder = await stormOf(12, { ...acting, leadTimeMinutes: 30, blastRadius }, quick);
  const { endpoint, simulation } = responder.account;
  endpoint.fail(
    { operation: 'ModifyVolume' },
    new ServiceError('RequestLimitExceeded', 'Request limit exceeded.'),
    Number.POSITIVE_INFINITY,
  );
  while (modifyCalls(responder).length === 0) await simulation.runFor(0.5 * minute);
  await simulation.runFor(duration);
  endpoint.heal();
  await simulation.runFor(6 * minute);
  return responder;
}

const kindsTold = (responder: ResponderAccount) => caseNotices(responder).map(({ said }) => said.kind);

test('a storm that AWS throttles for less than two minutes calls nobody, and every volume of it is moved', async () => {
  const responder = await throttledFor(minute);
  const accepted = modifyCalls(responder).filter(({ error }) => error === undefined);
  expect(accepted).toHaveLength(12);
  expect(refusalsTold(responder).length).toBeGreaterThan(3);
  expect(new Set(refusalsTold(responder))).toEqual(new Set(['aws-throttled']));
  expect(new Set(kindsTold(responder))).toEqual(new Set(['warned', 'acted']));
  expectInvariants(responder);
});

test('one that it throttles for longer calls for each volume', async () => {
  const responder = await throttledFor(8 * minute);
  expect(kindsTold(responder).filter((kind) => kind === 'needed')).toHaveLength(12);
  expectInvariants(responder);
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
