import { describe, expect, it } from 'vitest';
import {
  caseNotices,
  closedCases,
  mails,
  modifyCalls,
  openCases,
  refusalsTold,
  saidInOrder,
  unfolded,
} from './account-history.ts';
import { lookAt } from './lambdas.ts';
import { drainWith, fullBurst, prompt, refusalTexts, until } from './refused-drains.ts';
import { acting, attachedVolume, minute, responderAccount, startsAt } from './responder-account.ts';

const notified = { tags: { 'ebs-burst:mode': 'notify' } };
const slow = [
  { at: 0, iops: 50 },
  { at: 30, iops: 2_000 },
];

/** An hour and a half from the alarm to the wall. */
const gentle = [
  { at: 0, iops: 50 },
  { at: 30, iops: 1_000 },
];

describe('opted out', () => {
  it('has no alarm and no case, and the coverage notice counts it', async () => {
    const drain = await drainWith({ volume: { tags: { 'ebs-burst:mode': 'off' } } });
    await until(drain, 90);
    const { account, deployed } = drain;
    expect(account.ebs.alarms.all).toEqual([]);
    expect(modifyCalls(drain)).toEqual([]);
    expect(openCases(drain)).toEqual([]);
    const [coverage] = account.topics.get(deployed.stack.outputs['NoticeTopicArn']).publications;
    expect(coverage?.subject).toBe('FYI: 0 disks watched in us-east-1, 1 not watched');
  });

  it('while a case is open, ends it and says that its tags did', async () => {
    const drain = await drainWith({ volume: notified });
    await until(drain, 50);
    drain.account.ebs.volumes.setTag(drain.volumeId, 'ebs-burst:mode', 'off');
    await until(drain, 70);
    expect(saidInOrder(drain)).toEqual(['warned', 'needed', 'ended yielded']);
    expect(unfolded(mails(drain).at(-1)?.message ?? '')).toContain(
      'Mode is off for it, by its tag or in the whole deployment.',
    );
    expect(modifyCalls(drain)).toEqual([]);
  });
});

describe('detached', () => {
  it('before we looked, leads to nothing', async () => {
    const drain = await drainWith({});
    drain.account.simulation.at(startsAt + 39 * minute, () =>
      drain.account.ebs.volumes.detach(drain.volumeId),
    );
    await until(drain, 90);
    expect(modifyCalls(drain)).toEqual([]);
    expect(saidInOrder(drain)).toEqual([]);
  });

  it('while a case is open, ends it and says so', async () => {
    const drain = await drainWith({ volume: notified });
    await until(drain, 50);
    drain.account.ebs.volumes.detach(drain.volumeId);
    await until(drain, 70);
    expect(saidInOrder(drain)).toEqual(['warned', 'needed', 'ended detached']);
    expect(modifyCalls(drain)).toEqual([]);
  });
});

describe('evidence', () => {
  it('that went stale while the volume was watched is no ground to act, and the team is told', async () => {
    const drain = await drainWith({ load: gentle });
    await until(drain, 100);
    expect(openCases(drain)).toMatchObject([{ state: 'watching' }]);
    drain.account.ebs.metrics.withhold(drain.volumeId, ['BurstBalance']);
    await until(drain, 140);
    expect(modifyCalls(drain)).toEqual([]);
    expect([...new Set(refusalsTold(drain))]).toEqual(['unread-fact']);
    expect(caseNotices(drain)[0]?.said).toMatchObject({
      reason: { code: 'blind' },
      refusals: [{ fact: 'balance', why: 'the newest datapoint is 10 minutes old' }],
    });
    for (const told of refusalTexts(drain)) expect(told).toEqual({ ...told, isMailed: true });
    drain.account.ebs.metrics.resume(drain.volumeId);
    await until(drain, 150);
    expect(modifyCalls(drain)).toHaveLength(1);
  });

  it('of stalled I/O at the wall is a page, not a modification', async () => {
    const drain = await drainWith({ volume: { sizeGiB: 33, ...notified } });
    const { account, volumeId } = drain;
    await until(drain, 70);
    await account.simulation.runUntil((openCases(drain)[0]?.dueAt ?? 0) + minute);
    const dueAt = openCases(drain)[0]?.dueAt ?? 0;
    // The check is published a minute late, and idle credits lift a balance off the wall within three.
    await account.simulation.runUntil(dueAt - 2.5 * minute);
    account.ebs.volumes.setHealth(volumeId, 'stalled');
    account.ebs.volumes.setTag(volumeId, 'ebs-burst:mode', 'act');
    await account.simulation.runUntil(dueAt + minute);
    expect(modifyCalls(drain)).toEqual([]);
    expect(openCases(drain)).toMatchObject([{ refusals: [{ code: 'volume-stalled' }] }]);
  });
});

