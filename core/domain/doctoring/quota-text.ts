import type { Quota, QuotaUse } from '../deciding/situation.ts';

/** A quota and the unit of its amounts, which its name need not have: AWS limits storage "in TiB". */
export interface CountedQuota extends Quota {
  readonly unit: 'GiB' | 'IOPS';
}

export const quotasOf = ({ storageGibibytes, iops }: QuotaUse): readonly CountedQuota[] => [
  { ...storageGibibytes, unit: 'GiB' },
  ...(iops === undefined ? [] : [{ ...iops, unit: 'IOPS' } as const]),
];

/** By the name that finds it in the Service Quotas console. */
export const quotaSubject = ({ name }: Quota): string => `quota "${name}"`;

export const amountText = (amount: number, { unit }: CountedQuota): string =>
  `${amount.toLocaleString('en-US')} ${unit}`;

const gibibytesPerTebibyte = 1_024;

/** Storage also as the console has it: `20 TiB (20,480 GiB)`. */
export function limitText(quota: CountedQuota): string {
  const { limit, unit } = quota;
  const text = amountText(limit, quota);
  const tebibytes = limit / gibibytesPerTebibyte;
  return unit === 'GiB' && Number.isInteger(tebibytes)
    ? `${tebibytes.toLocaleString('en-US')} TiB (${text})`
    : text;
}
