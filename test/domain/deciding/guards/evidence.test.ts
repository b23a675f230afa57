import {
  freshEvidence,
  instanceBottleneck,
  volumeHealth,
} from '../../../../core/domain/deciding/guards/evidence.ts';
import { read, unread } from '../../../../core/domain/reading.ts';
import { minutes, seconds } from '../../../../core/domain/units.ts';
import { ago, fallingTo, fix, keep, minutely } from '../../some-situation.ts';
import { noon } from '../../some-volume.ts';
import { vetoes } from './veto-table.ts';

const endingAt = (end = noon) => ({ balance: read(minutely(fallingTo(30, 3), end), noon) });

vetoes(freshEvidence, [
  {
    refuses: 'a reading that ended more than ten minutes ago',
    given: { situation: endingAt(ago(seconds(601))) },
    with: { code: 'stale-evidence', ageMinutes: 601 / 60 },
    butNot: 'one that ended ten minutes ago',
    twin: { situation: endingAt(ago(minutes(10))) },
  },
  {
    refuses: 'when the balance cannot be read',
    given: { situation: { balance: unread('Throttling on cloudwatch:GetMetricData') } },
    with: { code: 'unread-fact', fact: 'balance', why: 'Throttling on cloudwatch:GetMetricData' },
    butNot: 'a latency-critical volume, which is moved before it has any history',
    twin: { situation: { balance: unread('Throttling on cloudwatch:GetMetricData') }, plan: keep() },
  },
  {
    refuses: 'when CloudWatch has no datapoint',
    given: { situation: { balance: read([], noon) } },
    with: { code: 'unread-fact', fact: 'balance', why: 'CloudWatch has no datapoint' },
    butNot: 'when it has one',
    twin: { situation: { balance: read(minutely([30]), noon) } },
  },
]);

vetoes(volumeHealth, [
  {
    refuses: 'an impaired volume',
    given: { situation: { health: read({ kind: 'impaired', status: 'impaired' }, noon) } },
    with: { code: 'volume-impaired', status: 'impaired' },
    butNot: 'a healthy one',
    twin: { situation: { health: read({ kind: 'ok' }, noon) } },
  },
  {
    refuses: 'a volume whose I/O is stalled',
    given: { situation: { health: read({ kind: 'stalled' }, noon) } },
    with: { code: 'volume-stalled' },
    butNot: 'one whose I/O flows',
    twin: { situation: { health: read({ kind: 'ok' }, noon) } },
  },
  {
    refuses: 'to move a latency-critical volume before its snapshot is loaded',
    given: { situation: { health: read({ kind: 'initialising' }, noon) }, plan: keep() },
    with: { code: 'volume-initialising' },
    butNot: 'to rescue one, which may be worth a long modification',
    twin: { situation: { health: read({ kind: 'initialising' }, noon) }, plan: fix() },
  },
  {
    refuses: 'when the status cannot be read',
    given: { situation: { health: unread('UnauthorizedOperation on ec2:DescribeVolumeStatus') } },
    with: {
      code: 'unread-fact',
      fact: 'volume status',
      why: 'UnauthorizedOperation on ec2:DescribeVolumeStatus',
    },
    butNot: 'when it can',
    twin: {},
  },
]);

const throttled = { kind: 'reached', instanceId: 'i-1', sign: 'EBSIOBalance% is 0' } as const;

vetoes(instanceBottleneck, [
  {
    refuses: 'when the instance itself is at its EBS limit',
    given: { situation: { instanceLimit: read(throttled, noon) } },
    with: { code: 'instance-bottleneck', instanceId: 'i-1', sign: 'EBSIOBalance% is 0' },
    butNot: 'when the instance has room',
    twin: { situation: { instanceLimit: read({ kind: 'clear' }, noon) } },
  },
  {
    refuses: 'when the instance publishes nothing',
    given: { situation: { instanceLimit: unread('i-1 publishes no EBS balance') } },
    with: { code: 'unread-fact', fact: 'instance limit', why: 'i-1 publishes no EBS balance' },
    butNot: 'a latency-critical volume for that',
    twin: { situation: { instanceLimit: unread('i-1 publishes no EBS balance') }, plan: keep() },
  },
]);
