import type { Refusal } from '../../reasons.ts';
import { isBurstable } from '../../volume.ts';
import { staleCensus } from '../evidence-age.ts';
import { endsOf, loadOn, type QuotaLoad } from '../quota-load.ts';
import type { Quota, QuotaUse } from '../situation.ts';
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
  unknown: 'refuse; a census older than two hours is unknown',
  veto: ({ situation: { quota, volume, now }, plan }) => {
    if (isBurstable(plan.to.type)) return undefined;
    if (quota.kind === 'unread') return { code: 'unread-fact', fact: 'quota', why: quota.why };
    // The limits are fresh; what is used of them was counted by the census, whose age the reading has.
    const stale = staleCensus(quota.at, now);
    if (stale !== undefined) return { code: 'unread-fact', fact: 'quota', why: stale };
    const { after } = endsOf(plan, volume.size);
    return overQuota(quota.value.provisioned[plan.to.type], loadOn(plan.to.type, [after]));
  },
};

export const modificationQuota: Guard = {
  name: 'regional modification quota',
  codes: ['quota-exhausted', 'unread-fact'],
  scope: 'every',
  fact: 'size and IOPS of what is being modified in the Region, per type it comes from or goes to, against their quotas',
  source:
    'EC2 DescribeVolumesModifications (modifying, optimizing); our acts of the same run; Service Quotas ListServiceQuotas',
  unknown: 'refuse; what another worker begins meanwhile cannot be seen, AWS refuses then and is believed',
  veto: ({ situation: { quota, volume }, plan }) => {
    if (quota.kind === 'unread') return { code: 'unread-fact', fact: 'quota', why: quota.why };
    const { before, after } = endsOf(plan, volume.size);
    const types = [plan.from.type, plan.to.type];
    return types
      .map((type) => overQuota(quota.value.modifications[type], loadOn(type, [before, after])))
      .find((refusal) => refusal !== undefined);
  },
};

const overQuota = ({ storageGibibytes, iops }: QuotaUse, load: QuotaLoad): Refusal | undefined =>
  exhausted(storageGibibytes, load.storageGibibytes) ?? (iops && exhausted(iops, load.iops));

const exhausted = ({ name, used, limit }: Quota, needed: number): Refusal | undefined =>
  used + needed <= limit ? undefined : { code: 'quota-exhausted', quota: name, used, needed, limit };
