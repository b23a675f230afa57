import type { Refusal } from '../../reasons.ts';
import type { Gibibytes } from '../../units.ts';
import { type Configuration, isBurstable } from '../../volume.ts';
import type { QuotaUse } from '../situation.ts';
import type { Guard } from './guard.ts';

export const stackUpdating: Guard = {
  name: 'CloudFormation update',
  codes: ['stack-updating', 'unread-fact'],
  scope: 'every',
  fact: 'status of the stack named by tag aws:cloudformation:stack-name',
  source: 'CloudFormation DescribeStacks',
  unknown: 'refuse',
  veto: ({ situation: { stack } }) => {
    if (stack.kind === 'unread') return { code: 'unread-fact', fact: 'CloudFormation stack', why: stack.why };
    if (stack.value.kind !== 'updating') return undefined;
    return { code: 'stack-updating', stack: stack.value.stack, status: stack.value.status };
  },
};

export const regionalQuota: Guard = {
  name: 'regional quota',
  codes: ['quota-exhausted', 'unread-fact'],
  scope: 'upgrades',
  fact: 'storage and IOPS provisioned in the Region per type, against their quotas',
  source: 'EC2 DescribeVolumes (the last census); Service Quotas ListServiceQuotas',
  unknown: 'refuse',
  veto: ({ situation: { quota, volume }, plan }) => {
    if (isBurstable(plan.to.type)) return undefined;
    if (quota.kind === 'unread') return { code: 'unread-fact', fact: 'quota', why: quota.why };
    return overQuota(quota.value[plan.to.type], volume.size, plan.to);
  },
};

function overQuota(use: QuotaUse, size: Gibibytes, to: Configuration): Refusal | undefined {
  const storage = use.storageGibibytes;
  if (storage.used + size > storage.limit) {
    return {
      code: 'quota-exhausted',
      quota: storage.name,
      used: storage.used,
      needed: size,
      limit: storage.limit,
    };
  }
  if (use.iops === undefined || !('iops' in to) || use.iops.used + to.iops <= use.iops.limit)
    return undefined;
  return {
    code: 'quota-exhausted',
    quota: use.iops.name,
    used: use.iops.used,
    needed: to.iops,
    limit: use.iops.limit,
  };
}
