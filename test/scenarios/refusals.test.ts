import { describe, expect, it } from 'vitest';
import type { AuthorisationRequest } from '../../twin/authorisation.ts';
import { modifyCalls, refusalsTold } from './account-history.ts';
import { drainWith, prompt, refusalTexts, until, type Variation } from './refused-drains.ts';
import { acting, hour, minute, type ResponderAccount, startsAt } from './responder-account.ts';

const without = (action: string) => ({ authorise: (asked: AuthorisationRequest) => asked.action !== action });
const tag = (key: string, value: string) => (responder: ResponderAccount, id: string) =>
  responder.account.ebs.volumes.setTag(id, key, value);
const untag = (key: string) => (responder: ResponderAccount, id: string) =>
  responder.account.ebs.volumes.removeTag(id, key);
const inStack = { tags: { 'aws:cloudformation:stack-name': 'storage' } };
const stackIs =
  (status: 'UPDATE_IN_PROGRESS' | 'UPDATE_COMPLETE') =>
  ({ account }: ResponderAccount) =>
    account.ebs.stacks.setStackStatus('storage', status);
const genesis = { pk: { S: 'GENESIS' }, sk: { S: 'GENESIS' } };
const cases = ({ account, deployed }: ResponderAccount) =>
  account.tables.get(deployed.stack.physicalName('Cases'));

/** Somebody grows another gp2 volume, in a Region that may modify 150 GiB of gp2 at the same time. */
const growAnother = ({ account: { ebs } }: ResponderAccount) => {
  const other = ebs.volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100 });
  ebs.volumes.quotas.set('storage modifications', 'gp2', 150 / 1_024);
  ebs.volumes.modifyByPerson(other.id, { sizeGiB: 101 });
};

