import { type FailureGroup, inFile, inScenarios, later, outOfScope } from './failure-mode.ts';

const storm = inScenarios('storm');
const claims = inFile('test/application/respond-claims.test.ts');
const bridges = inScenarios('bridges-and-keeps');
const goingBack = inFile('test/domain/deciding/decide-return.test.ts');
const recurring = inScenarios('recurring-walls');
const caseBook = inFile('test/adapters/dynamo-case-book.test.ts');

const recurs = recurring(
  'a load that empties the bucket as soon as its volume has gone back is bridged at most once a day and never changes its volume more than twice in 24 hours',
);

const tenOf64 =
  'at the same time, one volume each commit what the spend cap covers, ten of them, and tell the rest that it is used up';

export const moneyAndGoingBack: FailureGroup = {
  title: 'Money and going back',
  modes: [
    {
      number: 64,
      failure: 'Costs explode',
      answer: 'The cap on the monthly increase is part of the claim, under concurrency too',
      tests: [
        storm('the spend cap ends acting when the next volume would cost more than it leaves, and says so'),
        claims('the caps hold for spend: two bridges at $67.50 each are one too many for $100'),
        claims(`64 workers ${tenOf64}`),
        inScenarios('many-workers')(`64 runs of respond ${tenOf64}`),
      ],
    },
    {
      number: 65,
      failure: 'IOPS left out, so that AWS takes its default',
      answer: 'All that the type takes is always sent, and nothing else',
      tests: [
        inFile('test/adapters/ec2-volume-modifier.test.ts')(
          'modify sends for %o all that the type takes and no other',
        ),
      ],
    },
    {
      number: 66,
      failure: 'Back and forth and back again',
      answer: 'At least a day on the bridge, at most two changes by us in 24 hours',
      tests: [
        recurs,
        goingBack('a bridged volume stays at least a day, whatever its demand'),
        inScenarios('refusals-over-time')(
          'modifications of 24 hours are two for us: after two that AWS gave up we leave the volume to a person',
        ),
      ],
      gap: outOfScope('the stay does not grow with each recurrence'),
    },
    {
      number: 67,
      failure: 'Going back into the peak',
      answer:
        'Only when the last 24 hours, peaks and all, would have fitted an empty bucket; where the load rises on the way, a person is called',
      tests: [
        goingBack(
          'a bridged volume stays when a peak of the day would have run out of credits, although the average fits',
        ),
        bridges(
          'already at the wall → io2 → relieved → back does not go back while a day of its demand would not have fitted the bucket',
        ),
        inScenarios('long-optimizing')(
          'a way back that AWS optimises for hours calls the team when the load rises, once within the hour, and asks AWS for nothing meanwhile',
        ),
      ],
      gap: later('approval and buttons', 'there is no notice half an hour ahead with a button to postpone'),
    },
    {
      number: 68,
      failure: 'Nobody knows what the bucket holds after going back',
      answer: 'Planned for as empty; the first reading is waited for and told',
      tests: [
        bridges(
          'already at the wall → io2 → relieved → back tells the first BurstBalance where AWS gives a volume %s credits on its return',
          'zero',
        ),
        bridges(
          'already at the wall → io2 → relieved → back tells the first BurstBalance where AWS gives a volume %s credits on its return',
          'full',
        ),
        inFile('test/domain/deciding/decide-follow.test.ts')(
          'a way back that AWS accepted waits for that balance half an hour: after $waited minutes it is $kind',
        ),
      ],
    },
    {
      number: 69,
      failure: 'The volume was grown meanwhile',
      answer:
        'Type and IOPS go back, size is never sent; grown until it cannot run out, it goes back at once',
      tests: [
        inScenarios('volumes-in-motion')(
          'a bridged volume that somebody grows goes back to its type and keeps its new size',
        ),
        goingBack(
          'a bridged volume goes back when it was grown until its old type can no longer run out, whatever its day',
        ),
      ],
    },
    {
      number: 70,
      failure: 'Somebody keeps the volume as it is on purpose',
      answer: 'Left to them, and told once',
      tests: [
        bridges(
          'a bridge that is not put back is left to a person who changed it meanwhile, and that is told',
        ),
      ],
      gap: outOfScope('nobody is asked again every week'),
    },
    {
      number: 71,
      failure: 'An upgrade is forgotten',
      answer: 'The heartbeat says every day how many are still upgraded and for how much a month',
      tests: [
        inFile('test/application/send-heartbeat.test.ts')('the daily heartbeat tells the day in one notice'),
        caseBook(
          'stillUpgraded lists what is upgraded and what stays upgraded after its case, also a year later',
        ),
      ],
      gap: outOfScope('the heartbeat counts and does not name them; their state tags do'),
    },
    {
      number: 72,
      failure: 'gp3 costs more than the gp2 it replaces',
      answer: 'Priced as it is, told, and counted against the cap',
      tests: [
        inFile('test/domain/dearer-gp3.test.ts')(
          'gp3 that keeps the throughput of %i GiB gp2 costs more, and is priced so',
          '200',
        ),
      ],
      gap: later('approval and buttons', 'beyond the cap it is refused; nobody can approve it by a click'),
    },
    {
      number: 73,
      failure: 'The cause is the application',
      answer: 'The caps and the slots bound what it can cost',
      tests: [recurs],
      gap: outOfScope('recurrences are not counted, and no root-cause task is opened'),
    },
  ],
};
