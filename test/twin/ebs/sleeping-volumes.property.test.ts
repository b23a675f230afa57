import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { AlarmDefinition } from '../../../twin/cloudwatch/alarm.ts';
import { evaluate, evaluationRange } from '../../../twin/cloudwatch/alarm-evaluation.ts';
import { steppedDemand } from '../../../twin/ebs/open-loop-workload.ts';
import type { VolumeHealth } from '../../../twin/ebs/simulated-volume.ts';
import type { Workload } from '../../../twin/ebs/workload.ts';
import { connectedEbsAccount, HOUR, MINUTE, START } from '../connected-ebs-account.ts';

const METRICS = [
  'BurstBalance',
  'VolumeReadOps',
  'VolumeWriteBytes',
  'VolumeQueueLength',
  'VolumeTotalReadTime',
];

const steps = fc.array(
  fc.record({
    minutes: fc.integer({ min: 0, max: 300 }),
    iops: fc.oneof(
      fc.constantFrom(0, 100, 299, 300, 301, 3_000),
      fc.double({ min: 0, max: 5_000, noNaN: true }),
    ),
    ioBytes: fc.constantFrom(4_096, 16_384, 262_144),
  }),
  { minLength: 1, maxLength: 6 },
);
type Steps = typeof steps extends fc.Arbitrary<infer Value> ? Value : never;

const events = fc.array(
  fc.record({
    second: fc.integer({ min: 1, max: 5 * 3_600 }),
    what: fc.constantFrom('attach', 'detach', 'modify', 'withhold', 'resume', 'ok', 'degraded', 'stalled'),
  }),
  { maxLength: 8 },
);
type Events = typeof events extends fc.Arbitrary<infer Value> ? Value : never;

const openLoop = (wanted: Steps): Workload =>
  steppedDemand(
    wanted.map(({ minutes, ...demand }) => ({ ...demand, from: START + minutes * MINUTE, readShare: 0.3 })),
  );

/** The same load that says nothing of what repeats itself: each of its seconds is lived one by one. */
function lived(wanted: Steps): Workload {
  const inner = openLoop(wanted);
  return { serve: (second) => inner.serve(second) };
}

const lowBalance = (threshold: number): AlarmDefinition => ({
  name: 'low',
  description: undefined,
  metric: { namespace: 'AWS/EBS', name: 'BurstBalance', dimensions: { VolumeId: 'vol-1' } },
  statistic: 'Minimum',
  periodSeconds: 300,
  rule: {
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    threshold,
    comparison: 'LessThanThreshold',
    treatMissingData: 'missing',
  },
  actionsEnabled: true,
  actions: { ok: [], alarm: [], insufficientData: [] },
});

function account(workload: Workload, happenings: Events, seed: number) {
  const connected = connectedEbsAccount({
    metrics: { seed },
    volumes: { optimizingTime: () => 20 * MINUTE },
  });
  const { volumes, metrics, simulation } = connected;
  const volume = volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100, id: 'vol-1' });
  volumes.createInstance({ id: 'i-1' });
  volumes.attach('vol-1', 'i-1');
  volumes.setWorkload('vol-1', workload);
  const health = (to: VolumeHealth) => () => volumes.setHealth('vol-1', to);
  const effects: Readonly<Record<Events[number]['what'], () => void>> = {
    attach: () => {
      if (volume.attachments.length === 0) volumes.attach('vol-1', 'i-1');
    },
    detach: () => volumes.detach('vol-1'),
    modify: () => {
      if (volume.modifications.length === 0) volumes.modifyByPerson('vol-1', { sizeGiB: 120 });
    },
    withhold: () => metrics.withhold('vol-1', ['BurstBalance']),
    resume: () => metrics.resume('vol-1'),
    ok: health('ok'),
    degraded: health('degraded'),
    stalled: health('stalled'),
  };
  for (const { second, what } of happenings) simulation.at(START + second * 1_000 + 500, effects[what]);
  return { ...connected, volume };
}

type Account = ReturnType<typeof account>;

const seriesOf = ({ store, simulation }: Account, name: string) => {
  const series = store.find({ namespace: 'AWS/EBS', name, dimensions: { VolumeId: 'vol-1' } });
  const values: unknown[] = [];
  for (let from = START - HOUR; from < simulation.now; from += MINUTE)
    values.push(series?.statistic('Sum', { from, until: from + MINUTE }, simulation.now));
  return values;
};

describe('a volume that sleeps while its load stays the same', () => {
  test.prop([steps, events, fc.integer({ min: 1, max: 50 })], { numRuns: 60 })(
    'publishes bit for bit what it publishes when every second is lived',
    async (wanted, happenings, seed) => {
      const [sleeping, awake] = [openLoop(wanted), lived(wanted)].map((load) =>
        account(load, happenings, seed),
      );
      if (sleeping === undefined || awake === undefined) throw new Error('two accounts are expected');
      for (const each of [sleeping, awake]) await each.simulation.runFor(6 * HOUR);
      for (const name of METRICS) expect(seriesOf(sleeping, name)).toEqual(seriesOf(awake, name));
      expect(sleeping.volume.physics.balance).toBe(awake.volume.physics.balance);
    },
  );

  test('sleeps at all: idle, full, while its credits move and at the wall, not in the minute in which its load changes', async () => {
    const load: Steps = [
      { minutes: 0, iops: 0, ioBytes: 16_384 },
      { minutes: 10, iops: 300, ioBytes: 16_384 },
      { minutes: 20, iops: 2_999, ioBytes: 16_384 },
    ];
    const { volumes, volume, simulation } = account(openLoop(load), [], 1);
    const isAsleepAfter = async (minutes: number) => {
      await simulation.runUntil(START + minutes * MINUTE);
      return !volumes.awake.has(volume);
    };
    expect(await isAsleepAfter(5)).toBe(true);
    expect(await isAsleepAfter(10.5)).toBe(false);
    expect(await isAsleepAfter(15)).toBe(true);
    expect(await isAsleepAfter(20.5)).toBe(false);
    expect(await isAsleepAfter(30)).toBe(true);
    expect(volume.physics.balancePercent).toBeCloseTo(70, 0);
    expect(await isAsleepAfter(53.5)).toBe(false);
    expect(await isAsleepAfter(60)).toBe(true);
    expect(volume.physics.balance).toBe(0);
  });
});

describe('an alarm that is passed over while its metric stays on one side', () => {
  test.prop([steps, events, fc.integer({ min: 1, max: 50 }), fc.constantFrom(30, 90, 99)], { numRuns: 60 })(
    'is in each minute in the state that an evaluation would give it',
    async (wanted, happenings, seed, threshold) => {
      const definition = lowBalance(threshold);
      const { rule } = definition;
      const watched = account(openLoop(wanted), happenings, seed);
      const { alarms, simulation, store } = watched;
      alarms.put(definition, {});
      let expected: string = 'INSUFFICIENT_DATA';
      for (let minute = 1; minute < 360; minute += 1) {
        const now = START + minute * MINUTE + 10_000;
        await simulation.runUntil(now);
        const series = store.find(definition.metric);
        const range = Array.from({ length: evaluationRange(rule) }, (_, index) => {
          const until = START + minute * MINUTE - (evaluationRange(rule) - 1 - index) * 5 * MINUTE;
          return series?.statistic('Minimum', { from: until - 5 * MINUTE, until }, now);
        });
        const verdict = evaluate(range, rule);
        if (verdict !== 'retain') expected = verdict;
        expect(alarms.get('low')?.state.value).toBe(expected);
      }
    },
  );
});
