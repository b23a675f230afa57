import { between, randomStream } from '../random.ts';

const MINUTE = 60_000;

/** How metrics get out. AWS documents neither the delay nor BurstBalance's true sampling, so both vary by default. */
export interface MetricSettings {
  /** Seed of what is left to chance. Default 1. */
  readonly seed?: number;
  /** Minutes between two values of BurstBalance; `seeded`: 1 or 5, per volume. Default `seeded`. */
  readonly balanceSampling?: 1 | 5 | 'seeded';
  /** Minutes from the end of a period until its value can be read; `seeded`: 1 to 5, per volume. Default `seeded`. */
  readonly publicationDelay?: number | 'seeded';
  /**
   * What a gp2 volume without anything to burst reports as BurstBalance on a Nitro instance: AWS's page
   * (using_cloudwatch_ebs) has said "0%", "not reported" and, at times, only that other instances report 100 %.
   * Default `absent`.
   */
  readonly balanceWithoutBurst?: 'absent' | 'zero' | 'hundred';
}

export interface Schedule {
  /** In ms. */
  readonly balancePeriod: number;
  readonly delay: number;
}

/** One volume's or instance's share of chance: the same for the same seed and id. */
export function scheduleOf(id: string, settings: MetricSettings): Schedule {
  const { seed = 1, balanceSampling = 'seeded', publicationDelay = 'seeded' } = settings;
  const random = randomStream(seed, `publication of ${id}`);
  const sampling = random() < 0.5 ? 1 : 5;
  const delay = Math.round(between(random, 1, 5) * 60) * 1_000;
  return {
    balancePeriod: (balanceSampling === 'seeded' ? sampling : balanceSampling) * MINUTE,
    delay: publicationDelay === 'seeded' ? delay : publicationDelay * MINUTE,
  };
}
