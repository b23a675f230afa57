import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  paginateListServiceQuotas,
  type ServiceQuota,
  type ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import type { Almanac, Census, Surroundings } from '../../core/application/ports.ts';
import type { QuotaUse, StackActivity } from '../../core/domain/deciding/situation.ts';
import { type Reading, read, unread } from '../../core/domain/reading.ts';
import type { Instant } from '../../core/domain/units.ts';
import type { ProvisionedType, Volume } from '../../core/domain/volume.ts';
import { failedOn } from './aws-errors.ts';
import { inParallel } from './batches.ts';

export interface SurroundingsClients {
  readonly cloudFormation: CloudFormationClient;
  readonly serviceQuotas: ServiceQuotasClient;
}

export function awsSurroundings(
  { cloudFormation, serviceQuotas }: SurroundingsClients,
  almanac: Pick<Almanac, 'latestCensus'>,
  now: () => Instant,
): Surroundings {
  return {
    stackActivity: async (volumes) => {
      const stacks = [...new Set(volumes.flatMap((volume) => stackOf(volume) ?? []))];
      const found = await inParallel(stacks, (stack) => activityOf(cloudFormation, stack, now()));
      const byStack = new Map(stacks.map((stack, index) => [stack, found[index]]));
      const noStack = read<StackActivity>({ kind: 'no-stack' }, now());
      return new Map(volumes.map((volume) => [volume.id, byStack.get(stackOf(volume) ?? '') ?? noStack]));
    },
    quotaUse: async () => {
      const [limits, census] = await Promise.all([limitsOf(serviceQuotas), almanac.latestCensus()]);
      if (limits.kind === 'unread') return limits;
      if (census.kind === 'unread') return census;
      return quotaUseOf(limits.byCode, census.value, census.at);
    },
  };
}

/** CloudFormation sets this tag itself and nobody else can: `aws:` keys are reserved. */
const stackOf = ({ tags }: Volume): string | undefined => tags['aws:cloudformation:stack-name'];

async function activityOf(
  client: CloudFormationClient,
  stack: string,
  now: Instant,
): Promise<Reading<StackActivity>> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    const status = Stacks[0]?.StackStatus;
    if (status === undefined) return unread(`cloudformation:DescribeStacks gave no status of ${stack}`);
    if (status.endsWith('_IN_PROGRESS')) return read({ kind: 'updating', stack, status }, now);
    return read({ kind: 'settled', stack }, now);
  } catch (error) {
    return unread(failedOn(error, `cloudformation:DescribeStacks of ${stack}`));
  }
}

/** Codes, because AWS has spelled the names in two ways (EBS user guide, "Quotas for Amazon EBS"); storage is in TiB. */
const quotaCodes: Readonly<Record<ProvisionedType, { readonly storage: string; readonly iops?: string }>> = {
  gp3: { storage: 'L-7A658B76' },
  io1: { storage: 'L-FD252861', iops: 'L-B3A130E6' },
  io2: { storage: 'L-09BD8365', iops: 'L-8D977E7E' },
};

const gibibytesPerTebibyte = 1_024;

interface Limit {
  readonly name: string;
  readonly value: number;
}
type Limits = ReadonlyMap<string, Limit>;

async function limitsOf(
  client: ServiceQuotasClient,
): Promise<
  { readonly kind: 'listed'; readonly byCode: Limits } | Extract<Reading<never>, { kind: 'unread' }>
> {
  const byCode = new Map<string, Limit>();
  const keep = ({ QuotaCode, QuotaName, Value }: ServiceQuota) => {
    if (QuotaCode !== undefined && Value !== undefined) {
      byCode.set(QuotaCode, { name: QuotaName ?? QuotaCode, value: Value });
    }
  };
  try {
    for await (const page of paginateListServiceQuotas({ client, pageSize: 100 }, { ServiceCode: 'ebs' })) {
      page.Quotas?.forEach(keep);
    }
    return { kind: 'listed', byCode };
  } catch (error) {
    return unread(failedOn(error, 'servicequotas:ListServiceQuotas'));
  }
}

function quotaUseOf(
  limits: Limits,
  { provisioned }: Census,
  at: Instant,
): Reading<Readonly<Record<ProvisionedType, QuotaUse>>> {
  const codes = Object.values(quotaCodes).flatMap(({ storage, iops }) => [storage, ...(iops ? [iops] : [])]);
  const missing = codes.filter((code) => !limits.has(code));
  if (missing.length > 0) return unread(`Service Quotas did not list ${missing.join(', ')}`);
  const limit = (code: string) => limits.get(code) ?? { name: code, value: 0 };
  const useOf = (type: ProvisionedType): QuotaUse => {
    const storage = limit(quotaCodes[type].storage);
    const iops = quotaCodes[type].iops === undefined ? undefined : limit(quotaCodes[type].iops);
    return {
      storageGibibytes: {
        name: storage.name,
        used: provisioned[type].storageGibibytes,
        limit: storage.value * gibibytesPerTebibyte,
      },
      iops: iops && { name: iops.name, used: provisioned[type].iops, limit: iops.value },
    };
  };
  return read({ gp3: useOf('gp3'), io1: useOf('io1'), io2: useOf('io2') }, at);
}
