import * as fc from 'fast-check';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import type { BalanceAfterReturn } from '../../twin/ebs/volume-physics.ts';
import type { VolumeType } from '../../twin/ebs/volume-types.ts';
import { acting } from '../scenarios/responder-account.ts';

export interface VolumeSetting {
  readonly type: Extract<VolumeType, 'gp2' | 'st1' | 'sc1'>;
  readonly sizeGiB: number;
  readonly consents: boolean;
  readonly latencyCritical: boolean;
  /** Made by the CloudFormation stack that the history's volumes share, and tagged with its name. */
  readonly inStack: boolean;
  /** What it is asked for from the start, as a share of its burst; more than its baseline drains it. */
  readonly demand: number;
  /** What its tag asks for; null: it has none, and the deployment's target counts. */
  readonly target: 'gp3' | 'io1' | 'io2' | null;
  readonly hindrance: Hindrance | null;
}

/** Why a volume is not moved whatever its credits: it belongs to others, is filled from a snapshot, or its instance is the limit. */
export type Hindrance = (typeof hindrances)[number];

const hindrances = ['kubernetes', 'managed', 'initialising', 'small instance'] as const;

/** What is fixed for one history: the account as it was before anything happened. Plain data, so that it can be kept in a file. */
export interface Setting {
  readonly seed: number;
  readonly props: keyof typeof responderSettings;
  readonly volumes: readonly VolumeSetting[];
  readonly balanceAfterReturn: BalanceAfterReturn;
  readonly balanceWithoutBurst: 'absent' | 'zero' | 'hundred';
  /** The daily run that profiles demand has been before the history begins; without it only some volumes are moved. */
  readonly profiled: boolean;
  /** Minutes that the volumes were under load before the responder was deployed. */
  readonly headStart: number;
  /** Minutes into the history at which all load ends; null: it lasts. */
  readonly loadEnds: number | null;
  /** Minutes into the history at which the first volume publishes its last metric; null: it goes on. */
  readonly feedEnds: number | null;
  /** How many modifications of the first volume AWS gives up, from the first on. */
  readonly givenUp: number;
  /** Minutes from `optimizing` to `completed`. */
  readonly optimizing: number;
  /** Seconds that Describe… calls lag behind. */
  readonly describeLag: number;
  /** Milliseconds that the indexes of the case table trail behind it. */
  readonly indexLag: number;
  /** Milliseconds that each call of a Lambda takes; 0: no two runs overlap. */
  readonly callLatency: number;
  /** Of a hundred runs of the schedules, how many are lost: EventBridge is not to be relied upon. */
  readonly schedulesLost: number;
  /** The calm in which the history ends lasts until every move that was under way must be over. */
  readonly longCalm: boolean;
}

/** A few deployments, each synthesized once: caps that bite, every target, and one that may only tell. */
export const responderSettings = {
  act: { ...acting },
  frugal: { ...acting, target: 'io1', maxMonthlyIncrease: 120 },
  cautious: { ...acting, target: 'io2', blastRadius: { volumes: 1, percentOfWatched: 100 } },
  generous: {
    ...acting,
    target: 'io2',
    maxMonthlyIncrease: 2_000,
    blastRadius: { volumes: 10, percentOfWatched: 100 },
  },
  /** One move to io2 of a volume that bursts costs more than half of it. */
  purse: {
    ...acting,
    target: 'io2',
    maxMonthlyIncrease: 300,
    blastRadius: { volumes: 10, percentOfWatched: 100 },
  },
  pairs: {
    ...acting,
    target: 'io2',
    maxMonthlyIncrease: 2_000,
    blastRadius: { volumes: 2, percentOfWatched: 100 },
  },
  notify: { ...acting, mode: 'notify' },
} as const satisfies Readonly<Record<string, EbsBurstResponderProps>>;

const volume: fc.Arbitrary<VolumeSetting> = fc.record({
  type: fc.constantFrom('gp2', 'gp2', 'gp2', 'gp2', 'gp2', 'gp2', 'st1', 'sc1'),
  sizeGiB: fc.constantFrom(1, 33, 100, 100, 125, 170, 170, 250, 334, 500, 999, 1_000),
  consents: fc.constantFrom(true, true, true, true, true, true, false),
  latencyCritical: fc.constantFrom(false, false, false, false, true),
  inStack: fc.constantFrom(true, true, false),
  demand: fc.constantFrom(0.02, 0.8, 0.9, 1, 1, 1, 1.2),
  target: fc.constant(null),
  hindrance: fc.oneof(
    { weight: 12, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(...hindrances) },
  ),
});

