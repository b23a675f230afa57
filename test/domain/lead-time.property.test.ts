import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { achievableLead, thresholdOf } from '../../core/domain/credits/alarm-plan.ts';
import { creditBucketOf, drainTime, percentPerMinute } from '../../core/domain/credits/credit-bucket.ts';
import { balanceNoise, forecast, likelyWithin } from '../../core/domain/credits/forecast.ts';
import { announceWithin } from '../../core/domain/credits/last-responsible-moment.ts';
import { read, type Series } from '../../core/domain/reading.ts';
import {
  after,
  before,
  type Duration,
  gibibytes,
  type Instant,
  instant,
  minutes,
  percent,
} from '../../core/domain/units.ts';
import { balanceAt, type History, publishedAt } from './burst-history.ts';

/*
 * The law: nobody hits the wall without us having said so in time.
 *
 * Claimed for every gp2 size that bursts, samples of 1 and 5 minutes in any phase, every publication delay with
 * period + delay + one evaluation a minute ≤ detectionLag, and whatever went on before (a volume attached only now has
 * no slope yet and is not spoken of):
 * if demand is constant from leadTime + detectionLag before the deadline until the wall, where
 * deadline = wall − min(leadTime, achievable), then at the last evaluation not after the deadline
 * the alarm is under its threshold and the forecast has the wall within the last responsible moment, when we announce it.
 *
 * Lead times end at 25 minutes, as evidence of constant demand does. With samples of 5 minutes they begin at the default of 15: less leaves one whole sample of evidence, and where the sample before it holds both a
 * rise and the onset, its Minimum is the start of the rise and hides part of the fall.
 */
const detectionLag = minutes(10);
const start = instant(Date.UTC(2026, 10, 22));

/** In thousandths of a minute: integers shrink to something a person can read. */
const minutesBelow = (most: number) =>
  fc.integer({ min: 0, max: most * 1_000 - 1 }).map((x) => minutes(x / 1_000));
const share = fc.integer({ min: 0, max: 10_000 }).map((x) => x / 10_000);

const samplings = fc.constantFrom(1, 5).chain((period) =>
  fc.record({
    period: fc.constant(minutes(period)),
    phase: minutesBelow(period),
    publicationDelay: minutesBelow(9 - period),
  }),
);

/** Demand as a share of the burst. */
const phase = (least: number, most: number) =>
  fc.record({ share, lasts: fc.integer({ min: least, max: most }).map(minutes) });

const scenarios = samplings.chain((sampling) =>
  fc.record({
    size: fc.integer({ min: 1, max: 999 }),
    leadTime: fc.integer({ min: sampling.period === minutes(5) ? 15 : 5, max: 25 }).map(minutes),
    startBalance: fc.integer({ min: 1, max: 100 }).map(percent),
    /** The volume is no stranger: it has been attached for half an hour at least. */
    past: fc
      .tuple(phase(40, 60), fc.array(phase(1, 60), { maxLength: 3 }))
      .map(([first, rest]) => [first, ...rest]),
    /** Where between baseline and burst the final demand is; often barely above the baseline. */
    excess: fc
      .oneof(
        share,
        share.map((x) => x ** 8),
      )
      .filter((x) => x > 1e-4),
    sampling: fc.constant(sampling),
    /** How long before the deadline the last evaluation is: there is one a minute. */
    early: minutesBelow(1),
  }),
);

interface Staged {
  readonly history: History;
  readonly deadline: Instant;
  readonly onset: Instant;
  readonly wall: Instant;
  readonly pointsPerMinute: number;
  readonly threshold: number;
}

type Scenario = typeof scenarios extends fc.Arbitrary<infer Value> ? Value : never;

