import { constantDemand } from '../../twin/ebs/open-loop-workload.ts';
import type { VolumeOptions } from '../../twin/ebs/simulated-volume.ts';
import { connectedEbsAccount, HOUR, MINUTE, START } from '../twin/connected-ebs-account.ts';
import type { EbsCase } from './ebs-account.ts';
import { holds, same, within } from './expectations.ts';

const GENERAL = 'EBS user guide, general-purpose';
const HDD = 'EBS user guide, hdd-vols';
const PROVISIONED = 'EBS user guide, provisioned-iops';
const COUNTING = 'EBS user guide, ebs-io-characteristics';
const SECOND = 1_000;
const MEBIBYTE = 1_048_576;

const gp2 = (sizeGiB: number): VolumeOptions => ({ volumeType: 'gp2', sizeGiB });

/** An attached volume under this many I/Os a second; what the volume cannot do is not waited for. */
function loaded(options: VolumeOptions, iops: number, ioBytes = 4_096) {
  const account = connectedEbsAccount();
  const { volumes, simulation } = account;
  const { id } = volumes.createVolume(options);
  volumes.attach(id, volumes.createInstance().id);
  const demand = (wanted: number) =>
    volumes.setWorkload(id, constantDemand({ iops: wanted, ioBytes }, { atMost: 0 }));
  demand(iops);
  const balance = () => volumes.rouse(id).physics.balancePercent;
  const served: { iops: number; mebibytesPerSecond: number }[] = [];
  volumes.onMinute(() => {
    const { minute } = volumes.volume(id);
    served.push({
      iops: (minute.readOperations + minute.writeOperations) / 60,
      mebibytesPerSecond: (minute.readBytes + minute.writeBytes) / 60 / MEBIBYTE,
    });
  });
  return { ...account, id, demand, balance, served, simulation };
}

/** The table of general-purpose: GiB, seconds of a full burst, seconds to fill an empty bucket. */
const GP2_TABLE = [
  [33, 1_862, 54_000],
  [100, 2_000, 18_000],
  [200, 2_250, 9_000],
  [334, 2_703, 5_389],
  [500, 3_600, 3_600],
  [750, 7_200, 2_400],
] as const;

const GP2: readonly EbsCase[] = [
  {
    fact: 'A new volume’s bucket is full.',
    source: GENERAL,
    confidence: 'verified',
    public: false,
    check: async () => {
      for (const volumeType of ['gp2', 'st1', 'sc1'] as const) {
        same(`balance of ${volumeType}`, loaded({ volumeType, sizeGiB: 500 }, 0).balance(), 100);
      }
    },
  },
  ...GP2_TABLE.map(
    ([sizeGiB, burst, refill]): EbsCase => ({
      fact: `gp2 of ${sizeGiB} GiB bursts to 3,000 IOPS for ${burst} s and fills again in ${refill} s.`,
      source: GENERAL,
      confidence: 'verified',
      public: false,
      check: async () => {
        const { simulation, balance, served, demand } = loaded(gp2(sizeGiB), 3_000);
        await simulation.runUntil(START + (burst - 1) * SECOND);
        holds(`something is left a second before ${burst} s`, balance() > 0);
        await simulation.runUntil(START + (burst + 1) * SECOND);
        within('balance after it', balance(), 0, 0.001);
        same('IOPS while it lasts', served[0]?.iops, 3_000);
        demand(0);
        await simulation.runFor((refill - 5) * SECOND);
        holds('the bucket is not yet full 5 s before', balance() < 100);
        await simulation.runFor(10 * SECOND);
        same('balance after it', balance(), 100);
      },
    }),
  ),
  {
    fact: 'An empty gp2 volume performs at its baseline of 3 IOPS per GiB, at least 100.',
    source: GENERAL,
    confidence: 'verified',
    public: false,
    check: async () => {
      for (const [sizeGiB, baseline] of [
        [20, 100],
        [100, 300],
        [500, 1_500],
      ] as const) {
        const { simulation, served } = loaded(gp2(sizeGiB), 3_000);
        await simulation.runFor(3 * HOUR);
        same(`IOPS of ${sizeGiB} GiB`, served.at(-1)?.iops, baseline);
      }
    },
  },
  {
    fact: 'A full bucket holds 5.4 million I/O credits.',
    source: GENERAL,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { simulation, served } = loaded(gp2(100), 3_000);
      await simulation.runFor(HOUR);
      const all = served.reduce((sum, { iops }) => sum + 60 * iops, 0);
      within('I/Os in an hour beyond the baseline', all - 300 * 3_600, 5_399_999, 5_400_001);
    },
  },
  {
    fact: 'gp2 from 1,000 GiB on spends nothing: its baseline is not below the burst.',
    source: GENERAL,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { simulation, served } = loaded(gp2(1_000), 5_000);
      await simulation.runFor(6 * HOUR);
      same('IOPS in the first and last minute', [served[0]?.iops, served.at(-1)?.iops], [3_000, 3_000]);
    },
  },
  {
    fact: 'gp2 up to 170 GiB moves 128 MiB/s, from 334 GiB on 250 MiB/s.',
    source: GENERAL,
    confidence: 'verified',
    public: false,
    check: async () => {
      for (const [sizeGiB, most] of [
        [100, 128],
        [170, 128],
        [334, 250],
        [2_000, 250],
      ] as const) {
        const { simulation, served } = loaded(gp2(sizeGiB), 3_000, 256 * 1_024);
        await simulation.runFor(MINUTE);
        within(`MiB/s of ${sizeGiB} GiB`, served[0]?.mebibytesPerSecond, most - 0.01, most + 0.01);
      }
    },
  },
  {
    fact: 'An I/O of 1,024 KiB counts as 4 on SSD.',
    source: COUNTING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { simulation, balance } = loaded(gp2(100), 100, MEBIBYTE);
      await simulation.runFor(HOUR);
      within('per cent left after an hour of 100 credits a second', balance(), 93.32, 93.35);
    },
  },
];

