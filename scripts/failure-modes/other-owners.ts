import { type FailureGroup, inFile, inScenarios, outOfScope } from './failure-mode.ts';

const refused = (row: string) =>
  inScenarios('refusals')('a draining volume is not moved with $what: $code', row);
const robot = inScenarios('terraform-robot');
const bridges = inScenarios('bridges-and-keeps');
const killSwitch = inScenarios('kill-switch');

export const otherOwners: FailureGroup = {
  title: 'Other owners',
  modes: [
    {
      number: 74,
      failure: 'Terraform puts back what we changed',
      answer: 'Its change stands, for at least a day, and we say so',
      tests: [
        robot(
          'a Terraform robot that applies gp2 every ten minutes undoes one change of ours and never gets another: we stand back for a day and say why',
        ),
        inScenarios('doubtful-acts')(
          'a person who undoes our change is not overruled %i minutes after our request',
        ),
      ],
      gap: outOfScope('no patch for the configuration is made'),
    },
    {
      number: 75,
      failure: 'Terraform fails because the volume is being optimised',
      answer: 'The message says until when the volume is locked',
      tests: [inFile('test/domain/notices/facts-of-moves.test.ts')('the lock lasts until completion')],
      gap: outOfScope(
        'no command ends with an exit code that a pipeline could wait on: EC2 DescribeVolumesModifications tells it of everybody’s changes, also where we are not deployed',
      ),
    },
    {
      number: 76,
      failure: 'CloudFormation updates the stack meanwhile',
      answer: 'Nothing is asked until it has settled, on the way there and back',
      tests: [
        refused('its stack in an update'),
        bridges(
          'a bridge that is not put back stays while its stack is being updated, and goes back once that has settled',
        ),
      ],
      gap: outOfScope('the drift that our change leaves in the stack is not told'),
    },
    {
      number: 77,
      failure: 'A stack update replaces the volume later',
      answer: 'No stack update is ever advised, and no right over stacks is held beyond reading',
      tests: [
        inFile('test/domain/reason-texts.test.ts')(
          'no reason advises an update of the stack that owns the volume: a stack in an update is waited for',
        ),
        inFile('test/lib/permissions.test.ts')(
          'a deployment that %s reads the status of stacks and holds no other right over them',
        ),
      ],
      gap: outOfScope('change sets are not checked, as no patches are made'),
    },
    {
      number: 78,
      failure: 'A Kubernetes claim with a VolumeAttributesClass',
      answer: 'Volumes of the EBS CSI driver are refused: the claim has to be changed, not EC2',
      tests: [
        inScenarios('refusals')(
          'a draining volume is not moved with $what: $code',
          'ebs.csi.aws.com/cluster',
        ),
        inScenarios('refusals')('a draining volume is not moved with $what: $code', 'CSIVolumeName'),
      ],
    },
    {
      number: 79,
      failure: 'The CSI driver resizes at the same time',
      answer: 'Seen as a modification by somebody else, and waited for',
      tests: [
        refused('a person changing it at the moment'),
        inScenarios('aws-refusals')(
          'AWS refuses ModifyVolume with %s (%s): told as %s, asked again %i minutes later and not sooner',
          'IncorrectModificationState',
        ),
      ],
    },
    {
      number: 80,
      failure: 'Another robot acts too',
      answer: 'What it changed is left alone for a day',
      tests: [
        refused('a person having grown it within 24 hours'),
        inFile('test/application/observe.test.ts')(
          'the modifications of 24 hours count one that nobody of us asked for as somebody else’s',
        ),
      ],
      gap: outOfScope('robots are not told apart or listed'),
    },
    {
      number: 81,
      failure: 'A launch template brings gp2 back',
      answer: 'The new volume gets its alarm when its instance starts',
      tests: [
        inFile('test/application/watch-instance.test.ts')(
          'an instance that starts gets the alarms of its own volumes at once',
        ),
      ],
      gap: outOfScope('the template itself is not found or reported'),
    },
    {
      number: 82,
      failure: 'A person says stop',
      answer:
        'The kill switch is read before every request; the tag stops one volume; a mute rule of CloudWatch has an end of its own',
      tests: [
        killSwitch(
          'the kill switch on run lets the volume be moved, and is read for each request at most 30 seconds before it',
        ),
        killSwitch('the kill switch without its parameter stops every modification and says so'),
        inScenarios('refusals-over-time')(
          'opted out while a case is open, ends it and says that its tags did',
        ),
        refused('its alarm muted'),
      ],
    },
  ],
};
