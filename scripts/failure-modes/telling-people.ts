import { type FailureGroup, inFile, inScenarios, later, outOfScope } from './failure-mode.ts';

const channels = inScenarios('channels');
const slack = inFile('test/adapters/slack-channel.test.ts');
const handler = inFile('test/handlers/deliver-notice.test.ts');

export const tellingPeople: FailureGroup = {
  title: 'Telling people',
  modes: [
    {
      number: 95,
      failure: 'Slack is down',
      answer: 'Mail is not late for it; Slack is filled up once when it is back',
      tests: [
        channels('Slack down for an hour does not make SNS late, nor change a word of it'),
        channels('Slack down for an hour is filled up once when it is back, within the longest wait'),
        handler('Slack down for an hour loses nothing and delays no mail'),
        inScenarios('superseded-cases')(
          'by $name, a move that AWS gave up on a disk that has a newer case is told once where the channel was down for both',
          'Slack',
        ),
      ],
    },
    {
      number: 96,
      failure: 'SNS is down, or nobody is subscribed',
      answer: 'Slack is not late for it; what cannot be told raises an alarm',
      tests: [
        channels('SNS down for an hour does not make Slack late and is filled up once'),
        inFile('test/lib/self-watch.test.ts')('the responder watches that no channel keeps refusing notices'),
        inFile('test/lib/synth-warnings.test.ts')('one that acts and tells nobody we know of is told so'),
      ],
      gap: outOfScope('bounces and subscriptions that were never confirmed are not checked every day'),
    },
    {
      number: 97,
      failure: 'Slack limits our rate',
      answer: 'A storm is one message that is edited; Slack’s own waiting time is kept',
      tests: [
        handler('a storm of 500 disks is one message on each channel'),
        slack('a rate limit says when to come back'),
      ],
    },
    {
      number: 98,
      failure: 'A button is clicked late, twice or by the wrong person',
      answer: 'There are no buttons',
      gap: later('approval and buttons', 'consent is a tag'),
    },
    {
      number: 99,
      failure: 'The name of a volume mentions the channel',
      answer: 'Text of tags is escaped on every channel',
      tests: [
        slack('nothing in a tag mentions or formats'),
        inFile('test/adapters/slack-blocks.property.test.ts')(
          'Slack takes every message, whatever the tags hold and however many disks',
        ),
        inFile('test/adapters/sns-channel.test.ts')('a tag cannot break the lines of a mail'),
      ],
    },
    {
      number: 100,
      failure: 'The wrong owner is named',
      answer: 'The owner is what the tags say',
      tests: [
        inFile('test/domain/notices/subject.test.ts')('the subject of a notice is owned by whoever %j names'),
      ],
      gap: later('approval and buttons', 'no button hands a case to somebody else'),
    },
  ],
};
