import { HOUR, MINUTE, START } from '../twin/connected-ebs-account.ts';
import type { EbsCase } from './ebs-account.ts';
import { refused, same } from './expectations.ts';
import { watched } from './watched-alarm.ts';

const PAGE = 'CloudWatch user guide, alarm-mute-rules';

const DAY = 24 * HOUR;

/** An alarm that is fine, breaching from 10:20 on and fine again from 10:40 on, muted meanwhile as told. */
async function muted(from: number, until: number, alarmNames = ['a']) {
  const account = await watched();
  for (let minute = 0; minute < 90; minute += 1)
    account.publish(minute, minute >= 20 && minute < 40 ? 10 : 50);
  account.alarms.mute({
    name: 'x',
    alarmNames,
    from: START + from * MINUTE,
    until: START + until * MINUTE,
  });
  await account.simulation.runFor(HOUR);
  return account;
}

const hasDetail = ({ changes }: Awaited<ReturnType<typeof muted>>): readonly boolean[] =>
  changes().map(({ detail }) => 'muteDetail' in detail);

const mute = async (alarmCount: number, duration: number): Promise<void> => {
  const alarmNames = Array.from({ length: alarmCount }, (_, place) => `a${place}`);
  const { alarms } = await watched();
  alarms.mute({ name: 'x', alarmNames, from: START, until: START + duration });
};

export const muteRuleCases: readonly EbsCase[] = [
  {
    fact: 'A muted alarm is told all the same, with muteDetail, and without it outside the window.',
    source: 'CloudWatch user guide, alarm-mute-rules and cloudwatch-and-eventbridge',
    confidence: 'verified',
    public: false,
    check: async () => {
      const account = await muted(10, 30);
      same('muted', hasDetail(account), [false, true, false]);
      same('muteDetail', account.changes()[1]?.detail['muteDetail'], {
        mutedByArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm-mute-rule:x',
        muteWindowStart: '2026-11-22T10:10:00.000+0000',
        muteWindowEnd: '2026-11-22T10:30:00.000+0000',
      });
    },
  },
  {
    fact: 'Muting holds for all states: the return to OK carries muteDetail, too.',
    source: PAGE,
    confidence: 'verified',
    public: false,
    check: async () => same('muted', hasDetail(await muted(10, 50)), [false, true, true]),
  },
  {
    fact: 'A muted alarm is evaluated as ever: its states are the same with a mute rule and without.',
    source: PAGE,
    confidence: 'verified',
    public: false,
    check: async () => {
      const states = ({ told }: Awaited<ReturnType<typeof muted>>) => told().map(({ value }) => value);
      same('states', states(await muted(10, 50)), states(await muted(70, 80)));
    },
  },
  {
    fact: 'A window is about actions only: neither its beginning nor its end is told as a change of state.',
    source: PAGE,
    confidence: 'verified',
    public: false,
    check: async () => same('events', hasDetail(await muted(25, 35)), [false, false, false]),
  },
  {
    fact: 'A mute rule is about the alarms it names.',
    source: PAGE,
    confidence: 'verified',
    public: false,
    check: async () => same('muted', hasDetail(await muted(10, 50, ['another'])), [false, false, false]),
  },
  {
    fact: 'A mute rule names at most 100 alarms.',
    source: PAGE,
    confidence: 'verified',
    public: false,
    check: async () => {
      await mute(100, HOUR);
      await refused(mute(101, HOUR), 'ValidationError');
    },
  },
  {
    fact: 'A mute window has at least a minute and at most 15 days.',
    source: PAGE,
    confidence: 'verified',
    public: false,
    check: async () => {
      await mute(1, MINUTE);
      await mute(1, 15 * DAY);
      await refused(mute(1, MINUTE - 1_000), 'ValidationError');
      await refused(mute(1, 15 * DAY + MINUTE), 'ValidationError');
    },
  },
];
