import {
  DescribeVolumesCommand,
  DescribeVolumesModificationsCommand,
  ModifyVolumeCommand,
  type ModifyVolumeCommandInput,
} from '@aws-sdk/client-ec2';
import { constantDemand } from '../../twin/ebs/open-loop-workload.ts';
import type { VolumeOptions } from '../../twin/ebs/simulated-volume.ts';
import { connectedEbsAccount, HOUR, MINUTE, START } from '../twin/connected-ebs-account.ts';
import type { EbsCase } from './ebs-account.ts';
import { holds, messageOf, refused, same, within, wouldSucceed } from './expectations.ts';

const GUIDE = 'EBS user guide, ebs-modify-volume';
const MONITORING = 'EBS user guide, monitoring-volume-modifications';
const RATE = 'kubernetes-sigs/aws-ebs-csi-driver, pkg/cloud; stackd';

const GP2: VolumeOptions = { volumeType: 'gp2', sizeGiB: 100 };
const BRIEF = { modifyingTime: () => 10_000, optimizingTime: () => 20 * MINUTE };
const TOO_OFTEN = 'VolumeModificationRateExceeded';

type Change = Omit<ModifyVolumeCommandInput, 'VolumeId'>;

/** One volume, and what can be asked and done about it. */
function opened(options = GP2, settings = {}) {
  const account = connectedEbsAccount({ volumes: { ...BRIEF, ...settings } });
  const { ec2, volumes } = account;
  const { id } = volumes.createVolume(options);
  const modify = (change: Change) => ec2.send(new ModifyVolumeCommand({ VolumeId: id, ...change }));
  const modification = async () => {
    const input = { VolumeIds: [id] };
    return (await ec2.send(new DescribeVolumesModificationsCommand(input))).VolumesModifications?.[0];
  };
  const configuration = async () =>
    (await ec2.send(new DescribeVolumesCommand({ VolumeIds: [id] }))).Volumes?.[0] ?? {};
  return { ...account, id, modify, modification, configuration };
}

/** An io1 volume of 100 GiB that was to become gp3 of 200 GiB, which failed after this state. */
async function failed(after: 'modifying' | 'optimizing') {
  const account = opened({ volumeType: 'io1', sizeGiB: 100, iops: 1_000 });
  account.volumes.modifier.failNext(account.id, 'Internal error', after);
  await account.modify({ VolumeType: 'gp3', Size: 200 });
  await account.simulation.runFor(HOUR);
  return account;
}

/** Four modifications, one an hour, the first at the start. */
async function exhausted(settings = {}, change: Change = { VolumeType: 'gp2' }) {
  const account = opened(GP2, settings);
  for (let count = 0; count < 4; count += 1) {
    await account.modify(change);
    await account.simulation.runFor(HOUR);
  }
  return account;
}

