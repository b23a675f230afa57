import {
  ListServiceQuotasCommand,
  paginateListServiceQuotas,
  type ServiceQuota,
} from '@aws-sdk/client-service-quotas';
import { connectedEbsAccount } from '../twin/connected-ebs-account.ts';
import type { AccountCase } from './account.ts';
import { holds, refused, same } from './expectations.ts';

const LIST = 'Service Quotas API reference, ListServiceQuotas';
const QUOTA = 'Service Quotas API reference, ServiceQuota';
const ServiceCode = 'ebs';

const listed = (MaxResults?: number, NextToken?: string) =>
  connectedEbsAccount().serviceQuotas.send(
    new ListServiceQuotasCommand({ ServiceCode, MaxResults, NextToken }),
  );

export const listServiceQuotasCases: readonly AccountCase[] = [
  {
    fact: 'A page has at most MaxResults quotas, and a NextToken as long as there are more.',
    source: LIST,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { serviceQuotas: client } = connectedEbsAccount();
      const pages: ServiceQuota[][] = [];
      for await (const { Quotas = [] } of paginateListServiceQuotas({ client, pageSize: 5 }, { ServiceCode }))
        pages.push(Quotas);
      const { Quotas: all = [] } = await listed();
      holds('there are several pages', pages.length > 1);
      holds(
        'none has more than five',
        pages.every(({ length }) => length <= 5),
      );
      const codes = (quotas: readonly ServiceQuota[]) => quotas.map(({ QuotaCode }) => QuotaCode);
      same('codes', codes(pages.flat()), codes(all));
    },
  },
  {
    fact: 'MaxResults is 1 to 100.',
    source: LIST,
    confidence: 'from memory',
    public: false,
    check: async () => {
      await listed(1);
      await listed(100);
      await refused(listed(0), 'IllegalArgumentException');
      await refused(listed(101), 'IllegalArgumentException');
    },
  },
  {
    fact: 'A NextToken that it did not give is refused with InvalidPaginationTokenException.',
    source: LIST,
    confidence: 'verified',
    public: false,
    check: async () => refused(listed(5, 'made up'), 'InvalidPaginationTokenException'),
  },
  {
    fact: 'Each quota has a code of its own, a name, a value and whether it can be raised; those of a Region are not global.',
    source: QUOTA,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { Quotas = [] } = await listed();
      same('codes that differ', new Set(Quotas.map(({ QuotaCode }) => QuotaCode)).size, Quotas.length);
      for (const { QuotaName, Value, Adjustable, GlobalQuota, ServiceCode: service } of Quotas) {
        holds(`${QuotaName} has a name and a value`, QuotaName !== undefined && Value !== undefined);
        same(
          `${QuotaName}`,
          { Adjustable, GlobalQuota, service },
          {
            Adjustable: true,
            GlobalQuota: false,
            service: 'ebs',
          },
        );
      }
    },
  },
  {
    fact: 'It tells the applied values: one that was raised is told as raised.',
    source: LIST,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { serviceQuotas, volumes } = connectedEbsAccount();
      volumes.quotas.set('storage', 'gp3', 300);
      const code = volumes.quotas.all.find(
        ({ kind, volumeType }) => kind === 'storage' && volumeType === 'gp3',
      )?.code;
      const { Quotas = [] } = await serviceQuotas.send(new ListServiceQuotasCommand({ ServiceCode }));
      same('value', Quotas.find(({ QuotaCode }) => QuotaCode === code)?.Value, 300);
    },
  },
];
