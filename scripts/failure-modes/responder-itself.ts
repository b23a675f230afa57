import { type FailureGroup, inFile, inScenarios, outOfScope } from './failure-mode.ts';

const crashes = inScenarios('crashes');
const wayBack = inScenarios('crashes-on-the-way-back');
const concurrency = inScenarios('concurrency');
const memory = inScenarios('lost-memory');
const channels = inScenarios('channels');
const selfWatch = inScenarios('self-watch');
const respond = inFile('test/application/respond.test.ts');
const wakeUps = inFile('test/application/respond-wake-ups.test.ts');
const caseBook = inFile('test/adapters/dynamo-case-book.test.ts');
const release = inFile('test/application/release-stays.test.ts');
const permissions = inFile('test/lib/permissions.test.ts');
const watched = inFile('test/lib/self-watch.test.ts');
const config = inFile('test/lib/stack-config.test.ts');

export const responderItself: FailureGroup = {
  title: 'The responder itself',
  modes: [
    {
      number: 83,
      failure: 'It dies in the middle of an act',
      answer: 'The intent is in the table before AWS is asked; describing shows what became of it',
      tests: [
        crashes(
          'respond dies in the run that acts before any of its calls: the volume is moved once and the story is told once',
        ),
        crashes(
          'respond dies in the run that acts after any of its calls: the volume is moved once and the story is told once',
        ),
        wayBack(
          'respond dies in the run that asks for the way back before any of its calls: the volume goes back once, to exactly what it was',
        ),
        wayBack(
          'respond dies in the run that asks for the way back after any of its calls: the volume goes back once, to exactly what it was',
        ),
        wayBack(
          'respond dies in the run that closes the case after any of its calls: the ending is told once, and what the way there cost is released once',
        ),
      ],
    },
    {
      number: 84,
      failure: 'A run stalls and wakes with an old plan',
      answer: 'The permit is 30 seconds old at most, and the claim holds the version it was decided on',
      tests: [
        concurrency(
          'a run that stalls with its claim for 35 seconds does not act on its old permit; the volume is moved by a fresh look',
        ),
        concurrency(
          'a run that stalls with its claim for 20 minutes is ended by its time limit and asks nothing when it wakes',
        ),
      ],
    },
    {
      number: 85,
      failure: 'The clean-up deletes a record that is alive',
      answer:
        'Only closed cases expire; what stays upgraded is remembered until its volume is gone or changed by others',
      tests: [
        caseBook('commit frees the place of a closed case and forgets it after 90 days'),
        caseBook(
          'stillUpgraded lists what is upgraded and what stays upgraded after its case, also a year later',
        ),
        release('what stays does not leave it while its volume is as we left it'),
        release('what stays does not leave it when no volume at all was seen'),
      ],
    },
    {
      number: 86,
      failure: 'The table is lost or restored from a backup',
      answer:
        'No genesis item: nothing is modified; a tag of a case that the table lacks: that volume is only told about; the runbook restores under the switch at stop',
      tests: [
        memory(
          'the table is lost, genesis item and all while a volume is moved and tagged: nothing is modified any more, and that is said',
        ),
        memory(
          'the table is restored from an older backup while a request is open: the tagged volume is only told about, a new one is moved',
        ),
        memory(
          'a cap that covers one of two volumes holds after a restore under the switch at stop, which runs again an hour later: the blast radius',
        ),
        memory(
          'a cap that covers one of two volumes counts from the restored table, which has forgotten the first: the %s is passed',
        ),
      ],
      gap: outOfScope(
        'cases are not rebuilt from tags, and the caps do not count what was claimed since the backup: a restored table cannot be told from one that was idle',
      ),
    },
    {
      number: 87,
      failure: 'Clocks are wrong by up to 15 minutes',
      answer:
        'Moved once within five minutes; a clock that runs ahead takes all evidence for stale and moves nothing',
      tests: [
        inScenarios('clock-skew')('clocks that are wrong by %i minutes still move the volume once'),
        inScenarios('clock-skew')(
          'clocks that are wrong by 15 minutes fast find every reading too old and move nothing',
        ),
        inScenarios('clock-skew')('clocks that are wrong by 15 minutes slow move it at most once'),
      ],
    },
    {
      number: 88,
      failure: 'The Slack token is rotated or revoked',
      answer: 'Read again at once; mail is not late for it',
      tests: [
        channels('the Slack token is rotated with the new one in its parameter: no message is late'),
        channels(
          'the Slack token is rotated and stored three minutes after a message needed it: the message is there within five more',
        ),
      ],
    },
    {
      number: 89,
      failure: 'The configuration is wrong or empty',
      answer: 'Refused at synth with what to do, and at the start of a function; empty only tells',
      tests: [
        config('a shape that is wrong is refused: %j'),
        config('a contradiction is refused: %j'),
        config('a configuration of nothing is complete and only tells'),
        inFile('test/handlers/deliver-notice.test.ts')('without %s it does not start', 'TOPIC_ARN'),
      ],
    },
    {
      number: 90,
      failure: 'The sweep races with an event, or with a deletion',
      answer: 'One claim wins; who lost looks again',
      tests: [
        concurrency('two runs of respond at the same time look at the same volume and move it once'),
        respond(
          'a volume that heads for the wall is moved once by two workers at the same time, and the queue brings the other back',
        ),
        wakeUps('one volume among many that is gone ends its case with a last word'),
      ],
    },
    {
      number: 91,
      failure: 'Our own change wakes us again and again',
      answer: 'An event about a volume without a case is not followed; acts and spend are capped',
      tests: [
        wakeUps(
          'an event about a volume without a case has nothing to follow, and nothing is studied for it',
        ),
        inScenarios('events')('events that come up to five times cause one act and each word once'),
      ],
    },
    {
      number: 92,
      failure: 'Runs fail and the dead-letter queue fills',
      answer: 'Each queue and each function has an alarm; the most urgent come first',
      tests: [
        watched('the responder watches the depth of %s'),
        watched('the responder watches the errors of %s'),
        inFile('test/application/in-order-of-urgency.test.ts')(
          'those at the wall come first, then by their walls, then those without one, none lost',
        ),
      ],
    },
    {
      number: 93,
      failure: 'The responder is down for six hours',
      answer: 'An alarm on its silence; on its return it finds what drains and keeps to the caps',
      tests: [
        watched('the responder watches that %s never falls silent, once it has warmed up'),
        inScenarios('outages')(
          'the responder itself is down for six hours and finds on its return what drains, moves no more an hour than it may, and loses no volume',
        ),
        selfWatch('what the self-watch alarms look at a census or sweep that fails does not say so'),
      ],
    },
    {
      number: 94,
      failure: 'A role of ours is abused',
      answer: 'It cannot delete, detach or create volumes, and modifies only those that consented',
      tests: [
        permissions('a deployment that %s never holds %s', 'ec2:DeleteVolume'),
        permissions('a deployment that acts gives %s to respond and to nobody else'),
        permissions('a deployment that acts modifies volumes only, and only those with the consent tag'),
      ],
      gap: outOfScope('records are not chained by hashes; CloudTrail is the record that we cannot write'),
    },
  ],
};