const STATES: readonly EbsCase[] = [
  {
    fact: 'A modification goes from modifying to optimizing to completed.',
    source: MONITORING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { modify, modification, simulation } = opened();
      await modify({ VolumeType: 'gp3' });
      const states: (string | undefined)[] = [];
      for (const milliseconds of [9_000, 2_000, 20 * MINUTE]) {
        await simulation.runFor(milliseconds);
        states.push((await modification())?.ModificationState);
      }
      same('states', states, ['modifying', 'optimizing', 'completed']);
    },
  },
  {
    fact: 'A modification can end as failed, with a StatusMessage.',
    source: `${MONITORING}; EC2 API reference, VolumeModification`,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { modification } = await failed('optimizing');
      const { ModificationState, StatusMessage } = (await modification()) ?? {};
      same('end', [ModificationState, StatusMessage], ['failed', 'Internal error']);
    },
  },
  {
    fact: 'A size takes effect at optimizing and no volume becomes smaller: that it outlives a failure is not said, and taken to follow.',
    source: `${MONITORING} and ebs-modify-volume`,
    confidence: 'open',
    public: false,
    check: async () => {
      const { configuration } = await failed('optimizing');
      same('size', (await configuration()).Size, 200);
    },
  },
  {
    fact: 'What else a failure after optimizing leaves is not said; here type, IOPS and throughput are as before.',
    source: MONITORING,
    confidence: 'open',
    public: false,
    check: async () => {
      const { configuration } = await failed('optimizing');
      const { VolumeType, Iops, Throughput } = await configuration();
      same('configuration', [VolumeType, Iops, Throughput], ['io1', 1_000, undefined]);
    },
  },
  {
    fact: 'Whether one can fail before optimizing is not said; here it then has changed nothing.',
    source: MONITORING,
    confidence: 'open',
    public: false,
    check: async () => {
      const { configuration, modification } = await failed('modifying');
      const { Size, VolumeType, Iops, Throughput } = await configuration();
      same('configuration', [Size, VolumeType, Iops, Throughput], [100, 'io1', 1_000, undefined]);
      same('end', (await modification())?.ModificationState, 'failed');
    },
  },
  {
    fact: 'A failed modification can be tried again.',
    source: MONITORING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { modify, simulation, volumes, id } = opened();
      volumes.modifier.failNext(id, 'Internal error');
      await modify({ VolumeType: 'gp3' });
      await simulation.runFor(HOUR);
      await modify({ VolumeType: 'gp3' });
    },
  },
  {
    fact: 'The new size is there from optimizing on, within seconds.',
    source: MONITORING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { modify, simulation, ec2, id } = opened();
      const size = async () =>
        (await ec2.send(new DescribeVolumesCommand({ VolumeIds: [id] }))).Volumes?.[0]?.Size;
      await modify({ Size: 200 });
      same('size while modifying', await size(), 100);
      await simulation.runFor(MINUTE);
      same('size while optimizing', await size(), 200);
    },
  },
  {
    fact: 'optimizing of a fully used TiB takes about 6 hours where nothing else is set.',
    source: MONITORING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { volumes, simulation } = connectedEbsAccount();
      const { id } = volumes.createVolume({ volumeType: 'gp2', sizeGiB: 1_024 });
      volumes.modifyByPerson(id, { volumeType: 'gp3' });
      await simulation.runFor(24 * HOUR);
      const { startedAt = 0, endsAt = 0 } = volumes.volume(id).lastModification ?? {};
      within('hours', (endsAt - startedAt) / HOUR, 5.5, 6.5);
    },
  },
  {
    fact: 'optimizing can take more than 24 hours: how long is a setting.',
    source: MONITORING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { modify, modification, simulation } = opened(GP2, { optimizingTime: () => 30 * HOUR });
      await modify({ VolumeType: 'gp3' });
      await simulation.runFor(29 * HOUR);
      same('state after 29 hours', (await modification())?.ModificationState, 'optimizing');
    },
  },
  {
    fact: 'optimizing, too, blocks the next modification, and the refusal names that state.',
    source: RATE,
    confidence: 'secondary',
    public: false,
    check: async () => {
      const { modify, simulation } = opened();
      await modify({ VolumeType: 'gp3' });
      await simulation.runFor(10 * MINUTE);
      const again = () => modify({ VolumeType: 'gp3', Iops: 4_000 });
      await refused(again(), 'IncorrectModificationState');
      holds('the message names OPTIMIZING', (await messageOf(again())).includes('OPTIMIZING'));
      await simulation.runFor(11 * MINUTE);
      await again();
    },
  },
];

const RATES: readonly EbsCase[] = [
  {
    fact: 'A volume can be modified four times in a rolling 24 hours; the fifth is VolumeModificationRateExceeded.',
    source: `${GUIDE}; code: ${RATE}`,
    confidence: 'secondary',
    public: false,
    check: async () => {
      const { modify, simulation } = await exhausted({}, { VolumeType: 'gp3', Iops: 3_000 });
      await refused(modify({ VolumeType: 'gp2' }), TOO_OFTEN);
      await simulation.runUntil(START + 24 * HOUR - 1_000);
      await refused(modify({ VolumeType: 'gp2' }), TOO_OFTEN);
      await simulation.runUntil(START + 24 * HOUR);
      await modify({ VolumeType: 'gp2' });
      await simulation.runFor(30 * MINUTE);
      await refused(modify({ VolumeType: 'gp3' }), TOO_OFTEN);
    },
  },
  {
    fact: 'A modification that changes nothing uses one of the four.',
    source: 'kubernetes-sigs/aws-ebs-csi-driver, pkg/cloud',
    confidence: 'secondary',
    public: false,
    check: async () => {
      const { modify } = await exhausted({}, { VolumeType: 'gp2', Size: 100 });
      await refused(modify({ VolumeType: 'gp3' }), TOO_OFTEN);
    },
  },
  {
    fact: 'Other people’s modifications use the same four.',
    source: 'AWS Compute Optimizer user guide, automation',
    confidence: 'verified',
    public: false,
    check: async () => {
      const { modify, volumes, simulation, id } = opened();
      for (let count = 0; count < 4; count += 1) {
        volumes.modifyByPerson(id, { volumeType: 'gp2' });
        await simulation.runFor(HOUR);
      }
      await refused(modify({ VolumeType: 'gp3' }), TOO_OFTEN);
    },
  },
  {
    fact: 'A refused modification uses none of the four.',
    source: GUIDE,
    confidence: 'from memory',
    public: false,
    check: async () => {
      const { modify } = opened();
      for (let count = 0; count < 5; count += 1) await refused(modify({ Size: 1 }), 'InvalidParameterValue');
      for (let count = 0; count < 5; count += 1) await wouldSucceed(modify({ Size: 200, DryRun: true }));
      await modify({ VolumeType: 'gp3' });
    },
  },
  {
    fact: 'The four are counted for each volume alone.',
    source: GUIDE,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { volumes, ec2 } = await exhausted();
      const other = volumes.createVolume(GP2).id;
      await ec2.send(new ModifyVolumeCommand({ VolumeId: other, VolumeType: 'gp3' }));
    },
  },
  {
    fact: 'The refusal says when the next modification is possible.',
    source: GUIDE,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { modify } = await exhausted();
      const message = await messageOf(modify({ VolumeType: 'gp3' }));
      holds(`it names 24 h after the first: ${message}`, message.includes('2026-11-23T10:00:00'));
    },
  },
  {
    fact: 'Older wordings of that refusal name no time: a setting.',
    source: 'third-party logs of the former six-hour rule',
    confidence: 'secondary',
    public: false,
    check: async () => {
      const { modify } = await exhausted({ namesNextSlot: false });
      const message = await messageOf(modify({ VolumeType: 'gp3' }));
      holds(`it names no time: ${message}`, !/\d{4}-\d\d-\d\d/.test(message));
    },
  },
];

