import { staleAfter } from '../../credits/forecast.ts';
import { after, between, type Instant, inMinutes } from '../../units.ts';
import type { Guard } from './guard.ts';

export const freshEvidence: Guard = {
  name: 'fresh evidence',
  codes: ['stale-evidence', 'unread-fact'],
  scope: 'rescues',
  fact: 'newest BurstBalance sample',
  source: 'CloudWatch GetMetricData',
  unknown: 'no sample, or none younger than 10 minutes: refuse',
  veto: ({ situation: { balance, now } }) => {
    if (balance.kind === 'unread') return { code: 'unread-fact', fact: 'balance', why: balance.why };
    const newest = balance.value.at(-1);
    if (newest === undefined)
      return { code: 'unread-fact', fact: 'balance', why: 'CloudWatch has no datapoint' };
    const age = between(after(newest.at, newest.period) as Instant, now);
    return age > staleAfter ? { code: 'stale-evidence', ageMinutes: inMinutes(age) } : undefined;
  },
};

export const volumeHealth: Guard = {
  name: 'volume health',
  codes: ['volume-impaired', 'volume-stalled', 'volume-initialising', 'unread-fact'],
  scope: 'every',
  fact: 'volume status, initialisation and stalled I/O',
  source: 'EC2 DescribeVolumeStatus; CloudWatch VolumeStalledIOCheck',
  unknown: 'refuse',
  veto: ({ situation: { health }, plan }) => {
    if (health.kind === 'unread') return { code: 'unread-fact', fact: 'volume status', why: health.why };
    if (health.value.kind === 'impaired') return { code: 'volume-impaired', status: health.value.status };
    if (health.value.kind === 'stalled') return { code: 'volume-stalled' };
    // A rescue may be worth a long modification; moving a new latency-critical volume can wait for its snapshot.
    return health.value.kind === 'initialising' && plan.purpose === 'keep'
      ? { code: 'volume-initialising' }
      : undefined;
  },
};

export const instanceBottleneck: Guard = {
  name: 'instance bottleneck',
  codes: ['instance-bottleneck', 'unread-fact'],
  scope: 'rescues',
  fact: "the instance's EBS balances and exceeded checks of the last 10 minutes",
  source:
    'CloudWatch GetMetricData: EBSIOBalance%, EBSByteBalance%, InstanceEBSIOPSExceededCheck, InstanceEBSThroughputExceededCheck',
  unknown: 'refuse (instances that are not Nitro publish none)',
  veto: ({ situation: { instanceLimit } }) => {
    if (instanceLimit.kind === 'unread')
      return { code: 'unread-fact', fact: 'instance limit', why: instanceLimit.why };
    if (instanceLimit.value.kind === 'clear') return undefined;
    const { instanceId, sign } = instanceLimit.value;
    return { code: 'instance-bottleneck', instanceId, sign };
  },
};