/** `undefined` where nothing is left at the onset. */
function stage({ size, leadTime, startBalance, past, excess }: Scenario): Staged | undefined {
  const bucket = creditBucketOf({ configuration: { type: 'gp2' }, size: gibibytes(size) });
  if (bucket === undefined) throw new Error(`expected ${size} GiB of gp2 to burst`);
  const phases = past.map(({ share, lasts }) => ({ demand: share * bucket.burst, lasts }));
  const onset = after(start, phases.reduce((sum, { lasts }) => sum + lasts, 0) as Duration);
  const left = balanceAt({ bucket, start, startBalance, phases }, onset);
  const demand = bucket.baseline + excess * (bucket.burst - bucket.baseline);
  const drain = drainTime(bucket, left, demand);
  if (left === 0 || drain === 'never') return undefined;
  const policy = { leadTime, detectionLag };
  return {
    history: { bucket, start, startBalance, phases: [...phases, { demand, lasts: drain }] },
    onset,
    wall: after(onset, drain),
    deadline: before(after(onset, drain), achievableLead(bucket, policy)),
    pointsPerMinute: -percentPerMinute(bucket, demand),
    threshold: thresholdOf(bucket, policy),
  };
}

interface Told {
  readonly series: Series;
  readonly now: Instant;
}

/** Scenarios whose final demand is constant for `leadTime + detectionLag` before the deadline, or before the wall. */
const constantBefore = (end: (staged: Staged) => Instant, among = scenarios) =>
  among
    .map((scenario) => ({ scenario, staged: stage(scenario) }))
    .filter(({ scenario, staged }) => {
      const lasts = (scenario.leadTime + detectionLag) as Duration;
      return staged !== undefined && staged.onset <= before(end(staged), lasts);
    })
    .map(({ scenario, staged }) => ({ scenario, staged: mustExist(staged) }));

function mustExist<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('expected the filter to leave no undefined');
  return value;
}

/** What is published at the last evaluation that is not after the deadline. */
function lastLook({ scenario, staged }: { scenario: Scenario; staged: Staged }): Told {
  const now = before(staged.deadline, scenario.early);
  return { series: publishedAt(staged.history, scenario.sampling, now), now };
}

function expectAnnounced(
  { scenario, staged }: { scenario: Scenario; staged: Staged },
  { series, now }: Told,
) {
  const balance = read(series, now);
  const seen = forecast({ balance, bucket: staged.history.bucket, now });
  const within = announceWithin(scenario.leadTime, balance);
  expect(likelyWithin(seen, now, within), JSON.stringify(seen)).toBe(true);
}

describe('the law of lead time', () => {
  test.prop([constantBefore((staged) => staged.deadline)], { numRuns: 2_000 })(
    'holds for demand constant over leadTime + detectionLag before the deadline',
    ({ scenario, staged }) => {
      const told = lastLook({ scenario, staged });
      expect(told.series.at(-1)?.value).toBeLessThan(staged.threshold);
      expectAnnounced({ scenario, staged }, told);
    },
  );

  /*
   * With noise the same at the default lead time, where the drain is not lost in it: from 0.1 points a minute on, each
   * sample up to half the noise too high or too low.
   */
  const noise = fc.array(
    share.map((x) => (x - 0.5) * balanceNoise),
    { minLength: 60, maxLength: 60 },
  );
  const noisy = constantBefore(
    (staged) => staged.deadline,
    scenarios.map((scenario) => ({ ...scenario, leadTime: minutes(15) })),
  ).filter(({ staged }) => staged.pointsPerMinute >= 0.1);

  test.prop([noisy, noise], { numRuns: 2_000 })('holds under noise', ({ scenario, staged }, errors) => {
    const { series, now } = lastLook({ scenario, staged });
    const measured = series.map((sample, index) => ({
      ...sample,
      value: percent(sample.value + (errors[index % errors.length] ?? 0)),
    }));
    expectAnnounced({ scenario, staged }, { series: measured, now });
  });

  /*
   * A drain that begins only leadTime + detectionLag before the WALL leaves detectionLag for everything: for five minutes
   * of evidence after the onset, the sample's phase, its publication and the evaluation. Samples of 1 minute published
   * within 3 manage that; samples of 5 minutes cannot, and no forecast could: their first whole sample after the onset
   * may end 10 minutes after it.
   */
  const prompt = scenarios.map((scenario) => ({
    ...scenario,
    sampling: {
      ...scenario.sampling,
      period: minutes(1),
      publicationDelay: Math.min(scenario.sampling.publicationDelay, minutes(3)) as Duration,
    },
  }));

  test.prop([constantBefore((staged) => staged.wall, prompt)], { numRuns: 2_000 })(
    'holds for demand constant over leadTime + detectionLag before the wall, when samples are fine and prompt',
    (told) => expectAnnounced(told, lastLook(told)),
  );
});
