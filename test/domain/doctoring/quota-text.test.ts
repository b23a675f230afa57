import { describe, expect, test } from 'vitest';
import {
  amountText,
  type CountedQuota,
  limitText,
  quotaSubject,
  quotasOf,
} from '../../../core/domain/doctoring/quota-text.ts';

const storage: CountedQuota = {
  name: 'Storage modifications for Provisioned IOPS SSD (io2) volumes, in TiB',
  used: 0,
  limit: 20 * 1_024,
  unit: 'GiB',
};
const rate: CountedQuota = { ...storage, name: 'IOPS for Provisioned IOPS SSD (io2) volumes', unit: 'IOPS' };

describe('a quota', () => {
  test('is named as AWS names it, whatever the unit of its amounts', () => {
    expect(quotaSubject(storage)).toBe(
      'quota "Storage modifications for Provisioned IOPS SSD (io2) volumes, in TiB"',
    );
    expect(quotaSubject(rate)).toBe('quota "IOPS for Provisioned IOPS SSD (io2) volumes"');
  });

  test('of storage counts GiB, and one of IOPS counts these', () => {
    const { unit: _, ...plain } = storage;
    expect(quotasOf({ storageGibibytes: plain, iops: { ...plain, name: 'IOPS' } })).toEqual([
      storage,
      { ...storage, name: 'IOPS', unit: 'IOPS' },
    ]);
    expect(quotasOf({ storageGibibytes: plain, iops: undefined })).toEqual([storage]);
  });
});

describe('what a quota allows', () => {
  test('is said as the console has it and in GiB, where it is whole TiB', () => {
    expect(limitText(storage)).toBe('20 TiB (20,480 GiB)');
    expect(limitText({ ...storage, limit: 20_481 })).toBe('20,481 GiB');
    expect(limitText({ ...storage, limit: 51.2 })).toBe('51.2 GiB');
  });

  test('is never TiB where it is of IOPS', () => {
    expect(limitText(rate)).toBe('20,480 IOPS');
  });

  test('is compared with amounts in the same unit', () => {
    expect(amountText(45_000, storage)).toBe('45,000 GiB');
    expect(amountText(9_000, rate)).toBe('9,000 IOPS');
  });
});
