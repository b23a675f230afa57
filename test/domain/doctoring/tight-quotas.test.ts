import { describe, expect, test } from 'vitest';
import type { RegionalQuotas } from '../../../core/domain/deciding/situation.ts';
import { amountText } from '../../../core/domain/doctoring/quota-text.ts';
import { anyIopsByDemand, tightQuotas } from '../../../core/domain/doctoring/tight-quotas.ts';
import type { Policy } from '../../../core/domain/policy.ts';
import { dollars, gibibytes, iops } from '../../../core/domain/units.ts';
import type { Configuration, Volume } from '../../../core/domain/volume.ts';
import { consent, roomyQuotas } from '../some-situation.ts';
import { noon, somePolicy, someVolume } from '../some-volume.ts';

/** Consenting gp2 volumes of these sizes. */
const fleet = (...sizes: readonly number[]): readonly Volume[] =>
  sizes.map((size, index) => someVolume({ id: `vol-0${index}`, size, tags: consent }));

/** Three volumes an hour, however few are watched. */
const three = (rest: Partial<Policy> = {}): Policy =>
  somePolicy({
    caps: { maxMonthlyIncrease: dollars(100), blastRadius: { volumes: 3, percentOfWatched: 100 } },
    ...rest,
  });

/** Room for everything but modifications of one type. */
function narrow(
  type: Configuration['type'],
  most: { readonly gibibytes?: number; readonly iops?: number },
): RegionalQuotas {
  const { modifications } = roomyQuotas;
  const { storageGibibytes, iops: rates } = modifications[type];
  const use = {
    storageGibibytes: { ...storageGibibytes, limit: most.gibibytes ?? storageGibibytes.limit },
    iops: rates && { ...rates, limit: most.iops ?? rates.limit },
  };
  return { ...roomyQuotas, modifications: { ...modifications, [type]: use } };
}

const tightOf = (quotas: RegionalQuotas, volumes: readonly Volume[], policy: Policy) =>
  tightQuotas(quotas, { volumes, policy, now: noon }).map(({ quota, moves, needed }) => [
    quota.name,
    moves,
    amountText(needed, quota),
  ]);

describe('a quota on modifications is tight', () => {
  test('where the largest moves that may begin in an hour do not fit together', () => {
    const volumes = fleet(100, 400, 200, 300);
    expect(tightOf(narrow('gp2', { gibibytes: 899 }), volumes, three())).toEqual([
      ['Storage modifications for gp2 volumes', 3, '900 GiB'],
    ]);
  });

  test('and not where they just fit, though all volumes together would not', () => {
    expect(tightOf(narrow('gp2', { gibibytes: 900 }), fleet(100, 400, 200, 300), three())).toEqual([]);
  });

  test('where the largest alone does not fit, and not where it does and no other may move', () => {
    const volumes = fleet(100, 400, 200);
    expect(tightOf(narrow('gp2', { gibibytes: 399 }), volumes, somePolicy())).toEqual([
      ['Storage modifications for gp2 volumes', 1, '400 GiB'],
    ]);
    expect(tightOf(narrow('gp2', { gibibytes: 400 }), volumes, somePolicy())).toEqual([]);
  });

  test('as far as volumes are watched: those over maxAlarms do not widen the blast radius', () => {
    const volumes = fleet(100, 400, 200);
    expect(tightOf(narrow('gp2', { gibibytes: 1 }), volumes, three({ maxAlarms: 2 }))).toEqual([
      ['Storage modifications for gp2 volumes', 2, '600 GiB'],
    ]);
  });

  test('also by the type that the volumes go to', () => {
    expect(tightOf(narrow('gp3', { gibibytes: 299 }), fleet(100, 200), three())).toEqual([
      ['Storage modifications for gp3 volumes', 2, '300 GiB'],
    ]);
  });

  test('also by the IOPS that they go to, and not by those of another type', () => {
    const policy = three({ target: 'io2', fixedIops: iops(3_000) });
    const volumes = fleet(100, 100, 100, 100);
    expect(tightOf(narrow('io2', { iops: 8_999 }), volumes, policy)).toEqual([
      ['IOPS modifications for io2 volumes', 3, '9,000 IOPS'],
    ]);
    expect(tightOf(narrow('io2', { iops: 9_000 }), volumes, policy)).toEqual([]);
    expect(tightOf(narrow('io1', { iops: 1 }), volumes, policy)).toEqual([]);
  });

  test('by both types of a move, also where its IOPS hang on its demand', () => {
    const throughputDisk = someVolume({ configuration: { type: 'st1' }, size: 500, tags: consent });
    const tight = (type: Configuration['type'], most: number) =>
      tightOf(narrow(type, { gibibytes: most }), [throughputDisk], three());
    expect(tight('st1', 499)).toEqual([['Storage modifications for st1 volumes', 1, '500 GiB']]);
    expect(tight('gp3', 499)).toEqual([['Storage modifications for gp3 volumes', 1, '500 GiB']]);
    expect(tight('st1', 500)).toEqual([]);
    expect(tight('gp3', 500)).toEqual([]);
    expect(tight('io2', 1)).toEqual([]);
  });

  test('by the size of all that go to io2, though nobody knows with how many IOPS', () => {
    const blastRadius = { volumes: 50, percentOfWatched: 100 };
    const policy = somePolicy({
      target: 'io2',
      caps: { maxMonthlyIncrease: dollars(100), blastRadius },
    });
    const volumes = fleet(...Array<number>(50).fill(900));
    expect(tightOf(narrow('io2', { gibibytes: 20_480 }), volumes, policy)).toEqual([
      ['Storage modifications for io2 volumes', 50, '45,000 GiB'],
    ]);
    expect(tightOf(narrow('io2', { gibibytes: 45_000 }), volumes, policy)).toEqual([]);
    expect(tightOf(narrow('io2', { iops: 1 }), volumes, policy)).toEqual([]);
  });
});

