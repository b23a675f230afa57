import type { Gibibytes } from '../units.ts';
import type { Configuration, ProvisionedType } from '../volume.ts';
import type { Plan } from './decision.ts';
import type { QuotaUse, RegionalQuotas, UnderWay } from './situation.ts';

/** A volume before or after a modification; `type` in AWS's words, known to us or not. */
export interface ModificationEnd {
  readonly type: string;
  readonly sizeGibibytes: number;
  readonly iops: number;
}

export interface QuotaLoad {
  readonly storageGibibytes: number;
  readonly iops: number;
}

/**
 * What a modification takes of the quotas of one type: of its two ends, those of that type, and the larger where both are.
 *
 * Certain: the modification quotas hold for the aggregated current size or IOPS of what is modified concurrently (EBS
 * user guide, ebs-resource-quotas), and room comes back as "current volume modifications" complete (EC2 error codes,
 * VolumeModificationSizeLimitExceeded). So the end it comes from counts. Not said: whether the end it goes to counts as
 * well, and whether `optimizing` is still concurrent. On doubt both do: we may refuse a little early, never count too little.
 */
export function loadOn(type: Configuration['type'], ends: readonly ModificationEnd[]): QuotaLoad {
  const own = ends.filter((end) => end.type === type);
  return {
    storageGibibytes: Math.max(0, ...own.map(({ sizeGibibytes }) => sizeGibibytes)),
    iops: Math.max(0, ...own.map(({ iops }) => iops)),
  };
}

export const endsOf = ({ from, to }: Pick<Plan, 'from' | 'to'>, size: Gibibytes) => ({
  before: endOf(from, size),
  after: endOf(to, size),
});

const endOf = (configuration: Configuration, size: Gibibytes): ModificationEnd => ({
  type: configuration.type,
  sizeGibibytes: size,
  iops: 'iops' in configuration ? configuration.iops : 0,
});

/** The quotas once this plan is under way as well: what is left for the next one, before any reading can show it. */
export function withPlan(quotas: RegionalQuotas, plan: Plan, size: Gibibytes): RegionalQuotas {
  const { before, after } = endsOf(plan, size);
  const { provisioned, modifications } = quotas;
  const held = (type: keyof typeof provisioned) => plus(provisioned[type], loadOn(type, [after]));
  const changing = (type: keyof typeof modifications) =>
    plus(modifications[type], loadOn(type, [before, after]));
  return regionalQuotas(held, changing, quotas.underWay);
}

/** Every quota there is, each from its type. */
export const regionalQuotas = (
  held: (type: ProvisionedType) => QuotaUse,
  changing: (type: Configuration['type']) => QuotaUse,
  underWay: readonly UnderWay[],
): RegionalQuotas => ({
  provisioned: { gp3: held('gp3'), io1: held('io1'), io2: held('io2') },
  modifications: {
    gp2: changing('gp2'),
    gp3: changing('gp3'),
    io1: changing('io1'),
    io2: changing('io2'),
    st1: changing('st1'),
    sc1: changing('sc1'),
  },
  underWay,
});

const plus = ({ storageGibibytes, iops }: QuotaUse, load: QuotaLoad): QuotaUse => ({
  storageGibibytes: { ...storageGibibytes, used: storageGibibytes.used + load.storageGibibytes },
  iops: iops && { ...iops, used: iops.used + load.iops },
});
