import { type FailureGroup, inFile, inScenarios, later, outOfScope } from './failure-mode.ts';

const refusals = inScenarios('refusals');
const refused = (row: string) => refusals('a draining volume is not moved with $what: $code', row);
const overTime = inScenarios('refusals-over-time');
const motion = inScenarios('volumes-in-motion');
const aws = inScenarios('aws-refusals');
const awsRefuses = (row: string) =>
  aws('AWS refuses ModifyVolume with %s (%s): told as %s, asked again %i minutes later and not sooner', row);
const errors = inFile('test/adapters/aws-errors.test.ts');
const target = inFile('test/domain/deciding/target.test.ts');
const everyTarget = inFile('test/domain/deciding/target.property.test.ts');
const rescue = inFile('test/domain/deciding/decide-rescue.test.ts');
const bridges = inScenarios('bridges-and-keeps');

export const eligibility: FailureGroup = {
  title: 'Is this volume eligible?',
  modes: [
    {
      number: 18,
      failure: 'The volume is deleted between alarm and act',
      answer: 'The case closes; nobody is called',
      tests: [
        motion(
          'a volume that is deleted while its case is $state, closes it without a call and without a failure',
        ),
        aws('AWS refuses ModifyVolume because the volume was deleted a moment before: the case ends'),
      ],
    },
    {
      number: 19,
      failure: 'It is detached',
      answer: 'Nothing spends credits there; an open case ends and says so',
      tests: [
        overTime('detached before we looked, leads to nothing'),
        overTime('detached while a case is open, ends it and says so'),
      ],
    },
    {
      number: 20,
      failure: 'Its instance is stopped or terminated',
      answer: 'What was asked of AWS is followed to its end; a stopped volume is no news',
      tests: [
        motion(
          'the instance of a volume that is being moved is terminated and its volume lives on: the modification is followed to its end',
        ),
        bridges(
          'a bridge that is not put back stays where its instance was stopped, for its day is not known, and that is told once',
        ),
      ],
      gap: outOfScope('spot interruption notices are not read'),
    },
    {
      number: 21,
      failure: 'It moves to another instance',
      answer: 'Judged anew where it is, with the new instance in the message',
      tests: [
        motion(
          'a volume that goes to another instance while it is warned about, is judged there and moved, and the message names the new instance',
        ),
      ],
    },
    {
      number: 22,
      failure: 'It is gp3, io1 or io2 already',
      answer: 'No bucket, no alarm, left alone',
      tests: [
        overTime(
          'volumes without a bucket of $sizeGiB GiB $volumeType have no alarm and are left alone when somebody asks',
          'gp3',
        ),
      ],
      gap: later('host evidence', 'why such a volume is slow is not diagnosed'),
    },
    {
      number: 23,
      failure: 'Somebody else is modifying it',
      answer: 'Refused while it lasts, and for a day after it began',
      tests: [
        refused('a person changing it at the moment'),
        refused('a person having grown it within 24 hours'),
      ],
      gap: outOfScope('who it was is not looked up in CloudTrail'),
    },
    {
      number: 24,
      failure: 'Its modification slots are used up',
      answer:
        'AWS is believed: the next slot is told where AWS names it, and none is invented where not; the team is called in time',
      tests: [
        aws('AWS refuses ModifyVolume and names the next slot: it is told, and waited for'),
        aws('AWS refuses ModifyVolume and names no next slot: none is invented'),
        aws(
          'AWS refuses ModifyVolume until tomorrow: the team is called when it was told it would be, and AWS is left alone',
        ),
      ],
    },
    {
      number: 25,
      failure: 'A Region that still waits six hours',
      answer: 'No cooldown is written into the code; both texts are understood',
      tests: [
        awsRefuses('Wait at least 6 hours between modifications per EBS volume.'),
        errors('awsRefusalOf reads the next slot out of "%s"'),
        errors('awsRefusalOf does not invent a next slot for "%s"'),
      ],
    },
    {
      number: 26,
      failure: 'Multi-Attach',
      answer: 'Refused',
      tests: [refused('multi-attach enabled'), refused('a second attachment')],
    },
    {
      number: 27,
      failure: 'The volume is managed by another service, such as EKS Auto Mode',
      answer: 'Refused with the name of the operator',
      tests: [refused('another operator')],
    },
    {
      number: 28,
      failure: 'A root volume cannot become st1 or sc1',
      answer: 'Nothing is ever moved to a type that bursts but back to what it was',
      tests: [everyTarget('every target is one that EC2 accepts for this size')],
    },
    {
      number: 29,
      failure: 'An old instance type',
      answer:
        'One that publishes no check of its limit is refused; AWS’s own refusal is told; no instance is ever stopped',
      tests: [
        refused('an instance that is not Nitro, which publishes no checks'),
        awsRefuses('UnsupportedOperation'),
        inFile('test/lib/permissions.test.ts')('a deployment that %s never holds %s', 'ec2:StopInstances'),
      ],
    },
    {
      number: 30,
      failure: 'It is still being filled from its snapshot',
      answer: 'A rescue may be worth a long modification; a latency-critical volume waits until it is loaded',
      tests: [
        rescue('a latency-critical volume is left in peace until its snapshot is loaded'),
        inFile('test/adapters/ec2-volume.test.ts')('healthOf reads %o', 'initialising'),
      ],
      gap: outOfScope('the message of a rescue does not say that it may take more than 24 hours'),
    },
    {
      number: 31,
      failure: 'The ratio of IOPS to size is too small',
      answer: 'Cut to what the size allows, and said; refused where nothing would be gained',
      tests: [
        target('gp2 on io1 or io2 a small volume gets what the ratio allows, and it says so'),
        target('gp2 on io1 or io2 no gain over the wall is refused'),
        everyTarget('every target is one that EC2 accepts for this size'),
        refused('no target that takes its size'),
      ],
    },
    {
      number: 32,
      failure: 'More than 32,000 IOPS need a restart for their full effect',
      answer: 'Nothing is moved there by itself; only fixedIops can ask for so many',
      tests: [
        inFile('test/domain/deciding/automatic-targets.test.ts')(
          'nothing is moved from %s by itself to more IOPS than work without a restart',
        ),
      ],
    },
    {
      number: 33,
      failure: 'The instance is the bottleneck',
      answer: 'Refused: a faster volume would not help',
      tests: [
        refused('its instance at its own IOPS limit'),
        refused('its instance out of burst of its own'),
        inScenarios('moved-to-gp3')(
          'accepted but not relieved names the instance when that holds the I/O back once the volume no longer does',
        ),
      ],
    },
    {
      number: 34,
      failure: 'A member of a stripe set',
      answer: 'Each volume is decided alone',
      gap: later('host evidence', 'EC2 does not show LVM or RAID'),
    },
    {
      number: 35,
      failure: 'A member of a quorum',
      answer: 'Each volume is decided alone, within the blast radius',
      gap: later(
        'host evidence',
        'EC2 does not show who votes with whom; the latency-critical tier keeps such volumes from bursting at all',
      ),
    },
    {
      number: 36,
      failure: 'The consent tag is missing, wrong or changed in mid-case',
      answer: 'No consent, no act; a value nobody knows only notifies; IAM refuses as well',
      tests: [
        refused('no consent tag'),
        refused('a mode that nobody knows'),
        overTime('opted out while a case is open, ends it and says that its tags did'),
        inFile('test/lib/permissions.test.ts')(
          'a deployment that acts modifies volumes only, and only those with the consent tag',
        ),
      ],
    },
    {
      number: 37,
      failure: 'Stack and tag disagree',
      answer: 'The stricter mode wins',
      tests: [
        inFile('test/domain/volume-policy.test.ts')('the mode of stack %s and tag %s is the stricter one'),
      ],
    },
    {
      number: 38,
      failure: 'A volume of RDS, OpenSearch or MSK',
      answer: 'Refused where EC2 shows the owner',
      tests: [
        inFile('test/adapters/ec2-volume.test.ts')(
          'volumeOf names the operator of a managed volume and the service that owns its instance',
        ),
        refused('another operator'),
      ],
      gap: outOfScope('volumes that are not in the account’s list are not watched'),
    },
    {
      number: 39,
      failure: 'The root of a short-lived node',
      answer: 'Only with consent on the volume; a whole group is one conversation',
      tests: [
        inScenarios('storm')(
          '500 alarms at once are one message on each channel, with the count in its title',
        ),
      ],
      gap: outOfScope('volumes are not grouped by launch template, and no patch for one is made'),
    },
    {
      number: 40,
      failure: 'The balance is low but rising',
      answer: 'Watched in silence',
      tests: [
        rescue('a volume of 100 GiB, whose threshold is 75 % is watched in silence while its balance rises'),
      ],
    },
    {
      number: 41,
      failure: 'Throughput is the limit, not IOPS',
      answer: 'The target keeps the throughput of the source, or what the profile asks for',
      tests: [
        target(
          'gp2 on auto of %i GiB becomes gp3 with 3,000 IOPS and %i MiB/s, for good and without any history',
        ),
        target('gp2 on io1 or io2 the IOPS also pay for the throughput'),
        bridges('st1 → gp3 → back sizes gp3 from the stored profile and goes back to exactly st1'),
      ],
    },
    {
      number: 42,
      failure: 'The volume is impaired or stalled',
      answer: 'Refused: another type does not help; the team is called',
      tests: [
        refused('a degraded volume'),
        overTime('evidence of stalled I/O at the wall is a page, not a modification'),
      ],
    },
    {
      number: 43,
      failure: 'A snapshot or a backup is under way',
      answer: 'Makes no difference to us, who cannot even see it: AWS allows the modification',
      tests: [
        inFile('test/lib/permissions.test.ts')(
          'a deployment that %s holds no right over snapshots or backups, so that none under way can change what is decided',
        ),
      ],
      gap: outOfScope(
        'nothing is said about slow relief, as snapshots are not read; the simulated account takes none',
      ),
    },
    {
      number: 44,
      failure: 'The zone does not offer the type',
      answer: 'Told and never asked for again; io2 falls back to io1',
      tests: [
        aws('AWS refuses ModifyVolume of a type that the zone lacks: it is told and never asked for again'),
        bridges('latency-critical volumes become io1 where the zone has no io2, which is told'),
      ],
    },
    {
      number: 45,
      failure: 'The KMS key of the volume is disabled',
      answer:
        'What AWS answers is told by its code; it is asked again a quarter of an hour later and not sooner',
      tests: [awsRefuses('SomethingNobodyHasSeen')],
      gap: outOfScope('AWS documents no code of ModifyVolume for it, so it has no sentence of its own'),
    },
  ],
};
