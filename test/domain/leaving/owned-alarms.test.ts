import { expect, test } from 'vitest';
import { type ActualAlarm, burstBalanceAlarm } from '../../../core/domain/credits/alarm-plan.ts';
import { ownedAlarms } from '../../../core/domain/leaving/owned-alarms.ts';

const here = { account: '123456789012', region: 'us-east-1', stack: 'EbsBurst' };
const arn = (name: string, uuid: string, region = 'us-east-1', account = '123456789012') =>
  `arn:aws:cloudformation:${region}:${account}:stack/${name}/${uuid}`;
const now = arn('EbsBurst', '1111');

const alarm = (name: string, description: string | undefined): ActualAlarm => ({
  name,
  description,
  threshold: 50,
  volumeId: 'vol-00000001',
  definition: burstBalanceAlarm,
});
const marked = (volume: string, id: string) =>
  alarm(`ebs-burst/${volume}`, `Burst credits. [ebs-burst deployment ${id}]`);

test('alarms are of the stack that is there, of an earlier one of its name, or none of ours', () => {
  const alarms = [
    marked('vol-00000001', now),
    marked('vol-00000002', arn('EbsBurst', '0000')),
    marked('vol-00000003', arn('EbsBurst-2', '2222')),
    marked('vol-00000004', arn('EbsBurst', '3333', 'eu-west-1')),
    marked('vol-00000005', arn('EbsBurst', '4444', 'us-east-1', '999999999999')),
    alarm('ebs-burst/vol-00000006', 'put up by another team'),
    alarm('ebs-burst/vol-00000007', undefined),
    alarm('somebody/vol-00000008', `[ebs-burst deployment ${now}]`),
  ];
  expect(ownedAlarms(alarms, now, here)).toEqual({
    ofStack: ['ebs-burst/vol-00000001'],
    orphaned: ['ebs-burst/vol-00000002'],
    foreign: [3, 4, 5, 6, 7].map((n) => `ebs-burst/vol-0000000${n}`).concat('somebody/vol-00000008'),
  });
});

test('once the stack is gone, what it left behind is orphaned', () => {
  expect(ownedAlarms([marked('vol-00000001', now)], undefined, here)).toEqual({
    ofStack: [],
    orphaned: ['ebs-burst/vol-00000001'],
    foreign: [],
  });
});

test('a name that a shell would take for more is not among what a person is told to type', () => {
  const trap = marked('vol-$(touch x)', arn('EbsBurst', '0000'));
  expect(ownedAlarms([trap], now, here)).toEqual({ ofStack: [], orphaned: [], foreign: [trap.name] });
});
