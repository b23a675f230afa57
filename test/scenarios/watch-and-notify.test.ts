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
import {
  acting,
  attachedVolume,
  hour,
  type Load,
  minute,
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
