import { type FailureGroup, inFile, inScenarios, outOfScope } from './failure-mode.ts';

const events = inScenarios('events');
const foreign = inScenarios('foreign-events');
const rescue = inFile('test/domain/deciding/decide-rescue.test.ts');
const tampered = inScenarios('tampered-alarms');
const waves = inScenarios('square-waves');
const sparse = inScenarios('sparse-evidence');
const publishing = inScenarios('watch-and-notify');
const storm = inScenarios('storm');

export const eventsAndAlarms: FailureGroup = {
  title: 'Events and alarms',
  modes: [
    {
      number: 1,
      failure: 'The same event comes two to five times',
      answer:
        'One case, one act, each word once: the claim is conditional on the version that was decided on',
      tests: [events('events that come up to five times cause one act and each word once')],
    },
    {
      number: 2,
      failure: 'OK arrives before ALARM',
      answer: 'An event is only a reason to look; what counts is what is read then',
      tests: [events('events that overtake each other, OK before ALARM, cause the same act')],
    },
    {
      number: 3,
      failure: 'An event is lost',
      answer: 'The sweep finds alarms in ALARM that no case stands for, every minute',
      tests: [
        events('events that are all lost leave it to the sweep, which finds the alarm and acts in time'),
        inFile('test/application/sweep.test.ts')('the sweep finds an alarm whose event was lost'),
      ],
    },
    {
      number: 4,
      failure: 'A forged event, or an alarm set to ALARM by hand',
      answer: 'Everything is read again; a healthy volume is left alone, without a word',
      tests: [
        events('events of a healthy volume whose alarm somebody set to ALARM cause nothing'),
        events('events %s cause nothing', 'that nobody sent, for a healthy volume'),
      ],
      gap: outOfScope('nobody is told of the forgery itself; CloudTrail names who set the state'),
    },
    {
      number: 5,
      failure: 'An event of an unknown account or Region',
      answer: 'Ignored with its reason, in the log, and counted in the metric EventsIgnored',
      tests: [
        events('events %s cause nothing', 'of another account'),
        events('events %s cause nothing', 'of another Region'),
        inFile('test/events/wake-ups-in.test.ts')(
          'a batch from the work queue does not wake for another account',
        ),
        foreign(
          '20 events on the work queue of 20 other accounts are counted as ignored, all of them, and cause nothing',
        ),
        foreign('20 events on the work queue of this account and Region are not: they are reasons to look'),
      ],
      gap: outOfScope(
        'no security note is sent, and no alarm watches the count; our roles trust Lambda alone, which no test tries to get around',
      ),
    },
    {
      number: 6,
      failure: 'A message nobody can use',
      answer:
        'Ignored and logged without its text; what makes respond fail is retried alone and ends in the dead-letter queue',
      tests: [
        events(
          'messages that nobody can use do not keep the others from being answered and are not tried again',
        ),
        inFile('test/events/event-kinds.test.ts')(
          'anything else never throws on a real event with a part replaced',
        ),
        inScenarios('self-watch')(
          'a volume on which respond fails every time is retried alone and ends in the dead-letter queue after five receives; the others are answered',
        ),
      ],
    },
    {
      number: 7,
      failure: 'The alarm or the load flaps',
      answer: 'One case and one conversation; a call for help at most once an hour',
      tests: [
        waves(
          'a load that comes and goes every %i minutes and empties the bucket is told at most once an hour where nobody may act, in one conversation',
        ),
        events(
          'an alarm that flaps on a volume that nobody may touch, at its wall again and again, is told at most once an hour',
        ),
        events('an alarm that flaps on a volume that is not heading for the wall says nothing'),
      ],
      gap: outOfScope('how often the alarm flapped is not counted in the message'),
    },
    {
      number: 8,
      failure: 'The first attempt failed and the alarm does not repeat',
      answer: 'The case knows when it is due again; the sweep wakes it',
      tests: [
        inScenarios('aws-refusals')(
          'AWS refuses ModifyVolume with %s (%s): told as %s, asked again %i minutes later and not sooner',
        ),
        inFile('test/application/sweep.test.ts')(
          'the sweep wakes cases that are due, or will be before it comes again',
        ),
      ],
    },
    {
      number: 9,
      failure: 'The alarm is deleted while it is in ALARM',
      answer: 'The case goes on from the metric, and the next census writes the alarm again',
      tests: [
        tampered(
          'an alarm that somebody deletes while its case is open, does not end the case, and is there again after the next census',
        ),
      ],
      gap: outOfScope(
        'nobody is told that the alarm was gone; the census counts it among those it put, and CloudTrail names who deleted it',
      ),
    },
    {
      number: 10,
      failure: 'The alarm is edited or its threshold moved',
      answer: 'Decided by the policy, never by the alarm; the next census sets it back',
      tests: [
        tampered(
          'an alarm whose threshold somebody moves up to where it fires on a healthy volume, leads to no word and no act, and is set back',
        ),
        tampered(
          'an alarm whose threshold somebody moves down to where it never fires, is set back by the next census, and the word still comes before the wall',
        ),
        inFile('test/domain/credits/alarm-plan.test.ts')(
          'the diff writes an alarm of ours again that differs in %j',
        ),
      ],
      gap: outOfScope(
        'nobody is told of the drift; the census counts the alarm among those it put, and CloudTrail names who edited it',
      ),
    },
    {
      number: 11,
      failure: 'INSUFFICIENT_DATA',
      answer: 'Never acted on; a stopped volume that was not low is no news, one that was low is told once',
      tests: [
        publishing(
          'volumes that publish nothing are no news to anybody: a fleet that is stopped every evening and started every morning',
        ),
        publishing(
          'volumes that publish nothing are told once when they were low: nobody knows what became of them',
        ),
        inFile('test/domain/deciding/decide-blind.test.ts')(
          'a balance that cannot be judged is told with what could not be learned: $what',
        ),
      ],
    },
    {
      number: 12,
      failure: 'One datapoint, then gaps',
      answer:
        'One sample has no slope and an old one is no evidence; only a reading at the wall itself counts alone',
      tests: [
        sparse(
          'a volume at full burst of which one balance is published on its way down, after %i minutes, is told about and not moved',
        ),
        sparse('a volume at full burst whose balance is published every minute is moved before its wall'),
        inFile('test/domain/credits/forecast.test.ts')(
          'what is not known one sample has no slope, nor have two with more than half an hour between them',
        ),
      ],
    },
    {
      number: 13,
      failure: 'CloudWatch is 15 minutes late',
      answer: 'Evidence older than ten minutes is told as such and not acted on',
      tests: [
        sparse(
          'CloudWatch is fifteen minutes late nothing is modified on what it says, and whoever asks is told that nobody can see the wall',
        ),
        inScenarios('refusals-over-time')(
          'evidence that went stale while the volume was watched is no ground to act, and the team is told',
        ),
      ],
      gap: outOfScope(
        'data that is 10 to 14 minutes late is told once and quietly, also at the wall; later still, the alarm never fires and a volume without a case is not looked at',
      ),
    },
    {
      number: 14,
      failure: 'A gp2 volume of 1,000 GiB or more reports 0 %, or nothing',
      answer: 'It has no alarm and is left alone, whatever it reports',
      tests: [
        inFile('test/domain/deciding/baseline-sweep.test.ts')(
          'a gp2 volume around 1,000 GiB, where the baseline reaches the burst is left alone from 1,000 GiB on when it %s',
          'reports an empty bucket',
        ),
        inScenarios('refusals-over-time')(
          'volumes without a bucket of $sizeGiB GiB $volumeType have no alarm and are left alone when somebody asks',
          '1000',
        ),
      ],
    },
    {
      number: 15,
      failure: 'An event of days ago is redriven from the dead-letter queue',
      answer: 'It is a reason to look, and what is seen today needs nothing',
      tests: [
        events('events of three days ago, put back from the dead-letter queue, cause nothing more'),
        events('events that come hours late change nothing: the volume was moved in time without them'),
      ],
    },
    {
      number: 16,
      failure: 'The contributor list of a Metrics Insights alarm is cut short',
      answer:
        'There is no such list: each volume has an alarm of its own, and the sweep pages through all of them',
      tests: [
        storm('500 alarms at once are one message on each channel, with the count in its title'),
        inFile('test/adapters/faulty-pages.property.test.ts')(
          'a list that comes in pages of any size, empty ones among them gives every alarm once',
        ),
      ],
    },
    {
      number: 17,
      failure: 'The alarm is muted',
      answer: 'Told quietly with what we would do; neither acted on nor paged about until the mute ends',
      tests: [
        inScenarios('refusals')('a draining volume is not moved with $what: $code', 'its alarm muted'),
        rescue('a muted alarm is never acted on nor paged about, but told quietly'),
        rescue('a muted alarm is paged about once the mute has ended'),
      ],
    },
  ],
};
