import { type FailureGroup, inFile, inScenarios, later, outOfScope } from './failure-mode.ts';

const aws = inScenarios('aws-refusals');
const awsRefuses = (row: string) =>
  aws('AWS refuses ModifyVolume with %s (%s): told as %s, asked again %i minutes later and not sooner', row);
const refused = (row: string) =>
  inScenarios('refusals')('a draining volume is not moved with $what: $code', row);
const crashes = inScenarios('crashes');
const volume = inFile('test/adapters/ec2-volume.test.ts');
const room = inFile('test/application/regional-room.test.ts');
const pages = inFile('test/adapters/faulty-pages.property.test.ts');
const notices = inFile('test/domain/notices/notice-facts.test.ts');
const moves = inFile('test/domain/notices/facts-of-moves.test.ts');

export const awsCalls: FailureGroup = {
  title: 'AWS calls',
  modes: [
    {
      number: 46,
      failure: 'AWS throttles',
      answer:
        'ModifyVolume is asked once and never retried by the client; no further act is begun in a run after three, and volumes that head for the wall are due a minute later; nobody is called before it has lasted two minutes; a storm by itself takes no more than a fifth of what AWS gives the account',
      tests: [
        awsRefuses('RequestLimitExceeded'),
        crashes(
          'AWS throttles ModifyVolume the volume is moved a minute later: a refused claim leaves the blast radius of one an hour',
        ),
        inFile('test/adapters/ec2-volume-modifier.test.ts')(
          'modify is asked through a client that never retries',
        ),
        inScenarios('share-of-requests')(
          'a storm of 200 volumes leaves four fifths of what the account has of %s to its people',
          'ModifyVolume',
        ),
        inScenarios('throttled-storm')(
          'AWS throttles ModifyVolume while 200 volumes drain a run asks for at most three modifications, so that a minute has no more than fifteen of %s',
          'ModifyVolume',
        ),
        inScenarios('throttled-storm')(
          'a storm that AWS throttles for less than two minutes calls nobody, and every volume of it is moved',
        ),
      ],
      gap: outOfScope('a minute later is for all the same minute, without jitter'),
    },
    {
      number: 47,
      failure: 'The reply is lost after AWS accepted',
      answer:
        'Found by describing and adopted; asked again only when describing has shown nothing for five minutes',
      tests: [
        crashes(
          'the reply of ModifyVolume is lost after AWS accepted: the modification is found by describing and adopted, not asked for again',
        ),
        crashes(
          'the reply of ModifyVolume is lost before AWS saw the request: it is asked for again only when describing shows nothing',
        ),
        aws(
          'AWS gives no answer after %s and had accepted: it is found out by describing, and not asked twice',
        ),
      ],
    },
    {
      number: 48,
      failure: 'A permission is missing',
      answer: 'Nothing is moved; the message names the action',
      tests: [
        inScenarios('missing-permissions')(
          'respond without the permission %s moves nothing, names it in a mail, and asks AWS no oftener than every quarter of an hour',
        ),
        awsRefuses('UnauthorizedOperation'),
      ],
      gap: outOfScope('it is said once per case, not once per account and day'),
    },
    {
      number: 49,
      failure: 'A quota of the Region is used up',
      answer: 'Asked before; refused with both numbers',
      tests: [
        refused('the storage quota of gp3 used up'),
        refused('the IOPS quota of io2 used up'),
        refused('the storage modification quota of gp2 used up by others'),
        awsRefuses('MaxIOPSLimitExceeded'),
      ],
      gap: outOfScope('no other type is taken instead: a wish for io2 stays one'),
    },
    {
      number: 50,
      failure: 'The modification fails',
      answer: 'The case ends as failed; a new one may ask once more, then it is left to a person',
      tests: [
        inScenarios('refusals-over-time')(
          'modifications of 24 hours are two for us: after two that AWS gave up we leave the volume to a person',
        ),
        notices('after a failed modification and %i used, the step says whether we try again'),
      ],
    },
    {
      number: 51,
      failure: 'It stays in optimizing for more than a day',
      answer: 'No failure and no call; followed to its completion, which is told',
      tests: [
        inScenarios('long-optimizing')(
          'a modification that AWS optimises for more than a day is no failure: nobody is called, nothing is asked again, and its completion is told',
        ),
      ],
      gap: outOfScope('no note after 24 hours and no text for AWS support after 36'),
    },
    {
      number: 52,
      failure: 'Pages are empty, come twice, or are lost',
      answer:
        'A token is followed over empty pages; a volume counts once; a list that lacks more than half is doubted for an hour',
      tests: [
        pages(
          'a list that comes in pages of any size, empty ones among them gives the census every volume once',
        ),
        pages(
          'a list that comes in pages of any size, empty ones among them gives every latest modification',
        ),
        inScenarios('doubled-lists')(
          'DescribeVolumes that shows every volume %s: each is watched and counted once',
          'twice',
        ),
        inScenarios('census')('EC2 lists no volume for %i minutes: no alarm is deleted, and no run fails'),
      ],
    },
    {
      number: 53,
      failure: 'EC2 still shows what was',
      answer:
        'The case remembers what was asked; a volume that is missing for less than five minutes is not gone',
      tests: [
        inScenarios('late-reads')('EC2 shows what was %i seconds ago: the volume is moved once', '300'),
        inScenarios('doubtful-acts')(
          'DescribeVolumes that lacks a volume for two minutes does not end the case of a bridge: it is followed on',
        ),
      ],
    },
    {
      number: 54,
      failure: 'AWS answers with a value nobody knows',
      answer: 'Called unjudgeable by its name, and refused',
      tests: [
        volume('volumeOf calls %o unjudgeable and does not throw', 'gp9'),
        volume('modificationOf keeps a state it does not know and takes no side it does not know'),
        volume('healthOf reads %o', 'brand-new'),
        inFile('test/events/event-kinds.test.ts')('an alarm event may carry fields we do not know'),
      ],
    },
    {
      number: 55,
      failure: 'The price list is old',
      answer: 'It is part of the code; every price says whose list it is and of which day',
      tests: [moves('the price list names its Region and date, and whether it is ours')],
      gap: outOfScope('no list is fetched, and an old one does not silence the claim'),
    },
    {
      number: 56,
      failure: 'Another account cannot be reached',
      answer: 'Each account runs its own responder',
      gap: later('organisation roll-out', 'there is no account that looks into others'),
    },
    {
      number: 57,
      failure: 'A dry run passes and the real call fails',
      answer: 'There is no dry run: the call itself is the question, and its refusal is told',
      tests: [
        inFile('test/adapters/ec2-volume-modifier.test.ts')(
          "modify gives AWS's refusal with its words and request id",
        ),
        room('an act that AWS refused leaves its room to the next'),
      ],
    },
  ],
};
