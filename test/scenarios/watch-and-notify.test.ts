import { describe, expect, it } from 'vitest';
import {
  caseNotices,
  closedCases,
  mails,
  modifyCalls,
  openCases,
  refusalsTold,
  saidInOrder,
  slackTexts,
  unfolded,
} from './account-history.ts';
import { dollarsFor, metricReads } from './metric-reads.ts';
import {
  acting,
  attachedVolume,
  hour,
  type Load,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

const notifying = { ...acting, mode: 'notify' } as const;

describe('ALARM → watch → recovered', () => {
  const dip: readonly Load[] = [
    { at: 0, iops: 50 },
    { at: 30, iops: 2_000 },
    { at: 44, iops: 50 },
  ];

  it.each([acting, notifying])(
    'is silent for a dip that does not head for the wall, in mode $mode',
    async (props) => {
      const responder = await responderAccount(
        props,
        (account) => {
          attachedVolume(account, { volumeType: 'gp2', sizeGiB: 100 }, dip);
        },
        { metrics: { balanceSampling: 1, publicationDelay: 1 } },
      );
      await responder.account.simulation.runUntil(startsAt + 50 * minute);
      expect(openCases(responder)).toMatchObject([{ state: 'watching', told: undefined }]);
      await responder.account.simulation.runUntil(startsAt + 3 * hour);
      expect(closedCases(responder)).toMatchObject([{ ending: 'recovered' }]);
      expect(openCases(responder)).toEqual([]);
      expect(caseNotices(responder)).toEqual([]);
      expect(mails(responder)).toEqual([]);
      expect(slackTexts(responder)).toEqual([]);
      expect(modifyCalls(responder)).toEqual([]);
    },
  );
});

describe('a second wall, after a refill too small to close the case', () => {
  /** Eight hours at 50 IOPS below the baseline give a quarter of the bucket back. */
  const twice: readonly Load[] = [
    { at: 0, iops: 50 },
    { at: 30, iops: 3_000 },
    { at: 90, iops: 250 },
    { at: 570, iops: 3_000 },
  ];

  it('is told like the first', async () => {
    const responder = await responderAccount(notifying, (account) => {
      attachedVolume(account, { volumeType: 'gp2', sizeGiB: 100 }, twice);
    });
    await responder.account.simulation.runUntil(startsAt + 9 * hour);
    expect(saidInOrder(responder)).toEqual(['warned', 'needed']);
    await responder.account.simulation.runUntil(startsAt + 10 * hour);
    expect(closedCases(responder)).toEqual([]);
    expect(saidInOrder(responder).slice(2)).toContain('needed');
  });
});

describe('ALARM → notice, in mode notify', () => {
  const burst: readonly Load[] = [
    { at: 0, iops: 50 },
    { at: 30, iops: 3_000 },
  ];

  /** Minutes that the credits of a full bucket last at full burst: EBS user guide, general-purpose. */
  const table = [
    [33, 1_862 / 60],
    [100, 2_000 / 60],
    [334, 2_703 / 60],
    [750, 7_200 / 60],
  ] as const;
  /** The default detection lag of 10 min covers all but 5-minute samples that come 5 minutes late (docs/limitations.md). */
  const settings = [
    { balanceSampling: 1, publicationDelay: 1, detectionLagMinutes: 10 },
    { balanceSampling: 1, publicationDelay: 5, detectionLagMinutes: 10 },
    { balanceSampling: 5, publicationDelay: 1, detectionLagMinutes: 10 },
    { balanceSampling: 5, publicationDelay: 4, detectionLagMinutes: 10 },
    { balanceSampling: 5, publicationDelay: 5, detectionLagMinutes: 11 },
  ] as const;
  const cases = table.flatMap(([sizeGiB, drain]) => settings.map((one) => ({ sizeGiB, drain, ...one })));

  it.each(cases)(
    'is sent in time for the wall of $sizeGiB GiB sampled every $balanceSampling min, published $publicationDelay min late',
    async ({ sizeGiB, drain, detectionLagMinutes, ...metrics }) => {
      let wallAt = Number.POSITIVE_INFINITY;
      const responder = await responderAccount(
        { ...notifying, detectionLagMinutes },
        (account) => {
          const id = attachedVolume(account, { volumeType: 'gp2', sizeGiB }, burst);
          account.simulation.every(1_000, () => {
            const { now } = account.simulation;
            account.ebs.volumes.liveUntil(now);
            if (account.ebs.volumes.volume(id).physics.balance < 1) wallAt = Math.min(wallAt, now);
          });
        },
        { metrics },
      );
      await responder.account.simulation.runUntil(startsAt + (30 + drain + 15) * minute);
      const [first] = mails(responder);
      const achievable = 0.9 * drain - detectionLagMinutes;
      expect(wallAt - (first?.at ?? wallAt)).toBeGreaterThanOrEqual(Math.min(15, achievable) * minute);
      const [, paged] = caseNotices(responder);
      expect(saidInOrder(responder)).toEqual(['warned', 'needed']);
      expect(paged?.at).toBeLessThanOrEqual(wallAt);
      expect(refusalsTold(responder)).toEqual(['notify-mode', 'notify-mode']);
      expect(modifyCalls(responder)).toEqual([]);
    },
  );

  it.each([100, 334, 750])(
    'then tells the recovery of %i GiB once, when the load is gone',
    async (sizeGiB) => {
      const load = [...burst, { at: 160, iops: 20 }];
      const responder = await responderAccount(notifying, (account) => {
        attachedVolume(account, { volumeType: 'gp2', sizeGiB }, load);
      });
      await responder.account.simulation.runUntil(startsAt + 8 * hour);
      expect(saidInOrder(responder)).toEqual(['warned', 'needed', 'ended recovered']);
      expect(closedCases(responder)).toMatchObject([{ ending: 'recovered', stays: undefined }]);
      expect(openCases(responder)).toEqual([]);
      const recovered = 'Its credits came back, nothing was changed.';
      expect(mails(responder).filter(({ message }) => unfolded(message).includes(recovered))).toHaveLength(1);
      expect(slackTexts(responder).filter((text) => text.includes(recovered))).toHaveLength(1);
      expect(modifyCalls(responder)).toEqual([]);
    },
  );
});

describe('volumes that publish nothing', () => {
  const busyEvenings: readonly Load[] = [{ at: 0, iops: 300 }];
  const evening = 9 * hour;
  const day = 24 * hour;

  it('are no news to anybody: a fleet that is stopped every evening and started every morning', async () => {
    const responder = await responderAccount(notifying, (account) => {
      for (const sizeGiB of [100, 200, 334])
        attachedVolume(account, { volumeType: 'gp2', sizeGiB }, busyEvenings);
    });
    const { ebs, simulation, bus } = responder.account;
    const turn = (state: 'running' | 'stopped') => {
      for (const { id } of ebs.volumes.instances) ebs.volumes.setInstanceState(id, state);
    };
    for (const night of [0, 1, 2]) {
      await simulation.runUntil(startsAt + night * day + evening);
      turn('stopped');
      await simulation.runUntil(startsAt + (night + 1) * day);
      turn('running');
    }
    await simulation.runFor(2 * hour);
    const states = bus.log.map(({ event }) => JSON.stringify(event.detail['state']));
    expect(states.filter((state) => state?.includes('INSUFFICIENT_DATA')).length).toBeGreaterThanOrEqual(9);
    expect([...openCases(responder), ...closedCases(responder), ...caseNotices(responder)]).toEqual([]);
    expect(mails(responder)).toEqual([]);
  });

  it('are told once when they were low: nobody knows what became of them', async () => {
    const responder = await aVolumeStoppedWhileLow();
    await responder.account.simulation.runFor(6 * hour);
    expect(saidInOrder(responder)).toEqual(['warned']);
    expect(caseNotices(responder)).toMatchObject([{ said: { reason: { code: 'blind' } } }]);
  });

  it('are given up when they were low and nothing came for a day, and not before', async () => {
    const responder = await aVolumeStoppedWhileLow();
    const from = responder.account.simulation.now;
    await responder.account.simulation.runFor(23 * hour);
    expect(openCases(responder)).toMatchObject([{ state: 'announced' }]);
    await responder.account.simulation.runFor(2 * day);
    expect(saidInOrder(responder)).toEqual(['warned', 'ended silent']);
    expect(openCases(responder)).toEqual([]);
    expect(dollarsFor(metricReads(responder, from, responder.account.simulation.now))).toBeLessThan(0.1);
  });
});

/** Watched at about 70 %, then its instance is stopped. */
async function aVolumeStoppedWhileLow(): Promise<ResponderAccount> {
  const responder = await responderAccount(notifying, (account) => {
    attachedVolume(account, { volumeType: 'gp2', sizeGiB: 100 }, [{ at: 0, iops: 600 }]);
  });
  const { ebs, simulation } = responder.account;
  while (openCases(responder).length === 0) await simulation.runFor(10 * minute);
  for (const { id } of ebs.volumes.instances) ebs.volumes.setInstanceState(id, 'stopped');
  return responder;
}

describe('the metric reads of a month', () => {
  /** The first day has the news, every further one is like the second. */
  async function monthly(responder: ResponderAccount): Promise<number> {
    const { simulation } = responder.account;
    const from = simulation.now;
    await simulation.runFor(48 * hour);
    const news = metricReads(responder, startsAt, from + 24 * hour);
    return dollarsFor(news + 29 * metricReads(responder, from + 24 * hour, simulation.now));
  }
  const atWall = (props: typeof acting | typeof notifying, tags = {}): Promise<ResponderAccount> =>
    responderAccount(props, (account) => {
      const load = [{ at: 30, iops: 3_000 }];
      attachedVolume(account, { volumeType: 'gp2', sizeGiB: 100, tags }, load);
    });

  it.each([
    ['at its wall, where we only notify', () => atWall(notifying)],
    ['at its wall, where we may not act', () => atWall(acting, { 'ebs-burst:mode': 'notify' })],
    [
      'at its wall, where no money is left for it',
      () => atWall({ ...acting, maxMonthlyIncrease: 0 }, { 'ebs-burst:target': 'io2' }),
    ],
  ])('cost less than ten cents for a volume %s', async (_what, begin) => {
    const responder = await begin();
    expect(await monthly(responder)).toBeLessThan(0.1);
    expect(openCases(responder)).toMatchObject([{ state: 'announced' }]);
    expect(modifyCalls(responder)).toEqual([]);
  });
});
