import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { ListServiceQuotasCommand, paginateListServiceQuotas } from '@aws-sdk/client-service-quotas';
import { describe, expect, test } from 'vitest';
import { connectedEbsAccount } from './connected-ebs-account.ts';

describe('ListServiceQuotas', () => {
  test('pages through the quotas of ebs with AWS’s names, codes and defaults', async () => {
    const { serviceQuotas, volumes } = connectedEbsAccount();
    volumes.quotas.set('iops', 'io2', 42_000);
    const quotas = [];
    for await (const { Quotas = [] } of paginateListServiceQuotas(
      { client: serviceQuotas, pageSize: 5 },
      { ServiceCode: 'ebs' },
    )) {
      expect(Quotas.length).toBeLessThanOrEqual(5);
      quotas.push(...Quotas);
    }
    const named = Object.fromEntries(
      quotas.map(({ QuotaName, QuotaCode, Value }) => [QuotaName, [QuotaCode, Value]]),
    );
    expect(quotas).toHaveLength(18);
    expect(named).toMatchObject({
      'IOPS for Provisioned IOPS SSD (io1) volumes': ['L-B3A130E6', 300_000],
      'IOPS for Provisioned IOPS SSD (io2) volumes': ['L-8D977E7E', 42_000],
      'IOPS modifications for Provisioned IOPS SSD (io1) volumes': ['L-98A0B26D', 500_000],
      'Storage for Provisioned IOPS SSD (io2) volumes, in TiB': ['L-09BD8365', 20],
      'IOPS modifications for Provisioned IOPS SSD (io2) volumes': ['L-35B31D98', 100_000],
      'Storage modifications for General Purpose SSD (gp2) volumes, in TiB': ['L-F06E64A8', 500],
      'Storage modifications for General Purpose SSD (gp3) volumes, in TiB': ['L-59C8FC87', 500],
      'Storage modifications for Provisioned IOPS SSD (io1) volumes, in TiB': ['L-5F80CA91', 500],
      'Storage modifications for Provisioned IOPS SSD (io2) volumes, in TiB': ['L-9A0E0F82', 20],
      'Storage modifications for Throughput Optimized HDD (st1) volumes, in TiB': ['L-87C9DEA6', 500],
      'Storage modifications for Cold HDD (sc1) volumes, in TiB': ['L-651D1834', 500],
    });
  });

  test('does not answer for another service', async () => {
    const { serviceQuotas } = connectedEbsAccount();
    await expect(
      serviceQuotas.send(new ListServiceQuotasCommand({ ServiceCode: 'ec2' })),
    ).rejects.toMatchObject({
      name: 'NotImitatedError',
    });
  });
});

describe('DescribeStacks', () => {
  test('tells the state of a stack, and that another does not exist', async () => {
    const { cloudformation, stacks } = connectedEbsAccount();
    stacks.setStackStatus('shop', 'UPDATE_IN_PROGRESS');
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'shop' }));
    expect(Stacks?.[0]).toMatchObject({ StackName: 'shop', StackStatus: 'UPDATE_IN_PROGRESS' });
    await expect(
      cloudformation.send(new DescribeStacksCommand({ StackName: 'other' })),
    ).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id other does not exist',
    });
  });

  test('finds a deleted stack by its id, and not by its name', async () => {
    const { cloudformation, stacks } = connectedEbsAccount();
    stacks.setStackStatus('shop', 'DELETE_COMPLETE');
    const byName = cloudformation.send(new DescribeStacksCommand({ StackName: 'shop' }));
    await expect(byName).rejects.toMatchObject({ message: 'Stack with id shop does not exist' });
    const { id } = stacks.describe('shop');
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: id }));
    expect(Stacks?.[0]).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
  });
});