export const settings: fc.Arbitrary<Setting> = fc.record({
  seed: fc.integer({ min: 1, max: 2_147_483_647 }),
  props: fc.constantFrom('act', 'act', 'frugal', 'cautious', 'generous', 'generous', 'notify'),
  volumes: fc.array(volume, { minLength: 1, maxLength: 3 }),
  balanceAfterReturn: fc.constantFrom('zero', 'kept', 'full'),
  balanceWithoutBurst: fc.constantFrom('absent', 'zero', 'hundred'),
  profiled: fc.constantFrom(true, true, true, false),
  loadEnds: fc.constant(null),
  feedEnds: fc.constant(null),
  givenUp: fc.constant(0),
  headStart: fc.constantFrom(0, 8, 14, 20, 26, 32),
  optimizing: fc.constantFrom(5, 5, 20, 180),
  describeLag: fc.constantFrom(0, 0, 2, 30, 120),
  indexLag: fc.constantFrom(0, 0, 500, 5_000),
  callLatency: fc.constantFrom(0, 0, 0, 50, 2_000),
  schedulesLost: fc.constantFrom(0, 60, 60, 80, 80, 80),
  longCalm: fc.nat({ max: 99 }).map((drawn) => drawn === 99),
});

/** Moved to provisioned IOPS for a while, whatever else happens. */
const drained = {
  type: 'gp2',
  consents: true,
  latencyCritical: false,
  demand: 1,
  target: null,
  hindrance: null,
} as const;
const burstingSize = fc.constantFrom(33, 100, 125, 170);

/** Where a bridge is likely to be built, and to go back: one volume drains, its target is provisioned, and the load ends. */
export const settingsOfBridges: fc.Arbitrary<Setting> = fc
  .record({
    setting: settings,
    props: fc.constantFrom('generous', 'generous', 'generous', 'generous', 'frugal'),
    sizeGiB: burstingSize,
    loadEnds: fc.constantFrom(30, 60, 60),
  })
  .map(({ setting, props, sizeGiB, loadEnds }) => {
    const [first, ...others] = setting.volumes;
    const volumes = [{ ...drained, sizeGiB, inStack: first?.inStack ?? false }, ...others];
    return { ...setting, props, volumes, profiled: true, loadEnds };
  });

/** Where the caps as sums are reached: three volumes drain at once, and there is money for one, or room in the hour for two. */
export const settingsOfRivals: fc.Arbitrary<Setting> = fc
  .record({
    setting: settings,
    props: fc.constantFrom('purse', 'pairs'),
    sizes: fc.tuple(burstingSize, burstingSize, burstingSize),
    headStart: fc.constantFrom(14, 20, 26),
  })
  .map(({ setting, props, sizes, headStart }) => {
    const volumes = sizes.map((sizeGiB) => ({ ...drained, sizeGiB, inStack: false }));
    return { ...setting, props, volumes, profiled: true, headStart };
  });

/** Days cost what their runs cost: few of these come, and none is slowed down. */
const rarely = { schedulesLost: 80, callLatency: 0 } as const;

const bridgeable: fc.Arbitrary<VolumeSetting> = fc
  .record({
    type: fc.constantFrom('st1', 'sc1', 'gp2'),
    sizeGiB: fc.constantFrom(334, 500, 999),
    target: fc.constantFrom('gp3', 'io1', 'io2'),
  })
  .map((drawn) => ({ ...drained, ...drawn, inStack: false }));

/** Where bridges of st1 and sc1, too, go back. Their buckets last for hours, and are nearly empty when the history begins. */
export const settingsOfReturns: fc.Arbitrary<Setting> = fc
  .record({
    setting: settings,
    volumes: fc.tuple(bridgeable, bridgeable, bridgeable),
    loadEnds: fc.constantFrom(20, 30),
  })
  .map(({ setting, volumes, loadEnds }) => ({
    ...setting,
    props: 'generous',
    volumes,
    profiled: true,
    headStart: 225,
    loadEnds,
    ...rarely,
  }));

/** Where a volume that people were told of publishes nothing for so long that its case ends: nobody may move it. */
export const settingsOfSilence: fc.Arbitrary<Setting> = fc
  .record({
    setting: settings,
    props: fc.constantFrom('act', 'notify'),
    sizeGiB: burstingSize,
    feedEnds: fc.constantFrom(8, 12),
  })
  .map(({ setting, props, sizeGiB, feedEnds }) => ({
    ...setting,
    props,
    volumes: [{ ...drained, sizeGiB, inStack: false, consents: false }],
    headStart: 20,
    feedEnds,
    ...rarely,
  }));

/** Watched beside another, so that a limit of all that is watched leaves room for two acts in an hour. */
const quiet: VolumeSetting = { ...drained, sizeGiB: 100, consents: false, inStack: false, demand: 0.02 };

/** Where the slots of a day run out: AWS gives up what we ask for, and we ask once more. */
export const settingsOfSlots: fc.Arbitrary<Setting> = fc
  .record({
    setting: settings,
    props: fc.constantFrom('generous', 'pairs'),
    sizeGiB: burstingSize,
    headStart: fc.constantFrom(14, 20, 26),
    givenUp: fc.constantFrom(1, 2, 2, 2),
  })
  .map(({ setting, props, sizeGiB, headStart, givenUp }) => ({
    ...setting,
    props,
    volumes: [{ ...drained, sizeGiB, inStack: false }, quiet],
    profiled: true,
    headStart,
    givenUp,
    optimizing: 5,
  }));
