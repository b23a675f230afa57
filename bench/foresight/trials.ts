import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTrace } from '../../cli/demo/trace-file.ts';
import { creditBucketOf } from '../../core/domain/credits/credit-bucket.ts';
import { days, gibibytes, inMinutes, instant } from '../../core/domain/units.ts';
import type { BurstableType, Volume } from '../../core/domain/volume.ts';
import { randomStream } from '../../twin/random.ts';
import { type Demand, drawn, shapeNames } from './shapes.ts';
import type { Trial } from './trial.ts';

export interface NamedTrial extends Trial {
  /** The shape, or the file and how it was scaled. */
  readonly group: string;
  readonly kind: 'synthetic' | 'real';
}

const gp2Sizes = [33, 50, 100, 170, 250, 334, 500, 750, 950] as const;
const hddSizes = [500, 1_000, 2_000] as const;

/** `each` traces of every shape, most of them on gp2. */
export function synthetic(each: number, length: number, seed: number): readonly NamedTrial[] {
  return shapeNames.flatMap((group) =>
    Array.from({ length: each }, (_none, number) => {
      const random = randomStream(seed, `volume of ${group} ${number}`);
      const type: BurstableType = random() < 0.85 ? 'gp2' : 'st1';
      const sizes = type === 'gp2' ? gp2Sizes : hddSizes;
      const volume = volumeOf(type, sizes[Math.floor(random() * sizes.length)] ?? 100);
      const bucket = creditBucketOf(volume);
      if (bucket === undefined) throw new Error(`${type} of ${volume.size} GiB cannot run out`);
      return { group, kind: 'synthetic', volume, demand: drawn(group, number, seed, bucket, length) };
    }),
  );
}

const realSizes = [50, 100, 250] as const;
/** Mean load as a share of the baseline: real loads are low for these volumes, their shape is what matters. */
const realShares = [0.3, 0.6, 0.9, 1.2] as const;
const mostDays = 7;

/** Real loads, scaled; the factor is in the group's name. @throws Error when a file cannot be read */
export function real(directory: string, files: readonly string[]): readonly NamedTrial[] {
  return files.flatMap((file) => {
    const minutely = minutelyOf(join(directory, file));
    const mean = minutely.reduce((sum, value) => sum + value, 0) / minutely.length;
    return realSizes.flatMap((size) => {
      const volume = volumeOf('gp2', size);
      const baseline = creditBucketOf(volume)?.baseline ?? 0;
      return realShares.map((share) => {
        const factor = (share * baseline) / mean;
        return { group: file, kind: 'real', volume, demand: minutely.map((value) => value * factor) };
      });
    });
  });
}

/** Operations a second, averaged over each minute; a load of less than two days is repeated to six. */
function minutelyOf(path: string): Demand {
  const { steps, seconds } = readTrace(readFileSync(path, 'utf8'));
  const minutely: number[] = [];
  let index = 0;
  for (let second = 0; second < Math.min(seconds, mostDays * 86_400); second += 1) {
    while ((steps[index + 1]?.second ?? Number.POSITIVE_INFINITY) <= second) index += 1;
    const { readOperations = 0, writeOperations = 0 } = steps[index] ?? {};
    const minute = Math.floor(second / 60);
    minutely[minute] = (minutely[minute] ?? 0) + (readOperations + writeOperations) / 60;
  }
  const repeats = minutely.length < inMinutes(days(2)) ? Math.ceil(inMinutes(days(6)) / minutely.length) : 1;
  return Array.from({ length: repeats }, () => minutely).flat();
}

const volumeOf = (type: BurstableType, size: number): Volume => ({
  id: 'vol-0f0e51687f0e51680',
  size: gibibytes(size),
  configuration: { type },
  zone: 'us-east-1a',
  createdAt: instant(0),
  attachment: { kind: 'attached', instanceIds: ['i-0f0e51687f0e51680'], since: instant(0) },
  device: '/dev/xvda',
  multiAttach: false,
  operator: undefined,
  tags: {},
});