const REFUSALS: readonly EbsCase[] = [
  {
    fact: 'A root volume cannot become st1 or sc1, not even detached.',
    source: GUIDE,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { modify } = opened({ ...GP2, sizeGiB: 200, isRoot: true });
      for (const VolumeType of ['st1', 'sc1'] as const) {
        await refused(modify({ VolumeType }), 'InvalidParameterValue', 'InvalidParameterCombination');
      }
      await modify({ VolumeType: 'gp3' });
    },
  },
  {
    fact: 'A managed volume cannot be modified directly.',
    source: 'EBS user guide, ebs-volumes',
    confidence: 'verified',
    public: false,
    check: async () => {
      const { modify } = opened({ ...GP2, operator: 'eks.amazonaws.com' });
      await refused(modify({ VolumeType: 'gp3' }), 'OperationNotPermitted');
    },
  },
  {
    fact: 'A zone that lacks a type refuses it with VolumeTypeNotAvailableInZone.',
    source: 'EC2 API reference, errors-overview',
    confidence: 'verified',
    public: false,
    check: async () => {
      const lacking = { zonesWithout: { 'us-east-1e': ['io2'] } };
      const { modify } = opened({ ...GP2, availabilityZone: 'us-east-1e' }, lacking);
      await refused(modify({ VolumeType: 'io2', Iops: 100 }), 'VolumeTypeNotAvailableInZone');
      await modify({ VolumeType: 'io1', Iops: 100 });
    },
  },
  {
    fact: 'Without permission both the request and its DryRun answer UnauthorizedOperation.',
    source: 'EC2 API reference, ModifyVolume, DryRun',
    confidence: 'verified',
    public: false,
    check: async () => {
      const { volumes, ec2 } = connectedEbsAccount({
        authorise: ({ action }) => action !== 'ec2:ModifyVolume',
      });
      const input = { VolumeId: volumes.createVolume(GP2).id, VolumeType: 'gp3' } as const;
      await refused(ec2.send(new ModifyVolumeCommand(input)), 'UnauthorizedOperation');
      await refused(ec2.send(new ModifyVolumeCommand({ ...input, DryRun: true })), 'UnauthorizedOperation');
    },
  },
];

/** IOPS of each full minute from `from` on, of a volume that is always asked for more than it has. */
async function servedWhileBecoming(options: VolumeOptions, change: Change, warmUp: number) {
  const account = opened(options, { optimizingTime: () => 30 * MINUTE });
  const { volumes, simulation, id, modify } = account;
  volumes.attach(id, volumes.createInstance().id);
  volumes.setWorkload(id, constantDemand({ iops: 20_000, ioBytes: 4_096 }, { atMost: 0 }));
  await simulation.runFor(warmUp);
  await modify(change);
  const served: number[] = [];
  volumes.onMinute(() => {
    const { minute } = volumes.volume(id);
    served.push((minute.readOperations + minute.writeOperations) / 60);
  });
  await simulation.runFor(40 * MINUTE);
  return served;
}

const PERFORMANCE: readonly EbsCase[] = [
  {
    fact: 'While optimizing upwards a volume performs between source and target and never below the source.',
    source: MONITORING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const served = await servedWhileBecoming(GP2, { VolumeType: 'gp3', Iops: 4_000 }, HOUR);
      for (const iops of served) within('IOPS', iops, 300, 4_000);
      holds(
        'some of them lie between',
        served.some((iops) => iops > 500 && iops < 3_500),
      );
      within('IOPS when completed', served.at(-1), 4_000, 4_000);
    },
  },
  {
    fact: 'While optimizing downwards a volume never performs below the target.',
    source: MONITORING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const io1: VolumeOptions = { volumeType: 'io1', sizeGiB: 200, iops: 8_000 };
      const served = await servedWhileBecoming(io1, { Iops: 1_000 }, MINUTE);
      for (const iops of served) within('IOPS', iops, 1_000, 8_000);
      within('IOPS when completed', served.at(-1), 1_000, 1_000);
    },
  },
];

export const modificationCourseCases: readonly EbsCase[] = [...STATES, ...RATES, ...REFUSALS, ...PERFORMANCE];