interface HddShape {
  readonly volumeType: 'st1' | 'sc1';
  readonly sizeGiB: number;
  readonly base: number;
  readonly burst: number;
}

const HDD_SHAPES: readonly HddShape[] = [
  { volumeType: 'st1', sizeGiB: 1_024, base: 40, burst: 250 },
  { volumeType: 'st1', sizeGiB: 2_048, base: 80, burst: 500 },
  { volumeType: 'st1', sizeGiB: 5_120, base: 200, burst: 500 },
  { volumeType: 'st1', sizeGiB: 12_800, base: 500, burst: 500 },
  { volumeType: 'sc1', sizeGiB: 1_024, base: 12, burst: 80 },
  { volumeType: 'sc1', sizeGiB: 3_072, base: 36, burst: 240 },
  { volumeType: 'sc1', sizeGiB: 4_096, base: 48, burst: 250 },
  { volumeType: 'sc1', sizeGiB: 16_384, base: 192, burst: 250 },
];

const hddCase = ({ volumeType, sizeGiB, base, burst }: HddShape): EbsCase => ({
  fact: `${volumeType} of ${sizeGiB / 1_024} TiB moves ${burst} MiB/s and, when empty, ${base} MiB/s.`,
  source: HDD,
  confidence: 'verified',
  public: false,
  check: async () => {
    const { simulation, served } = loaded({ volumeType, sizeGiB }, 1_000, MEBIBYTE);
    await simulation.runFor(MINUTE);
    within('MiB/s at first', served[0]?.mebibytesPerSecond, burst - 0.1, burst + 0.1);
    await simulation.runFor(96 * HOUR);
    within('MiB/s in the end', served.at(-1)?.mebibytesPerSecond, base - 0.1, base + 0.1);
  },
});