const variations: readonly Variation[] = [
  {
    what: 'a stack in mode notify',
    code: 'notify-mode',
    props: { ...acting, mode: 'notify' },
  },
  {
    what: 'tag ebs-burst:mode=notify',
    code: 'notify-mode',
    change: tag('ebs-burst:mode', 'notify'),
    lift: tag('ebs-burst:mode', 'act'),
  },
  {
    what: 'a mode that nobody knows',
    code: 'invalid-tag',
    change: tag('ebs-burst:mode', 'yes'),
    lift: tag('ebs-burst:mode', 'act'),
  },
  {
    what: 'a target that nobody knows',
    code: 'invalid-tag',
    change: tag('ebs-burst:target', 'gp9'),
    lift: untag('ebs-burst:target'),
  },
  {
    what: 'a key under our prefix that nobody knows',
    code: 'invalid-tag',
    change: tag('ebs-burst:mood', 'act'),
    lift: untag('ebs-burst:mood'),
  },
  {
    what: 'no consent tag',
    code: 'no-consent',
    change: untag('ebs-burst:mode'),
    lift: tag('ebs-burst:mode', 'act'),
  },
  {
    what: 'no consent in the selector of its own',
    code: 'no-consent',
    props: { ...acting, act: { tagKey: 'team', values: ['storage'] } },
    lift: tag('team', 'storage'),
  },
  {
    what: 'the genesis item lost',
    code: 'no-genesis',
    change: (responder) => cases(responder).delete(genesis),
    lift: (responder) => cases(responder).put({ ...genesis, kind: { S: 'genesis' } }),
  },
  {
    what: 'a state tag of a case that the table does not hold',
    code: 'unknown-case-tag',
    change: tag('ebs-burst:state', 'EB-ZZZZZZZZ#4'),
    lift: untag('ebs-burst:state'),
  },
  {
    what: 'its alarm muted',
    code: 'muted',
    change: ({ account }, id) =>
      account.ebs.alarms.mute({
        name: 'night',
        alarmNames: [`ebs-burst/${id}`],
        from: startsAt,
        until: startsAt + 76 * minute,
      }),
    lift: () => undefined,
  },
  { what: 'multi-attach enabled', code: 'multi-attach', volume: { multiAttach: true } },
  {
    what: 'a second attachment',
    code: 'multi-attach',
    change: ({ account: { ebs } }, id) => ebs.volumes.attach(id, ebs.volumes.createInstance().id),
  },
  { what: 'another operator', code: 'managed', volume: { operator: 'eks.amazonaws.com' } },
  ...['ebs.csi.aws.com/cluster', 'CSIVolumeName', 'kubernetes.io/created-for/pvc/name'].map(
    (key): Variation => ({
      what: `tag ${key} of the CSI driver`,
      code: 'kubernetes-owned',
      change: tag(key, 'true'),
      lift: untag(key),
    }),
  ),
  {
    what: 'a person changing it at the moment',
    code: 'modification-in-flight',
    options: { metrics: prompt, volumes: { modifyingTime: () => 3 * hour } },
    change: ({ account }, id) => void account.ebs.volumes.modifyByPerson(id, { sizeGiB: 101 }),
  },
  {
    what: 'a person having grown it within 24 hours',
    code: 'foreign-change',
    options: {
      metrics: { balanceSampling: 1, publicationDelay: 1 },
      volumes: { optimizingTime: () => minute },
    },
    change: ({ account }, id) => void account.ebs.volumes.modifyByPerson(id, { sizeGiB: 101 }),
  },
  {
    what: 'modifications that cannot be described',
    code: 'unread-fact',
    options: without('ec2:DescribeVolumesModifications'),
  },
  {
    what: 'a degraded volume',
    code: 'volume-impaired',
    change: ({ account: { simulation, ebs } }, id) =>
      simulation.at(startsAt + 42 * minute, () => ebs.volumes.setHealth(id, 'degraded')),
    lift: ({ account }, id) => account.ebs.volumes.setHealth(id, 'ok'),
  },
  {
    what: 'status checks without enough data',
    code: 'unread-fact',
    change: ({ account }, id) => account.ebs.volumes.setHealth(id, 'insufficient-data'),
    lift: ({ account }, id) => account.ebs.volumes.setHealth(id, 'ok'),
  },
  {
    what: 'a status that cannot be described',
    code: 'unread-fact',
    options: without('ec2:DescribeVolumeStatus'),
  },
  {
    what: 'its instance at its own IOPS limit',
    code: 'instance-bottleneck',
    instance: { ebsIops: { baseline: 1_000, maximum: 2_950 } },
  },
  {
    what: 'its instance out of burst of its own',
    code: 'instance-bottleneck',
    instance: { ebsIops: { baseline: 3_100, maximum: 6_000 } },
    change: ({ account }) => {
      const [instance] = account.ebs.volumes.instances;
      account.simulation.every(minute, () => instance?.iops?.bucket.settle(500_000));
    },
  },
  {
    what: 'an instance that is not Nitro, which publishes no checks',
    code: 'unread-fact',
    instance: { nitro: false },
  },
  {
    what: 'its stack in an update',
    code: 'stack-updating',
    volume: inStack,
    change: stackIs('UPDATE_IN_PROGRESS'),
    lift: stackIs('UPDATE_COMPLETE'),
  },
  {
    what: 'its stack not to be described',
    code: 'unread-fact',
    volume: inStack,
    options: without('cloudformation:DescribeStacks'),
    change: stackIs('UPDATE_COMPLETE'),
  },
  {
    what: 'the storage quota of gp3 used up',
    code: 'quota-exhausted',
    change: ({ account }) => account.ebs.volumes.quotas.set('storage', 'gp3', 0.05),
    lift: ({ account }) => account.ebs.volumes.quotas.set('storage', 'gp3', 50),
  },
  {
    what: 'the IOPS quota of io2 used up',
    code: 'quota-exhausted',
    props: { ...acting, target: 'io2', fixedIops: 2_900, maxMonthlyIncrease: 1_000 },
    change: ({ account }) => account.ebs.volumes.quotas.set('iops', 'io2', 2_000),
    lift: ({ account }) => account.ebs.volumes.quotas.set('iops', 'io2', 100_000),
  },
  {
    what: 'the storage modification quota of gp2 used up by others',
    code: 'quota-exhausted',
    options: { metrics: prompt, volumes: { optimizingTime: () => 3 * hour } },
    change: growAnother,
    lift: ({ account }) => account.ebs.volumes.quotas.set('storage modifications', 'gp2', 500),
  },
  {
    what: 'the IOPS modification quota of io2 used up',
    code: 'quota-exhausted',
    props: { ...acting, target: 'io2', fixedIops: 2_900, maxMonthlyIncrease: 1_000 },
    change: ({ account }) => account.ebs.volumes.quotas.set('iops modifications', 'io2', 2_000),
    lift: ({ account }) => account.ebs.volumes.quotas.set('iops modifications', 'io2', 100_000),
  },
  {
    what: 'quotas that cannot be listed',
    code: 'unread-fact',
    options: without('servicequotas:ListServiceQuotas'),
  },
  {
    what: 'a target over the spend cap',
    code: 'over-budget',
    props: { ...acting, target: 'io2', fixedIops: 2_900 },
    lift: tag('ebs-burst:target', 'gp3'),
  },
  {
    what: 'a ledger that cannot be read',
    code: 'unread-fact',
    change: (responder) =>
      cases(responder).put({
        pk: { S: 'LEDGER' },
        sk: { S: 'LEDGER' },
        kind: { S: 'ledger' },
        body: { S: '{' },
      }),
    lift: (responder) => cases(responder).delete({ pk: { S: 'LEDGER' }, sk: { S: 'LEDGER' } }),
  },
  {
    what: 'no target that takes its size',
    code: 'no-fitting-target',
    props: { ...acting, target: 'io2', fixedIops: 100 },
    volume: { sizeGiB: 2 },
  },
];

describe('a draining volume', () => {
  it('is moved where nothing stands against it', async () => {
    const drain = await drainWith({});
    await until(drain, 60);
    expect(modifyCalls(drain)).toHaveLength(1);
    expect(refusalsTold(drain)).toEqual([]);
  });

  it('is moved within a modification quota that others had used up before', async () => {
    const volumes = { optimizingTime: () => minute };
    const drain = await drainWith({ options: { metrics: prompt, volumes }, change: growAnother });
    await until(drain, 60);
    expect(modifyCalls(drain)).toHaveLength(1);
    expect(refusalsTold(drain)).toEqual([]);
  });

  it.each(variations)('is not moved with $what: $code', async (variation) => {
    const drain = await drainWith(variation);
    await until(drain, 75);
    expect(modifyCalls(drain)).toEqual([]);
    expect([...new Set(refusalsTold(drain))]).toEqual([variation.code]);
    for (const told of refusalTexts(drain)) expect(told).toEqual({ ...told, isMailed: true });
  });

  it.each(variations.filter(({ lift }) => lift !== undefined))(
    'is moved in the same account once it is free of $what',
    async (variation) => {
      const drain = await drainWith(variation);
      await until(drain, 60);
      variation.lift?.(drain, drain.volumeId);
      await until(drain, 85);
      expect(modifyCalls(drain)).toHaveLength(1);
    },
  );
});
