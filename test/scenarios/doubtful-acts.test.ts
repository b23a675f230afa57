import { describe, expect, test } from 'vitest';
import { ServiceError } from '../../twin/service-error.ts';
import {
  caseNotices,
  closedCases,
  committed,
  modifyCalls,
  openCases,
  refusalsTold,
  saidInOrder,
} from './account-history.ts';
import { calmVolume, drainingVolume } from './draining-volumes.ts';
import { expectInvariants } from './invariants.ts';
import { lambdaNamed, runsOf } from './lambdas.ts';
import {
  acting,
  attachedVolume,
  hour,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

/** Four volumes, all of which may be moved within the hour, so that no cap hides a second act. */
const wide = { ...acting, blastRadius: { volumes: 10, percentOfWatched: 100 } };
const amongCalm = (optimizing: number): Promise<ResponderAccount> =>
  responderAccount(
    wide,
    (account) => {
      drainingVolume(account);
      for (let count = 0; count < 3; count += 1) calmVolume(account);
    },
    { volumes: { optimizingTime: () => optimizing } },
  );

const volumeOf = ({ account }: ResponderAccount) => {
  const [volume] = account.ebs.volumes.volumes;
  if (volume === undefined) throw new Error('the account has no volume');
  return volume;
};

async function untilActed({ account }: ResponderAccount): Promise<void> {
  const asked = () => account.endpoint.calls.some(({ operation }) => operation === 'ModifyVolume');
  while (!asked()) await account.simulation.runFor(5_000);
}

describe('a person who undoes our change', () => {
  test.each([3, 6])('is not overruled %i minutes after our request', async (later) => {
    const responder = await amongCalm(minute);
    await untilActed(responder);
    const { simulation, ebs } = responder.account;
    await simulation.runFor(later * minute);
    ebs.volumes.modifyByPerson(volumeOf(responder).id, { volumeType: 'gp2' });
    await simulation.runUntil(startsAt + 6 * hour);
    expect(modifyCalls(responder)).toHaveLength(1);
    expect(saidInOrder(responder)).toContain('ended yielded');
    expect(refusalsTold(responder)).toContain('foreign-change');
    expectInvariants(responder);
  });

  test('is not seen where nobody undid anything: ours is not taken for a person’s', async () => {
    const responder = await amongCalm(minute);
    await responder.account.simulation.runUntil(startsAt + 6 * hour);
    expect(modifyCalls(responder)).toHaveLength(1);
    expect(refusalsTold(responder)).not.toContain('foreign-change');
    expectInvariants(responder);
  });
});

describe('DescribeVolumes that lacks a volume', () => {
  const bridging = { ...acting, target: 'io2', fixedIops: 2_500, maxMonthlyIncrease: 500 } as const;
  const bridge = (): Promise<ResponderAccount> =>
    responderAccount(bridging, (account) => void drainingVolume(account), {
      volumes: { optimizingTime: () => 30 * minute },
    });

  /** As many answers about volumes by their ids as the time takes. */
  async function lacking({ account }: ResponderAccount, time: number): Promise<void> {
    const { volumes } = account.ebs;
    const views = volumes.views.bind(volumes);
    volumes.views = () => [];
    await account.simulation.runFor(time);
    volumes.views = views;
  }

  test('for two minutes does not end the case of a bridge: it is followed on', async () => {
    const responder = await bridge();
    await untilActed(responder);
    const { simulation } = responder.account;
    await simulation.runFor(3 * minute);
    const cost = committed(responder);
    await lacking(responder, 2 * minute);
    expect(openCases(responder)).toMatchObject([{ state: 'upgrading', absentSince: expect.any(Number) }]);
    await simulation.runUntil(startsAt + 4 * hour);
    expect(openCases(responder)).toMatchObject([{ state: 'bridged' }]);
    expect(committed(responder)).toBe(cost);
    expect(saidInOrder(responder)).not.toContain('ended gone');
    expectInvariants(responder);
  });

  test('for longer than five minutes ends it', async () => {
    const responder = await bridge();
    await untilActed(responder);
    await responder.account.simulation.runFor(3 * minute);
    await lacking(responder, 8 * minute);
    expect(openCases(responder)).toEqual([]);
    expect(closedCases(responder)).toMatchObject([{ ending: 'gone' }]);
    expect(committed(responder)).toBe(0);
  });
});

describe('respond dies with the tag of a first claim written and the claim not', () => {
  async function born(dies: boolean): Promise<ResponderAccount> {
    const settings = { ...acting, target: 'io2', fixedIops: 2_500, maxMonthlyIncrease: 500 } as const;
    const responder = await responderAccount(settings, (account) => void calmVolume(account));
    const { account } = responder;
    await account.simulation.runUntil(startsAt + 5 * minute);
    const volume = {
      volumeType: 'gp2',
      sizeGiB: 100,
      tags: { 'ebs-burst:tier': 'latency-critical' },
    } as const;
    attachedVolume(account, volume, [{ at: 0, iops: 50 }]);
    if (dies) {
      const principal = lambdaNamed(responder, 'respond');
      const down = new ServiceError('InternalServerError', 'down', { httpStatusCode: 500 });
      account.endpoint.fail({ operation: 'TransactWriteItems', principal }, down, 3);
      account.functions.crash(principal, { after: 'CreateTags' });
    }
    await account.simulation.runUntil(startsAt + 2 * hour);
    return responder;
  }

  test.each([true, false])('the volume is moved all the same, within the hour (dies: %s)', async (dies) => {
    const responder = await born(dies);
    const crashed = runsOf(responder, 'respond').filter(({ outcome }) => outcome.kind === 'crashed');
    expect(crashed).toHaveLength(dies ? 1 : 0);
    expect(modifyCalls(responder)).toHaveLength(1);
    expect(modifyCalls(responder)[0]?.at).toBeLessThan(startsAt + hour);
    expect(refusalsTold(responder)).not.toContain('unknown-case-tag');
    expectInvariants(responder);
  });
});

describe('acts that fail before they begin', () => {
  const rescue = (): Promise<ResponderAccount> =>
    responderAccount(acting, (account) => void drainingVolume(account), {
      volumes: { optimizingTime: () => 5 * minute },
    });

  test('a tag that is refused is told as what it is, and is not counted as our change', async () => {
    const responder = await rescue();
    const { endpoint, simulation } = responder.account;
    const refused = new ServiceError('TagLimitExceeded', 'too many tags', { httpStatusCode: 400 });
    endpoint.fail({ operation: 'CreateTags' }, refused, 1_000_000);
    await simulation.runUntil(startsAt + 3 * hour);
    expect(modifyCalls(responder)).toEqual([]);
    expect(new Set(refusalsTold(responder))).toEqual(new Set(['state-untagged']));
    expect(saidInOrder(responder)).toEqual(expect.arrayContaining(['needed']));
    expect(committed(responder)).toBe(0);
  });

  test('a tag that is refused once costs minutes, not a day', async () => {
    const responder = await rescue();
    const { endpoint, simulation } = responder.account;
    const refused = new ServiceError('TagLimitExceeded', 'too many tags', { httpStatusCode: 400 });
    endpoint.fail({ operation: 'CreateTags' }, refused);
    await simulation.runUntil(startsAt + 3 * hour);
    expect(modifyCalls(responder)).toHaveLength(1);
    expect(closedCases(responder)).toMatchObject([{ ending: 'averted' }]);
    expectInvariants(responder);
  });

  test('two answers lost before AWS heard of them leave a third attempt', async () => {
    const responder = await rescue();
    const { endpoint, simulation } = responder.account;
    const down = new ServiceError('InternalError', 'down', { httpStatusCode: 500 });
    endpoint.fail({ operation: 'ModifyVolume' }, down, 2);
    await simulation.runUntil(startsAt + 3 * hour);
    expect(modifyCalls(responder)).toHaveLength(3);
    expect(refusalsTold(responder)).not.toContain('our-slots-used');
    expectInvariants(responder);
  });
});

describe('an answer of AWS that is lost while modifications cannot be read', () => {
  async function blinded(times: number): Promise<ResponderAccount> {
    const responder = await responderAccount(acting, (account) => void drainingVolume(account), {
      volumes: { optimizingTime: () => 5 * minute },
    });
    const { endpoint, simulation } = responder.account;
    endpoint.fail({ operation: 'ModifyVolume' }, new Error('socket hang up'));
    await untilActed(responder);
    const down = new ServiceError('Unavailable', 'down', { httpStatusCode: 400 });
    endpoint.fail({ operation: 'DescribeVolumesModifications' }, down, times);
    await simulation.runUntil(startsAt + 3 * hour);
    return responder;
  }

  test('calls the team once, long before the wall', async () => {
    const responder = await blinded(1_000_000);
    const [first, ...more] = caseNotices(responder);
    expect(first?.said).toMatchObject({ kind: 'needed', reason: { code: 'intent-unresolved' } });
    expect(first?.at).toBeLessThan((modifyCalls(responder)[0]?.at ?? 0) + 8 * minute);
    expect(more).toEqual([]);
  });

  test('calls nobody where it is known again within five minutes', async () => {
    const responder = await blinded(1);
    expect(saidInOrder(responder)).not.toContain('needed');
    expectInvariants(responder);
  });
});
