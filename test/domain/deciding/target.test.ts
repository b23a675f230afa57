import { describe, expect, test } from 'vitest';
import type { DemandProfile } from '../../../core/domain/credits/demand-profile.ts';
import { chooseTarget } from '../../../core/domain/deciding/target.ts';
import type { Policy } from '../../../core/domain/policy.ts';
import { type Reading, read, unread } from '../../../core/domain/reading.ts';
import { days, iops, mebibytesPerSecond } from '../../../core/domain/units.ts';
import type { ProvisionedType, Volume } from '../../../core/domain/volume.ts';
import { volumePolicyOf } from '../../../core/domain/volume-policy.ts';
import { noon, somePolicy, someVolume } from '../some-volume.ts';

const profileOf = (operations: number, throughput: number): Reading<DemandProfile> =>
  read(
    {
      computedAt: noon,
      covers: days(14),
      iops: iops(operations),
      throughput: mebibytesPerSecond(throughput),
      minutesAtWall: 0,
    },
    noon,
  );

const noProfile = unread('not computed yet');

interface Given {
  readonly volume?: Partial<Omit<Volume, 'size'>> & { size?: number };
  readonly policy?: Partial<Policy>;
  readonly profile?: Reading<DemandProfile>;
  readonly typesNotInZone?: readonly ProvisionedType[];
}

function choose({ volume = {}, policy = {}, profile = noProfile, typesNotInZone = [] }: Given) {
  const described = someVolume(volume);
  return chooseTarget({
    volume: described,
    policy: volumePolicyOf(somePolicy(policy), described.tags),
    profile,
    typesNotInZone,
  });
}

const st1 = (size: number) => ({ size, configuration: { type: 'st1' } as const });
const critical = { tags: { 'ebs-burst:tier': 'latency-critical' } };

describe('gp2 on auto', () => {
  test.each([
    [1, 128],
    [33, 128],
    [170, 128],
    [171, 250],
    [334, 250],
    [999, 250],
  ])(
    'of %i GiB becomes gp3 with 3,000 IOPS and %i MiB/s, for good and without any history',
    (size, throughput) => {
      expect(choose({ volume: { size } })).toEqual({
        kind: 'target',
        configuration: { type: 'gp3', iops: 3_000, throughput },
        purpose: 'fix',
        slowerThanBurst: undefined,
      });
    },
  );

  test('does not become another type where the zone has no gp3', () => {
    expect(choose({ typesNotInZone: ['gp3'] })).toEqual({
      kind: 'none',
      refusal: { code: 'no-fitting-target', wish: 'gp3', why: 'zone us-east-1a offers no gp3' },
    });
  });
});

describe('gp2 on io1 or io2', () => {
  test.each(['io1', 'io2'] as const)('%s gets a fifth more than the profile, as a bridge', (target) => {
    expect(choose({ policy: { target }, profile: profileOf(2_600, 10) })).toEqual({
      kind: 'target',
      configuration: { type: target, iops: 3_120 },
      purpose: 'bridge',
      slowerThanBurst: undefined,
    });
  });

  test("the article's own cure is one setting away and says that it is slower than the burst", () => {
    expect(choose({ policy: { target: 'io1', fixedIops: iops(1_000) } })).toEqual({
      kind: 'target',
      configuration: { type: 'io1', iops: 1_000 },
      purpose: 'bridge',
      slowerThanBurst: { burst: 3_000, target: 1_000 },
    });
  });

  test('the IOPS also pay for the throughput', () => {
    const choice = choose({ policy: { target: 'io1' }, profile: profileOf(400, 200) });
    expect(choice).toMatchObject({ configuration: { iops: 960 } });
  });

  test('a small volume gets what the ratio allows, and it says so', () => {
    const choice = choose({ volume: { size: 30 }, policy: { target: 'io1' }, profile: profileOf(2_900, 10) });
    expect(choice).toMatchObject({
      configuration: { iops: 1_500 },
      slowerThanBurst: { burst: 3_000, target: 1_500 },
    });
  });

  test('the burst is the measure when the profile never went over the baseline', () => {
    const choice = choose({ policy: { target: 'io1' }, profile: profileOf(250, 10) });
    expect(choice).toMatchObject({ configuration: { iops: 3_000 }, slowerThanBurst: undefined });
  });

  test('an unread profile is refused, unless the IOPS are fixed', () => {
    expect(choose({ policy: { target: 'io1' } })).toEqual({
      kind: 'none',
      refusal: { code: 'unread-fact', fact: 'demand profile', why: 'not computed yet' },
    });
    expect(choose({ policy: { target: 'io1', fixedIops: iops(3_000) } }).kind).toBe('target');
  });

  test('no gain over the wall is refused', () => {
    const given = { volume: { size: 900 }, policy: { target: 'io1', fixedIops: iops(2_700) } } as const;
    expect(choose(given)).toEqual({
      kind: 'none',
      refusal: {
        code: 'no-fitting-target',
        wish: 'io1',
        why: 'io1 of 900 GiB would give 2,700 IOPS, at the wall it has 2,700',
      },
    });
    expect(choose({ ...given, policy: { target: 'io1', fixedIops: iops(2_701) } }).kind).toBe('target');
  });

  test('a volume that is too small for the type is refused', () => {
    expect(choose({ volume: { size: 3 }, policy: { target: 'io2', fixedIops: iops(1_000) } })).toEqual({
      kind: 'none',
      refusal: { code: 'no-fitting-target', wish: 'io2', why: 'io2 takes 4 to 65536 GiB, the volume has 3' },
    });
  });

  test('an explicit wish does not become another type', () => {
    const choice = choose({
      policy: { target: 'io2' },
      profile: profileOf(1_000, 10),
      typesNotInZone: ['io2'],
    });
    expect(choice).toEqual({
      kind: 'none',
      refusal: { code: 'no-fitting-target', wish: 'io2', why: 'zone us-east-1a offers no io2' },
    });
  });
});