const HDDS: readonly EbsCase[] = [
  ...HDD_SHAPES.map(hddCase),
  ...(
    [
      ['st1', 2_048, 83],
      ['sc1', 3_072, 257],
    ] as const
  ).map(
    ([volumeType, sizeGiB, minutes]): EbsCase => ({
      fact: `A full bucket of ${volumeType} with ${sizeGiB / 1_024} TiB, which is as much as the volume holds, lasts ${minutes} minutes at full burst.`,
      source: HDD,
      confidence: 'verified',
      public: false,
      check: async () => {
        const { simulation, balance } = loaded({ volumeType, sizeGiB }, 1_000, MEBIBYTE);
        await simulation.runFor((minutes - 1) * MINUTE);
        holds('something is left a minute before', balance() > 0.1);
        await simulation.runFor(2 * MINUTE);
        within('balance a minute after', balance(), 0, 0.1);
      },
    }),
  ),
  {
    fact: 'A small random I/O costs a whole MiB on HDD.',
    source: COUNTING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const small = loaded({ volumeType: 'st1', sizeGiB: 1_024 }, 100, 4_096);
      const large = loaded({ volumeType: 'st1', sizeGiB: 1_024 }, 100, MEBIBYTE);
      for (const { simulation } of [small, large]) await simulation.runFor(HOUR);
      same('balances', small.balance(), large.balance());
      within('per cent after an hour of 60 MiB beyond the baseline', small.balance(), 79.39, 79.41);
    },
  },
];

const SUPPLIED: readonly (readonly [string, string, VolumeOptions, number])[] = [
  [
    'gp3 moves the throughput that is bought',
    GENERAL,
    { volumeType: 'gp3', sizeGiB: 100, iops: 4_000, throughput: 300 },
    300,
  ],
  ['io1 of 1,000 IOPS moves 250 MiB/s', PROVISIONED, { volumeType: 'io1', sizeGiB: 100, iops: 1_000 }, 250],
  [
    'io1 of 32,000 IOPS moves 500 MiB/s',
    PROVISIONED,
    { volumeType: 'io1', sizeGiB: 1_280, iops: 32_000 },
    500,
  ],
  [
    'io1 of 64,000 IOPS moves 1,000 MiB/s',
    PROVISIONED,
    { volumeType: 'io1', sizeGiB: 1_280, iops: 64_000 },
    1_000,
  ],
  ['io2 of 1,000 IOPS moves 256 MiB/s', PROVISIONED, { volumeType: 'io2', sizeGiB: 100, iops: 1_000 }, 256],
  [
    'io2 of 16,000 IOPS moves 4,000 MiB/s',
    PROVISIONED,
    { volumeType: 'io2', sizeGiB: 100, iops: 16_000 },
    4_000,
  ],
];

const suppliedCase = ([what, source, options, expected]: (typeof SUPPLIED)[number]): EbsCase => ({
  fact: `${what}, hour after hour.`,
  source,
  confidence: 'verified',
  public: false,
  check: async () => {
    // I/Os as large as can be asked for, so that nothing but the throughput is the limit.
    const { simulation, served } = loaded(options, 50_000, MEBIBYTE);
    await simulation.runFor(3 * HOUR);
    for (const minute of [served[0], served.at(-1)]) {
      within('MiB/s', minute?.mebibytesPerSecond, expected - 0.01, expected + 0.01);
    }
  },
});

const RETURNS: readonly EbsCase[] = (
  [
    ['zero', 0, 'it is empty'],
    ['kept', 50, 'it holds what was left'],
    ['full', 100, 'it is full'],
  ] as const
).map(
  ([balanceAfterReturn, percent, words]): EbsCase => ({
    fact: `Nobody knows what a bucket holds when a volume comes back to gp2: where the setting says ${balanceAfterReturn}, ${words}.`,
    source: 'no statement found in AWS’s documentation; general-purpose speaks of new volumes only',
    confidence: 'open',
    public: false,
    check: async () => {
      const volumes = { balanceAfterReturn, modifyingTime: () => 0, optimizingTime: () => 0 };
      const account = connectedEbsAccount({ volumes });
      const { id } = account.volumes.createVolume(gp2(100));
      account.volumes.attach(id, account.volumes.createInstance().id);
      account.volumes.setWorkload(id, constantDemand({ iops: 3_000, ioBytes: 4_096 }, { atMost: 0 }));
      await account.simulation.runUntil(START + 1_000 * SECOND);
      account.volumes.setWorkload(id, undefined);
      for (const volumeType of ['gp3', 'gp2'] as const) {
        account.volumes.modifyByPerson(id, { volumeType });
        await account.simulation.runFor(SECOND);
      }
      within('balance', account.volumes.rouse(id).physics.balancePercent, percent - 0.1, percent + 0.1);
    },
  }),
);

export const burstCreditCases: readonly EbsCase[] = [
  ...GP2,
  ...HDDS,
  ...SUPPLIED.map(suppliedCase),
  ...RETURNS,
];
