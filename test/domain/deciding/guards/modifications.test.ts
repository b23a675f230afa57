import {
  alreadyThere,
  askedToWait,
  foreignChange,
  modificationInFlight,
  ourSlots,
  slotForAPerson,
} from '../../../../core/domain/deciding/guards/modifications.ts';
import type { Modification } from '../../../../core/domain/deciding/situation.ts';
import { type Reading, read, unread } from '../../../../core/domain/reading.ts';
import type { AwsRefusal } from '../../../../core/domain/reasons.ts';
import { hours, type Instant, iops, minutes } from '../../../../core/domain/units.ts';
import { announced, asked } from '../../some-case.ts';
import { ago, ahead, bridge, fix, roomyQuotas, wayBack } from '../../some-situation.ts';
import { noon, someVolume } from '../../some-volume.ts';
import { vetoes } from './veto-table.ts';

const modified = (state: Modification['state']): { modification: Reading<Modification> } => ({
  modification: read(
    { state, startedAt: ago(hours(30)), progress: 50, from: undefined, to: undefined },
    noon,
  ),
});

/** Listed in the Region after the volume itself was looked at. */
const begun = (volumeId: string) => ({
  modification: read<'never'>('never', noon),
  quota: read({ ...roomyQuotas, underWay: [{ volumeId, state: 'modifying' }] }, noon),
});

vetoes(modificationInFlight, [
  {
    refuses: 'while AWS modifies the volume',
    given: { situation: modified('modifying') },
    with: { code: 'modification-in-flight', state: 'modifying' },
    butNot: 'after it has completed',
    twin: { situation: modified('completed') },
  },
  {
    refuses: 'while AWS optimises the volume',
    given: { situation: modified('optimizing') },
    with: { code: 'modification-in-flight', state: 'optimizing' },
    butNot: 'after AWS gave up',
    twin: { situation: modified('failed') },
  },
  {
    refuses: 'a state we do not know',
    given: { situation: modified({ unknown: 'verifying' }) },
    with: { code: 'modification-in-flight', state: 'verifying' },
    butNot: 'a volume that was never modified',
    twin: { situation: { modification: read('never', noon) } },
  },
  {
    refuses: 'when modifications cannot be read',
    given: { situation: { modification: unread('Throttling on ec2:DescribeVolumesModifications') } },
    with: {
      code: 'unread-fact',
      fact: 'modifications',
      why: 'Throttling on ec2:DescribeVolumesModifications',
    },
    butNot: 'when there are none to read',
    twin: { situation: { modification: read('never', noon) } },
  },
  {
    refuses: 'what has begun since the volume was looked at',
    given: { situation: begun(someVolume().id) },
    with: { code: 'modification-in-flight', state: 'modifying' },
    butNot: 'the modification of another volume',
    twin: { situation: begun('vol-0fffffffffffffff0') },
  },
]);

const [early, late] = [ago(hours(20)), ago(hours(3))];

vetoes(slotForAPerson, [
  {
    refuses: 'the fourth modification of 24 hours, which stays for a person',
    given: { situation: { slots: { ours: [asked(early), asked(late)], others: [early] } } },
    with: { code: 'slots-used', used: 3, nextSlotAt: undefined },
    butNot: 'the second',
    twin: { situation: { slots: { ours: [asked(late)], others: [] } } },
  },
]);

vetoes(foreignChange, [
  {
    refuses: 'a volume that somebody else changed within 24 hours',
    given: { situation: { slots: { ours: [], others: [late] } } },
    with: { code: 'foreign-change', at: late },
    butNot: 'a volume that only we changed',
    twin: { situation: { slots: { ours: [asked(late)], others: [] } } },
  },
]);

vetoes(ourSlots, [
  {
    refuses: 'a third modification by us within 24 hours',
    given: { situation: { slots: { ours: [asked(early), asked(late)], others: [] } } },
    with: { code: 'our-slots-used', used: 2 },
    butNot: 'a second one',
    twin: { situation: { slots: { ours: [asked(early)], others: [] } } },
  },
]);

const putOff = (until: Instant, refusal: AwsRefusal) => ({
  situation: { openCase: announced({ putOff: { until, refusal } }) },
});
const nextSlotAt = ahead(hours(3));
const answers: readonly AwsRefusal[] = [
  { code: 'aws-modification-in-flight' },
  { code: 'aws-slots-used', nextSlotAt },
  { code: 'aws-storage-modification-quota' },
  { code: 'aws-iops-quota' },
  { code: 'aws-volume-iops-limit' },
  { code: 'aws-parameters-rejected' },
  { code: 'aws-wrong-volume-state' },
  { code: 'aws-throttled' },
  { code: 'aws-no-capacity' },
  { code: 'aws-type-not-in-zone' },
  { code: 'aws-not-permitted' },
  { code: 'aws-unclassified', awsCode: 'X' },
];

vetoes(askedToWait, [
  ...answers.map((refusal) => ({
    refuses: `to ask AWS again before the time that its ${refusal.code} counts for`,
    given: putOff(ahead(minutes(1)), refusal),
    with: refusal,
    butNot: `once ${refusal.code} has had its time`,
    twin: putOff(noon, refusal),
  })),
  {
    refuses: 'to go on asking AWS in a run in which it throttles',
    given: { situation: { awsThrottles: true } },
    with: { code: 'aws-throttled' },
    butNot: 'in a run in which it did not',
    twin: { situation: { awsThrottles: false } },
  },
]);

vetoes(alreadyThere, [
  {
    refuses: 'to put back what is back, which would burn a slot',
    given: { volume: { configuration: { type: 'gp2' } }, plan: wayBack() },
    with: { code: 'already-there', configuration: { type: 'gp2' } },
    butNot: 'to put back what is still on its bridge',
    twin: { volume: { configuration: bridge().to }, plan: wayBack() },
  },
  {
    refuses: 'IOPS that are provisioned already',
    given: {
      volume: { configuration: { type: 'io1', iops: iops(500) } },
      plan: wayBack({ to: { type: 'io1', iops: iops(500) } }),
    },
    with: { code: 'already-there', configuration: { type: 'io1', iops: iops(500) } },
    butNot: 'other IOPS of the same type',
    twin: {
      volume: { configuration: { type: 'io1', iops: iops(500) } },
      plan: wayBack({ to: { type: 'io1', iops: iops(501) } }),
    },
  },
  {
    refuses: 'nothing to do on the way back',
    given: { volume: { configuration: { type: 'st1' }, size: 500 }, plan: wayBack({ to: { type: 'st1' } }) },
    with: { code: 'already-there', configuration: { type: 'st1' } },
    butNot: 'an upgrade to another type',
    twin: { plan: fix() },
  },
]);
