import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../twin/service-error.ts';
import { caseNotices, mails, modifyCalls, openCases, saidInOrder, unfolded } from './account-history.ts';
import { drainingVolume } from './draining-volumes.ts';
import {
  acting,
  attachedVolume,
  hour,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

const notifying = { ...acting, mode: 'notify' } as const;
const denied = new ServiceError('AccessDenied', 'no metrics today', { httpStatusCode: 403 });
const forEver = 1_000_000;

const loseSight = ({ account }: ResponderAccount, calls = forEver): void =>
  account.endpoint.fail({ operation: 'GetMetricData' }, denied, calls);

async function onceTold(responder: ResponderAccount): Promise<void> {
  while (caseNotices(responder).length === 0) await responder.account.simulation.runFor(5_000);
}

describe('a warning', () => {
  it('whose volume can no longer be seen becomes the call for help, before the promised time', async () => {
    const responder = await responderAccount(notifying, (account) => void drainingVolume(account));
    await onceTold(responder);
    loseSight(responder);
    await responder.account.simulation.runUntil(startsAt + 5 * hour);
    const [warned, needed] = caseNotices(responder);
    expect(saidInOrder(responder)).toEqual(['warned', 'needed']);
    expect(needed).toMatchObject({ said: { reason: { code: 'blind' } } });
    expect(needed?.at).toBeLessThanOrEqual(warned?.nextNewsAt ?? 0);
  });

  /** Heads for its wall until it has just been announced, then runs at its baseline. */
  const easing = [
    { from: startsAt, iops: 50, ioBytes: 16_384 },
    { from: startsAt + 30 * minute, iops: 1_900, ioBytes: 16_384 },
    { from: startsAt + 68 * minute, iops: 299, ioBytes: 16_384 },
  ];

  it('whose volume has eased is followed by that word, at the promised time and once', async () => {
    const responder = await responderAccount(
      notifying,
      (account) => void drainingVolume(account, { demand: easing }),
    );
    await responder.account.simulation.runUntil(startsAt + 6 * hour);
    const [warned, told] = caseNotices(responder);
    expect(saidInOrder(responder)).toEqual(['warned', 'eased']);
    expect(told?.at).toBeLessThanOrEqual(warned?.nextNewsAt ?? 0);
    expect(told).toMatchObject({ nextNewsAt: undefined, felt: { kind: 'read' } });
    expect(mails(responder).some(({ message }) => unfolded(message).includes('EASED.'))).toBe(true);
  });

  it('whose volume eased and then cannot be seen calls nobody', async () => {
    const responder = await responderAccount(
      notifying,
      (account) => void drainingVolume(account, { demand: easing }),
    );
    await responder.account.simulation.runUntil(startsAt + 75 * minute);
    loseSight(responder);
    await responder.account.simulation.runUntil(startsAt + 5 * hour);
    expect(saidInOrder(responder)).not.toContain('needed');
  });
});

describe('an upgrade', () => {
  const moving = async (optimizingTime: number): Promise<ResponderAccount> => {
    const responder = await responderAccount(acting, (account) => void drainingVolume(account), {
      volumes: { optimizingTime: () => optimizingTime },
    });
    await onceTold(responder);
    while (modifyCalls(responder).length === 0) await responder.account.simulation.runFor(5_000);
    await responder.account.simulation.runFor(2 * minute);
    return responder;
  };
  const saidOf = (responder: ResponderAccount) =>
    caseNotices(responder).map(({ said }) =>
      said.kind === 'judged' ? said.verdict.kind : said.kind === 'ended' ? said.ending : said.kind,
    );

  it('of which nothing can be measured is told so by the promised time, once', async () => {
    const responder = await moving(6 * hour);
    loseSight(responder);
    await responder.account.simulation.runUntil(startsAt + 9 * hour);
    const acted = caseNotices(responder).find(({ said }) => said.kind === 'acted');
    const unknown = caseNotices(responder).find(({ said }) => said.kind === 'judged');
    expect(saidOf(responder).slice(-3)).toEqual(['acted', 'unknown', 'unproved']);
    expect(unknown?.at).toBeLessThanOrEqual(acted?.nextNewsAt ?? 0);
  });

  it('that can be measured is not told to be unknown', async () => {
    const responder = await moving(6 * hour);
    await responder.account.simulation.runUntil(startsAt + 9 * hour);
    expect(saidOf(responder)).not.toContain('unknown');
    expect(saidOf(responder).at(-1)).toBe('relieved');
  });
});

describe('a calm latency-critical fleet', () => {
  const tags = { 'ebs-burst:tier': 'latency-critical' };
  const fleet = (iops: number) =>
    responderAccount(notifying, (account) => {
      for (const Name of ['etcd-0', 'etcd-1', 'etcd-2'])
        attachedVolume(account, { volumeType: 'gp2', sizeGiB: 100, tags: { ...tags, Name } }, [
          { at: 0, iops: 50 },
          { at: 30, iops },
        ]);
    });

  it('is no news when one reading of metrics fails', async () => {
    const responder = await fleet(50);
    await responder.account.simulation.runUntil(startsAt + 2 * hour - minute);
    loseSight(responder, 3);
    await responder.account.simulation.runUntil(startsAt + 5 * hour);
    expect([...caseNotices(responder), ...openCases(responder)]).toEqual([]);
  });

  it('is news when its alarms fire and nothing can be read', async () => {
    const responder = await fleet(3_000);
    await responder.account.simulation.runUntil(startsAt + 31 * minute);
    loseSight(responder);
    await responder.account.simulation.runUntil(startsAt + 2 * hour);
    expect(saidInOrder(responder)).toEqual(['warned', 'warned', 'warned']);
  });
});

describe('a volume whose dip was over while nothing could be read', () => {
  const dipping = () =>
    responderAccount(notifying, (account) => {
      attachedVolume(account, { volumeType: 'gp2', sizeGiB: 100 }, [
        { at: 0, iops: 50 },
        { at: 30, iops: 3_000 },
        { at: 41, iops: 50 },
      ]);
    });

  it('is told to be readable again, and not that its credits came back', async () => {
    const responder = await dipping();
    await responder.account.simulation.runUntil(startsAt + 31 * minute);
    loseSight(responder, 3);
    await responder.account.simulation.runUntil(startsAt + 5 * hour);
    expect(
      caseNotices(responder).map(({ said }) => ('reason' in said ? said.reason.code : said.kind)),
    ).toEqual(['blind', 'readable-again']);
    const texts = mails(responder).map(({ message }) => unfolded(message));
    expect(texts.filter((text) => text.includes('READABLE AGAIN.'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('Its credits came back'))).toEqual([]);
  });

  it('is no news where it could be read', async () => {
    const responder = await dipping();
    await responder.account.simulation.runUntil(startsAt + 5 * hour);
    expect(caseNotices(responder).map(({ said }) => said.kind)).not.toContain('readable-again');
  });
});