describe('volumes without a bucket', () => {
  it.each([
    { volumeType: 'gp2', sizeGiB: 1_000 },
    { volumeType: 'gp3', sizeGiB: 100, iops: 3_000, throughput: 125 },
    { volumeType: 'io2', sizeGiB: 100, iops: 1_000 },
    { volumeType: 'standard', sizeGiB: 100 },
  ] as const)(
    'of $sizeGiB GiB $volumeType have no alarm and are left alone when somebody asks',
    async (volume) => {
      const drain = await drainWith({ volume });
      await until(drain, 40);
      lookAt(drain, drain.volumeId);
      await until(drain, 45);
      expect(drain.account.ebs.alarms.all).toEqual([]);
      expect(modifyCalls(drain)).toEqual([]);
      expect(openCases(drain)).toEqual([]);
      expect(saidInOrder(drain)).toEqual([]);
    },
  );
});

describe('blast radius', () => {
  it('of one lets the second volume of two wait for the next hour, and says so', async () => {
    const ids: string[] = [];
    const responder = await responderAccount(
      acting,
      (account) => {
        for (const name of ['one', 'two']) {
          const volume = { volumeType: 'gp2', sizeGiB: 100, tags: { Name: name } } as const;
          ids.push(attachedVolume(account, volume, fullBurst));
        }
      },
      { metrics: prompt },
    );
    await until(responder, 60);
    expect(modifyCalls(responder)).toHaveLength(1);
    expect([...new Set(refusalsTold(responder))]).toEqual(['over-blast-radius']);
    await until(responder, 110);
    expect(
      modifyCalls(responder)
        .map(({ input }) => 'VolumeId' in input && input.VolumeId)
        .toSorted(),
    ).toEqual(ids);
  });
});

describe('modifications of 24 hours', () => {
  const quick = { metrics: prompt, volumes: { optimizingTime: () => 4 * minute } };
  const wide = { ...acting, blastRadius: { percentOfWatched: 100 } };

  /** Both times AWS gives the modification up. */
  async function twiceInVain() {
    const drain = await drainWith({
      load: slow,
      props: wide,
      options: quick,
      change: ({ account }) =>
        void attachedVolume(account, { volumeType: 'gp2', sizeGiB: 100 }, [{ at: 0, iops: 10 }]),
    });
    const { modifier } = drain.account.ebs.volumes;
    modifier.failNext(drain.volumeId, 'internal error');
    await until(drain, 70);
    expect(closedCases(drain)).toMatchObject([{ ending: 'failed' }]);
    modifier.failNext(drain.volumeId, 'internal error');
    await until(drain, 76);
    expect(modifyCalls(drain)).toHaveLength(2);
    return drain;
  }

  it('are two for us: after two that AWS gave up we leave the volume to a person', async () => {
    const drain = await twiceInVain();
    await until(drain, 120);
    expect(modifyCalls(drain)).toHaveLength(2);
    expect(closedCases(drain).map(({ ending }) => ending)).toEqual(['failed', 'failed']);
    expect([...new Set(refusalsTold(drain))]).toEqual(['our-slots-used']);
    const texts = mails(drain).map(({ message }) => unfolded(message));
    expect(texts.filter((text) => text.includes('if it still runs out we try once more'))).toHaveLength(1);
    for (const told of refusalTexts(drain)) expect(told).toEqual({ ...told, isMailed: true });
  });

  it('keep one for a person, once a person has used one beside our two', async () => {
    const drain = await twiceInVain();
    drain.account.ebs.volumes.modifyByPerson(drain.volumeId, { sizeGiB: 101 });
    await until(drain, 120);
    expect(modifyCalls(drain)).toHaveLength(2);
    expect(openCases(drain)).toMatchObject([{ refusals: [{ code: 'slots-used', used: 3 }] }]);
  });
});
