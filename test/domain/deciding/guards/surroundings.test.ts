import { regionalQuota, stackUpdating } from '../../../../core/domain/deciding/guards/surroundings.ts';
import type { QuotaUse } from '../../../../core/domain/deciding/situation.ts';
import { read, unread } from '../../../../core/domain/reading.ts';
import { bridge, fix, roomyQuota, wayBack } from '../../some-situation.ts';
import { noon } from '../../some-volume.ts';
import { type Given, vetoes } from './veto-table.ts';

vetoes(stackUpdating, [
  {
    refuses: 'while CloudFormation updates the stack of the volume',
    given: {
      situation: { stack: read({ kind: 'updating', stack: 'shop', status: 'UPDATE_IN_PROGRESS' }, noon) },
    },
    with: { code: 'stack-updating', stack: 'shop', status: 'UPDATE_IN_PROGRESS' },
    butNot: 'once the stack has settled',
    twin: { situation: { stack: read({ kind: 'settled', stack: 'shop' }, noon) } },
  },
  {
    refuses: 'when the stack cannot be read',
    given: { situation: { stack: unread('AccessDenied on cloudformation:DescribeStacks') } },
    with: {
      code: 'unread-fact',
      fact: 'CloudFormation stack',
      why: 'AccessDenied on cloudformation:DescribeStacks',
    },
    butNot: 'a volume that belongs to no stack',
    twin: { situation: { stack: read({ kind: 'no-stack' }, noon) } },
  },
]);

const storage = (used: number): QuotaUse => ({
  storageGibibytes: { name: 'Storage for gp3', used, limit: 5_000 },
  iops: undefined,
});
const operations = (used: number): QuotaUse => ({
  storageGibibytes: { name: 'Storage for io1', used: 0, limit: 5_000 },
  iops: { name: 'IOPS for io1', used, limit: 10_000 },
});
const withQuota = (use: Partial<typeof roomyQuota>, plan = fix()): Given => ({
  situation: { quota: read({ ...roomyQuota, ...use }, noon) },
  plan,
});

vetoes(regionalQuota, [
  {
    refuses: 'storage over the quota of the target type',
    given: withQuota({ gp3: storage(4_901) }),
    with: { code: 'quota-exhausted', quota: 'Storage for gp3', used: 4_901, needed: 100, limit: 5_000 },
    butNot: 'storage that just fits',
    twin: withQuota({ gp3: storage(4_900) }),
  },
  {
    refuses: 'IOPS over the quota of the target type',
    given: withQuota({ io1: operations(9_001) }, bridge()),
    with: { code: 'quota-exhausted', quota: 'IOPS for io1', used: 9_001, needed: 1_000, limit: 10_000 },
    butNot: 'IOPS that just fit',
    twin: withQuota({ io1: operations(9_000) }, bridge()),
  },
  {
    refuses: 'when quotas cannot be read',
    given: { situation: { quota: unread('AccessDenied on servicequotas:ListServiceQuotas') } },
    with: { code: 'unread-fact', fact: 'quota', why: 'AccessDenied on servicequotas:ListServiceQuotas' },
    butNot: 'the way back, which gives quota free',
    twin: {
      situation: { quota: unread('AccessDenied on servicequotas:ListServiceQuotas') },
      volume: { configuration: bridge().to },
      plan: wayBack(),
    },
  },
]);
