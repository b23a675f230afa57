import type { ListServiceQuotasRequest, ListServiceQuotasResponse } from '@aws-sdk/client-service-quotas';
import { type Authorise, allowEverything, demandPermission } from './authorisation.ts';
import type { Place } from './aws-event.ts';
import type { RegionalQuotas } from './ebs/regional-quotas.ts';
import { page } from './paging.ts';
import type { Operation, Service } from './service.ts';
import { NotImitatedError, ServiceError } from './service-error.ts';

export interface ServiceQuotasOptions {
  readonly quotas: RegionalQuotas;
  readonly place: Place;
  readonly authorise?: Authorise;
}

/** Service Quotas for `ebs`: the applied values of the quotas that ModifyVolume is held to. */
export const serviceQuotas = (options: ServiceQuotasOptions): Service => ({
  ListServiceQuotas: listServiceQuotas(options),
});

const listServiceQuotas = ({
  quotas,
  place: { account, region },
  authorise = allowEverything,
}: ServiceQuotasOptions): Operation<ListServiceQuotasRequest, ListServiceQuotasResponse> => ({
  accepts: ['ServiceCode', 'MaxResults', 'NextToken'],
  run: ({ ServiceCode, MaxResults = 100, NextToken }, { principal }) => {
    const action = 'servicequotas:ListServiceQuotas';
    demandPermission(authorise, { principal, action, resource: '*', resourceTags: {}, requestTags: {} });
    if (ServiceCode !== 'ebs')
      throw new NotImitatedError(`quotas of ${ServiceCode} are not imitated; imitated: ebs`);
    if (MaxResults < 1 || MaxResults > 100) {
      throw new ServiceError('IllegalArgumentException', 'MaxResults must be between 1 and 100.');
    }
    const refuse = () =>
      new ServiceError('InvalidPaginationTokenException', 'The pagination token is invalid.');
    const { items, ...next } = page(quotas.all, MaxResults, NextToken, refuse);
    return {
      Quotas: items.map(({ code, name, value }) => ({
        ServiceCode: 'ebs',
        ServiceName: 'Amazon Elastic Block Store (Amazon EBS)',
        QuotaArn: `arn:aws:servicequotas:${region}:${account}:ebs/${code}`,
        QuotaCode: code,
        QuotaName: name,
        Value: value,
        Unit: 'None',
        Adjustable: true,
        GlobalQuota: false,
      })),
      ...next,
    };
  },
});