describe('demand sizes the IOPS of some move', () => {
  const tier = { 'ebs-burst:tier': 'latency-critical' };
  const disk: Partial<Volume> = { configuration: { type: 'st1' }, size: gibibytes(500) };

  test.each<[string, boolean, Partial<Policy>, Partial<Volume>]>([
    ['to io2', true, { target: 'io2' }, {}],
    ['to io1', true, { target: 'io1' }, disk],
    ['of a latency-critical volume', true, {}, { tags: { ...consent, ...tier } }],
    ['but not where they are fixed', false, { target: 'io2', fixedIops: iops(3_000) }, {}],
    ['but not to gp3, whose IOPS no quota counts', false, {}, disk],
    ['but not of a volume that is not moved', false, { target: 'io2' }, { tags: {} }],
    ['but not of one that cannot run out', false, { target: 'io2' }, { size: gibibytes(1_000) }],
  ])('%s', (_, expected, policy, rest) => {
    const volumes = [
      ...fleet(100).map((volume) => ({ ...volume, tags: {} })),
      { ...someVolume({ tags: consent }), ...rest },
    ];
    expect(anyIopsByDemand({ volumes, policy: three(policy), now: noon })).toBe(expected);
  });
});

describe('a volume that is not moved takes no room', () => {
  const quotas = narrow('gp2', { gibibytes: 1 });
  const volume = someVolume({ tags: consent });

  test.each<[string, Partial<Volume>]>([
    ['without the tag that consents', { tags: {} }],
    ['that its tag holds back', { tags: { 'ebs-burst:mode': 'notify' } }],
    ['with a tag that nobody can read', { tags: { ...consent, 'ebs-burst:tier': 'gold' } }],
    ['that is attached to nothing', { attachment: { kind: 'detached' } }],
    ['that cannot run out', { size: gibibytes(1_000) }],
    [
      'too small for what its tag wants',
      { size: gibibytes(2), tags: { ...consent, 'ebs-burst:target': 'io2' } },
    ],
  ])('%s', (_, rest) => {
    expect(tightOf(quotas, [volume], three())).toHaveLength(1);
    expect(tightOf(quotas, [{ ...volume, ...rest }], three())).toEqual([]);
  });

  test('in a deployment that only notifies', () => {
    expect(tightOf(quotas, fleet(100), three({ mode: 'notify' }))).toEqual([]);
  });
});
