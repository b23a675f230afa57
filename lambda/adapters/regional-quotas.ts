import {
  type EC2Client,
  type VolumeModification as Ec2VolumeModification,
  paginateDescribeVolumesModifications,
} from '@aws-sdk/client-ec2';
import {
  paginateListServiceQuotas,
  type ServiceQuota,
  type ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import type { Census } from '../../core/application/ports.ts';
import {
  loadOn,
  type ModificationEnd,
  type QuotaLoad,
  regionalQuotas,
} from '../../core/domain/deciding/quota-load.ts';
import type { QuotaUse, RegionalQuotas, UnderWay } from '../../core/domain/deciding/situation.ts';
import { type Reading, unread } from '../../core/domain/reading.ts';
import type { Configuration, ProvisionedType } from '../../core/domain/volume.ts';
import { batches } from '../../core/domain/volume-limits.ts';
import { failedOn } from './aws-errors.ts';

interface Codes {
  readonly storage: string;
  readonly iops?: string;
}

/** Codes, because AWS has spelled the names in two ways (EBS user guide, "Quotas for Amazon EBS"); storage is in TiB. */
const provisionedCodes: Readonly<Record<ProvisionedType, Codes>> = {
  gp3: { storage: 'L-7A658B76' },
  io1: { storage: 'L-FD252861', iops: 'L-B3A130E6' },
  io2: { storage: 'L-09BD8365', iops: 'L-8D977E7E' },
};

/** The guide names no codes; these are from two published answers of ListServiceQuotas that agree (secondary sources). */
const modificationCodes: Readonly<Record<Configuration['type'], Codes>> = {
  gp2: { storage: 'L-F06E64A8' },
  gp3: { storage: 'L-59C8FC87' },
  io1: { storage: 'L-5F80CA91', iops: 'L-98A0B26D' },
  io2: { storage: 'L-9A0E0F82', iops: 'L-35B31D98' },
  st1: { storage: 'L-87C9DEA6' },
  sc1: { storage: 'L-651D1834' },
};

const allCodes = [...Object.values(provisionedCodes), ...Object.values(modificationCodes)].flatMap(
  ({ storage, iops }) => [storage, ...(iops === undefined ? [] : [iops])],
);

const gibibytesPerTebibyte = 1_024;

interface Limit {
  readonly name: string;
  readonly value: number;
}
type Limits = ReadonlyMap<string, Limit>;
type Unread = Extract<Reading<never>, { kind: 'unread' }>;

export async function limitsOf(
  client: ServiceQuotasClient,
): Promise<{ readonly kind: 'listed'; readonly byCode: Limits } | Unread> {
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
  } catch (error) {
    return unread(failedOn(error, 'servicequotas:ListServiceQuotas'));
  }
  const missing = allCodes.filter((code) => !byCode.has(code));
  return missing.length > 0
    ? unread(`Service Quotas did not list ${missing.join(', ')}`)
    : { kind: 'listed', byCode };
}

const underWay = { Name: 'modification-state', Values: ['modifying', 'optimizing'] };

/** Everything that is being modified in the Region, by whomever. */
export async function modificationsInFlight(
  client: EC2Client,
): Promise<{ readonly kind: 'found'; readonly modifications: readonly Running[] } | Unread> {
  const modifications: Running[] = [];
  try {
    for await (const page of paginateDescribeVolumesModifications(
      { client, pageSize: batches.describeModificationsPage },
      { Filters: [underWay] },
    )) {
      for (const one of page.VolumesModifications ?? []) {
        const ends = inFlightOf(one);
        if (ends === undefined || one.VolumeId === undefined)
          return unread(`EC2 did not say in full how ${one.VolumeId} is being modified`);
        modifications.push({ volumeId: one.VolumeId, state: one.ModificationState ?? 'not said', ends });
      }
    }
    return { kind: 'found', modifications };
  } catch (error) {
    return unread(failedOn(error, 'ec2:DescribeVolumesModifications'));
  }
}

/** Before and after. */
type InFlight = readonly [ModificationEnd, ModificationEnd];

interface Running extends UnderWay {
  readonly ends: InFlight;
}

/** What EC2 says of one end only holds for both; `undefined` where it leaves open what is counted. */
export function inFlightOf(one: Ec2VolumeModification): InFlight | undefined {
  const { OriginalVolumeType, OriginalSize, OriginalIops, TargetVolumeType, TargetSize, TargetIops } = one;
  const before = endOf(
    OriginalVolumeType ?? TargetVolumeType,
    OriginalSize ?? TargetSize,
    OriginalIops ?? TargetIops,
  );
  const after = endOf(
    TargetVolumeType ?? OriginalVolumeType,
    TargetSize ?? OriginalSize,
    TargetIops ?? OriginalIops,
  );
  return before && after && [before, after];
}

function endOf(type?: string, sizeGibibytes?: number, iops?: number): ModificationEnd | undefined {
  if (type === undefined || sizeGibibytes === undefined) return undefined;
  const isCountedByIops = type === 'io1' || type === 'io2';
  return isCountedByIops && iops === undefined ? undefined : { type, sizeGibibytes, iops: iops ?? 0 };
}

export function regionalQuotasOf(
  limits: Limits,
  provisioned: Census['provisioned'],
  running: readonly Running[],
): RegionalQuotas {
  const limit = (code: string) => limits.get(code) ?? { name: code, value: 0 };
  const useOf = ({ storage, iops }: Codes, used: QuotaLoad): QuotaUse => {
    const tebibytes = limit(storage);
    const operations = iops === undefined ? undefined : limit(iops);
    return {
      storageGibibytes: {
        name: tebibytes.name,
        used: used.storageGibibytes,
        limit: tebibytes.value * gibibytesPerTebibyte,
      },
      iops: operations && { name: operations.name, used: used.iops, limit: operations.value },
    };
  };
  const held = (type: ProvisionedType) => useOf(provisionedCodes[type], provisioned[type]);
  const changing = (type: Configuration['type']) =>
    useOf(modificationCodes[type], total(running.map(({ ends }) => loadOn(type, ends))));
  return regionalQuotas(
    held,
    changing,
    running.map(({ volumeId, state }) => ({ volumeId, state })),
  );
}

const total = (loads: readonly QuotaLoad[]): QuotaLoad => ({
  storageGibibytes: loads.reduce((sum, { storageGibibytes }) => sum + storageGibibytes, 0),
  iops: loads.reduce((sum, { iops }) => sum + iops, 0),
});