describe('st1 and sc1', () => {
  test('become gp3 with a fifth more than the profile, as a bridge', () => {
    expect(choose({ volume: st1(1_024), profile: profileOf(240, 210) })).toEqual({
      kind: 'target',
      configuration: { type: 'gp3', iops: 3_000, throughput: 252 },
      purpose: 'bridge',
      slowerThanBurst: undefined,
    });
  });

  test('say so when that is below their burst', () => {
    expect(choose({ volume: st1(2_048), profile: profileOf(240, 200) })).toMatchObject({
      configuration: { throughput: 240 },
      slowerThanBurst: { burst: 500, target: 240 },
    });
  });

  test('take their burst when the profile never went over the baseline', () => {
    expect(choose({ volume: st1(1_024), profile: profileOf(10, 5) })).toMatchObject({
      configuration: { type: 'gp3', throughput: 250 },
    });
  });

  test('on io1 count 256 KiB where they counted a MiB', () => {
    const choice = choose({ volume: st1(1_024), policy: { target: 'io1' }, profile: profileOf(200, 200) });
    expect(choice).toMatchObject({
      configuration: { type: 'io1', iops: 960 },
      slowerThanBurst: { burst: 250, target: 240 },
    });
  });

  test('need a profile', () => {
    expect(choose({ volume: st1(1_024) })).toMatchObject({
      refusal: { code: 'unread-fact', fact: 'demand profile' },
    });
  });
});

describe('a latency-critical volume', () => {
  test('goes to io2 and stays', () => {
    expect(choose({ volume: critical, profile: profileOf(2_600, 10) })).toMatchObject({
      configuration: { type: 'io2', iops: 3_120 },
      purpose: 'keep',
    });
  });

  test('goes to io1 where the zone has no io2', () => {
    const choice = choose({ volume: critical, profile: profileOf(2_600, 10), typesNotInZone: ['io2'] });
    expect(choice).toMatchObject({ configuration: { type: 'io1' }, purpose: 'keep' });
  });

  test('goes to io1 when asked for, but not to gp3', () => {
    const on = (target: 'io1' | 'gp3') => choose({ volume: critical, policy: { target } });
    expect(on('io1')).toMatchObject({ configuration: { type: 'io1' }, purpose: 'keep' });
    expect(on('gp3')).toMatchObject({ configuration: { type: 'io2' }, purpose: 'keep' });
  });

  test('is not kept waiting for a history: it gets its burst', () => {
    expect(choose({ volume: critical })).toMatchObject({
      configuration: { type: 'io2', iops: 3_000 },
      slowerThanBurst: undefined,
    });
  });

  test('is refused where the zone has neither', () => {
    expect(choose({ volume: critical, typesNotInZone: ['io1', 'io2'] })).toMatchObject({
      refusal: { code: 'no-fitting-target', wish: 'io2 or io1', why: 'zone us-east-1a offers no io1, io2' },
    });
  });
});

describe('a volume that does not burst', () => {
  const gp3 = { type: 'gp3', iops: iops(3_000), throughput: mebibytesPerSecond(125) } as const;
  test.each<readonly [Given['volume'], unknown]>([
    [{ size: 1_000 }, { code: 'baseline-covers-burst' }],
    [{ size: 13_000, configuration: { type: 'st1' } }, { code: 'baseline-covers-burst' }],
    [{ configuration: { type: 'standard' } }, { code: 'magnetic' }],
    [{ configuration: { type: 'unjudgeable', got: 'gp9' } }, { code: 'unjudgeable', got: 'gp9' }],
    [{ configuration: { type: 'io1', iops: iops(500) } }, { code: 'not-burstable', type: 'io1' }],
    [{ configuration: gp3 }, { code: 'already-there', configuration: gp3 }],
  ])('%j is refused', (volume, refusal) => {
    expect(choose({ ...(volume === undefined ? {} : { volume }) })).toEqual({ kind: 'none', refusal });
  });
});
