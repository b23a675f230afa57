import { expect, test } from 'vitest';
import {
  modificationQuota,
  regionalQuota,
  stackUpdating,
} from '../../../../core/domain/deciding/guards/surroundings.ts';
import type { QuotaUse, RegionalQuotas } from '../../../../core/domain/deciding/situation.ts';
import { read, unread } from '../../../../core/domain/reading.ts';
import { minutes, iops as toIops } from '../../../../core/domain/units.ts';
import { ago, bridge, roomyQuotas, wayBack } from '../../some-situation.ts';
import { noon } from '../../some-volume.ts';
import { type Given, inputOf, vetoes } from './veto-table.ts';

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
  storageGibibytes: { name: 'Storage', used, limit: 5_000 },
  iops: undefined,
});
const operations = (used: number): QuotaUse => ({
  storageGibibytes: { name: 'Storage', used: 0, limit: 5_000 },
  iops: { name: 'IOPS', used, limit: 10_000 },
});
const returning = { volume: { configuration: bridge().to }, plan: wayBack() };

const provisioned = (use: Partial<RegionalQuotas['provisioned']>, rest: Given = {}): Given => ({
  situation: {
    quota: read({ ...roomyQuotas, provisioned: { ...roomyQuotas.provisioned, ...use } }, noon),
  },
  ...rest,
});

const countedAgo = (minutesAgo: number): Given => ({
  situation: { quota: read(roomyQuotas, ago(minutes(minutesAgo))) },
});

vetoes(regionalQuota, [
  {
    refuses: 'what a census counted that no longer counts',
    given: countedAgo(181),
    with: { code: 'unread-fact', fact: 'quota', why: 'the last census is 3 hours old, at most 2 count' },
    butNot: 'what the last one counted',
    twin: countedAgo(120),
  },
  {
    refuses: 'storage over the quota of the target type',
    given: provisioned({ gp3: storage(4_901) }),
    with: { code: 'quota-exhausted', quota: 'Storage', used: 4_901, needed: 100, limit: 5_000 },
    butNot: 'storage that just fits',
    twin: provisioned({ gp3: storage(4_900) }),
  },
  {
    refuses: 'IOPS over the quota of the target type',
    given: provisioned({ io1: operations(9_001) }, { plan: bridge() }),
    with: { code: 'quota-exhausted', quota: 'IOPS', used: 9_001, needed: 1_000, limit: 10_000 },
    butNot: 'IOPS that just fit',
    twin: provisioned({ io1: operations(9_000) }, { plan: bridge() }),
  },
  {
    refuses: 'to hold more of a type of which there is too much already',
    given: provisioned({ io1: operations(10_001) }, { plan: bridge() }),
    with: { code: 'quota-exhausted', quota: 'IOPS', used: 10_001, needed: 1_000, limit: 10_000 },
    butNot: 'the way back from it, which gives quota free',
    twin: provisioned({ io1: operations(10_001) }, returning),
  },
  {
    refuses: 'when quotas cannot be read',
    given: { situation: { quota: unread('AccessDenied on servicequotas:ListServiceQuotas') } },
    with: { code: 'unread-fact', fact: 'quota', why: 'AccessDenied on servicequotas:ListServiceQuotas' },
    butNot: 'when they were read and have room',
    twin: { situation: { quota: read(roomyQuotas, noon) } },
  },
]);

const changing = (use: Partial<RegionalQuotas['modifications']>, rest: Given = {}): Given => ({
  situation: {
    quota: read({ ...roomyQuotas, modifications: { ...roomyQuotas.modifications, ...use } }, noon),
  },
  ...rest,
});
const ofIo1 = (iops: number) => ({ type: 'io1', iops: toIops(iops) }) as const;
const retuned = (from: number, to: number): Given => ({
  volume: { configuration: ofIo1(from) },
  plan: wayBack({ from: ofIo1(from), to: ofIo1(to) }),
});
const tooMuchStorage = {
  code: 'quota-exhausted',
  quota: 'Storage',
  used: 4_901,
  needed: 100,
  limit: 5_000,
} as const;

vetoes(modificationQuota, [
  {
    refuses: 'while too much of the type it comes from is being modified',
    given: changing({ gp2: storage(4_901) }),
    with: tooMuchStorage,
    butNot: 'what just fits beside it',
    twin: changing({ gp2: storage(4_900) }),
  },
  {
    refuses: 'while too much of the type it goes to is being modified',
    given: changing({ gp3: storage(4_901) }),
    with: tooMuchStorage,
    butNot: 'for modifications of a type that it neither comes from nor goes to',
    twin: changing({ st1: storage(4_901), sc1: storage(4_901), io1: operations(10_000) }),
  },
  {
    refuses: 'while too many IOPS of the type it goes to are being modified',
    given: changing({ io1: operations(9_001) }, { plan: bridge() }),
    with: { code: 'quota-exhausted', quota: 'IOPS', used: 9_001, needed: 1_000, limit: 10_000 },
    butNot: 'IOPS that just fit',
    twin: changing({ io1: operations(9_000) }, { plan: bridge() }),
  },
  {
    refuses: 'the way back while too many IOPS of the type it leaves are being modified',
    given: changing({ io1: operations(9_001) }, returning),
    with: { code: 'quota-exhausted', quota: 'IOPS', used: 9_001, needed: 1_000, limit: 10_000 },
    butNot: 'the way back that just fits',
    twin: changing({ io1: operations(9_000) }, returning),
  },
  {
    refuses: 'fewer IOPS of one type by those it has now, which are the larger end',
    given: changing({ io1: operations(9_001) }, retuned(1_000, 500)),
    with: { code: 'quota-exhausted', quota: 'IOPS', used: 9_001, needed: 1_000, limit: 10_000 },
    butNot: 'both ends of it added up',
    twin: changing({ io1: operations(9_000) }, retuned(1_000, 500)),
  },
  {
    refuses: 'the way back when quotas cannot be read',
    given: {
      situation: { quota: unread('AccessDenied on ec2:DescribeVolumesModifications') },
      ...returning,
    },
    with: { code: 'unread-fact', fact: 'quota', why: 'AccessDenied on ec2:DescribeVolumesModifications' },
    butNot: 'the way back when they were read and have room',
    twin: returning,
  },
]);

test('the regional quota does not matter to a plan that ends on a type without one, read or not', () => {
  expect(regionalQuota.veto(inputOf(returning))).toBeUndefined();
  expect(
    regionalQuota.veto(inputOf({ ...returning, situation: { quota: unread('Throttling') } })),
  ).toBeUndefined();
});
