import { type FailureGroup, inFile, inScenarios, later, outOfScope } from './failure-mode.ts';

const storm = inScenarios('storm');
const room = inFile('test/application/regional-room.test.ts');
const claims = inFile('test/application/respond-claims.test.ts');
const wakeUps = inFile('test/application/respond-wake-ups.test.ts');

export const manyAtOnce: FailureGroup = {
  title: 'Many at once',
  modes: [
    {
      number: 58,
      failure: '500 alarms at once',
      answer: 'One message on each channel; as many acts as the blast radius allows, the earliest wall first',
      tests: [
        storm('500 alarms at once are one message on each channel, with the count in its title'),
        storm(
          '500 alarms at once move the ten volumes that the blast radius allows and refuse all others for it',
        ),
        storm('500 alarms at once tell nothing twice'),
        claims('the caps hold for many workers at the same time'),
        claims('the caps serve the earliest wall first'),
      ],
    },
    {
      number: 59,
      failure: 'A mass event that is normal, every Monday',
      answer: 'The same cap every hour; the rest is told',
      tests: [
        storm('a storm of 60 volumes over three hours moves three an hour: five per cent of those watched'),
      ],
      gap: outOfScope('no baseline per hour of the week is learned'),
    },
    {
      number: 60,
      failure: 'Some of a batch fail',
      answer: 'Each volume ends by itself; one that fails is retried alone',
      tests: [
        wakeUps('one volume among many that fails does not keep the others from being helped'),
        inScenarios('self-watch')(
          'a volume on which respond fails every time is retried alone and ends in the dead-letter queue after five receives; the others are answered',
        ),
      ],
    },
    {
      number: 61,
      failure: 'The quota runs out in the middle',
      answer: 'Acts of one run share its room; those that do not fit are refused and told',
      tests: [
        room('acts of one run do not share the same room of the Region: the last is refused and told'),
        room('acts of one run that fit together are all made'),
      ],
    },
    {
      number: 62,
      failure: 'All are due at once after an outage',
      answer: 'The caps of an hour hold, the earliest wall comes first, and every volume is told',
      tests: [
        inScenarios('outages')(
          'EC2 is down for two hours while twelve volumes drain all are due at once afterwards: the caps of an hour hold, and every volume is told',
        ),
        inFile('test/application/in-order-of-urgency.test.ts')(
          'those at the wall come first, then by their walls, then those without one, none lost',
        ),
      ],
      gap: outOfScope(
        'no jitter and no bucket of our own over all calls: one run reads all volumes together, and no more than two runs are at work',
      ),
    },
    {
      number: 63,
      failure: 'One account starves the others',
      answer: 'Each account has its own queue and its own caps',
      gap: later('organisation roll-out', 'nothing is shared between accounts yet'),
    },
  ],
};
